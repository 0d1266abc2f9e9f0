"""Whatever a publisher changes, no document ends in an error, what the change does not touch is made the same, and each
thing that no longer fits is named once."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import yaml

from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.library import Library
from jdgen.drafting.loading import library_problems, library_with
from jdgen.drafting.model import JobDescription, Origin
from jdgen.drafting.profile import role_profile
from jdgen.framework.model import Specialism
from jdgen.framework.reading import framework_of
from jdgen.levels import Band
from jdgen.post.model import AddedCriterion, AddedDuty, OmittedCriterion, OmittedDuty, Post, RewordedDuty
from jdgen.revision.fresh_documents import library_for_record
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.workspace import Workspace
from tests.acceptance.releases.releasing import released
from tests.toolbox.blocks import printed_block
from tests.toolbox.data import DATA, PMO_BANDS, shipped_library
from tests.toolbox.drafts import data
from tests.toolbox.examples import DRAFTED, ROOT
from tests.toolbox.soak import count

STALE = "no longer fits"
ADAPTATIONS = data("adaptations/nhs-pccf-pmo.yaml")["adaptations"]
CHANGES = [(change, group) for group in ADAPTATIONS for change in group["changes"]]
HEADINGS = [heading.id for heading in shipped_library().specialism.headings]


pytestmark = pytest.mark.soak
#: A seed is all that there is to a release, so nothing could be shrunk.
every_release = pytest.mark.parametrize("seed", range(count(20)))


@functools.lru_cache(4)
def library_of(text: str) -> Library:
    framework = framework_of(parse_yaml(text.encode(), "release.yaml"))
    return library_with(Workspace(ROOT), framework, framework.specialisms[0])


@functools.cache
def posts_at(band: str) -> tuple[Post, ...]:
    """Posts that were right with the shipped framework and say something of every part of it."""
    post = Post("PMO post", "pmo", Band(band))
    reading = {"business-case": "boundary-8b-8c"}
    draft = draft_job_description(replace(post, readings=reading), shipped_library(), DRAFTED)
    duties = [heading.duties[0] for heading in draft.duty_headings]
    criteria = [criterion.id for group in draft.person_specification.groups for criterion in group.criteria]
    return (
        post,
        replace(post, role_category="specialist", specialist_competences=("reviews",), entry_route=None),
        replace(post, role_category="manager", entry_route="non-project-delivery-professional"),
        replace(
            post,
            readings=reading,
            omitted_duties=tuple(OmittedDuty(duty.statement, "No.") for duty in duties[:3]),
            reworded_duties=tuple(RewordedDuty(duty.id, f"Ours: {duty.id}.", "x") for duty in duties[3:6]),
            added_duties=tuple(AddedDuty(heading, f"Own: {heading}.") for heading in HEADINGS),
            omitted_criteria=tuple(OmittedCriterion(criterion, "No.") for criterion in criteria[-3:]),
            added_criteria=(AddedCriterion("Own", "skills", "essential", ("A",), tuple(HEADINGS)),),
        ),
    )


def drafted(post: Post, library: Library) -> JobDescription:
    """The draft as a record's post gets it: whatever it names was once offered."""
    titles = [printed_block(f"{heading.id}.title", heading.title) for heading in shipped_library().specialism.headings]
    return draft_job_description(post, library_for_record(library, post, titles), DRAFTED)


def said_at(specialism: Specialism, band: str, reading: str | None) -> list[Any]:
    """All that a version of the framework says at a band, and what a draft there could depend on besides."""
    readings = {"business-case": reading} if reading else {}
    profile = role_profile(specialism, Band(band), None, readings)
    statements = [
        (
            entry.heading.id,
            entry.heading.title,
            entry.heading.readings,
            entry.statement,
        )
        for entry in profile.entries
    ]
    return [
        statements,
        specialism.role_categories,
        [heading.id for heading in specialism.headings],
        specialism.entry_routes,
    ]


@every_release
def test_no_document_ends_in_an_error_and_what_is_not_touched_is_made_the_same(seed: int) -> None:
    library, old = library_of(released(seed)), shipped_library()
    for band in PMO_BANDS:
        for post in posts_at(band):
            draft = drafted(post, library)
            reading = post.readings.get("business-case")
            untouched = said_at(library.specialism, band, reading) == said_at(old.specialism, band, reading)
            if untouched and library.framework.competences == old.framework.competences:
                before = drafted(post, old)
                stale = [note for note in draft.notes if note.topic == STALE]
                remarks = [note for note in stale if "A remark on the source" in note.text]
                assert stale == remarks
                assert replace(draft, notes=()) == replace(before, notes=())
            duty_texts = {duty.text for heading in draft.duty_headings for duty in heading.duties}
            assert {added_duty.text for added_duty in post.added_duties} <= duty_texts
            note_texts = " ".join(note.text for note in draft.notes)
            assert all(
                reworded_duty.text in duty_texts or reworded_duty.text in note_texts
                for reworded_duty in post.reworded_duties
            )


@every_release
def test_each_stale_thing_is_named_once_where_it_is_looked_after(seed: int) -> None:
    """Against an oracle of other means: the shipped files by PyYAML, changes made by string methods."""
    text = released(seed)
    library = library_of(text)
    unfitting = library_problems(Workspace(ROOT), library.framework, library.specialism)
    assert len(unfitting) == len(set(unfitting))
    pmo = yaml.safe_load(text)["specialisms"][0]
    rows = [*pmo["headings"], *pmo["entry_routes"], *filter(None, [pmo.get("qualifications")])]
    statements = {statement["id"]: statement for row in rows for statement in row["statements"]}
    about = [problem for problem in unfitting if "adaptations/" in problem.where]
    changes = [problem for problem in about if problem.right.endswith("or delete the change")]
    assert len(changes) == len(stale_changes(statements))
    headings = {row["id"] for row in pmo["headings"]}
    criteria = data("criteria/nhs-pccf-pmo.yaml")
    serving = [name for entry in (*criteria["criteria"], *criteria["competences"]) for name in entry["serves"]]
    number_lost = sum(name not in headings for name in serving)
    assert sum(problem.what.startswith("unknown serves") for problem in unfitting) == number_lost


def stale_changes(statements: dict[str, Any]) -> list[str]:
    """Each listed change, as "statement: words", that finds no place in a release."""
    stale = []
    texts = {name: list(statement.get("entries") or [statement["text"]]) for name, statement in statements.items()}
    for change, group in CHANGES:
        name = change["statement"]
        now = texts.get(name, [])
        after = [apply_change(change, text) for text in now]
        if after == now or any("find" in change and text.count(change["find"]) > 1 for text in now):
            stale.append(f"{name}: {change}")
        elif not (group.get("together") and stale and stale[-1].startswith(f"{name}:")):
            texts[name] = after
    return stale


def apply_change(change: dict[str, str], text: str) -> str:
    if "find" in change:
        return text.replace(change["find"], change["write"], 1)
    if "append" in change:
        return text if text.endswith(change["append"]) else text + change["append"]
    return re.sub(f"{re.escape(change['drop_end'])}$", "", text)


@every_release
def test_a_stale_change_is_a_note_at_its_statement_where_that_is_printed_and_nowhere_else(seed: int) -> None:
    library = library_of(released(seed))
    for band in PMO_BANDS:
        draft = drafted(posts_at(band)[0], library)
        printed_counts = Counter(
            duty.statement
            for heading in draft.duty_headings
            for duty in heading.duties
            if duty.origin is Origin.FRAMEWORK
        )
        printed_counts += Counter(
            criterion.id for group in draft.person_specification.groups for criterion in group.criteria
        )
        notes = Counter((note.subject, note.text) for note in draft.notes if note.topic == STALE)
        assert set(notes.values()) <= {1}
        for stale in library.adaptations.stale:
            count = sum(str(stale.change) in text for subject, text in notes if subject == stale.change.statement)
            if not stale.is_gone:
                assert count == (1 if printed_counts[stale.change.statement] else 0)


def test_the_shipped_files_fit_the_shipped_framework() -> None:
    text = (DATA / "frameworks/nhs-pccf.yaml").read_text(encoding="utf-8")
    library = library_of(text)
    assert library_problems(Workspace(ROOT), library.framework, library.specialism) == ()
    for band in PMO_BANDS:
        for post in posts_at(band):
            assert [note for note in drafted(post, shipped_library()).notes if note.topic == STALE] == []
