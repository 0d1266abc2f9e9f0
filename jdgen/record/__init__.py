"""What a document was made from: written into it, read back from it, and kept in copies beside it."""
