"""What people begin with, before there is a document: files to fill in, made of what the workspace has.

:mod:`.workspace` has the files of an organisation's new workspace, made of its :mod:`.answers`. :mod:`.posts_workbook`
is the workbook of posts that managers and HR fill in, and :mod:`.post_file` the file of one post; what both say of each
field is in :mod:`.guidance`, and what both offer in :mod:`.offers`. :mod:`.criteria_draft` is a first draft of a file
of criteria.
"""
