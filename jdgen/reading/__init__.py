"""Reading the files that people write: YAML with line numbers, checked against a published schema."""
