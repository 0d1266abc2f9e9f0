"""Reading a published framework, from whatever file it comes in, into the text of a framework file.

:func:`.importing.import_framework` is the way in, and touches no file. It chooses the reader by the kind of file
(:mod:`.text`, :mod:`.word`, :mod:`.workbook`, :mod:`.pdf`); each gives a publication of prose and grids (:mod:`.grid`),
with its text written down by :mod:`.transcript`, and :mod:`.layouts` turns tables whose levels stand in a column.
:mod:`.pages` finds the rows of levels (:mod:`.heads`) and what goes on over pages, :mod:`.table` makes rows of the
grids, :mod:`.parts` says which part of a framework each is, :mod:`.headings` makes headings of the rows, and
:mod:`.chapters` a specialism of each table, with what an earlier version lends; what a person has to look at is a
:class:`.grid.Doubt`. :mod:`.writing` writes the file.
"""
