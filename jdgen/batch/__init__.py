"""Many posts to many documents: planned whole, made in parallel, resumable, reported."""
