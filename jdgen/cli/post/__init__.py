"""``jdgen post``: one file a command."""
