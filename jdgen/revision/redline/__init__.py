"""Decisions on blocks carried out in a person's own document, as tracked changes that they accept or reject."""
