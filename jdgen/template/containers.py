"""What holds other things in a template, and what becomes of it where the template chooses and repeats.

Word cannot read what holds nothing (cells, headers, text boxes and content controls without a paragraph, rows without
cells, tables without rows), nor tables with other columns than their rows: both are foreseen here, and repaired where
they are printed (:mod:`.repairs`, :mod:`.columns`). Content controls and fields of Word's own are to keep what is
printed; bookmarks, comments and permissions must stay whole, and be the only ones of their kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import NamedTuple

from jdgen.post.field import FieldKind
from jdgen.post.fields import FIELDS
from jdgen.template.columns import GRID
from jdgen.template.repairs import STORIES, STRUCTURE, WRAPPERS
from jdgen.template.tags import Tag, TagBlock, TemplatePart
from jdgen.word.field_codes import PIECES, SIMPLE, OpenFields, WordField
from jdgen.word.paragraphs import CELL, ROW, RUN, TABLE, TEXT, P
from jdgen.word.xml import Element, W, drop_attribute, nearest, parent_of, remove, text_in

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
                is_changed |= drop_attribute(child, _VALUES[child.tag]) is not None
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


# Both ends of bookmarks, comments and permissions, and ids.
#
# Word marks a range by two elements that may stand anywhere. A choice that prints one of them and not the other leaves
# half a range, which damages cross-references; a loop prints a range once a turn, though its name must be the only one
# of its kind in a document.

_RANGES = (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd"), ("permStart", "permEnd"))
_RANGE_MARKS = frozenset(f"{W}{name}" for kind in _RANGES for name in kind)
_ID = f"{W}id"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP14 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"
# All optional: Word gives new ones when it saves. They tell co-authors' paragraphs and drawings apart.
_OPTIONAL = (f"{_W14}paraId", f"{_W14}textId", f"{_WP14}anchorId", f"{_WP14}editId")


@dataclass(frozen=True, eq=False)
class _Branch:
    """A loop's inside, or what a choice prints in one of its cases; ``repeats`` says whether any loop is around it.

    Branches are linked rather than listed, so that a stranger's million tags cost no more than that.
    """

    block: TagBlock
    outer: _Branch | None
    repeats: bool


def keep_ranges_whole(part: TemplatePart) -> bool:
    """Mend every range of ``part`` that its tags would tear or repeat, and drop the ids that a loop would repeat;
    whether there were any.

    A range that a choice would tear grows until it holds the choice. A range inside a loop is dropped: which of the
    turns a reference to it would mean, nobody can say. Word gives new ids; drawings are numbered in print.
    """
    has_ranges = any(next(part.tree.iter(f"{W}{start}"), None) is not None for start, _ in _RANGES)
    is_changed = has_ranges and _leave_what_goes(part)
    branches = _branches_of(part)
    if has_ranges:
        for start_name, end_name in _RANGES:
            ends = {end.get(_ID): end for end in part.tree.iter(f"{W}{end_name}")}
            for start in list(part.tree.iter(f"{W}{start_name}")):
                end = ends.get(start.get(_ID))
                if end is not None:
                    is_changed |= _mend_range(start, end, _path(branches[start]), _path(branches[end]))
                elif _repeats(branches[start]):
                    is_changed |= _drop(start)
        for reference in list(part.tree.iter(f"{W}commentReference")):
            if _repeats(branches[reference]):
                is_changed |= _drop(reference)
    return _drop_ids([element for element, branch in branches.items() if _repeats(branch)]) or is_changed


def _branches_of(part: TemplatePart) -> dict[Element, _Branch | None]:
    """The innermost branch that each element of a part is inside of. Tags that have no partner count for nothing
    here; they are refused elsewhere."""
    blocks = {block.start: block for block in part.blocks.blocks}
    tags: dict[Element, list[Tag]] = {}
    for tag in part.tags:
        if tag.word.removeprefix("end") in ("if", "for", "elif", "else") and tag.element is not None:
            tags.setdefault(tag.element, []).append(tag)
    branches: dict[Element, _Branch | None] = {}
    branch: _Branch | None = None
    for element in part.tree.iter("*"):
        branches[element] = branch
        for tag in tags.get(element, ()):
            branch = _branch_after(tag, branch, blocks)
    return branches


def _branch_after(tag: Tag, branch: _Branch | None, blocks: Mapping[Tag, TagBlock]) -> _Branch | None:
    """The branch that what follows ``tag`` is inside of, where ``branch`` is that of what stands before it."""
    if tag.word in ("if", "for"):
        return _Branch(blocks[tag], branch, tag.word == "for" or _repeats(branch))
    if branch is None or tag.word.startswith("end"):
        return branch and branch.outer
    return _Branch(branch.block, branch.outer, branch.repeats)


def _path(branch: _Branch | None) -> tuple[_Branch, ...]:
    """``branch`` and all that it is inside of, the outermost first."""
    path: list[_Branch] = []
    while branch is not None:
        path.append(branch)
        branch = branch.outer
    return tuple(reversed(path))


def _repeats(branch: _Branch | None) -> bool:
    return branch is not None and branch.repeats


def _leave_what_goes(part: TemplatePart) -> bool:
    """Move marks out of paragraphs, rows and cells that go with a tag, to the side of it on which they stand."""
    is_changed = False
    for unit, tags in part.tags_by_unit.items():
        is_before_tag = True
        last = unit  # after which the next mark goes
        for element in list(unit.iter()):
            if element is tags[0].element:
                is_before_tag = False
            elif element.tag in _RANGE_MARKS:
                is_changed = True
                remove(element)
                if is_before_tag:
                    unit.addprevious(element)
                else:
                    last.addnext(element)
                    last = element
    return is_changed


def _mend_range(start: Element, end: Element, before: tuple[_Branch, ...], after: tuple[_Branch, ...]) -> bool:
    """Mend the range from ``start``, which is inside of ``before``, to ``end``, which is inside of ``after``."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(before, after, strict=False)))
    if any(branch.block.start.word == "for" for branch in before[:shared]):
        return _drop(start) | _drop(end)  # both, whatever becomes of the first
    is_changed = False
    if len(before) > shared and (first := before[shared].block.start.unit) is not None:
        first.addprevious(start)
        is_changed = True
    if len(after) > shared and (last := after[shared].block.end) is not None and last.unit is not None:
        last.unit.addnext(end)
        is_changed = True
    return is_changed


def _drop(element: Element) -> bool:
    """Take ``element`` out; whether it was still there."""
    if element.getparent() is None:
        return False
    remove(element)
    return True


def _drop_ids(elements: Sequence[Element]) -> bool:
    is_changed = False
    for element in elements:
        for name in _OPTIONAL:
            is_changed |= drop_attribute(element, name) is not None
        parent = element.getparent() if element.tag == _ID else None
        if parent is not None and parent.tag == f"{W}sdtPr":
            parent.remove(element)
            is_changed = True
    return is_changed
