"""Documents that exist: what they were made from, what is out of date, and how they are brought up to date.

The way through: :mod:`.folders` finds documents and their records; :mod:`.fresh_documents` says what each would be
today, with what :mod:`.fresh_sources` reads once for all. :mod:`.status` compares the two, and finds the documents that
a release reaches. :mod:`.regeneration` brings one document up to date: :mod:`.paragraphs` reads it, :mod:`.matching`
tells which paragraph is which block (:mod:`.joined_texts` where several are one paragraph) and :mod:`.edited_document`
what there is of each and what of today comes, :mod:`.pairing` which block of today takes the place of which,
:mod:`.moving` and :mod:`.rows` what goes together (:mod:`.row_numbers` knows what says nothing of its row), and
:mod:`.merge` makes of it one :class:`.decisions.Decision` a block, which :mod:`.redline` carries out.
:mod:`.repeated_words` says what of a text another says, :mod:`.typed_numbers` what only has another number, and
:mod:`.homes` what stands under which heading. :mod:`.many_documents` does so for a folder, and :mod:`.ranking` says
which document to look at first. :mod:`.rulings` says what an organisation's decisions on a release
mean for each block, and :mod:`.decisions_file` reads and writes them. :mod:`.obstacles` says why the words of a
paragraph cannot be changed where they stand, :mod:`.report` what became of a folder, and :mod:`.provenance` whose words
a sentence is.
"""
