"""Reading a published framework, from whatever file it comes in, into a framework file.

:func:`.files.import_file` is the way in. :mod:`.reading` chooses the reader by the kind of file (:mod:`.text`,
:mod:`.office`, :mod:`.pdf`); each gives a publication of prose and grids (:mod:`.grid`), held against the text in
:mod:`.transcript`. :mod:`.table` makes rows of the grids, :mod:`.headings` headings of the rows, with ids and the
rest that an earlier version lends (:mod:`.earlier`); what a person has to look at is a :class:`.doubts.Doubt`.
:mod:`.importing` puts the framework together, :mod:`.writing` writes its file.
"""
