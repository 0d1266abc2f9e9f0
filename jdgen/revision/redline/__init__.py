"""Decisions on blocks carried out in a person's own document, as tracked changes that they accept or reject.

The way in: :mod:`.redline`, which says beside a person's words what they have to decide. :mod:`.places` says where a
block stands, :mod:`.sections` where a new one goes, :mod:`.copies` what it looks like, :mod:`.insertions` and
:mod:`.deletions` what comes and goes, and :mod:`.cells` which cells of a table belong together; the marks themselves
are in :mod:`.marks`. :mod:`.settling` accepts changes that are pending before anything is done, and says what would
keep people from settling any.
"""
