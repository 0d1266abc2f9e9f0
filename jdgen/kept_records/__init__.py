"""Copies of records, kept in the workspace: a document that lost its record on its way is known by its copy."""
