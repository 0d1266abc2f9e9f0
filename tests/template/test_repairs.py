"""A printed part is repaired in its text: whatever is empty in it, Word can read it, and nothing else is changed."""

from __future__ import annotations

import random

import pytest
from lxml import etree

from jdgen.template.repairs import refilled
from tests.toolbox.soak import count
from tests.toolbox.word import W

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# What may stand in what; a letter after a colon says what the control or change is in.
INSIDE = {
    "body": ("p", "tbl", "sdt:body", "bookmarkStart", "ins:body"),
    "tbl": ("tr", "sdt:tbl", "bookmarkStart"),
    "tr": ("tc", "sdt:tr", "bookmarkEnd"),
    "tc": ("p", "tbl", "sdt:tc", "bookmarkStart"),
    "p": ("r", "sdt:p", "bookmarkStart"),
    "r": ("txbxContent",),
    "txbxContent": ("p", "sdt:txbxContent"),
}
PROPERTIES = {"tbl": "<w:tblPr/>", "tc": "<w:tcPr/>", "p": "<w:pPr/>", "r": "<w:t>x</w:t>"}
STORIES = (f"{W}tc", f"{W}txbxContent")
CONTENT = f"{W}sdtContent"


def printed_xml(chance: random.Random, place: str = "body", depth: int = 0) -> str:
    """Something that a template may print, often empty."""
    return "".join(
        _element(chance, chance.choice(INSIDE[place]), depth)
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3)) if 0 < depth < 6 else 3 * (depth == 0))
    )


def _element(chance: random.Random, kind: str, depth: int) -> str:
    name, _, inside = kind.partition(":")
    if name.startswith("bookmark"):
        return f'<w:{name} w:id="{chance.randint(1, 9)}"/>'
    if name == "r" and chance.random() < 0.8:
        return f"<w:r><w:t>{chance.randint(0, 99)}</w:t></w:r>"
    inner = printed_xml(chance, inside or name, depth + 1)
    if name == "sdt":
        content = f"<w:sdtContent>{inner}</w:sdtContent>" if inner or chance.random() < 0.5 else "<w:sdtContent/>"
        return f"<w:sdt><w:sdtPr/>{content}</w:sdt>"
    return f"<w:{name}>{PROPERTIES.get(name, '')}{inner}</w:{name}>"


def faults(tree: etree._Element) -> list[str]:
    """What Word could not read."""
    faulty_tags = [row.tag for row in tree.iter(f"{W}tr") if not _holds(row, f"{W}tc")]
    faulty_tags += [table.tag for table in tree.iter(f"{W}tbl") if not _holds(table, f"{W}tr")]
    faulty_tags += [story.tag for story in tree.iter(*STORIES) if _last(story) is None or _last(story).tag != f"{W}p"]
    return faulty_tags + [
        content.tag for content in tree.iter(CONTENT) if all("bookmark" in child.tag for child in content)
    ]


def _children(holder: etree._Element) -> list[etree._Element]:
    """What is in ``holder``, looked for in controls and changes, without the marks of places."""
    children: list[etree._Element] = []
    for child in holder:
        if child.tag in (f"{W}sdt", CONTENT, f"{W}ins"):
            children += _children(child)
        elif "bookmark" not in child.tag and child.tag != f"{W}sdtPr":
            children.append(child)
    return children


def _holds(holder: etree._Element, kind: str) -> bool:
    return any(child.tag == kind for child in _children(holder))


def _last(holder: etree._Element) -> etree._Element | None:
    return next(reversed(_children(holder)), None)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(count(20)))
def test_whatever_is_emptied_word_can_read_it_and_what_it_says_stays(seed: int) -> None:
    chance = random.Random(seed)
    repaired = 0
    for _ in range(50):
        xml = f"<w:body {NAMESPACE}>{printed_xml(chance)}</w:body>"
        before, after = etree.fromstring(xml), etree.fromstring(refilled(xml))
        assert faults(after) == [], xml
        texts = ["".join(map(str, tree.itertext())) for tree in (before, after)]
        assert texts[0] == texts[1]
        marks = [sorted(mark.get(f"{W}id", "") for mark in tree.iter(f"{W}bookmarkStart")) for tree in (before, after)]
        assert set(marks[1]) <= set(marks[0])
        if faults(before):
            repaired += 1
        else:
            assert refilled(xml) == xml
    assert repaired > 5
