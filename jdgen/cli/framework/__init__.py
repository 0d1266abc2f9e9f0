"""``jdgen framework``: one file a command."""
