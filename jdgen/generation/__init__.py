"""The façade: what jdgen does, for the command line, a web page and tests alike."""
