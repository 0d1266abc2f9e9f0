"""Criteria in two columns: what a release moves, adds or withdraws comes into its column, and no cell is left empty.

Every redline is judged by what is left when it is accepted, which is the document made anew, and when it is rejected,
which is the document as it was.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from lxml import etree

from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.loading import load_library
from jdgen.post.reading import entries_of_file, post_of
from jdgen.revision.decisions import Action
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.regeneration import Regenerated, regenerate
from jdgen.workspace import Workspace
from tests.revision.test_rows import accepted, body, rejected, rows_of, without_anchors
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, change_text, workspace_with
from tests.toolbox.documents import MANNER, POST, altered, example_document, text_of
from tests.toolbox.examples import DRAFTED, post_file, shipped_template
from tests.toolbox.rejecting import structure
from tests.toolbox.word import W, parts_of

pytestmark = pytest.mark.slow

TEMPLATE = "job-description-side-by-side"
CRITERIA = (DATA / "criteria/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
#: Criteria of band 8a: the last essential one of a group and its neighbour, the first desirable one, the only one.
LAST, BEFORE_LAST = "performance-controls-8a-8d", "risks-issues-8a-8b"
FIRST_DESIRABLE, SECOND_DESIRABLE = "leadership-networks-8a-8b", "governance-review-8a-8b"
ONLY_DESIRABLE, ONLY_ESSENTIAL = "change-management-configuration-8a-8d", "guidance-support-8a-8d"
ONE_OF_SKILLS = "governance-assurance-8a-8b"
NEW = "Experience of chairing a board of several organisations"


def entry_of(criterion: str) -> str:
    match = re.search(rf"  - id: {criterion}\n(?:    .*\n)+", CRITERIA)
    assert match is not None
    return match[0]


def rated(criterion: str, importance: str) -> tuple[str, str]:
    entry = entry_of(criterion)
    return entry, re.sub("importance: .*", f"importance: {importance}", entry)


def withdrawn(criterion: str) -> tuple[str, str]:
    return entry_of(criterion), ""


def addition(importance: str, group: str = "experience") -> tuple[str, str]:
    new = (
        f"  - id: boards-8a-8d\n    bands: '8a-8d'\n    serves: [leadership]\n    group: {group}\n"
        f"    importance: {importance}\n    assessed_by: [A, I]\n    text: {NEW}\n"
    )
    entry = entry_of(BEFORE_LAST)
    return entry, new + entry


def reassessed(criterion: str) -> tuple[str, str]:
    entry = entry_of(criterion)
    return entry, re.sub("assessed_by: .*", "assessed_by: [A, T]", entry)


RELEASES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "an essential one is new": (addition("essential"),),
    "a desirable one is new": (addition("desirable"),),
    "a desirable one is new where there was none": (addition("desirable", "skills"),),
    "an essential one is withdrawn": (withdrawn(BEFORE_LAST),),
    "the last essential one is withdrawn": (withdrawn(LAST),),
    "the only desirable one is withdrawn": (withdrawn(ONLY_DESIRABLE),),
    "the only essential one is withdrawn": (withdrawn(ONLY_ESSENTIAL),),
    "a desirable one becomes essential": (rated(SECOND_DESIRABLE, "essential"),),
    "an essential one becomes desirable": (rated(BEFORE_LAST, "desirable"),),
    # These stand in the same order as before.
    "the last essential one becomes desirable": (rated(LAST, "desirable"),),
    "the first desirable one becomes essential": (rated(FIRST_DESIRABLE, "essential"),),
    "the only desirable one becomes essential": (rated(ONLY_DESIRABLE, "essential"),),
    "the only essential one becomes desirable": (rated(ONLY_ESSENTIAL, "desirable"),),
    "one becomes desirable where there was none": (rated(ONE_OF_SKILLS, "desirable"),),
    "all of a group become desirable": tuple(
        rated(criterion, "desirable")
        for criterion in ("values-compassion-inclusion-6-8d", "values-honest-reporting-6-8b")
    ),
    "two change places": (rated(LAST, "desirable"), rated(FIRST_DESIRABLE, "essential")),
    "one is assessed otherwise": (reassessed(LAST),),
}


@functools.cache
def document() -> bytes:
    return example_document(template=TEMPLATE)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Workspace]:
    @functools.cache
    def of(release: str) -> Workspace:
        text = functools.reduce(lambda text, change: change_text(text, *change), RELEASES[release], CRITERIA)
        files = {"criteria/nhs-pccf-pmo.yaml": text, "frameworks/nhs-pccf.yaml": FRAMEWORK_TEXT}
        return workspace_with(tmp_path_factory.mktemp("release"), **files)

    return of


def redline_of(content: bytes, workspace: Workspace) -> tuple[Regenerated, Any]:
    result = regenerate(content, "jd.docx", FreshSources(workspace), MANNER)
    assert result.content is not None
    return result, body(result.content)


def made_anew(workspace: Workspace) -> bytes:
    sources = DocumentSources(load_library(workspace, "pmo"), shipped_template(TEMPLATE), DRAFTED)
    return make_document(post_of(entries_of_file(post_file(POST))), sources).content


def specification(tree: Any) -> list[list[str]]:
    """The two cells of each group, a line for each paragraph."""
    rows = rows_of(tree)
    return [row for before, row in itertools.pairwise(rows) if before == ["Essential", "Desirable"]]


@pytest.mark.parametrize("has_anchors", [True, False], ids=["anchors", "no anchors"])
@pytest.mark.parametrize("release", RELEASES)
def test_an_untouched_document_becomes_the_one_made_anew(
    release: str, has_anchors: bool, released: Callable[[str], Workspace]
) -> None:
    content = document() if has_anchors else altered(document(), without_anchors)
    result, tree = redline_of(content, released(release))
    before, after = specification(body(content)), specification(accepted(tree))
    assert after == specification(body(made_anew(released(release)))) != before
    assert structure(rejected(tree)) == structure(body(content))
    assert not result.unplaced
    assert not [decision for decision in result.decisions if decision.action in (Action.OFFER, Action.QUESTION)]


def reworded(tree: Any, words: str, more: str) -> None:
    text = next(text for text in tree.iter(f"{W}t") if words in (text.text or ""))
    text.text = text.text.replace(words, f"{words} {more}")


def own_criterion(tree: Any, after: str, text: str) -> None:
    there = next(paragraph for paragraph in tree.iter(f"{W}p") if after in text_of(paragraph))
    there.addnext(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>{text}</w:t></w:r></w:p>'))


@pytest.mark.parametrize("release", ["a desirable one becomes essential", "the last essential one becomes desirable"])
def test_a_criterion_that_somebody_wrote_beside_it_stays_in_its_column(
    release: str, released: Callable[[str], Workspace]
) -> None:
    mine = altered(
        document(), lambda tree: own_criterion(tree, "building professional networks", "Able to sail a boat")
    )
    result, tree = redline_of(mine, released(release))
    expected = specification(body(made_anew(released(release))))
    (own_row,) = [row for row in specification(accepted(tree)) if any("sail" in cell for cell in row)]
    assert "Able to sail a boat" in own_row[1].split("\n")
    assert [cell.replace("\nAble to sail a boat", "") for cell in own_row] == expected[1]
    assert structure(rejected(tree)) == structure(body(mine))
    assert not result.unplaced


@pytest.mark.parametrize(
    ("release", "words"),
    [
        ("a desirable one becomes essential", "independent review"),
        ("the last essential one becomes desirable", "for use by several"),
    ],
)
def test_a_criterion_that_somebody_reworded_stays_where_it_is_and_is_told(
    release: str, words: str, released: Callable[[str], Workspace]
) -> None:
    mine = altered(document(), lambda tree: reworded(tree, words, "(of ours)"))
    result, tree = redline_of(mine, released(release))
    assert specification(accepted(tree)) == specification(body(mine))
    comments = parts_of(result.content or b"")["word/comments.xml"].decode()
    assert comments.count("The framework has this") == 1


def test_columns_that_somebody_put_in_another_order_are_known_by_what_heads_them(
    released: Callable[[str], Workspace],
) -> None:
    def swapped(tree: Any) -> None:
        for row in tree.iter(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            if len(cells) == 2 and "Measure" not in text_of(row):
                row.append(cells[0])

    mine = altered(document(), swapped)
    for release in ("the last essential one becomes desirable", "an essential one is new"):
        result, tree = redline_of(mine, released(release))
        expected = specification(body(made_anew(released(release))))
        rows = rows_of(accepted(tree))
        there = [row for before, row in itertools.pairwise(rows) if before == ["Desirable", "Essential"]]
        assert [row[::-1] for row in there] == expected
        assert not result.unplaced
