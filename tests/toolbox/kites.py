"""The invented framework of kites in ``tests/data/skill-levels``: skills with levels, rows of several kinds, groups."""

from __future__ import annotations

import functools
from typing import Any

from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_library
from jdgen.drafting.model import CriterionGroup, JobDescription
from jdgen.levels import Band
from jdgen.post.model import Post
from jdgen.workspace import Workspace
from tests.toolbox.examples import DRAFTED, ROOT

FOLDER = ROOT / "tests/data/skill-levels"
SPECIALISM = "kite-flying"


@functools.cache
def kite_library() -> Library:
    return load_library(Workspace(FOLDER), SPECIALISM)


def kite_post(level: str = "Flyer", **fields: Any) -> Post:
    return Post(**{"title": "Kite flyer", "specialism": SPECIALISM, "band": Band("5"), "level": level, **fields})


def kite_draft(level: str = "Flyer", library: Library | None = None, **fields: Any) -> JobDescription:
    return draft_job_description(kite_post(level, **fields), library or kite_library(), DRAFTED)


def group_of(draft: JobDescription, name: str) -> CriterionGroup:
    return next(group for group in draft.person_specification.groups if group.id == name)
