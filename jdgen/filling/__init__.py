"""Word templates: open, check, fill. Nothing else in jdgen knows docxtpl, Jinja2 or how Word files are packed."""
