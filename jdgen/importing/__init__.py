"""Reading a published framework, from whatever file it comes in, into a framework file."""
