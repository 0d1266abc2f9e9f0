"""``jdgen template``: one file a command."""
