"""Word templates: read, mended, checked, compiled, printed. Nothing else in jdgen knows docxtpl or Jinja2."""
