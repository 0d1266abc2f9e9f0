"""Builds the Word templates that jdgen ships, part by part, so that the same code gives the same bytes."""
