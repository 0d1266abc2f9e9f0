"""Reading a published framework, from whatever files it comes in, into the text of a framework file.

:func:`.importing.import_framework` is the way in, and touches no file. :mod:`.reading` chooses the reader by the kind
of file (:mod:`.text`, :mod:`.word`, :mod:`.workbook`, :mod:`.pdf`, :mod:`.markdown`, :mod:`.json_file`); each gives a
publication of prose and grids (:mod:`.grid`), with its text written down by :mod:`.transcript`. Heads of tables name
levels of columns (:mod:`.heads`), or what stands in the columns of a list (:mod:`.list_heads`); :mod:`.columns` has the
words for it, which are those of the long form too. :mod:`.pages` finds what goes on over pages, :mod:`.table` and
:mod:`.listed` make rows of tables and lists, :mod:`.rows` has these and says what each is, :mod:`.chapters` makes
a specialism of them, with what an earlier version lends, and :mod:`.skills` the skills; what a person has to look at is
a :class:`.grid.Doubt` (:mod:`.doubts`). :mod:`.writing` writes the file, and a framework as rows; :mod:`.adding` puts
chapters into a file.

:func:`.layout.read_layout` and :func:`.layout.layout_text` read and write how a publication is laid out.
"""
