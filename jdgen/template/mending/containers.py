"""What Word cannot read when it holds nothing: cells, headers, text boxes and content controls without a paragraph,
rows without cells, tables without rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from jdgen.template.mending.structure import MARKS
from jdgen.word.xml import W, parsed, serialised

_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}r"
_CONTROL, _CONTENT = f"{W}sdt", f"{W}sdtContent"
# What stands between a table and its rows, a row and its cells, a container and its paragraphs, and is none itself.
_WRAPPERS = frozenset({_CONTROL, _CONTENT, f"{W}customXml", f"{W}ins", f"{W}moveTo"})
_STORIES = (_CELL, f"{W}hdr", f"{W}ftr", f"{W}txbxContent")
_BLOCKS = frozenset({_PARAGRAPH, _TABLE})
_TAG = re.compile(r"\{[%#](p|tr|tc) \s*(if|for|end)?")
_UNITS = {_PARAGRAPH: "p", _ROW: "tr", _CELL: "tc"}


def may_empty(tree: Any) -> bool:
    """Whether filling the part ``tree`` of a template can leave something in it that holds nothing."""
    return (
        any(_unsure(table, _ROW, any) for table in tree.iter(_TABLE))
        or any(_unsure(row, _CELL, any) for row in tree.iter(_ROW))
        or any(_unsure(story, _PARAGRAPH, _last) for story in tree.iter(*_STORIES) if not _is_plain(story))
        or any(_unsure_control(content) for content in tree.iter(_CONTENT))
    )


def _last(printed: Iterator[bool]) -> bool:
    """The last of ``printed``; a story must end in a paragraph."""
    return ([False, *printed])[-1]


def _is_plain(story: Any) -> bool:
    return len(story) > 0 and story[-1].tag == _PARAGRAPH and not _tags(story[-1])


def _unsure(holder: Any, kind: str, enough: Callable[[Iterator[bool]], bool]) -> bool:
    """Whether what ``holder`` holds of ``kind`` may be printed too seldom for ``enough``."""
    return not enough(_printed_always(holder, kind))


def _unsure_control(content: Any) -> bool:
    text = "".join(part.text or "" for part in content.iter(f"{W}t"))
    return "{%" in text and not any(always for kind in _UNITS for always in _printed_always(content, kind))


def _printed_always(holder: Any, kind: str) -> Iterator[bool]:
    """For each paragraph or table, row or cell that ``holder`` holds: whether it is printed whatever the draft says."""
    depth = 0
    for held in _held(holder):
        if held.tag != kind:
            # A table after the last paragraph does not make up for one.
            yield False
            continue
        tags = _tags(held)
        yield depth == 0 and not tags
        depth += sum({"if": 1, "for": 1, "end": -1}.get(word, 0) for word in tags)


def _tags(held: Any) -> list[str]:
    """The words of the tags with which ``held`` goes."""
    letter = _UNITS.get(held.tag)
    text = "".join(part.text or "" for part in held.iter(f"{W}t") if next(part.iterancestors(held.tag), None) is held)
    return [word for kind, word in _TAG.findall(text) if kind == letter]


def _held(holder: Any) -> Iterator[Any]:
    """The paragraphs, tables, rows and cells of ``holder`` that are not inside one another."""
    for child in holder:
        if child.tag in _WRAPPERS:
            yield from _held(child)
        elif child.tag in _UNITS or child.tag == _TABLE:
            yield child


def refilled(xml: str) -> str:
    """``xml`` with nothing in it that Word cannot read for holding nothing. What has content stays as it is."""
    tree = parsed(xml)
    for row in list(tree.iter(_ROW)):
        _drop_without(row, _CELL)
    # Inner tables first: the outer one may hold nothing else.
    for table in reversed(list(tree.iter(_TABLE))):
        _drop_without(table, _ROW)
    for content in reversed(list(tree.iter(_CONTENT))):
        _refill_control(content)
    for story in tree.iter(*_STORIES):
        if not _ends_in_paragraph(story):
            etree.SubElement(story, _PARAGRAPH)
    return serialised(tree)


def _drop_without(holder: Any, kind: str) -> None:
    """Take ``holder`` out, but for the marks in it, if it holds nothing of ``kind``."""
    if any(held.tag == kind for held in _held(holder)):
        return
    for mark in list(holder.iter(*MARKS)):
        holder.addprevious(mark)
    holder.getparent().remove(holder)


def _refill_control(content: Any) -> None:
    """Give an emptied content control what its place asks for: a paragraph, a run; or drop it between rows or cells."""
    if _last_shown(content) is not None:
        return
    control = content.getparent()
    place = next(parent for parent in control.iterancestors() if parent.tag not in _WRAPPERS)
    if place.tag in (_TABLE, _ROW):
        control.getparent().remove(control)
    else:
        etree.SubElement(content, _RUN if _in_line(place) else _PARAGRAPH)


def _in_line(place: Any) -> bool:
    return place.tag not in (*_STORIES, f"{W}body", f"{W}footnote", f"{W}endnote", f"{W}comment")


def _ends_in_paragraph(story: Any) -> bool:
    """Whether the last thing in ``story`` is a paragraph, looked for in content controls too."""
    last = _last_shown(story)
    while last is not None and last.tag in _WRAPPERS:
        last = _last_shown(last)
    return last is not None and last.tag == _PARAGRAPH


def _last_shown(holder: Any) -> Any:
    """The last child of ``holder`` that is more than a mark of some place, if there is one."""
    shown = (child for child in reversed(list(holder)) if isinstance(child.tag, str) and child.tag not in MARKS)
    return next(shown, None)


# Content controls with a tag in them, made to keep what is printed.
#
# Word takes what a control shows as a placeholder for no text at all, and replaces it at the first key that is
# pressed; what a control takes from a property it shows instead of what was printed. What the control is for otherwise
# stays.

_PLACEHOLDER = "PlaceholderText"
_BINDINGS = frozenset({"dataBinding", "showingPlcHdr"})
#: The value of a date or of a list beside the text that is shown: it would be another.
_VALUES = {f"{W}date": f"{W}fullDate", f"{W}dropDownList": f"{W}lastValue", f"{W}comboBox": f"{W}lastValue"}


def keep_what_is_printed(tree: Any) -> None:
    """Make each content control of ``tree`` that holds a tag an ordinary text: bound to nothing, no placeholder."""
    for control in tree.iter(f"{W}sdt"):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if properties is None or content is None or not _holds_tag(content):
            continue
        shown = properties.find(f"{W}showingPlcHdr") is not None
        for child in list(properties):
            if isinstance(child.tag, str) and child.tag.rpartition("}")[2] in _BINDINGS:
                properties.remove(child)
            elif child.tag in _VALUES:
                child.attrib.pop(_VALUES[child.tag], None)
        if shown:
            _unstyle(content)


def _holds_tag(content: Any) -> bool:
    text = "".join(each.text or "" for each in content.iter(f"{W}t"))
    return "{{" in text or "{%" in text


def _unstyle(content: Any) -> None:
    """Take the look of a placeholder from the runs of ``content``."""
    for style in list(content.iter(f"{W}rStyle")):
        if style.get(f"{W}val") == _PLACEHOLDER:
            style.getparent().remove(style)
