"""Holding a framework file against the text it was taken from, word for word.

A published text has marks of HTML and of lists on its way out of a web page or a word processor, which are none of its
words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum, auto
from html import unescape

from jdgen.errors import Problem
from jdgen.framework.model import Descriptor, Framework, Heading, Skill, SourcePlace, Specialism, Statement

#: Marks that stand before the entries of a list.
LIST_MARKS = "•‣▪●◦"
# A tag begins with a letter: "HbA1c <48" is text.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")
_LIST_MARK = re.compile(rf"(?:(?<!\s)\s+)?[{LIST_MARKS}]\s*")
_LEAD_IN = re.compile(rf"^[^{LIST_MARKS}]*:(?=\s*[{LIST_MARKS}])")
#: A code or a number before a text: of letters and figures (A1, OT5.2a), of an outline (1.2), a figure or a letter with
#: a mark behind it (1. or B:), or any of these in brackets.
_CODE = re.compile(
    r"(?:[A-Z]{1,5}[-. ]?\d{1,3}(?:[-./]\d{1,3}){0,3}[a-z]?|[1-9]\d{0,2}(?:\.\d{1,3}){1,3}[a-z]?"
    r"|\d{1,3}(?=\s?[.):|–—-]\s)|[A-Za-z](?=[.):]\s)"
    r"|[\[(](?:[A-Z]{0,5}[-. ]?\d{1,3}(?:[-./]\d{1,3}){0,3}[a-z]?|[a-z])[\])])"
    r"(?:\s?[.):|–—-])?(?=\s+[^\W\d_]|\s+[\"'‘“(])"
)
#: A figure or a letter that no mark tells from the words behind it: other titles tell whether it counts ("1 Care").
_COUNT = re.compile(r"(?:[1-9]\d{0,2}|[A-Z])(?=\s+[A-Z])")
_NO_MARKS = str.maketrans("", "", LIST_MARKS)


def transcription_problems(framework: Framework, source: bytes, name: str) -> list[Problem]:
    """Every text of ``framework`` that does not stand in ``source`` at the place that it names, and every list
    of the source that the framework has only a part of.

    ``name`` is how messages call the framework file.
    """
    if framework.sha256 not in _digests(source):
        digest = hashlib.sha256(source).hexdigest()
        what = f"the source {framework.source_file} is not the text that was transcribed (its SHA-256 is {digest})"
        return [Problem(name, what, "restore the source, or transcribe the new one")]
    lines = source.decode("utf-8").replace("\r\n", "\n").split("\n")
    problems = [
        Problem(f"{name}, {text_id}", f"'{_short(text)}' is not what {framework.source_file} says", f"see its {place}")
        for text_id, text, place, extent in _claims(framework)
        if not _stands(text, place, extent, lines)
    ]
    # What is left of a list says something only where all of its entries stand in the source.
    return problems or list(_incomplete_lists(framework, lines, name))


def _digests(source: bytes) -> Iterator[str]:
    """The digests of a text that was transcribed: as it is, and with the other ends of lines, which are none of its
    words. Git and editors change them on their way to Windows and back."""
    plain = source.replace(b"\r\n", b"\n")
    return (hashlib.sha256(variant).hexdigest() for variant in (source, plain, plain.replace(b"\n", b"\r\n")))


def by_source(framework: Framework) -> Iterator[Framework]:
    """``framework`` in parts of one source each: what is of its own, and each specialism that has another."""
    own_specialisms = [specialism for specialism in framework.specialisms if specialism.imprint.sha256 is None]
    if own_specialisms or framework.competences or framework.skills:
        yield replace(framework, specialisms=tuple(own_specialisms))
    for specialism in framework.specialisms:
        if specialism.imprint.sha256 is not None:
            yield replace(framework.of(specialism), competences=(), skills=())


class _Extent(Enum):
    """How a text stands at the place that a file names: as all that is there, as a part of it, as is the first entry of
    a list, or as a further entry of a list that begins there and may go on in the lines below, in the same cell of
    each, or with an entry in each of the cells beside it."""

    WHOLE = auto()
    PART = auto()
    ENTRY = auto()


_Claim = tuple[str, str, SourcePlace, _Extent]


def code_before(text: str) -> tuple[str, str]:
    """The code by which a publication counts a text, with the mark behind it, and the text without it; no code and the
    whole text where none stands there."""
    return _divided(text, _CODE.match(text))


def count_before(text: str) -> tuple[str, str]:
    """As :func:`code_before`, also of a figure or a letter without a mark, which may as well be a word."""
    return _divided(text, _CODE.match(text) or _COUNT.match(text))


def _divided(text: str, code: re.Match[str] | None) -> tuple[str, str]:
    return (code[0], text[code.end() :].strip()) if code else ("", text)


def _claims(framework: Framework) -> Iterator[_Claim]:
    """What the file says of the source: a name, a text, its place, and how it stands there."""
    for competence in framework.competences:
        yield competence.id, competence.name, competence.source, _Extent.PART
    for skill in framework.skills:
        yield from _skill_claims(skill)
    for specialism in framework.specialisms:
        yield from _specialism_claims(specialism)


def _skill_claims(skill: Skill) -> Iterator[_Claim]:
    yield skill.id, skill.title, skill.source, _Extent.PART
    if skill.text:
        yield skill.id, skill.text, skill.source, _Extent.PART
    for descriptor in skill.descriptors:
        if descriptor.text:
            yield descriptor.id, descriptor.text, descriptor.source, _Extent.WHOLE
        yield from _list_claims(descriptor)


def _specialism_claims(specialism: Specialism) -> Iterator[_Claim]:
    if specialism.description:
        yield specialism.description.id, specialism.description.text, specialism.description.source, _Extent.WHOLE
    for category in specialism.role_categories:
        yield category.id, category.published_as, category.source, _Extent.PART
        for remark in category.statements:
            yield remark.id, remark.text, remark.source, _Extent.PART
    for row in specialism.rows:
        yield from _row_claims(row)


def _row_claims(row: Heading) -> Iterator[_Claim]:
    yield row.id, row.title, row.source, _Extent.WHOLE
    for statement in row.statements:
        if statement.text:
            yield statement.id, statement.text, statement.source, _Extent.WHOLE
        yield from _list_claims(statement)


def _list_claims(statement: Statement | Descriptor) -> Iterator[_Claim]:
    for number, entry in enumerate(statement.entries):
        yield statement.id, entry, statement.source, _Extent.ENTRY if number else _Extent.PART


def _incomplete_lists(framework: Framework, lines: list[str], name: str) -> Iterator[Problem]:
    for statement in (
        statement for pathway in framework.specialisms for row in pathway.rows for statement in row.statements
    ):
        if statement.entries and (rest := entries_left_out(statement, lines)):
            what = f"'{_short(rest)}' of {framework.source_file} is left out of the list"
            yield Problem(f"{name}, {statement.id}", what, f"see its {statement.source}")


def _stands(text: str, place: SourcePlace, extent: _Extent, lines: list[str]) -> bool:
    if place.line > len(lines):
        return False
    if place.cell is None:
        return text in lines[place.line - 1]
    last = len(lines) if extent is _Extent.ENTRY else place.line
    for line in lines[place.line - 1 : last]:
        cell = _cell(line, place.cell)
        plain = without_markup(cell)
        if text in (cell, plain, count_before(cell)[1], count_before(plain)[1]):
            return True
        if extent is not _Extent.WHOLE and (text in cell or text in plain):
            return True
    cells_beside = lines[place.line - 1].split("\t")[place.cell :] if extent is _Extent.ENTRY else ()
    return any(text in (cell.strip(), without_markup(cell)) for cell in cells_beside)


def _cell(line: str, number: int) -> str:
    cells = line.split("\t")
    return cells[number - 1].strip() if number <= len(cells) else ""


def entries_left_out(statement: Statement, lines: list[str]) -> str:
    """What remains of a list's source cell when its entries, its list marks and the words that lead it in, such as
    "You can:", are taken away; '' if complete."""
    rest = lines[statement.source.line - 1]
    if statement.source.cell is not None:
        rest = _cell(rest, statement.source.cell)
    rest = _LEAD_IN.sub("", without_markup(rest))
    for entry in statement.entries:
        rest = rest.replace(entry, "", 1)
    rest = rest.translate(_NO_MARKS).strip()
    # What is left before entries may be their codes.
    while (behind := code_before(f"{rest} a")[1].removesuffix("a").strip()) != rest:
        rest = behind
    return rest


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def without_markup(text: str) -> str:
    """``text`` without HTML's tags, its entities as characters, and each stretch of white space as one space."""
    return " ".join(unescape(_TAG.sub(" ", text)).split())


def has_markup(text: str) -> bool:
    """Whether ``text`` holds tags or entities of HTML."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def list_entries(text: str) -> tuple[str, ...]:
    """The entries of a text that begins with a list mark, without markup; none for any other text."""
    plain = without_markup(text)
    if not plain.startswith(tuple(LIST_MARKS)):
        return ()
    return tuple(entry for entry in _LIST_MARK.split(plain) if entry)
