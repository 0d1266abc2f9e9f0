"""What a document was made from: written into it, read back from it, and kept in copies beside it.

While a document is printed, :mod:`.printed` notes its blocks and :mod:`.anchors` names their bookmarks;
:mod:`.writing` makes the parts of the record of them, in the form that :mod:`.form` and :mod:`.phrases` say.
:mod:`.reading` reads a record of any form back, and tells by :mod:`.digests` whether anybody has saved the file
since; :mod:`.placing` puts one into a file of another program. Copies are written by :mod:`.keeping` into
:mod:`.database`, and :mod:`.finding` knows a document by them that has lost its own.
"""
