"""LibreOffice judges our redlines: what it accepts is the merged text, what it rejects is the person's."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from jdgen.record.reading import record_of
from jdgen.revision.merge import Action
from jdgen.revision.redline.carrying_out import Conflicts
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.regeneration import Manner, Outcome, regenerate
from tests.revision import made as making
from tests.revision.libreoffice import LibreOffice
from tests.revision.made import BODY, MANNER, edited, made, texts_of
from tests.word import parts_of

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("office"))


def body_texts(content: bytes) -> list[str]:
    return [" ".join(text.split()) for text in texts_of(etree.fromstring(parts_of(content)[BODY]))]


def accepted_texts(content: bytes) -> list[str]:
    tree = etree.fromstring(parts_of(content)[BODY])
    accept_all(tree)
    return [" ".join(text.split()) for text in texts_of(tree)]


MINE = (
    ("Establish the project processes", "Establish our project processes"),
    ("Build strong networks both", "Build wide networks both"),
    ("Lead the PMO, develop", "Lead the office, develop"),
    ("Smoke-free workplace", "No smoking"),
)


@pytest.mark.parametrize("conflicts", Conflicts)
@pytest.mark.parametrize("is_saved_by_it", [False, True], ids=["as written", "saved by LibreOffice before"])
def test_accepting_and_rejecting_by_libreoffice(
    conflicts: Conflicts, is_saved_by_it: bool, office: LibreOffice, tmp_path: Path
) -> None:
    mine = edited(made(), *MINE)
    if is_saved_by_it:
        mine = office.saved(mine)
    result = regenerate(mine, "jd.docx", making.newer_materials(tmp_path), Manner(MANNER.stamp, conflicts=conflicts))
    assert result.outcome is Outcome.REDLINED and result.content is not None
    assert not result.unplaced
    kinds = {action: len(result.of(action)) for action in Action if action is not Action.KEEP}
    assert kinds == {
        Action.REWORD: 2,
        Action.OFFER: 1,
        Action.DELETE: 3,
        Action.QUESTION: 1,
        Action.INSERT: 6,
        Action.ABSENT: 0,
        Action.MOVE: 0,
        Action.STAY: 0,
    }
    rejected, accepted = office.rejected(result.content), office.accepted(result.content)
    for settled in (rejected, accepted):
        assert not pending(etree.fromstring(parts_of(settled)[BODY]))
    assert body_texts(rejected) == body_texts(mine)
    assert body_texts(accepted) == accepted_texts(result.content)
    record, _ = record_of(accepted)
    assert record is not None and record.framework_version == "2"


@pytest.mark.parametrize("is_saved_by_it", [False, True], ids=["as written", "saved by LibreOffice before"])
def test_moves_are_accepted_and_rejected_by_libreoffice(is_saved_by_it: bool, office: LibreOffice) -> None:
    mine = edited(made(), *MINE)
    if is_saved_by_it:
        mine = office.saved(mine)
    result = regenerate(mine, "jd.docx", making.materials(making.rearranged_framework()), MANNER)
    assert result.content is not None and len(result.of(Action.MOVE)) == 3
    assert body_texts(office.rejected(result.content)) == body_texts(mine)
    accepted = body_texts(office.accepted(result.content))
    assert accepted == accepted_texts(result.content)
    titles = ("Leadership", making.MOVED_HEADING, "Business Case", "Governance & Assurance")
    assert [text for text in accepted if text in titles] == list(titles)
    assert accepted[accepted.index("Governance & Assurance") + 1].startswith(making.MOVED)


def test_a_document_that_libreoffice_saved_gives_the_same_merged_text(office: LibreOffice, tmp_path: Path) -> None:
    newer = making.newer_materials(tmp_path)
    one, other = (regenerate(content, "jd.docx", newer, MANNER).content for content in (made(), office.saved(made())))
    assert one is not None and other is not None
    assert accepted_texts(one) == accepted_texts(other)


def test_a_row_made_like_those_of_libreoffice_brings_no_new_fault(office: LibreOffice, tmp_path: Path) -> None:
    """LibreOffice's files have faults of their own, some of them in the properties of rows."""
    mine = office.saved(made())
    result = regenerate(mine, "jd.docx", making.newer_materials(tmp_path / "workspace"), MANNER)
    assert result.content is not None
    assert Counter(errors(result.content, tmp_path)) <= Counter(errors(mine, tmp_path))


def errors(content: bytes, folder: Path) -> list[str]:
    (folder / "audited.docx").write_bytes(content)
    return [error.description for error in OpenXmlValidator().validate(folder / "audited.docx").errors]
