"""A template mended before it is compiled, and what compiling has to know of it.

The way in: :mod:`.template`, which also asks Word to bring fields of its own up to date. :mod:`.ranges` keeps both
ends of bookmarks, comments and permissions together; :mod:`.containers` says what may be left with nothing in it.
"""
