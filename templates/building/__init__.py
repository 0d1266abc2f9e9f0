"""What the shipped Word templates are built of: their look, their texts, the parts of the file."""
