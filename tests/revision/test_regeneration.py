"""Real documents brought up to date with a second version of the framework, in which everything changes."""

from __future__ import annotations

import copy
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jdgen.errors import JdgenError
from jdgen.framework.reading import framework_of
from jdgen.record.digests import ITEM
from jdgen.record.reading import Handling, record_of
from jdgen.record.writing import parts_with
from jdgen.revision.decisions import Action
from jdgen.revision.fresh_documents import Remade
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.redline.redline import Conflicts
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.regeneration import Regenerated, RegenerationOutcome, RegenerationSettings, regenerate
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.word.file import File
from jdgen.word.writing import in_one_piece
from jdgen.workspace import Workspace
from tests.toolbox import documents as making
from tests.toolbox.data import FRAMEWORK_TEXT, change_text
from tests.toolbox.documents import (
    BODY,
    MANNER,
    altered,
    edit_document,
    example_document,
    materials,
    newer_framework,
    texts_of,
)
from tests.toolbox.examples import ROOT
from tests.toolbox.rejecting import looks, reject_all
from tests.toolbox.validator import errors
from tests.toolbox.word import W, parts_of, stories_of, with_part, word_file

NEW_HEADING = (
    "      - id: sustainability\n        title: Sustainability\n        source: {line: 56, cell: 2}\n"
    "        statements:\n          - id: pmo.sustainability.6-8d\n            bands: '6-8d'\n"
    "            source: {line: 56, cell: 3}\n            text: Measure what programmes leave behind.\n"
)
DUTY = "Lead the PMO, develop clear vision and standards"


def redline_of(content: bytes, newer: FreshSources, manner: RegenerationSettings = MANNER) -> tuple[Regenerated, Any]:
    result = regenerate(content, "jd.docx", newer, manner)
    assert result.content is not None
    return result, etree.fromstring(parts_of(result.content)[BODY])


def accepted(tree: Any) -> list[str]:
    tree = copy.deepcopy(tree)
    accept_all(tree)
    return texts_of(tree)


def rejected(tree: Any) -> Any:
    tree = copy.deepcopy(tree)
    reject_all(tree)
    return tree


def test_accepting_all_in_an_untouched_document_gives_the_fresh_one(newer: FreshSources) -> None:
    """The strongest oracle there is: a document that is made of the new framework in the first place."""
    _, tree = redline_of(example_document(), newer)
    fresh = regenerate(example_document(), "jd.docx", newer, RegenerationSettings(MANNER.stamp, clean=True))
    assert fresh.outcome is RegenerationOutcome.FRESH
    assert fresh.content is not None
    expected = texts_of(etree.fromstring(parts_of(fresh.content)[BODY]))
    texts = accepted(tree)
    assert len([text for text in expected if "edition: 2" in text]) == 1
    assert texts == expected
    assert looks(rejected(tree)) == looks(etree.fromstring(parts_of(example_document())[BODY]))


class AskedError(Exception):
    """Somebody looks at the document made anew."""


@pytest.mark.parametrize(
    ("old", "new", "is_needed"),
    [
        ("title: Business Case\n", "title: Business Cases\n", False),
        ("      - id: performance-controls\n", f"{NEW_HEADING}      - id: performance-controls\n", True),
    ],
)
def test_where_texts_are_only_worded_otherwise_the_document_made_anew_is_not_looked_at(
    old: str, new: str, is_needed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Remade) -> File:
        raise AskedError

    framework = framework_of(parse_yaml(change_text(FRAMEWORK_TEXT, old, new).encode(), "newer.yaml"))
    monkeypatch.setattr(Remade, "file", property(refuse))
    with pytest.raises(AskedError) if is_needed else nullcontext():
        redline_of(example_document(), materials(framework))


def test_every_kind_of_change_is_made(newer: FreshSources) -> None:
    result, tree = redline_of(example_document(), newer)
    assert result.outcome is RegenerationOutcome.REDLINED
    assert [decision.id for decision in result.of(Action.REWORD)] == [
        "business-case.title",
        "pmo.risks-issues.8a-8b.1",
        "framework",
    ]
    assert [decision.id for decision in result.of(Action.DELETE)] == [
        "pmo.leadership.8a-8d.3",
        "governance-review-8a-8b",
        "governance-review-8a-8b.importance",
        "governance-review-8a-8b.assessed_by",
    ]
    assert [decision.id for decision in result.of(Action.INSERT)] == [
        "sustainability.title",
        "pmo.sustainability.6-8d.1",
        "pmo.performance-controls.8a-8d.1",
        "leadership-boards-8a-8d",
        "leadership-boards-8a-8d.importance",
        "leadership-boards-8a-8d.assessed_by",
    ]
    rows = [row for row in tree.iter(f"{W}tr") if row.find(f"{W}trPr/{W}ins") is not None]
    assert [making.text_of(paragraph) for row in rows for paragraph in row.iter(f"{W}p")] == [
        making.NEW_ROW,
        "Essential",
        "A, I",
    ]
    assert not result.unplaced


def test_a_person_s_words_stay_whatever_the_framework_does(newer: FreshSources) -> None:
    mine = edit_document(
        example_document(),
        ("Establish the project processes", "Establish our project processes"),
        ("Build strong networks both", "Build wide networks both"),
        (DUTY, f"{DUTY} of our own"),
        ("Smoke-free workplace", "No smoking"),
    )
    result, tree = redline_of(mine, newer)
    texts = accepted(tree)
    for words in ("Establish our project processes", "Build wide networks", f"{DUTY} of our own", "No smoking"):
        assert any(words in text for text in texts), words
    assert [decision.id for decision in result.of(Action.OFFER)] == ["pmo.risks-issues.8a-8b.1"]
    assert [decision.id for decision in result.of(Action.QUESTION)] == ["pmo.leadership.8a-8d.3"]
    assert result.content is not None
    comments = etree.fromstring(parts_of(result.content)["word/comments.xml"])
    assert len(comments) == 2
    assert looks(rejected(tree)) == looks(etree.fromstring(parts_of(mine)[BODY]))


def test_what_a_person_took_out_stays_out(newer: FreshSources) -> None:
    def take_out(tree: Any) -> None:
        for paragraph in list(tree.iter(f"{W}p")):
            if making.text_of(paragraph).startswith(making.REWORDED[0]):
                paragraph.getparent().remove(paragraph)

    result, tree = redline_of(altered(example_document(), take_out), newer)
    assert "pmo.risks-issues.8a-8b.1" in [decision.id for decision in result.of(Action.ABSENT)]
    assert not any("lasting project processes" in text for text in accepted(tree))


def test_the_record_is_of_the_new_version_and_the_document_the_same_document(newer: FreshSources) -> None:
    old, _ = record_of(example_document())
    for content in (example_document(), edit_document(example_document(), (DUTY, "Lead us all"))):
        result, _ = redline_of(content, newer)
        assert result.content is not None
        record, handling = record_of(result.content)
        assert record is not None
        assert old is not None
        assert record.document_id == old.document_id
        assert (record.framework_version, old.framework_version != "2") == ("2", True)
        assert making.NEW_DUTY in [block.text for block in record.blocks]
        # A batch replaces what nobody has touched, so a file with somebody's edits must never say so.
        assert (handling is Handling.UNTOUCHED) is (content == example_document())


def test_a_second_time_there_is_nothing_to_do(newer: FreshSources) -> None:
    for content in (
        example_document(),
        edit_document(example_document(), ("Establish the project processes", "Establish our project processes")),
    ):
        result, _ = redline_of(content, newer)
        assert result.content is not None
        assert regenerate(result.content, "jd.docx", newer, MANNER).outcome is RegenerationOutcome.UP_TO_DATE
        for settle in (accept_all, reject_all):
            tree = etree.fromstring(parts_of(result.content)[BODY])
            settle(tree)
            settled = with_part(result.content, BODY, etree.tostring(tree))
            assert regenerate(settled, "jd.docx", newer, MANNER).outcome is RegenerationOutcome.UP_TO_DATE


def test_equal_inputs_give_equal_bytes(newer: FreshSources) -> None:
    assert redline_of(example_document(), newer)[0].content == redline_of(example_document(), newer)[0].content


def test_the_anchors_are_those_of_the_new_blocks(newer: FreshSources) -> None:
    result, _ = redline_of(example_document(), newer)
    assert result.content is not None
    record, _ = record_of(result.content)
    assert record is not None
    tree = stories_of(parts_of(result.content))
    names = [mark.get(f"{W}name") for mark in tree.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert set(names) == {block.anchor_name for block in record.blocks}


def test_what_is_printed_among_other_words_is_changed_as_well() -> None:
    result, tree = redline_of(example_document(), materials(newer_framework()))
    (edition,) = [decision for decision in result.of(Action.REWORD) if decision.id == "framework"]
    assert "edition: 2" in edition.new
    fresh = regenerate(
        example_document(), "jd.docx", materials(newer_framework()), RegenerationSettings(MANNER.stamp, clean=True)
    )
    assert fresh.content is not None
    assert accepted(tree) == texts_of(etree.fromstring(parts_of(fresh.content)[BODY]))
    assert looks(rejected(tree)) == looks(etree.fromstring(parts_of(example_document())[BODY]))
    mine = edit_document(example_document(), ("The duties are drawn from", "Our duties come from"))
    result, tree = redline_of(mine, materials(newer_framework()))
    assert any(text.startswith("Our duties come from") and "edition: transcribed" in text for text in accepted(tree))
    assert "framework" in {decision.id for decision in result.of(Action.OFFER)}


def test_unchanged_is_left_alone() -> None:
    result = regenerate(example_document(), "jd.docx", materials(), MANNER)
    assert (result.outcome, result.content) == (RegenerationOutcome.UP_TO_DATE, None)
    mine = edit_document(example_document(), (DUTY, "Lead us all"))
    assert regenerate(mine, "jd.docx", materials(), MANNER).outcome is RegenerationOutcome.UP_TO_DATE


def test_clean_makes_anew_only_what_nobody_has_touched(newer: FreshSources) -> None:
    manner = RegenerationSettings(MANNER.stamp, clean=True)
    result, tree = redline_of(example_document(), newer, manner)
    assert result.outcome is RegenerationOutcome.FRESH
    assert not pending(tree)
    assert result.content is not None
    record, handling = record_of(result.content)
    old, _ = record_of(example_document())
    assert record is not None
    assert old is not None
    assert (record.document_id, handling) == (old.document_id, Handling.UNTOUCHED)
    assert (
        redline_of(edit_document(example_document(), (DUTY, "Lead us all")), newer, manner)[0].outcome
        is RegenerationOutcome.REDLINED
    )


def test_a_picture_is_not_lost_by_making_a_document_anew(newer: FreshSources) -> None:
    item = _item().replace(b'"post":{', b'"post":{"picture":{"path":"logo.png","description":"Logo"},')
    pictured = with_part(example_document(), ITEM, item)
    assert record_of(pictured)[1] is Handling.UNTOUCHED
    assert (
        redline_of(pictured, newer, RegenerationSettings(MANNER.stamp, clean=True))[0].outcome
        is RegenerationOutcome.REDLINED
    )
    other = materials(template=ROOT / "templates/role-profile.docx")
    assert "The picture" in regenerate(pictured, "jd.docx", other, MANNER).own_texts[-1]


def with_own_change(content: bytes) -> bytes:
    def track(tree: Any) -> None:
        paragraph = next(paragraph for paragraph in tree.iter(f"{W}p") if making.text_of(paragraph).startswith(DUTY))
        mark = etree.SubElement(paragraph, f"{W}ins", {f"{W}id": "7", f"{W}author": "A manager"})
        etree.SubElement(etree.SubElement(mark, f"{W}r"), f"{W}t").text = " And more."

    return altered(content, track)


def test_a_document_with_tracked_changes_of_somebody_s_is_refused_unless_they_may_be_accepted(
    newer: FreshSources,
) -> None:
    mine = with_own_change(example_document())
    with pytest.raises(JdgenError, match="1 tracked change that nobody has accepted or rejected"):
        regenerate(mine, "jd.docx", newer, MANNER)
    _, tree = redline_of(mine, newer, RegenerationSettings(MANNER.stamp, accepts_pending=True))
    assert any(text.endswith(" And more.") for text in texts_of(rejected(tree)))
    assert {mark.get(f"{W}author") for mark in tree.iter(f"{W}ins")} == {"jdgen"}


def test_another_template_is_a_new_document_and_a_list_of_edits(tmp_path: Path) -> None:
    def add(tree: Any) -> None:
        paragraph = next(
            paragraph for paragraph in tree.iter(f"{W}p") if making.text_of(paragraph).startswith("Lead us all")
        )
        own_duty = copy.deepcopy(paragraph)
        for mark in [*own_duty.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        next(own_duty.iter(f"{W}t")).text = "A duty of my own."
        paragraph.addnext(own_duty)

    mine = altered(edit_document(example_document(), (DUTY, "Lead us all")), add)
    other = materials(template=ROOT / "templates/role-profile.docx")
    result = regenerate(mine, "jd.docx", other, MANNER)
    assert result.outcome is RegenerationOutcome.NEW_TEMPLATE
    assert result.content is not None
    assert [decision.id for decision in result.decisions] == ["pmo.leadership.8a-8d.2"]
    assert "A duty of my own." in result.own_texts
    record, _ = record_of(result.content)
    assert record is not None
    assert record.template.endswith("role-profile.docx")


def test_what_is_not_here_is_told() -> None:
    with pytest.raises(JdgenError, match="no record of what it was made from"):
        regenerate(word_file("a"), "x.docx", materials(), MANNER)
    nowhere = with_part(example_document(), ITEM, _item(template="gone.docx", template_sha256="0" * 64))
    with pytest.raises(JdgenError, match="template of the document is not here"):
        regenerate(nowhere, "x.docx", materials(), MANNER)
    post = dict(record_of(example_document())[0].post)
    without_band = {name: value for name, value in post.items() if name != "band"}
    for spoilt_post in ({**post, "band": {}}, {**post, "decisions": 7}, {**without_band, "bend": "8a"}):
        spoilt = with_part(example_document(), ITEM, _item(post=spoilt_post))
        with pytest.raises(JdgenError, match="the post in its record cannot be read"):
            regenerate(spoilt, "x.docx", materials(newer_framework()), MANNER)


def test_the_path_of_a_template_in_a_stranger_s_record_is_not_followed(tmp_path: Path) -> None:
    """Only a file that is what the record says is taken from there."""
    (tmp_path / "elsewhere.docx").write_bytes((ROOT / "templates/role-profile.docx").read_bytes())
    path = str(tmp_path / "elsewhere.docx")
    # A record that is written anew has no path.
    item = _item(template="job-descriptioned.docx", template_sha256="0" * 64).replace(
        b"job-descriptioned.docx", path.encode()
    )
    assert path.encode() in item
    with pytest.raises(JdgenError, match="is not here"):
        regenerate(with_part(example_document(), ITEM, item), "x.docx", FreshSources(Workspace(ROOT)), MANNER)


@pytest.mark.parametrize("conflicts", Conflicts)
def test_a_redline_holds_to_the_standard(conflicts: Conflicts, newer: FreshSources, tmp_path: Path) -> None:
    mine = edit_document(example_document(), ("Establish the project processes", "Establish our project processes"))
    result, _ = redline_of(
        mine, newer, RegenerationSettings(Stamp("A & B", "2026-12-01T00:00:00Z"), conflicts=conflicts)
    )
    before, after = (set(errors(content or b"", tmp_path)) for content in (mine, result.content))
    # One false alarm is known: a row of which nothing is said but that it is inserted.
    assert [error for error in after - before if "trPr" not in error] == []


def _item(**fields: object) -> bytes:
    record = record_of(example_document())[0]
    assert record is not None
    return in_one_piece(parts_with(replace(record, **fields))[ITEM])  # type: ignore[arg-type]
