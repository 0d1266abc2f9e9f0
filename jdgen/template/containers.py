"""What holds other things in a template. Word cannot read what holds nothing (cells, headers, text boxes and content
controls without a paragraph, rows without cells, tables without rows), nor tables with other columns than their rows:
both are foreseen here, and repaired where they are printed (:mod:`.repairs`, :mod:`.columns`). And content controls and
fields of Word's own are to keep what is printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from jdgen.post.field import FieldKind
from jdgen.post.fields import FIELDS
from jdgen.template.columns import GRID
from jdgen.template.repairs import STORIES, STRUCTURE, WRAPPERS
from jdgen.template.tags import TemplatePart
from jdgen.word.fields import PIECES, SIMPLE, OpenFields, WordField
from jdgen.word.paragraphs import CELL, ROW, RUN, TABLE, TEXT, P
from jdgen.word.xml import Element, W, nearest, parent_of, remove, text_in, without_attribute

_CONTROL, _CONTENT = f"{W}sdt", f"{W}sdtContent"
_WRAPPERS, _STORIES, _STRUCTURE = ([f"{W}{name}" for name in names] for names in (WRAPPERS, STORIES, STRUCTURE))
_STARTS, _ENDS = ("if", "for"), ("endif", "endfor")
# A loop over texts that a post is asked for: where it says nothing, there is the prompt.
_PROMPT_FIELDS = (field.key for field in FIELDS if field.is_asked and field.kind in (FieldKind.PROSE, FieldKind.TEXTS))
_NEVER_EMPTY = re.compile(rf"for [a-z_]+ in (?:{'|'.join(_PROMPT_FIELDS)})")
#: What a control shows instead of what is printed: a property, or a placeholder.
_BINDINGS = frozenset({"dataBinding", "showingPlcHdr"})
#: The value of a date or of a list beside the text that is shown: it would be another.
_VALUES = {f"{W}date": f"{W}fullDate", f"{W}dropDownList": f"{W}lastValue", f"{W}comboBox": f"{W}lastValue"}
_PLACEHOLDER = "PlaceholderText"
#: Fields that show what the file or its reader says elsewhere, and would show that in place of what is printed.
_TOLD_ELSEWHERE = frozenset(
    {
        *("DOCPROPERTY", "DOCVARIABLE", "INFO", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS"),
        *("MERGEFIELD", "QUOTE", "FILLIN", "ASK"),
    }
)
_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
_OF_LOOP = re.compile(r"\{\{-?\s*[a-z_]+\.[^{}]*\}\}")
_GRID_TAG = re.compile(r"\{%-?\s*(?:tc\s|colspan\s|hm\s*%\})")


def may_empty(part: TemplatePart) -> bool:
    """Whether filling ``part`` can leave something in it that holds nothing."""

    def unsure(holder: Element, kind: str, enough: Callable[[Iterator[bool]], bool]) -> bool:
        """Whether what ``holder`` holds of ``kind`` may be printed too seldom for ``enough``."""
        return not enough(_printed_always(part, holder, kind))

    def unsure_control(content: Element) -> bool:
        always = (each for kind in (P, ROW, CELL) for each in _printed_always(part, content, kind))
        return "{%" in text_in(content) and not any(always)

    return (
        any(unsure(table, ROW, any) for table in part.tree.iter(TABLE))
        or any(unsure(row, CELL, any) for row in part.tree.iter(ROW))
        or any(not _ends_in_paragraph(part, story) for story in part.tree.iter(*_STORIES))
        or any(unsure_control(content) for content in part.tree.iter(_CONTENT))
    )


def _ends_in_paragraph(part: TemplatePart, story: Element) -> bool:
    """Whether ``story`` ends in a paragraph whatever the draft says, as it must: in one that is printed always, or in
    what may be printed after that, as long as it is no table."""
    is_sure = False
    for element, always in zip(_outermost(story), _printed_always(part, story, P), strict=True):
        is_sure = always or (is_sure and element.tag == P)
    return is_sure


def _printed_always(part: TemplatePart, holder: Element, kind: str) -> Iterator[bool]:
    """For each paragraph or table, row or cell that ``holder`` holds: whether it is printed whatever the draft says;
    for the one that ends a loop over what is never empty, whether the one before is."""
    inside: list[bool] = []  # for each block that it stands in, whether that may print nothing
    always = False
    for element in _outermost(holder):
        if element.tag != kind:
            # A table after the last paragraph does not make up for one.
            always = False
        else:
            tags = part.tags_by_unit.get(element, ())
            ends = [inside.pop() for tag in tags if tag.word in _ENDS and inside]
            always = always if ends == [False] else not tags and not any(inside)
            inside += [not _NEVER_EMPTY.fullmatch(tag.inner) for tag in tags if tag.word in _STARTS]
        yield always


def _outermost(holder: Element) -> Iterator[Element]:
    """The paragraphs, tables, rows and cells of ``holder`` that are not inside one another."""
    for child in holder:
        if child.tag in _WRAPPERS:
            yield from _outermost(child)
        elif child.tag in _STRUCTURE:
            yield child


def mark_grids(tree: Element) -> bool:
    """Put a mark on each table of ``tree`` in which a tag changes how many cells a row has (``tc``, ``colspan``,
    ``hm``); whether there is any. Tags are whole."""
    has_any = False
    for text in tree.iter(TEXT):
        if _GRID_TAG.search(text.text or "") and (table := nearest(text, TABLE)) is not None:
            table.set(GRID, "")
            has_any = True
    return has_any


def keep_what_is_printed(tree: Element) -> bool:
    """Make each content control of ``tree`` that holds a tag an ordinary text, bound to nothing, no placeholder. Says
    whether any was not.

    Word takes what a control shows as a placeholder for no text at all, and replaces it at the first key that is
    pressed; what a control takes from a property it shows instead of what was printed. What the control is for
    otherwise stays.
    """
    is_changed = False
    for control in tree.iter(_CONTROL):
        properties, content = control.find(f"{W}sdtPr"), control.find(_CONTENT)
        if properties is None or content is None or not any(tag in text_in(content) for tag in ("{{", "{%")):
            continue
        if properties.find(f"{W}showingPlcHdr") is not None:
            # The look of a placeholder is not that of a text.
            for style in [each for each in content.iter(f"{W}rStyle") if each.get(f"{W}val") == _PLACEHOLDER]:
                remove(style)
        for child in list(properties):
            if isinstance(child.tag, str) and child.tag.rpartition("}")[2] in _BINDINGS:
                properties.remove(child)
                is_changed = True
            elif child.tag in _VALUES:
                is_changed |= without_attribute(child, _VALUES[child.tag])
    return is_changed


def free_what_fields_show(tree: Element) -> bool:
    """Take away from the tags in ``tree`` the fields of Word's own that show something else as soon as Word updates
    them, such as a property of the file, and leave their text; whether there were any.

    A table of contents lists headings as the template has them, ``{{ heading.title }}``, outside the loop that they are
    in. Word makes it anew when the document is opened; until then it has an ellipsis there.
    """
    texts = list(tree.iter(TEXT))
    statements = _counts("{%", texts)
    in_contents = [0] * (len(texts) + 1)
    is_changed = False
    for field in list(_fields_with_tags(tree, texts)):
        if field.name in _TOLD_ELSEWHERE:
            field.take_away()
            is_changed = True
        elif field.name in _CONTENTS and statements[field.start] == statements[field.end]:
            in_contents[field.start] += 1
            in_contents[field.end] -= 1
    for each, tables_of_contents in zip(texts, accumulate(in_contents), strict=False):
        if tables_of_contents:
            text = each.text or ""
            each.text = _OF_LOOP.sub("…", text)
            is_changed |= each.text != text
    return is_changed


def _counts(words: str, texts: Sequence[Element]) -> Sequence[int]:
    """How many of the first ``texts`` have ``words``: of none of them, of the first, of the first two, and so on. By
    two of these it is known whether any between has them."""
    return [0, *accumulate(words in (each.text or "") for each in texts)]


class _FieldWithTag(NamedTuple):
    """A field of Word's own with its name, and all elements that it is written with. What it shows are the texts of its
    part from ``start`` on, those before ``end``: fields may hold fields without end, and no text is noted for each."""

    name: str
    pieces: Sequence[Element]
    start: int
    end: int

    def take_away(self) -> None:
        """Take it away from what it shows, which stays."""
        for piece in self.pieces:
            if piece.tag == SIMPLE:
                for child in list(piece):
                    piece.addprevious(child)
            run = parent_of(piece)
            run.remove(piece)
            if run.tag == RUN and all(child.tag == f"{W}rPr" for child in run):
                parent_of(run).remove(run)


def _fields_with_tags(tree: Element, texts: Sequence[Element]) -> Iterator[_FieldWithTag]:
    """The fields that show a tag; ``texts`` are those of ``tree``."""
    tags = _counts("{{", texts)
    reading = OpenFields()
    pieces: defaultdict[WordField, list[Element]] = defaultdict(list)
    starts: dict[WordField, int] = {}
    at = 0
    for node in tree.iter(SIMPLE, TEXT, *PIECES):
        if node.tag == TEXT:
            at += 1
        elif node.tag == SIMPLE:
            end = at + sum(1 for _ in node.iter(TEXT))
            if tags[at] < tags[end]:
                yield _FieldWithTag(WordField(node, node.get(f"{W}instr", "")).name, [node], at, end)
        else:
            ended_field = reading.pass_by(node)
            if (field := ended_field or next(reversed(reading.fields), None)) is not None:
                pieces[field].append(node)
                if field.is_over:
                    starts.setdefault(field, at)
            if ended_field and tags[starts.get(ended_field, at)] < tags[at]:
                yield _FieldWithTag(ended_field.name, pieces[ended_field], starts[ended_field], at)
