"""Word files as they lie on the disk: a zip of parts in XML, whatever they say."""
