"""What a document was made from, kept in the document: files are emailed, renamed and copied, and it travels along."""
