"""Office files as they lie on the disk (Open Packaging Conventions): zips of parts, read with bounds.

A Word document and an Excel workbook are both such files, and both come from strangers.
"""
