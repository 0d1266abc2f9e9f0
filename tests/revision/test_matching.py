"""Blocks are found again in a document that a person has edited, and nothing is taken for what it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.block_id import BlockId
from jdgen.record.anchors import name_by_id
from jdgen.record.model import PrintedBlock
from jdgen.revision.matching import places_of
from jdgen.revision.paragraphs import DocumentText, ReadParagraph
from jdgen.word.xml import parse
from tests.toolbox.blocks import printed_block

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEAD = "Lead the office and set the standards that its projects work to."
BUILD = "Build strong networks inside and outside the organisation."
REPORT = "Report progress to the board every month."


def blocks(*texts: str) -> list[PrintedBlock]:
    return [printed_block(f"b.{number}", text) for number, text in enumerate(texts, 1)]


def plain(*texts: str) -> list[ReadParagraph]:
    return [ReadParagraph(text) for text in texts]


def anchored(text: str, *numbers: int, collapsed: bool = False) -> ReadParagraph:
    names = frozenset(name_by_id(f"b.{number}") for number in numbers)
    return ReadParagraph(text, names, names if collapsed else frozenset())


def text_places(texts: Sequence[str], paragraphs: Sequence[ReadParagraph]) -> Mapping[BlockId, tuple[int, ...]]:
    return places_of(blocks(*texts), paragraphs)


def test_texts_are_found_without_anchors_whatever_stands_between_them() -> None:
    assert text_places([LEAD, BUILD], plain("Duties", LEAD, "", "My own.", BUILD)) == {"b.1": (1,), "b.2": (4,)}


def test_word_processors_change_quotation_marks_and_spaces() -> None:
    assert text_places(["The office's 'plan'."], plain("The office’s ‘plan’.")) == {"b.1": (0,)}


def test_a_moved_paragraph_is_followed() -> None:
    assert text_places([LEAD, BUILD, REPORT], plain(REPORT, LEAD, BUILD)) == {"b.1": (1,), "b.2": (2,), "b.3": (0,)}


def test_fields_of_a_row_that_somebody_joined_in_one_cell_are_both_there_whatever_stands_in_the_other() -> None:
    row = [printed_block("c", LEAD), printed_block("c.importance", "Essential"), printed_block("c.assessed_by", "A, I")]
    names = [block.anchor_name for block in row]
    cells = [(LEAD, names[:1]), ("Essential, A, I", names[1:]), ("See the note.", [])]
    paragraphs = [
        ReadParagraph(text, frozenset(anchors), row="1/2", cell=f"2/{at}") for at, (text, anchors) in enumerate(cells)
    ]
    assert places_of(row, paragraphs) == {"c": (0,), "c.importance": (1,), "c.assessed_by": (1,)}


def test_a_text_with_a_typed_bullet_is_followed_though_one_like_it_stands_in_its_place() -> None:
    theirs, ours = (
        f"Provide direction across the {whole}." for whole in ("department and government", "health system")
    )
    places = text_places([LEAD, theirs, ours, BUILD], plain(LEAD, f"- {ours}", f"• {theirs}", BUILD))
    assert places == {"b.1": (0,), "b.2": (2,), "b.3": (1,), "b.4": (3,)}


def test_an_edited_paragraph_is_found_between_its_neighbours() -> None:
    edited_text = BUILD.replace("strong", "lasting")
    assert text_places([LEAD, BUILD, REPORT], plain(LEAD, "Mine.", edited_text, REPORT))["b.2"] == (2,)


def test_a_text_that_was_typed_anew_is_found_by_its_anchor_only() -> None:
    anew = "Look after the people who help us."
    assert text_places([LEAD, BUILD, REPORT], [ReadParagraph(LEAD), anchored(anew, 2), ReadParagraph(REPORT)])[
        "b.2"
    ] == (1,)
    assert "b.2" not in text_places([LEAD, BUILD, REPORT], plain(LEAD, anew, REPORT))


def test_an_anchor_that_wandered_to_the_next_paragraph_is_not_believed() -> None:
    """A word processor keeps the bookmark of a deleted paragraph, in the paragraph after it."""
    places = text_places([LEAD, BUILD, REPORT], [ReadParagraph(LEAD), anchored(REPORT, 2, 3)])
    assert places == {"b.1": (0,), "b.3": (1,)}
    assert "b.2" not in text_places([LEAD, BUILD], [ReadParagraph(LEAD), anchored("Words of mine.", 2, collapsed=True)])


def test_equal_texts_are_told_apart_by_anchor_and_by_order() -> None:
    by_anchor = [anchored("Essential", 2), anchored("Essential", 1)]
    assert text_places(["Essential", "Essential"], by_anchor) == {"b.1": (1,), "b.2": (0,)}
    assert text_places(["Essential", LEAD, "Essential"], plain("Essential", LEAD, "Essential")) == {
        "b.1": (0,),
        "b.2": (1,),
        "b.3": (2,),
    }


def test_a_copy_is_not_the_block() -> None:
    places = text_places([LEAD, BUILD], [anchored(LEAD, 1), ReadParagraph(BUILD), ReadParagraph(LEAD)])
    assert places == {"b.1": (0,), "b.2": (1,)}


def test_a_split_paragraph_is_taken_in_whole() -> None:
    start, end = "Lead the office and set the standards", "that its projects work to."
    assert text_places([LEAD, BUILD], plain(start, end, BUILD)) == {"b.1": (0, 1), "b.2": (2,)}
    assert text_places([LEAD], plain(start, end.replace("work", "all work"))) == {"b.1": (0, 1)}


def test_what_follows_a_text_that_is_shorter_than_it_was_is_no_part_of_it() -> None:
    assert text_places([LEAD], plain("Lead an office and set the standards", "Decisions of the post")) == {"b.1": (0,)}


def test_a_deleted_block_is_not_found_and_an_empty_paragraph_is_nobody_s() -> None:
    assert text_places([LEAD, BUILD], [anchored("", 1), ReadParagraph(BUILD)]) == {"b.2": (1,)}


WORDS = st.sampled_from(["office", "plan", "board", "risk", "team", "lead", "report", "build", "agree", "each"])
TEXTS = st.lists(st.lists(WORDS, min_size=0, max_size=8).map(" ".join), max_size=12)


@given(TEXTS, TEXTS, st.data())
def test_paragraphs_are_two_blocks_only_where_both_stand_and_exact_texts_in_order_are_all_found(
    texts: list[str], others: list[str], data: st.DataObject
) -> None:
    places = text_places(texts, plain(*others))
    for at, there in enumerate(others):
        owners = [text for number, text in enumerate(texts, 1) if at in places.get(BlockId(f"b.{number}"), ())]
        assert len(owners) < 2 or sum(map(len, owners)) <= 1.3 * len(there)
    assert all(list(each) == list(range(each[0], each[-1] + 1)) for each in places.values())
    same = [text for text in texts if text]
    assert len(text_places(same, plain(*same))) == len(same)


def paragraph(inner: str) -> ReadParagraph:
    tree = parse(f'<w:document xmlns:w="{W}"><w:body><w:p>{inner}</w:p></w:body></w:document>')
    return DocumentText.in_tree(tree).paragraphs[0]


def test_text_is_read_in_links_and_content_controls_and_not_in_what_was_taken_out() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    read_paragraph = paragraph(
        f"<w:hyperlink>{run.format('a')}</w:hyperlink><w:sdt><w:sdtContent>{run.format('b')}</w:sdtContent></w:sdt>"
        f"<w:ins>{run.format('c')}</w:ins><w:del><w:r><w:delText>d</w:delText></w:r></w:del><w:r><w:tab/></w:r>"
    )
    assert (read_paragraph.text, read_paragraph.is_plain, read_paragraph.obstacle) == ("abc\t", False, "")


def test_fields_and_pictures_are_seen() -> None:
    field = paragraph('<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    assert (field.text, field.is_plain, field.obstacle) == ("1", False, "a field makes its text")
    assert not paragraph("<w:r><w:t>a</w:t><w:drawing/></w:r>").is_plain


def test_a_text_box_is_not_the_text_of_the_paragraph_that_holds_it() -> None:
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>in</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    tree = parse(f'<w:body xmlns:w="{W}"><w:p><w:r><w:t>out</w:t></w:r>{box}</w:p></w:body>')
    assert [each.text for each in DocumentText.in_tree(tree).paragraphs] == ["out", "in"]


def test_a_bookmark_round_nothing_is_collapsed() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="_jd_0"/>'
    read_paragraph = paragraph(f'{mark}<w:bookmarkEnd w:id="1"/><w:r><w:t>a</w:t></w:r>')
    assert read_paragraph.collapsed == read_paragraph.anchors == {"_jd_0"}
    assert not paragraph(f'{mark}<w:r><w:t>a</w:t></w:r><w:bookmarkEnd w:id="1"/>').collapsed


def test_an_anchor_in_a_paragraph_that_is_another_block_word_for_word_is_not_believed() -> None:
    places = text_places([LEAD, "Essential", "Essential"], [anchored("Essential", 1), ReadParagraph("Essential")])
    assert places == {"b.2": (0,), "b.3": (1,)}


def test_the_entries_of_a_list_are_not_the_fields_of_the_row_that_says_the_list() -> None:
    printed_list = [
        printed_block("q.8a.1", "Programme Practitioner"),
        printed_block("q.8a.2", "Risk Practitioner"),
        printed_block("q.8a", "At least one of these: Programme Practitioner; Risk Practitioner"),
        printed_block("q.8a.importance", "Essential"),
    ]
    row = [ReadParagraph(block.text, row="/tbl/tr", cell=f"/tbl/tr/{at}") for at, block in enumerate(printed_list[2:])]
    places = places_of(
        printed_list, [ReadParagraph("Risk Practitioner"), ReadParagraph("Programme Practitioner"), *row]
    )
    assert places == {"q.8a.1": (1,), "q.8a.2": (0,), "q.8a": (2,), "q.8a.importance": (3,)}
