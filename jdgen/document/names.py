"""File names of documents: by a pattern, safe on every system, short enough for NHS Jobs."""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from jdgen.errors import JdgenError, Problem, list_words
from jdgen.post.model import Post
from jdgen.system.windows_paths import RESERVED

#: NHS Jobs takes file names of fewer than 90 characters.
MAX_NAME = 89
DEFAULT_PATTERN = "{document} {title} band {band}"
#: The fields that a pattern may use, beside those of the organisation's own.
NAME_FIELDS = (
    *("document", "title", "band", "level", "specialism", "employer", "department", "reference", "version", "date"),
)
_SUFFIX = ".docx"
# Letters with which the endings of a program begin alike: .xls, .xlsm, .xlsx.
_SAME_PROGRAM = 4
# Digits of the mark of a name that is shortened.
_MARK = 8
# A post may well be without a field of the organisation's own.
_OWN_PREFIX = "own."
_FIELD = re.compile(r"\{([^{}]*)\}")
# What Windows refuses in a name, and what makes a path out of a name on any system.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
# What is left of ../ when its stroke is gone.
_DOTS = re.compile(r"(?<!\S)\.+(?!\S)")


def file_name(pattern: str, fields: Mapping[str, str]) -> str:
    """The name of a document: ``pattern`` with its ``{fields}``, made safe on every system.

    Raises :class:`JdgenError` for a pattern with a field that does not exist.
    """
    unknown = [name for name in _FIELD.findall(pattern) if name not in fields and not name.startswith(_OWN_PREFIX)]
    if unknown:
        right = f"use {list_words('{' + name + '}' for name in fields)}"
        raise JdgenError(Problem("the file name pattern", f"no field {list_words(unknown)}", right))
    return safe_name(_FIELD.sub(lambda field: fields.get(field[1], ""), pattern))


def longer_name(name: str, words: str) -> str:
    """The document's ``name`` with the words that tell it from another of that name. They stay whole, and a long name
    is cut before them, where it keeps a mark made of all."""
    stem = name.removesuffix(_SUFFIX)
    long_stem = f"{stem} {words}"
    room = MAX_NAME - len(_SUFFIX) - len(words) - _MARK - 2
    if len(long_stem) > MAX_NAME - len(_SUFFIX) and room >= len(stem) // 3:
        return safe_name(f"{stem[:room].rstrip(' .')} {_mark(long_stem)} {words}")
    return safe_name(long_stem)


def refuse_other_names(path: Path, kind: str = "a Word document", *endings: str) -> None:
    """Raise :class:`JdgenError` for a path that is no name for what is ``kind`` so, by what it ends with."""
    usual, *others = endings or (_SUFFIX,)
    ending = path.suffix.lower()
    if ending not in (usual, *others):
        # Another kind of the same program, such as .xls or .docm, is exchanged; any other ending is part of the name.
        right = path.stem if ending[:_SAME_PROGRAM] == usual[:_SAME_PROGRAM] else path.name
        raise JdgenError(Problem(str(path), f"is no name for {kind}", f"write {right}{usual}"))


def annotated_name(path: Path) -> Path:
    """Where the annotated copy of the document at ``path`` goes: beside it."""
    return path.with_name(f"{path.stem} (annotated){path.suffix}")


def check_pattern(pattern: str, where: str) -> None:
    """Raise :class:`JdgenError` for a ``pattern`` that was given at ``where``, by which no document can be named, or
    all of them alike."""
    if "{" not in pattern:
        right = f"put a field into it, such as {DEFAULT_PATTERN}"
        raise JdgenError(Problem(where, "every document would have this name", right))
    try:
        file_name(pattern, dict.fromkeys(NAME_FIELDS, ""))
    except JdgenError as error:
        raise JdgenError(Problem(where, problem.what, problem.right) for problem in error.problems) from error


def name_fields(post: Post, template: str, drafted: datetime.date, level: str = "") -> dict[str, str]:
    """The fields that a pattern may use; what the post does not say is empty. ``template`` is the template's name,
    ``level`` the level of a framework that has levels of its own."""
    return {
        "document": template.replace("-", " ").capitalize(),
        "title": post.title,
        "band": str(post.band),
        "level": level,
        "specialism": post.specialism,
        "employer": post.employer or "",
        "department": post.department or "",
        "reference": post.reference or "",
        "version": post.version or "",
        "date": drafted.isoformat(),
        **{f"{_OWN_PREFIX}{name}": text for name, text in post.own.items()},
    }


def safe_name(name: str) -> str:
    """``name`` as the name of a Word file, short enough and allowed everywhere.

    A name that must be shortened keeps a mark made of the whole, so that two long names stay different.
    """
    text = unicodedata.normalize("NFC", name.removesuffix(_SUFFIX))
    visible = text if text.isprintable() else "".join(filter(_is_visible, text))
    stem = re.sub(r"\s+", " ", _DOTS.sub(" ", _UNSAFE.sub(" ", visible))).strip(" .")
    if not stem:
        stem = "document"
    if RESERVED.fullmatch(stem):
        stem = f"document {stem}"
    return _shorten_title(stem, text) + _SUFFIX


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _shorten_title(stem: str, whole: str) -> str:
    room = MAX_NAME - len(_SUFFIX)
    # File systems count bytes, and 255 of them is the common limit.
    if len(stem) <= room and len(stem.encode()) <= 240:
        return stem
    mark = _mark(whole)
    cut = stem[: room - len(mark) - 1]
    while len(cut.encode()) > 230:
        cut = cut[:-1]
    return f"{cut.rstrip(' .')} {mark}"


def _mark(whole: str) -> str:
    """What tells two long names apart when both are cut."""
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]
