"""Whatever people put into printed paragraphs of a real document: it stays, and they are told what was not changed."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from jdgen.revision.decisions import Action, Decision
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.regeneration import Regenerated, RegenerationSettings, regenerate
from jdgen.word.paragraphs import paragraphs_of, text_of
from tests.revision.put_in import CASES
from tests.toolbox import documents as making
from tests.toolbox.documents import MANNER, example_document
from tests.toolbox.markup import NAMESPACES, paragraph, with_related
from tests.toolbox.rejecting import looks, reject_all
from tests.toolbox.soak import IS_SOAK
from tests.toolbox.word import W, bytes_of, open_document, parts_of, stories_of

pytestmark = pytest.mark.slow

OLD = "Establish the project processes and standards for managing risks and issues."
NEW = OLD.replace("the project", "lasting project")
GONE = "Build strong networks both internally and externally."
#: The ids of the two.
REWORDED, WITHDRAWN = "pmo.risks-issues.8a-8b.1", "pmo.leadership.8a-8d.3"


@functools.cache
def theirs(name: str) -> bytes:
    """The document with the case put into the paragraph that is reworded and into the one that is withdrawn."""
    content = example_document()
    if name == "a footnote":
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        lines = "".join(
            f'<w:footnote w:type="{separator}" w:id="{number}">{paragraph(f"<w:r><w:{separator}/></w:r>")}</w:footnote>'
            for number, separator in ((-1, "separator"), (0, "continuationSeparator"))
        )
        note = f'<w:footnote w:id="1">{paragraph("A note.")}</w:footnote>'
        notes = f"<w:footnotes {NAMESPACES}>{lines}{note}</w:footnotes>"
        content = with_related(content, "footnotes.xml", "footnotes", kind, notes)
    document = open_document(content)
    for number, text in enumerate((OLD, GONE), 1):
        (duty,) = [node for node in document.element.iter(f"{W}p") if making.text_of(node) == text]
        CASES[name].alter(document, duty, number)
    return bytes_of(document)


@pytest.fixture(scope="module")
def redlines(newer: Any) -> dict[str, Regenerated]:
    return {name: regenerate(theirs(name), f"{name}.docx", newer, MANNER) for name in CASES}


def decision(result: Regenerated, block: str) -> Decision:
    (match,) = [candidate for candidate in result.decisions if candidate.id == block]
    return match


def settled(content: bytes, settle: Any) -> Any:
    tree = stories_of(parts_of(content))
    settle(tree)
    return tree


def count(tree: Any, tags: tuple[str, ...]) -> Counter[str]:
    """How many there are of each, comments of jdgen's own left out."""
    jdgen_ids = {str(number) for number in range(2, 99)}  # the person's are 0 and 1
    nodes = (node for node in tree.iter(*tags) if "comment" not in node.tag or node.get(f"{W}id") not in jdgen_ids)
    return Counter(node.tag for node in nodes) if tags else Counter()


@pytest.mark.parametrize("name", CASES)
def test_each_is_decided_as_the_list_says(name: str, redlines: dict[str, Regenerated]) -> None:
    result = redlines[name]
    actions = decision(result, REWORDED).action, decision(result, WITHDRAWN).action
    assert actions == (CASES[name].reworded, CASES[name].withdrawn)
    assert not result.unplaced


@pytest.mark.parametrize("name", CASES)
def test_rejecting_all_gives_theirs_and_accepting_all_the_merged_text(
    name: str, redlines: dict[str, Regenerated]
) -> None:
    content, case = redlines[name].content, CASES[name]
    assert content is not None
    mine = stories_of(parts_of(theirs(name)))
    rejected, accepted = settled(content, reject_all), settled(content, accept_all)
    assert looks(rejected) == looks(mine)
    texts = [making.normal(text_of(paragraph)) for paragraph in paragraphs_of(accepted)]
    assert (NEW in texts) is (case.reworded is Action.REWORD)
    assert (GONE in texts) is (case.withdrawn is Action.QUESTION and not case.edits)
    # What somebody put in is there whatever becomes of the changes; it goes only with a paragraph that goes.
    assert count(rejected, case.tags) == count(mine, case.tags)
    if case.withdrawn is Action.QUESTION:
        assert count(accepted, case.tags) == count(mine, case.tags)
    assert not pending(accepted)
    assert not pending(rejected)


@pytest.mark.parametrize("name", CASES)
def test_what_is_left_to_a_person_is_said_beside_it(name: str, redlines: dict[str, Regenerated]) -> None:
    content, case = redlines[name].content, CASES[name]
    assert content is not None
    parts = parts_of(content)
    comments = (
        "".join(map(str, etree.fromstring(parts["word/comments.xml"]).itertext()))
        if "word/comments.xml" in parts
        else ""
    )
    assert (f"New: {NEW}" in comments) is (case.reworded is Action.OFFER)
    assert (f"Before: {GONE}" in comments) is (case.withdrawn is Action.QUESTION)
    numbers = [reference.get(f"{W}id") for reference in stories_of(parts).iter(f"{W}commentReference")]
    assert len(numbers) == len(set(numbers))


@pytest.mark.soak
@pytest.mark.parametrize("name", list(CASES)[:: 1 if IS_SOAK else 4])
def test_a_redline_brings_no_new_fault(name: str, redlines: dict[str, Regenerated], tmp_path: Path) -> None:
    content = redlines[name].content
    assert content is not None
    before, after = (faults(document, tmp_path) for document in (theirs(name), content))
    assert after - before == Counter()


def faults(content: bytes, folder: Path) -> Counter[str]:
    (folder / "audited.docx").write_bytes(content)
    errors = OpenXmlValidator().validate(folder / "audited.docx").errors
    # One false alarm is known: a row of which nothing is said but that it is inserted or deleted.
    return Counter(error.description for error in errors if "trPr" not in str(error))


INSERTED = making.NEW  # the first of the duties of performance controls, before two that stay
AFTER = "Develop effective project control frameworks and strategies."


def found_in(tree: Any, text: str) -> Any:
    (match,) = [each for each in paragraphs_of(tree) if text_of(each) == text]
    return match


def put_into_list(tree: Any, text: str, number: str, level: str) -> None:
    xml = f'<w:numPr {NAMESPACES}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    found_in(tree, text).find(f"{W}pPr").append(etree.fromstring(xml))


def test_what_is_put_into_a_list_joins_the_list_and_level_of_its_neighbour(newer: Any) -> None:
    """Every heading's duties are a list of their own that starts anew, as word processors write restarted numbers."""
    document = open_document(example_document())
    duties = [duty for duty in paragraphs_of(document.element) if _style(duty) == "Duty"]
    for number, duty in enumerate(duties, 1):
        put_into_list(document.element, text_of(duty), "50" if number < 12 else "60", "1")
    result = regenerate(bytes_of(document), "jd.docx", newer, MANNER)
    assert result.content is not None
    tree = stories_of(parts_of(result.content))
    numbering, neighbour = (found_in(tree, text).find(f"{W}pPr/{W}numPr") for text in (INSERTED, AFTER))
    assert [node.get(f"{W}val") for node in numbering] == [node.get(f"{W}val") for node in neighbour] == ["1", "60"]


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def test_what_was_put_in_and_is_accepted_with_the_rest_is_text_like_any_other(newer: Any) -> None:
    document = open_document(example_document())
    duty = found_in(document.element, OLD)
    (words,) = duty.iter(f"{W}r")
    mark = etree.Element(f"{W}ins", {f"{W}id": "7", f"{W}author": "A manager", f"{W}date": "2026-11-30T00:00:00Z"})
    words.addprevious(mark)
    mark.append(words)
    result = regenerate(bytes_of(document), "jd.docx", newer, RegenerationSettings(MANNER.stamp, accepts_pending=True))
    assert result.content is not None
    assert decision(result, REWORDED).action is Action.REWORD
    tree = stories_of(parts_of(result.content))
    assert {change.get(f"{W}author") for change in tree.iter(f"{W}ins", f"{W}del")} == {"jdgen"}
    assert NEW in [text_of(paragraph) for paragraph in paragraphs_of(settled(result.content, accept_all))]


def test_formatting_of_words_that_stay_stays(newer: Any) -> None:
    document = open_document(example_document())
    duty = found_in(document.element, OLD)
    CASES["a bold word"].alter(document, duty, 1)
    result = regenerate(bytes_of(document), "jd.docx", newer, MANNER)
    assert result.content is not None
    new_duty = found_in(settled(result.content, accept_all), NEW)
    bold = ["".join(run.itertext(f"{W}t")) for run in new_duty.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert "".join(bold) == NEW.partition(" lasting")[2]
