"""Blocks in headers, footers and text boxes of real documents: found, changed in every place, and told where no comment
may stand."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.enum.section import WD_SECTION
from lxml import etree

from jdgen.document.making import DocumentSources, make_document
from jdgen.errors import JdgenError
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.reading import Handling, read_record
from jdgen.revision.decisions import Action
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.redline.redline import Conflicts
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.regeneration import Regenerated, RegenerationOutcome, RegenerationSettings, regenerate
from jdgen.template.compiling import compile_template
from jdgen.word.file import File, Story, story_of
from jdgen.word.paragraphs import paragraphs_of, text_of
from tests.toolbox.data import shipped_library
from tests.toolbox.documents import MANNER, NEW_HEADING, POST, RENAMED, materials, newer_framework
from tests.toolbox.examples import DRAFTED, post_file
from tests.toolbox.markup import BODY, RELATIONS, TYPES, paragraph
from tests.toolbox.organisations.templates import TEMPLATES
from tests.toolbox.rejecting import looks, reject_all
from tests.toolbox.word import (
    W,
    bytes_of,
    change_part,
    open_document,
    parts_of,
    stories_of,
    with_stories,
    with_text_altered,
    word_file,
    zipped,
)

VERSION = shipped_library().framework.version
OLD, NEW = RENAMED
OURS = f"{OLD} (ours)"
HEADINGS = ("{%p for heading in duty_headings %}", "{{ heading.title }}", "{%p endfor %}")
EDITION = "Edition: {{ framework.version }}"
ACCEPTING = RegenerationSettings(MANNER.stamp, accepts_pending=True)


@functools.cache
def template() -> bytes:
    """Two sections with a first page, even pages and others of their own; the edition in each of their headers and
    footers, alone and among other words, and in the text."""
    document = open_document(word_file(*HEADINGS))
    document.core_properties.title = "Job description"
    document.settings.odd_and_even_pages_header_footer = True
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("{{ framework.version }}")
    document.add_paragraph("The end.")
    for section in document.sections:
        section.different_first_page_header_footer = True
        for kind in ("header", "first_page_header", "even_page_header"):
            place = getattr(section, kind)
            place.is_linked_to_previous = False
            place.paragraphs[0].text = "{{ framework.version }}"
            place.add_paragraph("Example Trust")
        for kind in ("footer", "first_page_footer", "even_page_footer"):
            place = getattr(section, kind)
            place.is_linked_to_previous = False
            place.paragraphs[0].text = EDITION
    return bytes_of(document)


def made_with(folder: Path, content: bytes) -> tuple[bytes, FreshSources]:
    """The document of a template, and what it is made again with."""
    path = folder / "template.docx"
    path.write_bytes(content)
    sources = DocumentSources(shipped_library(), compile_template(content, path.name), DRAFTED)
    document = make_document(post_of(entries_of_file(post_file(POST))), sources).content
    return document, materials(newer_framework(), path)


def redlined(
    content: bytes, newer: FreshSources, manner: RegenerationSettings = MANNER
) -> tuple[Regenerated, dict[str, bytes]]:
    result = regenerate(content, "jd.docx", newer, manner)
    assert result.outcome is RegenerationOutcome.REDLINED
    assert result.content is not None
    return result, parts_of(result.content)


def texts(tree: Any, *stories: Story) -> Counter[str]:
    return Counter(
        text
        for paragraph in paragraphs_of(tree)
        if story_of(paragraph) in (stories or tuple(Story)) and (text := text_of(paragraph).strip())
    )


def accepted(parts: dict[str, bytes]) -> Any:
    tree = stories_of(parts)
    accept_all(tree)
    return tree


def rejected(parts: dict[str, bytes]) -> Any:
    tree = stories_of(parts)
    reject_all(tree)
    return tree


def test_it_is_changed_in_every_header_and_footer_and_in_the_text(tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, template())
    result, parts = redlined(document, newer)
    assert texts(stories_of(parts_of(document)), Story.HEADER) == {VERSION: 6, "Example Trust": 6}
    assert texts(accepted(parts), Story.HEADER) == {"2": 6, "Example Trust": 6}
    assert texts(accepted(parts), Story.FOOTER) == {"Edition: 2": 6}
    assert texts(accepted(parts), Story.MAIN)["2"] == 1
    assert looks(rejected(parts)) == looks(stories_of(parts_of(document)))
    assert {decision.story for decision in result.of(Action.REWORD)} == {Story.MAIN, Story.HEADER, Story.FOOTER}
    fresh = regenerate(document, "jd.docx", newer, RegenerationSettings(MANNER.stamp, clean=True))
    assert fresh.content is not None
    assert texts(accepted(parts), Story.HEADER, Story.FOOTER) == texts(
        stories_of(parts_of(fresh.content)), Story.HEADER, Story.FOOTER
    )
    ids = [node.get(f"{W}id") for node in stories_of(parts).iter(f"{W}ins", f"{W}del", f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids))


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, template())
    result, parts = redlined(document, newer)
    assert result.content is not None
    for tree in (stories_of(parts), accepted(parts), rejected(parts)):
        again = zipped(with_stories(parts, tree))
        assert regenerate(again, "jd.docx", newer, MANNER).outcome is RegenerationOutcome.UP_TO_DATE


def renumbered(content: bytes) -> bytes:
    """As a program that gives headers and footers other names, the other way round."""
    parts = parts_of(content)
    header_names = [name for name in parts if re.match(r"word/(header|footer)\d", name)]
    names = {name: re.sub(r"\d+", lambda match: str(40 - int(match[0])), name) for name in header_names}
    assert len(names) == 12
    renamed_parts = {names.get(name, name): part for name, part in parts.items()}
    for index in (RELATIONS, TYPES):
        text = renamed_parts[index].decode()
        for old, new in names.items():
            text = text.replace(f'{old.removeprefix("word/")}"', f'{new.removeprefix("word/")}"')
        renamed_parts[index] = text.encode()
    return zipped(renamed_parts)


def test_parts_are_found_whatever_they_are_called(tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, template())
    other = renumbered(document)
    assert [story for _, story in File.of(parts_of(other)).story_parts()].count(Story.HEADER) == 6
    _, parts = redlined(other, newer)
    assert texts(accepted(parts), Story.HEADER) == {"2": 6, "Example Trust": 6}
    assert texts(accepted(parts), Story.FOOTER) == {"Edition: 2": 6}


def test_parts_in_which_nothing_changes_stay_byte_for_byte(tmp_path: Path) -> None:
    content = word_file(*HEADINGS, "The end.", header=["Example Trust and others"], footer=["Page"])
    document, newer = made_with(tmp_path, content)
    _, parts = redlined(document, newer)
    before = parts_of(document)
    same = {name for name, story in File.of(before).story_parts() if story is not Story.MAIN}
    assert len(same) == 2
    assert all(parts[name] == before[name] for name in same)


def own_words(story: Story, old: str, new: str) -> Callable[[Any], None]:
    def alter(tree: Any) -> None:
        for node in paragraphs_of(tree):
            if story_of(node) is story and text_of(node) == old:
                next(node.iter(f"{W}t")).text = new

    return alter


@pytest.mark.parametrize("conflicts", Conflicts)
def test_a_conflict_in_a_header_is_told_in_the_text_and_no_comment_stands_in_the_header(
    conflicts: Conflicts, tmp_path: Path
) -> None:
    document, newer = made_with(tmp_path, word_file(*HEADINGS, "The end.", header=HEADINGS))
    mine = with_text_altered(document, own_words(Story.HEADER, OLD, OURS))
    result, parts = redlined(mine, newer, RegenerationSettings(MANNER.stamp, conflicts=conflicts))
    (offered,) = result.of(Action.OFFER)
    assert (offered.story, offered.theirs) == (Story.HEADER, OURS)
    references = list(stories_of(parts).iter(f"{W}commentReference"))
    assert [story_of(reference) for reference in references] == [Story.MAIN]
    assert "stands in the header" in "".join(map(str, etree.fromstring(parts["word/comments.xml"]).itertext()))
    there = texts(accepted(parts), Story.HEADER)
    assert (there[NEW], there[OURS]) == ((1, 0) if conflicts is Conflicts.TRACK else (0, 1))
    assert looks(rejected(parts)) == looks(stories_of(parts_of(mine)))


def test_a_conflict_for_which_there_is_no_place_is_in_the_report_only(tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, word_file("{{ title }}", "The end.", header=HEADINGS))
    mine = with_text_altered(document, own_words(Story.HEADER, OLD, OURS))
    result, parts = redlined(mine, newer)
    (offered,) = result.of(Action.OFFER)
    assert offered.in_words == "kept, with the new wording offered (in the header)"
    assert "word/comments.xml" not in parts


def with_change_in(content: bytes, kind: Story) -> bytes:
    def track(tree: Any) -> None:
        first = next(
            paragraph for paragraph in paragraphs_of(tree) if story_of(paragraph) is kind and text_of(paragraph)
        )
        mark = etree.SubElement(first, f"{W}ins", {f"{W}id": "7", f"{W}author": "A manager"})
        etree.SubElement(etree.SubElement(mark, f"{W}r"), f"{W}t").text = " And more."

    return with_text_altered(content, track)


@pytest.mark.parametrize("kind", [Story.HEADER, Story.FOOTER])
def test_pending_changes_in_headers_and_footers_count(kind: Story, tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, template())
    mine = with_change_in(document, kind)
    with pytest.raises(JdgenError, match="1 tracked change that nobody has accepted or rejected"):
        regenerate(mine, "jd.docx", newer, MANNER)
    _, parts = redlined(mine, newer, ACCEPTING)
    assert any(text.endswith(" And more.") for text in texts(rejected(parts), kind))
    assert {mark.get(f"{W}author") for mark in stories_of(parts).iter(f"{W}ins", f"{W}del")} == {"jdgen"}


def test_pending_changes_in_a_footnote_count(tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, TEMPLATES["footnotes"]())
    mine = with_change_in(document, Story.FOOTNOTES)
    with pytest.raises(JdgenError, match="1 tracked change "):
        regenerate(mine, "jd.docx", newer, MANNER)
    _, parts = redlined(mine, newer, ACCEPTING)
    assert texts(stories_of(parts), Story.FOOTNOTES) == {"See the organisational change policy. And more.": 1}
    assert not pending(etree.fromstring(parts["word/footnotes.xml"]))


def test_somebody_s_words_in_a_header_are_an_edit(tmp_path: Path) -> None:
    content = word_file("The end.", header=["{{ employer }}"])
    document, _ = made_with(tmp_path, content)
    found_record = read_record(
        File.of(parts_of(with_text_altered(document, own_words(Story.HEADER, _employer(document), "Ours"))))
    )
    assert found_record is not None
    assert (found_record.handling, found_record.edited_blocks) == (Handling.EDITED, ("employer",))


def _employer(document: bytes) -> str:
    (text,) = texts(stories_of(parts_of(document)), Story.HEADER)
    return text


@functools.cache
def boxed() -> bytes:
    """A text box in both forms that lists the headings."""
    box = f"<w:txbxContent>{''.join(map(paragraph, HEADINGS))}</w:txbxContent>".encode()
    old = re.compile(rb"<w:txbxContent>.*?</w:txbxContent>", re.DOTALL)
    return change_part(TEMPLATES["text_boxes"](), BODY, lambda part: old.sub(box, part))


def box_texts(tree: Any) -> list[list[str]]:
    return [list(map(text_of, box.iter(f"{W}p"))) for box in tree.iter(f"{W}txbxContent")]


def words_in_boxes(*forms: int) -> Callable[[Any], None]:
    def alter(tree: Any) -> None:
        boxes = list(tree.iter(f"{W}txbxContent"))
        for form in forms:
            next(text for text in boxes[form].iter(f"{W}t") if text.text == OLD).text = OURS

    return alter


def test_both_forms_of_a_text_box_say_the_same_whatever_is_settled(tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, boxed())
    before = box_texts(stories_of(parts_of(document)))
    _, parts = redlined(document, newer)
    (text, other) = box_texts(accepted(parts))
    assert text == other
    assert NEW in text
    assert OLD not in text
    assert NEW_HEADING in text
    assert box_texts(rejected(parts)) == before
    ids = [node.get(f"{W}id") for node in stories_of(parts).iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))


def test_a_conflict_in_a_text_box_is_told_on_the_paragraph_that_holds_it(tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, boxed())
    _, parts = redlined(with_text_altered(document, words_in_boxes(0, 1)), newer)
    tree = stories_of(parts)
    text, other = box_texts(accepted(parts))
    assert text == other
    assert OURS in text
    (reference,) = tree.iter(f"{W}commentReference")
    assert next(reference.iterancestors(f"{W}txbxContent"), None) is None
    assert next(next(reference.iterancestors(f"{W}p")).iter(f"{W}txbxContent"), None) is not None


def test_a_text_box_whose_forms_do_not_agree_is_left_to_a_person(tmp_path: Path) -> None:
    document, newer = made_with(tmp_path, boxed())
    mine = with_text_altered(document, words_in_boxes(1))
    result, parts = redlined(mine, newer)
    (offered,) = result.of(Action.OFFER)
    assert offered.in_words.endswith("offered: the old form of its text box says something else")
    text, other = box_texts(accepted(parts))
    assert OLD in text
    assert OURS in other


def test_a_line_of_a_table_of_contents_is_not_taken_for_the_heading(tmp_path: Path) -> None:
    """Word writes it anew from the headings; a comment on it would be lost, and a change undone."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = f"{mark.format('begin')}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{mark.format('separate')}"
    lines = [f"{RENAMED[0]}\t3", "Budget\t4"]
    runs = [f"<w:r><w:t>{line}</w:t></w:r>" for line in lines]
    xml = f"<w:p>{begin}{runs[0]}</w:p><w:p>{runs[1]}{mark.format('end')}</w:p>"
    document, newer = made_with(tmp_path, template())

    def contents(tree: Any) -> None:
        first = paragraphs_of(tree)[0]
        for node in etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{xml}</w:body>'):
            first.addprevious(node)

    def without_heading(tree: Any) -> None:
        contents(tree)
        heading = next(paragraph for paragraph in paragraphs_of(tree) if text_of(paragraph) == RENAMED[0])
        heading.getparent().remove(heading)

    result, parts = redlined(with_text_altered(document, contents), newer)
    assert "business-case.title" in [decision.id for decision in result.of(Action.REWORD)]
    shown_lines = ["".join(map(str, paragraph.itertext(f"{W}t"))) for paragraph in paragraphs_of(rejected(parts))]
    assert shown_lines[:2] == lines
    assert ["".join(map(str, paragraph.itertext(f"{W}t"))) for paragraph in paragraphs_of(accepted(parts))][:2] == lines
    result, _ = redlined(with_text_altered(document, without_heading), newer)
    assert "business-case.title" in [decision.id for decision in result.of(Action.ABSENT)]
