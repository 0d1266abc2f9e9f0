"""What people put into printed paragraphs: none of it is lost, and none of it is changed under them."""

from __future__ import annotations

import copy
from typing import Any, cast

import pytest
from lxml import etree

from jdgen.revision.decisions import Action
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.redline import redline
from jdgen.revision.redline.settling import accept_all
from jdgen.word.comments import Comments
from jdgen.word.file import MAIN_PART as BODY
from jdgen.word.file import File
from jdgen.word.paragraphs import paragraphs_of, text_of
from jdgen.word.xml import parse
from tests.revision.random_documents import PARTS, Section, blocks_of, document_of
from tests.revision.redline.test_redline import STAMP
from tests.toolbox.rejecting import looks, reject_all
from tests.toolbox.word import W

OLD, NEW = "Lead the office well.", "Lead the whole office with care."
BOX = "<w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
#: What is put before the first word of the duty, whether its words can still be changed, and taken out.
PUT_IN = {
    "a picture": ("<w:r><w:drawing/></w:r>", Action.REWORD, Action.QUESTION),
    "a footnote": ('<w:r><w:footnoteReference w:id="2"/></w:r>', Action.REWORD, Action.QUESTION),
    "a text box": (f"<w:r>{BOX}</w:r>", Action.REWORD, Action.QUESTION),
    "a bookmark": ('<w:bookmarkStart w:id="9" w:name="mine"/><w:bookmarkEnd w:id="9"/>', Action.REWORD, Action.DELETE),
    "a field": (FIELD, Action.REWORD, Action.QUESTION),
    "a comment": (
        '<w:commentRangeStart w:id="3"/><w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>',
        Action.REWORD,
        Action.QUESTION,
    ),
}


def with_put_in(xml: str) -> Any:
    tree = document_of([Section("s", "Section", (("s.d.1", OLD),))])
    duty = next(paragraph for paragraph in tree.iter(f"{W}p") if text_of(paragraph) == OLD)
    for node in reversed(list(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{xml}</w:p>'))):
        duty.insert(1, node)
    return tree


@pytest.mark.parametrize(("xml", "reworded", "withdrawn"), PUT_IN.values(), ids=PUT_IN)
@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_it_stays(xml: str, reworded: Action, withdrawn: Action, is_withdrawn: bool) -> None:
    theirs = with_put_in(xml)
    new = [Section("s", "Section", () if is_withdrawn else (("s.d.1", NEW),))]
    decisions = merge(
        blocks_of([Section("s", "Section", (("s.d.1", OLD),))]),
        DocumentText.in_tree(theirs).paragraphs,
        blocks_of(new),
    )
    (decision,) = [decision for decision in decisions if decision.id == "s.d.1"]
    assert decision.action is (withdrawn if is_withdrawn else reworded)
    result = redline(
        File.of(PARTS),
        DocumentText.in_tree(copy.deepcopy(theirs)),
        DocumentText.in_tree(document_of(new)),
        decisions,
        stamp=STAMP,
    )
    tree = parse(result.file.content(BODY))
    rejected, accepted = copy.deepcopy(tree), copy.deepcopy(tree)
    reject_all(rejected)
    accept_all(accepted)
    assert looks(rejected) == looks(theirs)
    texts = [text_of(paragraph) for paragraph in paragraphs_of(accepted)]
    assert (NEW in texts) is (decision.action is Action.REWORD)
    assert (OLD in texts) is (decision.action in (Action.OFFER, Action.QUESTION))
    if decision.action is not Action.DELETE:
        tags = {node.tag for node in etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{xml}</w:p>').iter()} - {f"{W}p"}
        assert tags <= {node.tag for node in accepted.iter()}


def test_a_link_stays_a_link_round_the_words_that_stay() -> None:
    theirs = document_of([Section("s", "Section", (("s.d.1", OLD),))])
    run = next(text.getparent() for text in theirs.iter(f"{W}t") if text.text == OLD)
    link = etree.Element(f"{W}hyperlink")
    run.addprevious(link)
    link.append(run)
    decisions = merge(
        blocks_of([Section("s", "Section", (("s.d.1", OLD),))]),
        DocumentText.in_tree(theirs).paragraphs,
        blocks_of([Section("s", "Section", (("s.d.1", NEW),))]),
    )
    fresh = document_of([Section("s", "Section", (("s.d.1", NEW),))])
    tree = parse(
        redline(
            File.of(PARTS), DocumentText.in_tree(theirs), DocumentText.in_tree(fresh), decisions, stamp=STAMP
        ).file.content(BODY)
    )
    accept_all(tree)
    assert "office" in "".join("".join(map(str, each.itertext())) for each in tree.iter(f"{W}hyperlink"))
    assert NEW in [text_of(paragraph) for paragraph in paragraphs_of(tree)]


def test_what_is_put_into_a_list_looks_like_its_neighbours() -> None:
    """A word processor may have given the list another number than the fresh document has."""
    old = [Section("s", "Section", (("s.d.1", OLD),))]
    theirs = document_of(old)
    duty = next(paragraph for paragraph in theirs.iter(f"{W}p") if text_of(paragraph) == OLD)
    numbering = f'<w:numPr xmlns:w="{W[1:-1]}"><w:ilvl w:val="1"/><w:numId w:val="42"/></w:numPr>'
    duty.find(f"{W}pPr").append(etree.fromstring(numbering))
    new = [Section("s", "Section", (("s.d.1", OLD), ("s.d.2", NEW)))]
    decisions = merge(blocks_of(old), DocumentText.in_tree(theirs).paragraphs, blocks_of(new))
    tree = parse(
        redline(
            File.of(PARTS), DocumentText.in_tree(theirs), DocumentText.in_tree(document_of(new)), decisions, stamp=STAMP
        ).file.content(BODY)
    )
    new_duty = next(paragraph for paragraph in tree.iter(f"{W}p") if text_of(paragraph) == NEW)
    assert new_duty.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "42"
    assert text_of(cast(Any, new_duty.getprevious())) == OLD


def redlined_tree(old: list[Section], theirs: etree._Element, new: list[Section]) -> Any:
    decisions = merge(blocks_of(old), DocumentText.in_tree(theirs).paragraphs, blocks_of(new))
    return parse(
        redline(
            File.of(PARTS), DocumentText.in_tree(theirs), DocumentText.in_tree(document_of(new)), decisions, stamp=STAMP
        ).file.content(BODY)
    )


def test_a_picture_among_the_words_of_a_run_is_not_taken_out_with_them() -> None:
    old = [Section("s", "Section", (("s.d.1", OLD),))]
    theirs = document_of(old)
    words = next(text for text in theirs.iter(f"{W}t") if text.text == OLD)
    words.text = "Lead the office"
    words.addnext(etree.fromstring(f'<w:t xmlns:w="{W[1:-1]}" xml:space="preserve"> well.</w:t>'))
    words.addnext(etree.Element(f"{W}drawing"))
    tree = redlined_tree(old, theirs, [Section("s", "Section", (("s.d.1", "Manage people."),))])
    assert next(tree.iter(f"{W}del"), None) is not None
    (picture,) = tree.iter(f"{W}drawing")
    assert next(picture.iterancestors(f"{W}del"), None) is None


def test_a_new_heading_does_not_take_over_what_a_person_added_to_the_one_before() -> None:
    first, second = Section("a", "First", (("a.1", OLD),)), Section("b", "Second", (("b.1", "Plan the year ahead."),))
    theirs = document_of([first, second])
    duty = next(each for each in theirs.iter(f"{W}p") if text_of(each) == OLD)
    duty.addnext(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>My own.</w:t></w:r></w:p>'))
    new = [first, Section("n", "Between", (("n.1", NEW),)), second]
    texts = [text_of(each) for each in paragraphs_of(redlined_tree([first, second], theirs, new))]
    assert texts[1:] == [
        "First",
        OLD,
        "My own.",
        "Between",
        NEW,
        "Second",
        "Plan the year ahead.",
        "End of the document",
    ]


def test_a_comment_gets_an_id_that_no_comment_has() -> None:
    part = f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="4" w:author="A manager"><w:p/></w:comment></w:comments>'
    relations = PARTS["word/_rels/document.xml.rels"].replace(
        b"/>",
        b'><Relationship Id="rId1" Target="comments2.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/comments"/></Relationships>',
    )
    parts = {**PARTS, "word/_rels/document.xml.rels": relations, "word/comments2.xml": part.encode()}
    file, paragraph = File.of(parts), etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"/>')
    comments = Comments(file, paragraph, "jdgen", "j")
    comments.add(paragraph, "One.")
    after = comments.put_into(file).contents()
    assert [name for name in after if after[name] != parts[name]] == ["word/comments2.xml"]
    new_part = parse(after["word/comments2.xml"])
    assert [each.get(f"{W}id") for each in new_part] == ["4", "5"]
    assert {each.get(f"{W}id") for each in paragraph.iter() if each.get(f"{W}id")} == {"5"}


def test_nothing_is_put_behind_a_section_break_of_somebody_s() -> None:
    """It would stand on the pages of the next section: it is told as having no place, and kept in a file of its own."""
    old = [Section("s", "Section", (("s.d.1", OLD),))]
    theirs = document_of(old)
    duty = next(paragraph for paragraph in paragraphs_of(theirs) if text_of(paragraph) == OLD)
    etree.SubElement(cast(Any, duty.find(f"{W}pPr")), f"{W}sectPr")
    new = [Section("s", "Section", (("s.d.1", OLD), ("s.d.2", NEW)))]
    decisions = merge(blocks_of(old), DocumentText.in_tree(theirs).paragraphs, blocks_of(new))
    assert redline(
        File.of(PARTS), DocumentText.in_tree(theirs), DocumentText.in_tree(document_of(new)), decisions, stamp=STAMP
    ).unplaced == ("s.d.2",)
