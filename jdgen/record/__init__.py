"""What a document was made from: written into it, read back from it, and kept in copies beside it.

A record is a :class:`.model.GenerationRecord`. It is read by whoever looks at a document that exists
(:mod:`jdgen.revision.folders`) or is about to replace one (:mod:`jdgen.document.replacing`). While a document is
printed, :mod:`.printed` notes its blocks and :mod:`.anchors` names their bookmarks; :mod:`.writing` makes the parts of
the record of them, in the form that :mod:`.form` says. :mod:`.untouched` reads a record back at once where nobody has
saved the file since, and :mod:`.reading` one of any form from any file, telling by :mod:`.digests` what became of it;
:mod:`.plain_reading` does the same without lxml, for the page and for commands that are to start quickly.
:mod:`.placing` puts one into a file of another program. Copies are written by :mod:`.keeping` into :mod:`.database`,
and :mod:`.finding` knows a document by them that has lost its own.
"""
