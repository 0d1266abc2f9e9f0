"""Every text of a draft says who gave it, and the record of its document says so too."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.model import Importance, JobDescription, Wording, giver_of
from jdgen.drafting.texts import Giver, Text, giver_of_code
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.reading import record_of
from jdgen.template.compiling import compile_template
from tests.toolbox.data import shipped_library
from tests.toolbox.examples import DRAFTED, POSTS, TEMPLATES, draft_of, post_file, shipped_template
from tests.toolbox.organisations.templates import TEMPLATES as ORGANISATIONS
from tests.toolbox.other_levels import LEVELS, drafted

#: What programs tell values apart by, and notes for a reviewer, which are no texts of the document.
NO_TEXTS = ("id", "statement", "origin", "serves", "locked", "is_compact", "notes", "picture", "organisation_chart")

#: Words of jdgen's for a choice, which are no texts: a rating's giver is its criterion's, and jdgen says how it words.
CHOICES = (Importance, Wording)


def texts_of(owner: Any) -> Iterator[tuple[Any, str, Any]]:
    """Each field of ``owner`` and of what it holds that a template may print, with its value."""
    for field in dataclasses.fields(owner):
        value = getattr(owner, field.name)
        if field.name in NO_TEXTS:
            continue
        if isinstance(value, tuple):
            for each in value:
                yield from texts_of(each)
        elif isinstance(value, Mapping):
            assert all(isinstance(text, Text) for text in value.values()), "an organisation's own field has no giver"
        elif dataclasses.is_dataclass(value):
            yield from texts_of(value)
        else:
            yield owner, field.name, value


DRAFTS = {post: draft_of(post) for post in POSTS} | {f"{name} {level}": drafted(name, level) for name, level in LEVELS}


@pytest.mark.parametrize("name", DRAFTS)
def test_every_text_of_a_draft_has_a_giver(name: str) -> None:
    count = 0
    for owner, field, value in texts_of(DRAFTS[name]):
        assert isinstance(value, Text) or type(value) in CHOICES, f"{type(owner).__name__}.{field}: {value!r}"
        assert giver_of(owner, field) in Giver
        is_prompt = value.startswith("[To complete: ")
        assert (giver_of(owner, field) is Giver.PROMPT) is is_prompt, f"{type(owner).__name__}.{field}"
        count += 1
    assert count > 50


def test_each_field_is_given_by_whom_it_should_be() -> None:
    draft = draft_of("band-8a-programme-office-manager")
    expected = {
        Giver.POST: "title band reference version employer department base hours contract responsible_to je_reference",
        Giver.FRAMEWORK: "complexity specialism role_category level level_word",
        Giver.CLAUSES: "clauses_version",
        Giver.PHRASE: "band_statement",
        Giver.JDGEN: "date",
    }
    for giver, names in expected.items():
        for name in names.split():
            assert giver_of(draft, name) is giver, name
    criteria = {criterion.id: criterion for group in draft.person_specification.groups for criterion in group.criteria}
    qualifications = criteria["pmo.qualifications.8a"]
    # The framework publishes no ratings: whether its criteria are essential is jdgen's word.
    assert [giver_of(qualifications, name) for name in ("text", "importance", "assessed_by")] == [
        Giver.ADAPTED,
        Giver.LIBRARY,
        Giver.LIBRARY,
    ]
    criteria_of_post = [criterion for key, criterion in criteria.items() if key.startswith("post.criterion")]
    assert all(
        {giver_of(criterion, name) for name in ("text", "importance")} == {Giver.POST} for criterion in criteria_of_post
    )
    assert giver_of(draft.demands[0], "kind") is Giver.JDGEN
    assert {giver_of(clause, "title") for clause in draft.clauses} == {Giver.CLAUSES}
    assert {giver_of(group, "title") for group in draft.person_specification.groups} == {Giver.LIBRARY}


def test_the_post_s_own_words_are_the_post_s_and_adapted_ones_are_adapted() -> None:
    duties = [duty for heading in draft_of("band-7-project-risk-specialist").duty_headings for duty in heading.duties]
    givers = {giver_of(duty, "text") for duty in duties}
    assert givers == {Giver.POST, Giver.FRAMEWORK, Giver.ADAPTED}
    published = " ".join(
        statement.text for row in shipped_library().specialism.rows for statement in row.statements if statement.text
    )
    for duty in duties:
        if giver_of(duty, "text") is Giver.FRAMEWORK:
            assert duty.text in published
        if giver_of(duty, "text") is Giver.ADAPTED:
            assert duty.text not in published


@pytest.mark.parametrize("template", [*TEMPLATES, *ORGANISATIONS])
def test_every_block_of_a_record_says_who_gave_it(template: str) -> None:
    compiled = (
        shipped_template(template) if template in TEMPLATES else compile_template(ORGANISATIONS[template](), "own.docx")
    )
    for post in POSTS:
        content = make_document(
            post_of(entries_of_file(post_file(post))), DocumentSources(shipped_library(), compiled, DRAFTED)
        ).content
        record, _ = record_of(content)
        assert record is not None
        assert record.blocks
        for block in record.blocks:
            assert giver_of_code(block.giver), block
        by_id: dict[str, object] = {block.id: giver_of_code(block.giver) for block in record.blocks}
        assert all(giver is Giver.CLAUSES for key, giver in by_id.items() if key.startswith("clause"))
        assert by_id.get("complexity", Giver.FRAMEWORK) is Giver.FRAMEWORK
        assert {by_id.get("2#title", Giver.POST), by_id["title"]} == {Giver.POST} if "title" in by_id else True


def test_a_text_keeps_its_giver_on_its_way() -> None:
    text = Text("Lead", Giver.ADAPTED)
    for other in (copy.copy(text), copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert (other, other.giver, type(other)) == ("Lead", Giver.ADAPTED, Text)
    assert text == "Lead"
    assert hash(text) == hash("Lead")
    assert repr(text) == "'Lead'"
    assert len({giver.code for giver in Giver if giver not in (Giver.UNTOLD, Giver.OTHER)}) == 8
    assert isinstance(draft_of(POSTS[0]), JobDescription)
