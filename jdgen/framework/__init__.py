"""The published capability framework: what it is, and reading it from its file."""
