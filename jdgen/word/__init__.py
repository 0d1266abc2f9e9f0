"""Word files: opened with care, their parts and relationships, written byte for byte alike."""
