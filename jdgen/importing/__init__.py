"""Reading a published framework, from whatever files it comes in, into the text of a framework file.

:func:`.importing.import_framework` is the way in, and touches no file. :mod:`.published_files` chooses the reader by
the kind of file (:mod:`.text_file`, :mod:`.word_file`, :mod:`.workbook_file` with :mod:`.workbook_looks`,
:mod:`.pdf_file`, :mod:`.markup_files`); each gives prose and grids (:mod:`.grid`), which it makes a publication, with
their text written down. Heads of tables name levels of columns (:mod:`.heads`; :mod:`.upright` where they are laid out
in another way), or what stands in the columns of a list (:mod:`.list_heads`); :mod:`.column_meaning` has the words for
it, which are those of the long form too. :mod:`.pages` finds what goes on over pages, and :mod:`.titles` which texts
are titles, :mod:`.table` and :mod:`.listed` make rows of tables and lists, :mod:`.table_rows` has these and says what
each is, :mod:`.chapters` makes a specialism of them, with what an earlier version lends, :mod:`.headings` a heading of
a row, :mod:`.lines` entries of the paragraphs of a cell, and :mod:`.skills` the skills; :mod:`.codes` leaves out the
codes before texts. What a person has to look at is a :class:`.grid.Doubt` (:mod:`.doubts`), and what stops an import is
in :mod:`.refusals`. :mod:`.framework_text` writes the file, and a framework as rows; :mod:`.adding` puts chapters into
a file.

:func:`.layout.read_layout` and :func:`.layout.layout_text` read and write how a publication is laid out.
"""
