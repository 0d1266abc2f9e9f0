"""Word templates: read, mended, checked, compiled, printed. Nothing else in jdgen knows docxtpl or Jinja2.

The way through: :mod:`.choosing` finds the template that a user means, :mod:`.vetting` tries a stranger's out in a
process of its own, and :func:`.compiling.compile_template` opens it: :mod:`.tags` reads every tag once,
:mod:`.mending` puts right what Word did to them, :mod:`.checks` says all that is wrong, :mod:`.docxtpl_bridge` has
docxtpl make Jinja of the tags, and :mod:`.translating` makes steps of that (:mod:`.steps`, :mod:`.expressions`; the
language is in :mod:`.dialect`). :mod:`.anchoring` marks what is recorded.

The result is data (:mod:`.compiled`). :func:`.filling.fill` prints a draft with it, from the standard library alone;
:mod:`.binding` prints what many drafts have in common beforehand; :mod:`.finishing` and :mod:`.repairs` see to the
printed text. For people who write templates there are :mod:`.catalogue`, :mod:`.usage`, :mod:`.annotating` and
:mod:`.starting`.
"""
