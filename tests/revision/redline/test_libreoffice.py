"""LibreOffice judges our redlines: what it accepts is the merged text, what it rejects is the person's."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from jdgen.framework.reading import framework_of
from jdgen.record.reading import record_of
from jdgen.revision.decisions import Action
from jdgen.revision.redline.redline import Conflicts
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.regeneration import Regenerated, RegenerationOutcome, RegenerationSettings, regenerate
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.word.paragraphs import paragraphs_of, text_of
from tests.revision.put_in import CASES, LED
from tests.revision.test_checklist import faults, theirs
from tests.revision.test_stories import boxed, made_with, template
from tests.toolbox import documents as making
from tests.toolbox.data import change_text
from tests.toolbox.documents import BODY, MANNER, edit_document, example_document, normal, texts_of
from tests.toolbox.libreoffice import LibreOffice
from tests.toolbox.organisations.templates import TEMPLATES
from tests.toolbox.soak import IS_SOAK
from tests.toolbox.word import parts_of, stories_of, with_text_altered

_SYMBOLS = re.compile("[\ue000-\uf8ff]")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


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


class SavedByIt(NamedTuple):
    """The untouched document and the edited one as LibreOffice saves them."""

    untouched: bytes
    edited_content: bytes


@pytest.fixture(scope="module")
def saved_by_it(office: LibreOffice) -> SavedByIt:
    return SavedByIt(*office.all_saved([example_document(), edit_document(example_document(), *MINE)]))


class Redline(NamedTuple):
    """A document somebody edited, what came of it, and that with all changes rejected, and accepted, by LibreOffice."""

    mine: bytes
    result: Regenerated
    rejected: bytes
    accepted: bytes


#: By what changed, or what becomes of conflicts, and by how the document was saved.
Redlines = dict[tuple[Conflicts | str, str], Redline]
WRITTEN, SAVED = "as written", "saved by LibreOffice before"
MOVES, ENDS = "moves", "put in at an end and after it"


@pytest.fixture(scope="module")
def redlines(office: LibreOffice, saved_by_it: SavedByIt, tmp_path_factory: pytest.TempPathFactory) -> Redlines:
    """Redlines of all kinds of changes, and of how the document was saved: settled at once, for each start is slow."""
    newer = making.newer_materials(tmp_path_factory.mktemp("newer"))
    rearranged = making.materials(making.rearranged_framework())
    text = change_text(
        making.newer_framework_text(), "Support the Project Manager in", "Direct it. Support the Project Manager in"
    )
    ends = making.materials(framework_of(parse_yaml(text.encode(), "newer.yaml")))
    results = {(ENDS, WRITTEN): (example_document(), regenerate(example_document(), "jd.docx", ends, MANNER))}
    for how, mine in ((WRITTEN, edit_document(example_document(), *MINE)), (SAVED, saved_by_it.edited_content)):
        results[MOVES, how] = mine, regenerate(mine, "jd.docx", rearranged, MANNER)
        for conflicts in Conflicts:
            settings = RegenerationSettings(MANNER.stamp, conflicts=conflicts)
            results[conflicts, how] = mine, regenerate(mine, "jd.docx", newer, settings)
    settled = office.all_settled([result.content or b"" for _, result in results.values()])
    return {
        key: Redline(mine, result, *both) for (key, (mine, result)), both in zip(results.items(), settled, strict=True)
    }


@pytest.mark.parametrize("conflicts", Conflicts)
@pytest.mark.parametrize("how", [WRITTEN, SAVED])
def test_accepting_and_rejecting_by_libreoffice(conflicts: Conflicts, how: str, redlines: Redlines) -> None:
    mine, result, rejected, accepted = redlines[conflicts, how]
    assert result.outcome is RegenerationOutcome.REDLINED
    assert result.content is not None
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
    for settled in (rejected, accepted):
        assert not pending(etree.fromstring(parts_of(settled)[BODY]))
    assert body_texts(rejected) == body_texts(mine)
    assert body_texts(accepted) == accepted_texts(result.content)
    record, _ = record_of(accepted)
    assert record is not None
    assert record.framework_version == "2"


@pytest.mark.parametrize("how", [WRITTEN, SAVED])
def test_moves_are_accepted_and_rejected_by_libreoffice(how: str, redlines: Redlines) -> None:
    mine, result, rejected, settled = redlines[MOVES, how]
    assert result.content is not None
    assert len(result.of(Action.MOVE)) == 3
    assert body_texts(rejected) == body_texts(mine)
    accepted = body_texts(settled)
    assert accepted == accepted_texts(result.content)
    titles = ("Leadership", making.MOVED_HEADING, "Business Case", "Governance & Assurance")
    assert [text for text in accepted if text in titles] == list(titles)
    assert accepted[accepted.index("Governance & Assurance") + 1].startswith(making.MOVED)


def test_a_document_that_libreoffice_saved_gives_the_same_merged_text(saved_by_it: SavedByIt, tmp_path: Path) -> None:
    newer = making.newer_materials(tmp_path)
    ours, theirs = (
        regenerate(content, "jd.docx", newer, MANNER).content for content in (example_document(), saved_by_it.untouched)
    )
    assert ours is not None
    assert theirs is not None
    assert accepted_texts(ours) == accepted_texts(theirs)


def test_a_row_made_like_those_of_libreoffice_brings_no_new_fault(saved_by_it: SavedByIt, tmp_path: Path) -> None:
    """LibreOffice's files have faults of their own, some of them in the properties of rows."""
    mine = saved_by_it.untouched
    result = regenerate(mine, "jd.docx", making.newer_materials(tmp_path / "workspace"), MANNER)
    assert result.content is not None
    assert Counter(errors(result.content, tmp_path)) <= Counter(errors(mine, tmp_path))


def test_words_put_in_at_the_end_of_a_paragraph_and_a_paragraph_put_in_after_it_are_two_things_to_it(
    redlines: Redlines,
) -> None:
    _, result, rejected, accepted = redlines[ENDS, WRITTEN]
    assert result.content is not None
    assert {"business-case.title", "pmo.business-case.7-8a.1"} <= {
        decision.id for decision in result.decisions if decision.new != decision.base
    }
    assert body_texts(rejected) == body_texts(example_document())
    assert body_texts(accepted) == accepted_texts(result.content)


def errors(content: bytes, folder: Path) -> list[str]:
    (folder / "audited.docx").write_bytes(content)
    return [error.description for error in OpenXmlValidator().validate(folder / "audited.docx").errors]


def all_accepted(content: bytes) -> bytes:
    return with_text_altered(content, accept_all)


def story_texts(content: bytes) -> Counter[str]:
    """The texts of all parts, however often a program writes a header for each section, and without the characters
    that LibreOffice makes of symbols. What a field shows is no text, and LibreOffice makes links of some."""
    texts = (normal(_SYMBOLS.sub("", text_of(paragraph))) for paragraph in paragraphs_of(stories_of(parts_of(content))))
    return Counter({text for text in texts if text not in ("", LED)})


@pytest.mark.soak
def test_libreoffice_agrees_on_whatever_people_put_in(office: LibreOffice, tmp_path: Path) -> None:
    """Rejecting all by it gives their texts, accepting all those of the file in which we have accepted all."""
    newer = making.newer_materials(tmp_path)
    names = list(CASES)[:: 1 if IS_SOAK else 6]
    redlines = [regenerate(theirs(name), name, newer, MANNER).content or b"" for name in names]
    for name, redline, (rejected, accepted) in zip(names, redlines, office.all_settled(redlines), strict=True):
        assert story_texts(rejected) == story_texts(theirs(name)), name
        assert story_texts(accepted) == story_texts(all_accepted(redline)), name


#: Organisations' templates with text beside the main text, and ours, of which every section has its own.
BESIDE = {
    "headers and footers": template,
    "a text box": boxed,
    "content controls": TEMPLATES["content_controls"],
}


def test_libreoffice_agrees_on_headers_footers_and_text_boxes(office: LibreOffice, tmp_path: Path) -> None:
    """As jdgen wrote them, and as LibreOffice saved them: with other parts, under other names."""
    cases = {}
    for name, content in BESIDE.items():
        (tmp_path / name).mkdir()
        cases[name] = made_with(tmp_path / name, content())
    documents = [document for document, _ in cases.values()]
    newer = [materials for _, materials in cases.values()] * 2
    theirs = [*documents, *office.all_saved(documents)]
    results = [regenerate(content, "jd.docx", sources, MANNER) for content, sources in zip(theirs, newer, strict=True)]
    redlines = [result.content or b"" for result in results]
    assert all(redlines)
    assert not any(result.unplaced for result in results)
    for content, redline in zip(theirs, redlines, strict=True):
        assert faults(redline, tmp_path) - faults(content, tmp_path) == Counter()
    before, after = office.all_saved(theirs), office.all_saved(list(map(all_accepted, redlines)))
    for mine, merged_content, (rejected, accepted) in zip(before, after, office.all_settled(redlines), strict=True):
        assert story_texts(rejected) == story_texts(mine)
        assert story_texts(accepted) == story_texts(merged_content)
    # The even pages of the first section are lost by LibreOffice itself.
    assert not any("transcribed" in text for text in story_texts(all_accepted(redlines[len(BESIDE)])))
