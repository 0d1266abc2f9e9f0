"""Documents that exist: what they were made from, and where each of their sentences comes from."""
