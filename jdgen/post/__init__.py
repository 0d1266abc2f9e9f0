"""The post: the job in one organisation, and reading it from files and options."""
