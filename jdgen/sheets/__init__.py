"""Sheets of posts: rows of workbooks, CSV files and YAML files, with the place of each cell."""
