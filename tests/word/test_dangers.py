"""What Word would run, load or follow is refused or taken out, however it is written."""

from __future__ import annotations

import pytest

from jdgen.document.making import DocumentSources, make_document
from jdgen.errors import JdgenError
from jdgen.levels import Band
from jdgen.post.model import Post
from jdgen.template.compiling import compile_template
from jdgen.word.dangers import HarmlessFile, open_harmless
from tests.toolbox.data import shipped_library
from tests.toolbox.examples import DRAFTED
from tests.toolbox.word import NAME, body_replaced, change_part, open_document, parts_of, with_part, word_file

GOOD = word_file("{{ title }}XX")
RELATIONS, SETTINGS = "word/_rels/document.xml.rels", "word/settings.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VML, OFFICE_VML = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"


def opening(content: bytes) -> HarmlessFile:
    return open_harmless(content, NAME)


def whats(content: bytes) -> list[str]:
    try:
        opening(content)
    except JdgenError as error:
        return [problem.what for problem in error.problems]
    return []


def related(kind: str, target: str, external: bool = True, part: str = RELATIONS) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return change_part(GOOD, part, lambda content: content.replace(b"</Relationships>", link.encode()))


def in_body(xml: str, content: bytes = GOOD) -> bytes:
    return body_replaced(content, "XX", f"</w:t></w:r>{xml}<w:r><w:t>")


def runs(*codes: str) -> str:
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in codes)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


CODES = ["DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "RD", "EMBED"]


@pytest.mark.parametrize("code", CODES)
def test_a_field_that_reaches_outside_is_refused_however_it_is_written(code: str) -> None:
    problems = [f"has a field that reaches outside the document ({code}) in word/document.xml"]
    assert whats(in_body(runs(f' {code} "a" b'))) == problems
    assert whats(in_body(runs(code[:1], code[1:].lower(), ' "a"'))) == problems
    assert whats(in_body(f"<w:fldSimple w:instr=' {code} a'/>")) == problems
    nested = runs("IF 1 = 1 ").replace(
        '<w:r><w:fldChar w:fldCharType="end"/>', runs(f"{code} a") + '<w:r><w:fldChar w:fldCharType="end"/>'
    )
    assert whats(in_body(nested)) == problems
    unended = runs(f"{code} a").replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    assert whats(in_body(unended)) == problems
    deleted = runs(f"{code} a").replace("w:instrText", "w:delInstrText")
    assert whats(in_body(f'<w:del w:id="1" w:author="x">{deleted}</w:del>')) == problems


def test_a_field_whose_kind_another_field_makes_is_refused() -> None:
    xml = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + runs("QUOTE 68 68 69")
    xml += '<w:r><w:instrText> "a"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert whats(in_body(xml)) == ["has a field whose kind is the result of another field in word/document.xml"]


@pytest.mark.parametrize(
    "code",
    ["PAGE", "NUMPAGES", 'TOC \\o "1-3"', 'HYPERLINK \\l "a"', 'HYPERLINK "https://x.org"', "IF 1 = 1 a", "= 1 + 1"],
)
def test_fields_that_stay_within_the_document_are_kept(code: str) -> None:
    assert whats(in_body(runs(code))) == []


@pytest.mark.parametrize("target", ["file:///c:/a.exe", "\\\\\\\\server\\\\a", "javascript:alert(1)"])
def test_a_field_that_links_elsewhere_is_refused(target: str) -> None:
    (what,) = whats(in_body(runs(f'HYPERLINK "{target}"')))
    assert what.startswith("has a link that leads outside the web (")


@pytest.mark.parametrize(
    "target", ["https://x.org/", "HTTP://x.org/", "mailto:a@x.org", "tel:0123", "#place", "a.docx"]
)
def test_a_link_that_a_reader_may_follow_is_kept(target: str) -> None:
    package = opening(related("hyperlink", target))
    assert (f'Target="{target}"'.encode() in package.file.content(RELATIONS), package.warnings) == (True, ())


@pytest.mark.parametrize(
    "target",
    [
        "file:///c:/a.exe",
        "\\\\server\\a.exe",
        "//server/a",
        "javascript:alert(1)",
        " java&#9;script:a",
        "ms-word:ofe|u|x",
    ],
)
def test_a_link_elsewhere_is_taken_out_with_a_warning_and_its_text_stays(target: str) -> None:
    content = in_body(
        '<w:hyperlink r:id="rX"><w:r><w:t>our drive</w:t></w:r></w:hyperlink>', related("hyperlink", target)
    )
    template = compile_template(content, NAME)
    assert b'Id="rX"' not in template.static[RELATIONS]
    assert [
        (each.where, each.what.endswith(" in word/document.xml is left out, its text stays"))
        for each in template.warnings
    ] == [(NAME, True)]
    document = make_document(Post("PMO lead", "pmo", Band("7")), DocumentSources(shipped_library(), template, DRAFTED))
    assert "our drive" in open_document(document.content).paragraphs[0]._p.xml
    assert b"rX" not in parts_of(document.content)["word/document.xml"]
    assert [note.topic for note in document.job_description.notes].count("template file") == 1


def test_of_very_many_links_elsewhere_the_first_are_told_and_how_many_more_there_are() -> None:
    """Each is a note on every document that is made of the template."""

    def with_links(count: int) -> bytes:
        links = "".join(
            f'<Relationship Id="x{number}" Type="{OFFICE}/hyperlink" Target="h:{number}" TargetMode="External"/>'
            for number in range(count)
        )
        end = b"</Relationships>"
        return change_part(GOOD, RELATIONS, lambda content: content.replace(end, links.encode() + end))

    warnings_by_count = {count: opening(with_links(count)).warnings for count in (20, 21, 10_000)}
    assert [len(warnings) for warnings in warnings_by_count.values()] == [20, 21, 21]
    assert warnings_by_count[21][-1].what == "1 more link to what is outside is left out, texts stay"
    assert warnings_by_count[10_000][-1].what == "9,980 more links to what is outside are left out, texts stay"
    assert b"h:9999" not in opening(with_links(10_000)).file.content(RELATIONS)


def test_an_attached_template_is_taken_out_with_its_relationship() -> None:
    content = change_part(
        GOOD,
        SETTINGS,
        lambda part: part.replace(
            b"</w:settings>", f'<w:attachedTemplate xmlns:r="{OFFICE}" r:id="rX"/></w:settings>'.encode()
        ),
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rX"'
    )
    relations += (
        f' Type="{OFFICE}/attachedTemplate" Target="file:///G:/our.dotm" TargetMode="External"/></Relationships>'
    )
    package = opening(with_part(content, "word/_rels/settings.xml.rels", relations.encode()))
    assert b"attachedTemplate" not in package.file.content(SETTINGS)
    assert b"our.dotm" not in package.file.content("word/_rels/settings.xml.rels")
    (warning,) = package.warnings
    assert "file:///G:/our.dotm" in warning.what


@pytest.mark.parametrize("kind", ["image", "frame", "oleObject", "subDocument", "mailMergeSource", "video", "aFChunk"])
def test_any_other_relationship_to_the_outside_is_refused(kind: str) -> None:
    assert f"loads something from outside ({RELATIONS})" in whats(related(kind, "https://x.org/a"))


def test_an_address_is_outside_whatever_its_mode_says() -> None:
    for target in ("https://x.org/a.png", "\\\\server\\a.png"):
        assert whats(related("image", target, external=False)) == [f"loads something from outside ({RELATIONS})"]


EMBEDDED = {
    "an OLE file called a picture": with_part(GOOD, "word/media/a.png", b"\xd0\xcf\x11\xe0" + bytes(600)),
    "a zip called a picture": with_part(GOOD, "word/media/a.png", b"PK\x03\x04" + bytes(600)),
    "a program": with_part(GOOD, "word/media/a.png", b"MZ" + bytes(600)),
    "ActiveX in another case": with_part(GOOD, "word/ActiveX/a.xml", b"<a/>"),
    "altChunk": in_body('<w:altChunk r:id="rX"/>'),
    "a sub-document": in_body('<w:subDoc r:id="rX"/>'),
    "an object": in_body(f'<w:r><w:object><o:OLEObject xmlns:o="{OFFICE_VML}"/></w:object></w:r>'),
    "a control": in_body('<w:r><w:object><w:control r:id="rX"/></w:object></w:r>'),
}


@pytest.mark.parametrize("case", EMBEDDED)
def test_what_is_embedded_is_refused(case: str) -> None:
    (what,) = whats(EMBEDDED[case])
    assert what.startswith("holds an embedded file (")


@pytest.mark.parametrize("kind", ["vbaProject", "wordVbaData", "webextensiontaskpanes"])
def test_programs_are_refused_by_their_relationship(kind: str) -> None:
    assert whats(related(kind, "a.bin", external=False)) == ["holds macros"]


def test_a_mail_merge_and_a_picture_from_elsewhere_are_refused() -> None:
    content = change_part(GOOD, SETTINGS, lambda part: part.replace(b"</w:settings>", b"<w:mailMerge/></w:settings>"))
    assert whats(content) == ["is bound to a source of data (mail merge)"]
    picture = f'<w:r><w:pict><v:imagedata xmlns:v="{VML}" src="http://x.org/a"/></w:pict></w:r>'
    assert whats(in_body(picture)) == ["loads something from outside (word/document.xml)"]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-7", "IBM037"])
def test_an_encoding_in_which_marks_could_hide_is_refused(encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?><a/>'
    content = part.encode("cp037" if encoding == "IBM037" else "ascii")
    assert whats(with_part(GOOD, "word/a.xml", content)) == ["is not written in UTF-8 in word/a.xml"]


def test_all_dangers_are_told_at_once() -> None:
    content = in_body(runs("DDE a b"), related("image", "https://x.org/a"))
    assert len(whats(with_part(content, "word/vbaProject.bin", b"x"))) == 3
