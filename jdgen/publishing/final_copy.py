"""The final copy of a document, as applicants get it: what is still open is refused, and what was there for those who
wrote it is left out.

NHS Jobs takes the final version only, without tracked changes and comments, of at most 1 MB, under a name of fewer than
90 characters.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from jdgen.document.names import MAX_NAME
from jdgen.drafting.library import prompts_in
from jdgen.errors import Problem, refuse
from jdgen.placeholders import Placeholders
from jdgen.record.placing import without_record
from jdgen.revision.redline.settling import pending_in_words
from jdgen.template.checks.dialects import other_dialects
from jdgen.template.checks.gaps import gaps
from jdgen.template.checks.parts import CheckedPart, filled_parts
from jdgen.word.comments import without_comments
from jdgen.word.dangers import ATTACHED, without_relationships
from jdgen.word.field_codes import fields_of
from jdgen.word.file import File
from jdgen.word.opening import open_document
from jdgen.word.paragraphs import RUN
from jdgen.word.relationships import relations_of
from jdgen.word.styles import is_on
from jdgen.word.xml import Element, W, remove, text_in
from jdgen.words import quantity, shorten

#: Bytes that NHS Jobs takes of one document.
MOST_BYTES = 1_000_000
_SETTINGS, _CORE, _APP = "word/settings.xml", "docProps/core.xml", "docProps/app.xml"
_BOOKMARK, _BOOKMARK_END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_ID, _NAME, _ANCHOR = f"{W}id", f"{W}name", f"{W}anchor"
# What fields call bookmarks by: REF name, PAGEREF name \\h, HYPERLINK \\l "name".
_WORD = re.compile(r'[^\s"\\]+')
_OPEN = "answer it in Word, or delete the line"


class FinalCopy(NamedTuple):
    """The ``content`` of a Word file for applicants, and what was ``left_out`` of it, in words."""

    content: bytes
    left_out: tuple[str, ...]


def final_copy(content: bytes, name: str, placeholders: Placeholders, meanwhile: Collection[str] = ()) -> FinalCopy:
    """The final copy of the document ``content``, which messages call ``name``. ``meanwhile`` are texts that stand
    where nobody can answer yet, and are no gaps.

    Raises :class:`JdgenError` with everything that keeps it from being final: tracked changes that nobody has settled,
    prompts and gaps, hidden text; and for what is no Word document.
    """
    file = open_document(content, name)
    refuse(_open_ends(file, name, placeholders, meanwhile))
    bare, left_out = _bare(file)
    return FinalCopy(bare.to_bytes(), left_out)


def size_problem(content: bytes, name: str) -> Problem | None:
    """What is said of a final copy that NHS Jobs would not take for its size; nothing of one that it takes."""
    if len(content) <= MOST_BYTES:
        return None
    what = f"has {len(content) / 1e6:.1f} MB: NHS Jobs takes at most {MOST_BYTES / 1e6:.0f} MB"
    return Problem(name, what, "in Word: Picture Format, Compress Pictures, or smaller pictures in the template")


def name_problem(name: str, where: str) -> Problem | None:
    """What is said of a file's ``name`` that NHS Jobs would not take; nothing of one that it takes."""
    if len(name) <= MAX_NAME:
        return None
    what = f"its name has {len(name)} characters: NHS Jobs takes fewer than {MAX_NAME + 1}"
    return Problem(where, what, "give the document a shorter name")


def _open_ends(file: File, name: str, placeholders: Placeholders, meanwhile: Collection[str]) -> Iterator[Problem]:
    """What is still to be done in a document."""
    if what := pending_in_words(file.stories):
        yield Problem(name, what, "settle each in Word: Review, Accept or Reject")
    parts = filled_parts(file)
    yield from _prompts(parts, name)
    for part in parts:
        for finding in (*gaps(part, placeholders), *other_dialects(part)):
            text = finding.place.quoted
            if not prompts_in(text) and not any(stand_in in text for stand_in in meanwhile):
                yield Problem(f"{name}, {finding.place}", "is still to be filled in", _OPEN)
        yield from _hidden(part, name)


def _prompts(parts: Sequence[CheckedPart], name: str) -> Iterator[Problem]:
    """What is still asked for, once each, in a line for each heading, header and footer."""
    prompts_by_place: dict[str, list[str]] = {}
    for part in parts:
        for paragraph in part.paragraphs_without_copies:
            place = part.place(paragraph)
            where = f"under '{place.heading}'" if place.heading else place.page_part
            prompts = {prompt for texts in prompts_by_place.values() for prompt in texts}
            prompts_by_place.setdefault(where, []).extend(
                prompt for prompt in prompts_in(paragraph.text) if prompt not in prompts
            )
    for where, texts in prompts_by_place.items():
        if texts:
            yield Problem(", ".join(filter(None, (name, where))), f"still asks for {'; '.join(texts)}", _OPEN)


def _hidden(part: CheckedPart, name: str) -> Iterator[Problem]:
    for paragraph in part.paragraphs:
        runs = (run for run in paragraph.elements(RUN) if is_on(part.styles.of_run(run, paragraph.element, "vanish")))
        if text := "".join(map(text_in, runs)).strip():
            what = f"has hidden text, which whoever gets the file can show: '{shorten(text, 60)}'"
            right = "delete it, or show it (Home, Font, Hidden)"
            yield Problem(f"{name}, {part.place(paragraph)}", what, right)


def _bare(file: File) -> tuple[File, tuple[str, ...]]:
    """``file`` without what was there for those who wrote it, and what that was."""
    left_out: list[str] = []
    rest = without_record(file)
    if set(rest) != set(file):
        left_out.append("the record of how jdgen made it")
    rest, comments = without_comments(rest)
    text = copy.deepcopy(rest.stories)
    bookmarks = _drop_bookmarks(text)
    left_out += [quantity(count, what) for count, what in ((comments, "comment"), (bookmarks, "bookmark")) if count]
    rest, traces = _without_traces(rest.with_stories(text))
    return rest, (*left_out, *traces)


def _drop_bookmarks(text: Element) -> int:
    """Take out every bookmark that nothing refers to; how many there were."""
    names = {word for field in fields_of(text) for word in _WORD.findall(field.code)}
    names |= {link.get(_ANCHOR, "") for link in text.iter(f"{W}hyperlink")}
    unused_marks = [mark for mark in text.iter(_BOOKMARK) if mark.get(_NAME, "") not in names]
    numbers = {mark.get(_ID) for mark in unused_marks}
    for mark in (*unused_marks, *(end for end in text.iter(_BOOKMARK_END) if end.get(_ID) in numbers)):
        remove(mark)
    return len(unused_marks)


#: What says something of people and their machines: the part, the element, and what it is in words.
_TRACES = (
    (_CORE, "{*}lastModifiedBy", "the name of who saved it last"),
    (_APP, "{*}Template", "the name of the template that it was begun with"),
    (_APP, "{*}Manager", "the name of a manager"),
    (_APP, "{*}TotalTime", "how long it was worked on"),
    (_SETTINGS, f"{W}attachedTemplate", "the path of the template that it was begun with"),
    (_SETTINGS, f"{W}docVars", "variables that programs keep in it"),
    (_SETTINGS, f"{W}trackRevisions", "that changes are tracked"),
)


#: What programs write there that says nothing of anybody.
_USUAL = ("", "0", "Normal.dotm", "Normal")


def _without_traces(file: File) -> tuple[File, list[str]]:
    """``file`` without what its properties and settings say of people and their machines."""
    left_out: list[str] = []
    for part, tag, what in _TRACES:
        if part not in file or next(file.tree(part).iter(tag), None) is None:
            continue
        tree = file.copy_of(part)
        elements = list(tree.iter(tag))
        left_out += [what] if part == _SETTINGS or any(map(_names_somebody, elements)) else []
        for element in elements:
            remove(element)
        file = file.with_parts({part: tree})
    return _without_attached_template(file), left_out


def _names_somebody(element: Element) -> bool:
    text = (element.text or "").strip()
    return text not in _USUAL and not text.startswith("jdgen")


def _without_attached_template(file: File) -> File:
    attached = tuple(relationship for relationship in file.relationships(_SETTINGS) if relationship.kind == ATTACHED)
    return without_relationships(file, {relations_of(_SETTINGS): attached})
