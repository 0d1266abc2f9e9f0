"""From entries to the post."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from jdgen.bands import Band
from jdgen.errors import JdgenError, Problem
from jdgen.post.entries import PostEntries
from jdgen.post.model import (
    AddedCriterion,
    AddedDuty,
    Contact,
    JobDemand,
    Measure,
    OmittedCriterion,
    OmittedDuty,
    PictureFile,
    Post,
    RewordedDuty,
)

_REQUIRED = {
    "title": "give the job title, without the band (title: PMO manager, or --title)",
    "specialism": "name the framework's specialism (specialism: pmo, or --specialism)",
    "band": "give the Agenda for Change band (band: 8a, or --band)",
}
_ENTRIES: Mapping[str, type] = {"dimensions": Measure, "relationships": Contact, "demands": JobDemand}
_CHANGES: Mapping[tuple[str, str], tuple[str, type]] = {
    ("duties", "add"): ("added_duties", AddedDuty),
    ("duties", "omit"): ("omitted_duties", OmittedDuty),
    ("duties", "reword"): ("reworded_duties", RewordedDuty),
    ("criteria", "add"): ("added_criteria", AddedCriterion),
    ("criteria", "omit"): ("omitted_criteria", OmittedCriterion),
}
# For a band that is not given, or is none.
_STAND_IN = "2"
_NAMES = {field.name for field in fields(Post)}


def post_of(entries: PostEntries, name: str = "the post") -> Post:
    """The post that ``entries`` describe; ``name`` is how messages call it when a field has no place.

    Raises :class:`JdgenError` with all of: required fields that are missing, a band that is none, a picture
    outside the post's own folder.
    """
    if problems := all_problems(entries, name):
        raise JdgenError(problems)
    return _post_of(entries)


def outlined(entries: PostEntries) -> tuple[Post | None, bool]:
    """The post as far as ``entries`` say it, so that all of it can be looked at in one round; nothing where they name
    no specialism. What else is missing has a stand-in. And whether the band is theirs."""
    if "specialism" not in entries.values:
        return None, False
    try:
        band, is_banded = Band.parse(str(entries.values.get("band", ""))).printed, True
    except ValueError:
        band, is_banded = _STAND_IN, False
    values = {"title": "", **entries.values, "band": band}
    if "picture" in values and not inside_folder(values["picture"]["file"]):
        del values["picture"]
    return _post_of(replace(entries, values=values)), is_banded


def all_problems(entries: PostEntries, name: str, given: Collection[str] = ()) -> tuple[Problem, ...]:
    """What does not fit in entries, and what is missing; the fields ``given`` are given elsewhere."""
    told = {field for field, _ in entries.unfit}
    return (*entries.problems, *entry_problems(entries, name, {*given, *told}))


def _post_of(entries: PostEntries) -> Post:
    given: dict[str, Any] = {key: _tidy(value) for key, value in entries.values.items() if key in _NAMES}
    given["band"] = Band.parse(str(entries.values["band"]))
    if "level" in given:
        given["level"] = str(entries.values["level"]).strip()
    given["places"], given["remarks"] = entries.places, entries.remarks
    for key, kind in _ENTRIES.items():
        given[key] = tuple(_built(kind, entry) for entry in entries.values.get(key, ()))
    for (group, change), (key, kind) in _CHANGES.items():
        given[key] = tuple(_built(kind, entry) for entry in entries.values.get(group, {}).get(change, ()))
    if picture := entries.values.get("picture"):
        given["picture"] = PictureFile(entries.folder / picture["file"], _tidy(picture["description"]))
    return Post(**given)


def entry_problems(entries: PostEntries, name: str, given: Collection[str] = ()) -> Iterator[Problem]:
    """What keeps entries from being a post; the fields ``given`` are given elsewhere, and not missed here."""
    unanswered = {remark.field: remark for remark in entries.remarks}
    for key, right in _REQUIRED.items():
        if key in unanswered and key not in given:
            yield Problem(unanswered[key].where, f"{key}: '{unanswered[key].written}' is no answer", right)
        elif key not in entries.values and key not in given:
            yield Problem(name, f"'{key}' is missing", right)
    if "band" in entries.values:
        try:
            Band.parse(str(entries.values["band"]))
        except ValueError as error:
            yield Problem(entries.places.get("band", name), str(error), "write it as 7 or 8a")
    if (picture := entries.values.get("picture")) and not inside_folder(picture["file"]):
        where = entries.places.get("picture.file", name)
        yield Problem(
            where, f"the picture '{picture['file']}' is outside the post's folder", "keep it beside the post file"
        )


def inside_folder(file: str) -> bool:
    """Whether a file name stays in the folder that it is relative to."""
    parts = file.replace("\\", "/").split("/")
    return ".." not in parts and not file.startswith(("/", "\\")) and ":" not in file


def _built(kind: type, entry: Mapping[str, Any]) -> Any:
    return kind(**{key: _tidy(value) for key, value in entry.items()})


def _tidy(value: Any) -> Any:
    """Text without outer white space, lists as tuples."""
    if isinstance(value, str):
        return value.strip()
    return tuple(_tidy(part) for part in value) if isinstance(value, list) else value
