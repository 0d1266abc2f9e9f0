"""Posts in bulk: many posts in one workbook, CSV file or YAML file, and a workbook of those that need mending."""
