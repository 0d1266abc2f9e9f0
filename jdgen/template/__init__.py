"""Word templates: read, mended, checked, compiled, printed. Nothing else in jdgen knows docxtpl or Jinja2.

The way through: :mod:`.choosing` finds the template that a user means, :mod:`.vetting` tries a stranger's out in a
process of its own (:mod:`.trial`), and :func:`.compiling.compile_template` compiles it. :mod:`.opening` opens it for
that: :mod:`.tags` reads every tag once, by the characters that :mod:`.tag_text` knows, :mod:`.mending` puts right what
Word did to them, :mod:`.containers` what they would do to what is round them, and what may come out empty,
:mod:`.checks` says all that is wrong, :mod:`.docxtpl_bridge` has docxtpl make Jinja of the tags, and :mod:`.dialect`,
which is the language, makes steps of that (:mod:`.steps`, :mod:`.expressions`). :mod:`.compiling` puts anchors round
what is recorded.

The result is data (:mod:`.compiled`). :func:`.filling.fill` prints a draft with it, from the standard library alone;
:mod:`.binding` prints what many drafts have in common beforehand; :mod:`.finishing`, :mod:`.repairs` and
:mod:`.columns` see to the printed text, :mod:`.properties` to the core properties of the file, and :mod:`.picture` to
pictures, of which :mod:`.chart` draws the organisation chart by :mod:`.metafile`. For people who write templates there
are :mod:`.catalogue`, :func:`.checks.check.annotate` and :mod:`.starting`.
"""
