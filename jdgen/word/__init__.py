"""Word files: opened with care, their parts each parsed once, written byte for byte alike.

What others use:

- :class:`.file.File` is a Word file as a value. :func:`.opening.open_document` opens a person's,
  :func:`.dangers.open_harmless` one that documents are to be made of, ``File.of`` and ``File.read`` what jdgen has made
  itself. ``file.tree(part)`` is shared by all who read it; who changes one takes ``file.copy_of(part)`` and makes
  ``file.with_parts({part: tree})``. ``file.related("header")`` finds parts, ``file.stories`` is all text in one tree,
  and ``file.paragraphs`` each paragraph of it with what is in it. A file in the form that Word
  calls Strict, or with its main text under another name, is given the form that all else here knows
  (:mod:`.usual_form`).
- :mod:`.paragraphs` reads paragraphs: their words, bookmarks, and whether they hold more. :mod:`.field_codes` reads
  Word's own fields, :mod:`.relationships` what relates to what. :mod:`.comments` puts comments beside the text.
- :mod:`.styles` says what a run, a paragraph or a table has by its style.
- :mod:`.xml` parses and writes a part, and has what everyone asks of an element.
- :mod:`.writing` writes zips, and :mod:`.markup` escapes text: both without a parser.
"""
