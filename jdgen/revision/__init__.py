"""Documents that exist: what they were made from, what is out of date, and how they are brought up to date."""
