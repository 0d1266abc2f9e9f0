"""Reading a published framework, from whatever file it comes in, into the text of a framework file.

:func:`.importing.import_framework` is the way in, and touches no file. It chooses the reader by the kind of file
(:mod:`.text`, :mod:`.office`, :mod:`.pdf`); each gives a publication of prose and grids (:mod:`.grid`), with its text
written down by :mod:`.transcript`. :mod:`.table` makes rows of the grids, :mod:`.headings` headings of the rows, with
what an earlier version lends; what a person has to look at is a :class:`.grid.Doubt`. :mod:`.writing` writes the file.
"""
