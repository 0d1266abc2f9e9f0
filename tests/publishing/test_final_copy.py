"""The final copy: the same words without what was for their writers; what is not final is refused, all at once."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from jdgen.drafting.added_files import load_prompts
from jdgen.drafting.loading import load_placeholders
from jdgen.publishing.final_copy import MOST_BYTES, FinalCopy, final_copy, name_problem, size_problem
from jdgen.record.reading import Handling, record_of
from jdgen.workspace import Workspace
from tests.toolbox import markup
from tests.toolbox.data import problems_of
from tests.toolbox.documents import example_document, texts_of
from tests.toolbox.examples import POSTS, ROOT
from tests.toolbox.word import W, bytes_of, open_document, parts_of, word_file

PLACEHOLDERS = load_placeholders(Workspace(ROOT))
MEANWHILE = tuple(load_prompts(Workspace(ROOT)).meanwhile.values())


def final(content: bytes, meanwhile: Collection[str] = MEANWHILE) -> FinalCopy:
    return final_copy(content, "jd.docx", PLACEHOLDERS, meanwhile)


def problems(content: bytes, meanwhile: Collection[str] = MEANWHILE) -> list[str]:
    return problems_of(lambda: final(content, meanwhile))


@pytest.mark.parametrize("post", POSTS)
def test_the_words_stay_and_the_record_goes(post: str) -> None:
    before = example_document(post, "role-profile")
    assert record_of(before)[1] is Handling.UNTOUCHED
    after, left_out = final(before)
    assert record_of(after)[1] is Handling.FOREIGN
    assert left_out[0] == "the record of how jdgen made it"
    assert left_out[1].endswith(" bookmarks")
    assert texts_of(open_document(after).element) == texts_of(open_document(before).element)
    assert b"jdgen.example" not in b"".join(parts_of(after).values())
    assert not [name for name in parts_of(after) if "customXml" in name or "custom.xml" in name]
    assert not list(open_document(after).element.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"))
    assert len(after) < len(before) < MOST_BYTES


def test_what_stands_until_somebody_can_answer_is_no_gap_and_the_same_words_alone_are_one() -> None:
    document = word_file("Job evaluation reference", "Not yet evaluated", "JE ref: Not yet evaluated")
    assert MEANWHILE == ("Not yet evaluated",)
    assert final(document).content
    assert len(problems(document, ())) == 2
    assert len(problems(word_file("Job title", "TBC"))) == 1


def test_nothing_is_left_that_leads_to_what_is_gone() -> None:
    parts = parts_of(final(example_document(POSTS[0], "role-profile")).content)
    for name in ("customXml", "custom-properties", "custom.xml"):
        assert [part for part, content in parts.items() if name.encode() in content] == []


def test_a_bookmark_that_something_refers_to_stays() -> None:
    document = open_document(word_file("A heading", "See page ", "Unused"))
    first, second, third = document.paragraphs
    for number, (paragraph, name) in enumerate(((first, "Duties"), (third, "Old"))):
        for tag in ("bookmarkStart", "bookmarkEnd"):
            mark = OxmlElement(f"w:{tag}", {qn("w:id"): str(number)})
            if tag == "bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)
    field = OxmlElement("w:fldSimple", {qn("w:instr"): " PAGEREF Duties \\h "})
    second._p.append(field)
    after, left_out = final(bytes_of(document))
    assert [mark.get(f"{W}name") for mark in open_document(after).element.iter(f"{W}bookmarkStart")] == ["Duties"]
    assert len(list(open_document(after).element.iter(f"{W}bookmarkEnd"))) == 1
    assert "1 bookmark" in left_out


def test_comments_go_with_all_that_word_keeps_about_them() -> None:
    document = open_document(word_file("A text that somebody has an opinion on", "Another"))
    for paragraph in document.paragraphs:
        document.add_comment(paragraph.runs, text="I would say this otherwise", author="A. Person", initials="AP")
    before = bytes_of(document)
    assert "word/comments.xml" in parts_of(before)
    after, left_out = final(before)
    assert "2 comments" in left_out
    assert b"omment" not in parts_of(after)["word/document.xml"]
    assert [
        name for name, content in parts_of(after).items() if b"A. Person" in content or b"comments" in content
    ] == []
    assert texts_of(open_document(after).element) == texts_of(open_document(before).element)


def test_what_tells_of_people_and_their_machines_goes() -> None:
    document = open_document(word_file("A text"))
    document.core_properties.last_modified_by = "A. Person"
    settings = document.settings.element
    settings.append(OxmlElement("w:trackRevisions"))
    relation = document.part._settings_part.relate_to(
        r"file:///C:\Users\a.person\Trust.dotx",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
        is_external=True,
    )
    settings.insert(0, OxmlElement("w:attachedTemplate", {qn("r:id"): relation}))
    after, left_out = final(bytes_of(document))
    assert set(left_out) >= {
        "the name of who saved it last",
        "the path of the template that it was begun with",
        "that changes are tracked",
    }
    assert [name for name, content in parts_of(after).items() if b"erson" in content and b"A. P" in content] == []
    assert b"a.person" not in b"".join(parts_of(after).values())
    assert open_document(after).core_properties.last_modified_by == ""


def test_everything_that_is_open_is_told_at_once() -> None:
    document = open_document(
        word_file(
            "Purpose: [To complete: why the post exists]",
            "Reports to (insert job title), by ??",
            "«Department»",
            footer=["Reference: [To complete: why the post exists]", "[To complete: reference]"],
        )
    )
    inserted = parse_xml(f'<w:ins xmlns:w="{W[1:-1]}" w:id="9" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins>')
    document.paragraphs[0]._p.append(inserted)
    hidden = document.add_paragraph().add_run("They want somebody cheaper")
    hidden.font.hidden = True
    messages = problems(bytes_of(document))
    assert messages[0].startswith(
        "jd.docx: has 1 tracked change that nobody has accepted or rejected: settle each in Word"
    )
    questions = [problem for problem in messages if "still asks for" in problem]
    assert questions == [
        "jd.docx: still asks for why the post exists: answer it in Word, or delete the line",
        "jd.docx, footer: still asks for reference: answer it in Word, or delete the line",
    ]
    filling = [problem for problem in messages if "is still to be filled in" in problem]
    assert [next(gap for gap in ("(insert job title)", "'??'", "«Department»") if gap in each) for each in filling]
    assert len(filling) == 3
    (message,) = [problem for problem in messages if "hidden text" in problem]
    assert "'They want somebody cheaper'" in message
    assert len(messages) == 7


def test_a_line_to_sign_on_is_no_gap() -> None:
    assert texts_of(open_document(final(word_file("Signed: ______________  Date: ________")).content).element)


def test_a_form_field_of_word_s_that_is_answered_is_no_gap_and_an_empty_one_is() -> None:
    answered = markup.word_template(markup.paragraph("Base: ", markup.field_code("FORMTEXT", "Moor House")))
    assert "Moor House" in "".join(texts_of(open_document(final(answered).content).element))
    assert len(problems(markup.word_template(markup.paragraph("Base: ", markup.field_code("FORMTEXT", "     "))))) == 1


@pytest.mark.parametrize("post", POSTS)
def test_an_example_that_leaves_something_open_is_refused_for_just_that(post: str) -> None:
    messages = problems(example_document(post, "job-description")) if post.startswith("band-7") else []
    assert all("still asks for" in problem for problem in messages)
    assert bool(messages) == post.startswith("band-7")
    if not messages:
        assert final(example_document(post, "job-description")).left_out


def test_limits_of_nhs_jobs() -> None:
    assert size_problem(b" " * MOST_BYTES, "jd.docx") is None
    assert str(size_problem(b" " * (MOST_BYTES + 400_000), "jd.docx")).startswith(
        "jd.docx: has 1.4 MB: NHS Jobs takes at most 1 MB: in Word: Picture Format, Compress Pictures"
    )
    assert name_problem("x" * 89, "here") is None
    assert str(name_problem("x" * 90, "here")).startswith(
        "here: its name has 90 characters: NHS Jobs takes fewer than 90"
    )
