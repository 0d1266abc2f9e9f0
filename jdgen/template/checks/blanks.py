"""Labels of a form beside which nothing stands, and points of a list without words: every document would have the empty
line or cell.

A label is the name of a field, with a colon or alone in its cell. What answers it may stand behind it, below it or in
the cells on its right; where people sign it is they who write. So a label is only told where nothing of that is there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from jdgen.template.checks.findings import Finding
from jdgen.template.checks.gaps import ANY_FIELD, is_for_people
from jdgen.template.checks.names import label_of, tag_for
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.checks.tables import TableCell
from jdgen.template.tag_text import without_tags
from jdgen.template.tags import Paragraph
from jdgen.word.paragraphs import RUN, TEXT
from jdgen.word.xml import Element, W, nearest, text_in

_TAG = "\ufffc"
_NAME = rf"[^\W\d_][^:;,{_TAG}]{{1,50}}"
#: A label with its colon at the end of a text, or before another one.
_LABELS = re.compile(rf"(?:(?:^|(?<=[:;,{_TAG}]))\s*+|(?<!\s)\s{{2,}}+)({_NAME}):\s*+(?=\Z|({_NAME}):)")
_BEGINNING = re.compile(rf"\s*({_NAME}):")
_LONGEST = 50
#: What stands in a cell or line and is no text.
_OTHER_THAN_TEXT = tuple(f"{{*}}{name}" for name in ("drawing", "pict", "object", "sym", "sdt", "fldChar", "fldSimple"))
_TAB, _SPACES = f"{W}tab", 3


def blanks(part: CheckedPart) -> Iterator[Finding]:
    """Every label of ``part`` beside which nothing stands, with the field that it names."""
    for paragraph in part.paragraphs_without_copies:
        for label in _labels_in(part, paragraph):
            field = label_of(label)
            if is_for_people(part, paragraph, field):
                continue
            what = f"nothing stands beside '{label}': somebody would have to fill it in"
            yield part.warning("left-to-fill", paragraph, what, tag_for(field) if field else ANY_FIELD)
    yield from _wordless_points(part)


def _wordless_points(part: CheckedPart) -> Iterator[Finding]:
    """The first of each run of points of a list without words, with the field that the heading above them names."""
    is_in_run = False
    for paragraph in part.paragraphs_without_copies:
        is_wordless = part.file.is_point(paragraph.element) and _is_empty(paragraph.element)
        if is_wordless and not is_in_run:
            field = label_of(part.place(paragraph).heading)
            what = "a point of a list has no words: somebody would have to fill it in"
            yield part.warning("left-to-fill", paragraph, what, tag_for(field) if field else ANY_FIELD)
        is_in_run = is_wordless


def _labels_in(part: CheckedPart, paragraph: Paragraph) -> Iterator[str]:
    text = without_tags(paragraph.text, _TAG)
    labels = list(_LABELS.finditer(text))
    for match in labels:
        label, following = match[1].strip(), match[2]
        is_known = bool(label_of(label))
        if following is not None:
            is_blank = is_known and bool(label_of(following.strip()))
        else:
            is_blank = (is_known or match.start() == 0) and _is_unanswered(part, paragraph, is_known=is_known)
        if is_blank:
            yield label
    alone = text.strip(" *\t")
    is_alone = not labels and len(alone) <= _LONGEST and _TAG not in alone and bool(label_of(alone))
    if is_alone and (_leads_on(paragraph) or _has_empty_cells(part, paragraph)):
        yield alone


def _is_unanswered(part: CheckedPart, paragraph: Paragraph, *, is_known: bool) -> bool:
    """Whether nothing answers a label with a colon that ends ``paragraph``; ``is_known`` says that it names a field."""
    if _has_more(paragraph.element):
        return False
    cell = part.tables.cell_around(paragraph.element)
    if cell is None:
        return is_known and (_leads_on(paragraph) or _is_followed_by_none(part, paragraph))
    if not all(map(_is_empty, paragraph.element.itersiblings())):
        return False
    if next(cell.beside(), None) is not None:
        return _is_blank_up_to_a_label(cell) and (is_known or cell.row.table.has_tags_beside_labels)
    return is_known and not _is_answered_below(cell)


def _has_empty_cells(part: CheckedPart, paragraph: Paragraph) -> bool:
    """Whether a label without a colon has a cell of its own, and empty ones on its right."""
    cell = part.tables.cell_around(paragraph.element)
    if cell is None or cell.text.strip() != paragraph.text.strip():
        return False
    beside = next(cell.beside(), None)
    is_blank = beside is not None and _is_empty(beside.element) and _is_blank_up_to_a_label(cell)
    return is_blank and not _is_answered_below(cell)


def _is_blank_up_to_a_label(cell: TableCell) -> bool:
    """Whether the first cell on the right of ``cell`` that is not empty, if there is one, has another label."""
    text = next((other.text.strip() for other in cell.beside() if not _is_empty(other.element)), None)
    return text is None or _is_label(text)


def _is_answered_below(cell: TableCell) -> bool:
    """Whether the cell under ``cell`` holds what a label above it asks for: a tag, or text that is no label."""
    text = "" if cell.under is None else cell.under.text.strip()
    return bool(text) and not _is_label(text)


def _is_label(text: str) -> bool:
    """Whether ``text`` is a label, or begins with one."""
    beginning = _BEGINNING.match(text)
    if "{" in (text if beginning is None else beginning[0]):
        return False
    return (
        text.endswith(":") or bool(label_of(text)) or (beginning is not None and bool(label_of(beginning[1].strip())))
    )


def _is_followed_by_none(part: CheckedPart, paragraph: Paragraph) -> bool:
    """Whether another label, a heading or nothing follows ``paragraph``, and no answer to it."""
    paragraphs = part.paragraphs_without_copies
    following = range(bisect_right(paragraphs, paragraph.number, key=attrgetter("number")), len(paragraphs))
    others = (paragraphs[at] for at in following)
    after = next((other for other in others if other.text.strip() or _has_more(other.element)), None)
    if after is None:
        return True
    if part.tables.cell_around(after.element) is not None or "{" in after.text.partition(":")[0]:
        return False
    return bool(part.styles.outline_level(after.element)) or (":" in after.text and _is_label(after.text.strip()))


def _leads_on(paragraph: Paragraph) -> bool:
    """Whether a line goes on behind its words, with a tab or with spaces, for somebody to write there."""
    elements = [
        element
        for element in paragraph.elements(TEXT, _TAB)
        if element.tag == TEXT or nearest(element, RUN) is not None
    ]
    last = next((each for each in reversed(elements) if each.tag == _TAB or (each.text or "").strip()), None)
    is_tab = last is not None and last.tag == _TAB
    return is_tab or len(paragraph.text) - len(paragraph.text.rstrip()) >= _SPACES


def _is_empty(holder: Element) -> bool:
    """Whether ``holder``, a cell or something in one, has neither text nor anything else to see."""
    return not text_in(holder).strip() and not _has_more(holder)


def _has_more(holder: Element) -> bool:
    return next(holder.iter(*_OTHER_THAN_TEXT), None) is not None
