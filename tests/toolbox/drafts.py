"""Drafts of small posts, and the shipped data as PyYAML reads it."""

from __future__ import annotations

import functools
from typing import Any

import yaml

from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.library import Library
from jdgen.drafting.model import Criterion, Duty, JobDescription
from jdgen.levels import Band
from jdgen.post.model import Post
from tests.toolbox.data import DATA, PMO_BANDS, shipped_library
from tests.toolbox.examples import DRAFTED

READINGS = (None, "boundary-8b-8c", "paired-bands")
CATEGORIES: tuple[dict[str, Any], ...] = (
    {},
    {"role_category": "administrator-or-analyst"},
    {"role_category": "specialist", "specialist_competences": ("reviews", "change-control")},
    {"role_category": "manager"},
)
#: Every band in every reading, for every role category.
ALL = [
    (band, {**category, "readings": {"business-case": reading} if reading else {}})
    for band in PMO_BANDS
    for reading in READINGS
    for category in CATEGORIES
]
NAMES = [
    f"{band}-{fields['readings'].get('business-case', 'literal')}-{fields.get('role_category')}" for band, fields in ALL
]


def post_at(band: str, **fields: Any) -> Post:
    return Post(**{"title": "PMO post", "specialism": "pmo", "band": Band(band), **fields})


def drafted(band: str, library: Library | None = None, **fields: Any) -> JobDescription:
    return draft_job_description(post_at(band, **fields), library or shipped_library(), DRAFTED)


def verbatim(band: str, **fields: Any) -> JobDescription:
    return drafted(band, shipped_library().verbatim(), **fields)


def duties_of(draft: JobDescription) -> list[Duty]:
    return [duty for heading in draft.duty_headings for duty in heading.duties]


def criteria_of(draft: JobDescription) -> list[Criterion]:
    return [criterion for group in draft.person_specification.groups for criterion in group.criteria]


def notes_of(draft: JobDescription, topic: str) -> list[tuple[str, str]]:
    return [(note.subject, note.text) for note in draft.notes if note.topic == topic]


@functools.cache
def data(name: str) -> Any:
    """A shipped data file, read without any code of the package."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@functools.cache
def changes_for(statement: str) -> tuple[dict[str, str], ...]:
    """The listed changes for a statement, in the file's order, each with its reason."""
    return tuple(
        {**change, "reason": adaptation["reason"]}
        for adaptation in data("adaptations/nhs-pccf-pmo.yaml")["adaptations"]
        for change in adaptation["changes"]
        if change["statement"] == statement
    )


def adapted(statement: str, text: str) -> str:
    """``text`` after the listed changes, made by plain means: another hand than the package's."""
    for change in changes_for(statement):
        if "find" in change:
            before, passage, after = text.partition(change["find"])
            assert passage, (statement, change)
            assert change["find"] not in after
            text = before + change["write"] + after
        elif "append" in change:
            assert not text.endswith(change["append"])
            text += change["append"]
        elif text.endswith(change["drop_end"]):
            text = text[: -len(change["drop_end"])]
    return text
