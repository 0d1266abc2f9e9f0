"""A copy of a template with a Word comment at each finding, for people who mend templates in Word."""

from __future__ import annotations

from collections.abc import Sequence

from jdgen.template.checks.content import COMMENT_AUTHOR
from jdgen.template.checks.findings import Finding
from jdgen.word.comments import Comments
from jdgen.word.dangers import open_harmless
from jdgen.word.file import MAIN_PART
from jdgen.word.paragraphs import P
from jdgen.word.xml import Element

_INITIALS = "jd"


def annotate(content: bytes, name: str, findings: Sequence[Finding]) -> bytes:
    """The Word file ``content`` with each finding as a comment at its paragraph.

    Word takes comments in the text only: a finding in a header, or about the whole file, goes to the first paragraph
    and says its place. Raises :class:`JdgenError` for a file that cannot be opened, called ``name`` in messages.
    """
    file = open_harmless(content, name).file
    text = file.copy_of(MAIN_PART)
    paragraphs = list(text.iter(P))
    if not findings or not paragraphs:
        return file.written()
    comments = Comments(file, text, COMMENT_AUTHOR, _INITIALS)
    places = [(_index(finding, paragraphs), finding) for finding in findings]
    for at, finding in sorted(places, key=lambda one: one[0]):
        place = "" if finding.place.part == MAIN_PART else f" ({finding.place or 'the whole file'})"
        said = f"{finding.severity} [{finding.code}]{place}"
        comments.add(paragraphs[at], said, f"{finding.what}: {finding.right}")
    return comments.put_into(file.with_parts({MAIN_PART: text})).written()


def _index(finding: Finding, paragraphs: Sequence[Element]) -> int:
    """The place of the paragraph that a comment on ``finding`` goes to."""
    at = max(finding.place.paragraph - 1, 0) if finding.place.part == MAIN_PART else 0
    # A comment cannot stand in a text box: it goes to the paragraph that the box is fixed to.
    outer = list(paragraphs[at].iterancestors(P))
    return paragraphs.index(outer[-1]) if outer else at
