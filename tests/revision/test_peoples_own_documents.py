"""A person's document is theirs: whatever program saved it and whatever it holds, it is read, and brought up to date
with all that jdgen has no need of left as it is; what cannot be is told by ``status`` before ``regenerate`` refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jdgen.errors import JdgenError
from jdgen.record.reading import Handling
from jdgen.revision.folders import read_document
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.regeneration import Regenerated, RegenerationOutcome, regenerate
from jdgen.revision.status import DocumentStatus, State, status_of
from jdgen.word.xml import parse
from tests.toolbox.documents import (
    BODY,
    MANNER,
    NEW_DUTY,
    REWORDED,
    edit_document,
    example_document,
    materials,
    newer_framework,
    texts_of,
)
from tests.toolbox.saved_otherwise import as_strict, with_main_part
from tests.toolbox.word import change_part, parts_of, zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TASK_PANES = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
RELATIONS, SETTINGS = "word/_rels/document.xml.rels", "word/settings.xml"
EDIT = ("Establish the project processes", "Establish our project processes")


def with_parts(parts: dict[str, bytes], *links: tuple[str, str], external: bool = False, of: str = RELATIONS) -> bytes:
    """A document with more parts, and relationships (kind and target) to them."""
    mode = ' TargetMode="External"' if external else ""
    link_xml = "".join(
        f'<Relationship Id="rX{number}" Type="{kind}" Target="{target}"{mode}/>'
        for number, (kind, target) in enumerate(links)
    )
    content = change_part(
        example_document(), of, lambda part: part.replace(b"</Relationships>", f"{link_xml}</Relationships>".encode())
    )
    return zipped(parts_of(content) | parts)


CHART_LINK = f'<Relationship Id="r1" Type="{OFFICE}/package" Target="../embeddings/a.xlsx"/>'
XMLNS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OBJECT = (
    '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Visio"/></w:object>'
)
HELD = {
    "a chart with its workbook": lambda: with_parts(
        {
            "word/charts/chart1.xml": b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>',
            "word/charts/_rels/chart1.xml.rels": f"<Relationships {XMLNS}>{CHART_LINK}</Relationships>".encode(),
            "word/embeddings/a.xlsx": b"PK\x03\x04",
        },
        (f"{OFFICE}/chart", "charts/chart1.xml"),
    ),
    "an embedded organisation chart": lambda: change_part(
        with_parts(
            {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}, (f"{OFFICE}/oleObject", "embeddings/a.bin")
        ),
        BODY,
        lambda part: part.replace(b"<w:sectPr", f"<w:p><w:r>{OBJECT}</w:r></w:p><w:sectPr".encode(), 1),
    ),
    "an add-in's pane": lambda: with_parts(
        {"word/webextensions/taskpanes.xml": b"<a/>", "word/webextensions/webextension1.xml": b"<a/>"},
        (TASK_PANES, "word/webextensions/taskpanes.xml"),
        of="_rels/.rels",
    ),
    "a linked picture": lambda: with_parts({}, (f"{OFFICE}/image", "https://example.org/a.png"), external=True),
    "a link to a shared drive": lambda: with_parts({}, (f"{OFFICE}/hyperlink", "file:///G:/a.docx"), external=True),
    "its template": lambda: with_parts({}, (f"{OFFICE}/attachedTemplate", "file:///G:/our.dotm"), external=True),
    "a field that links to a workbook": lambda: change_part(
        example_document(),
        BODY,
        lambda part: part.replace(
            b"<w:sectPr", b'<w:p><w:fldSimple w:instr=" LINK Excel.Sheet a "/></w:p><w:sectPr', 1
        ),
    ),
}


def renewed(content: bytes) -> Regenerated:
    return regenerate(content, "own.docx", materials(newer_framework()), MANNER)


def status(folder: Path, content: bytes) -> DocumentStatus:
    (folder / "own.docx").write_bytes(content)
    return status_of(folder / "own.docx", materials(newer_framework()))


def accepted(content: bytes | None) -> list[str]:
    assert content is not None
    tree = parse(parts_of(content)[BODY])
    accept_all(tree)
    return texts_of(tree)


@pytest.mark.parametrize("what", HELD)
def test_what_is_not_needed_is_left_as_it_is_and_hinders_nothing(what: str, tmp_path: Path) -> None:
    content = HELD[what]()
    (tmp_path / "own.docx").write_bytes(content)
    assert read_document(tmp_path / "own.docx", materials().records).handling is Handling.SAVED
    assert status(tmp_path, content).states == (State.PRINTS_OTHERWISE,)
    assert status(tmp_path, content).problems == ()
    result = renewed(content)
    assert result.outcome is RegenerationOutcome.REDLINED
    assert result.content is not None
    before, after = parts_of(content), parts_of(result.content)
    rewritten_parts = {"[Content_Types].xml", BODY, "docProps/custom.xml", "customXml/item7301.xml", RELATIONS}
    # In headers and footers jdgen numbers its own bookmarks anew.
    untouched_parts = [
        name for name in before if name not in rewritten_parts and not name.startswith(("word/header", "word/footer"))
    ]
    assert [name for name in untouched_parts if before[name] != after[name]] == []
    # Comments have a relationship of their own now; all others stay.
    targets = [{link.get("Target") for link in parse(parts[RELATIONS])} for parts in (before, after)]
    assert targets[0] <= targets[1]
    assert NEW_DUTY in accepted(result.content)


@pytest.mark.parametrize(
    "save",
    [as_strict, lambda content: with_main_part(content, "word/document2.xml"), lambda c: with_main_part(c, "a/b.xml")],
    ids=["strict", "Word for the web", "elsewhere"],
)
def test_whatever_form_it_was_saved_in_a_document_is_known_and_brought_up_to_date(
    save: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    (tmp_path / "own.docx").write_bytes(save(example_document()))
    assert read_document(tmp_path / "own.docx", materials().records).handling is Handling.SAVED
    edits = status(tmp_path, save(edit_document(example_document(), EDIT)))
    assert edits.states == (State.PRINTS_OTHERWISE, State.EDITED)
    assert edits.edited_blocks == ("pmo.risks-issues.8a-8b.1",)
    result, usual = (
        renewed(save(edit_document(example_document(), EDIT))),
        renewed(edit_document(example_document(), EDIT)),
    )
    assert accepted(result.content) == accepted(usual.content)
    assert any(REWORDED[1] in text for text in accepted(renewed(save(example_document())).content))
    assert [decision.action for decision in result.decisions] == [decision.action for decision in usual.decisions]
    # What was written is as any other document, and offers nothing twice.
    assert regenerate(result.content or b"", "own.docx", materials(newer_framework()), MANNER).content is None


def settings(xml: str) -> bytes:
    return change_part(
        example_document(), SETTINGS, lambda part: part.replace(b"</w:settings>", f"{xml}</w:settings>".encode())
    )


def insertion() -> bytes:
    run = b'<w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    return change_part(example_document(), BODY, lambda part: part.replace(b"</w:p>", run, 1))


SIGNED = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
REFUSED = {
    "is protected (reading only)": lambda: settings('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'),
    "is protected (tracked changes only)": lambda: settings(
        '<w:documentProtection w:edit="trackedChanges" w:enforcement="true" w:hash="aGFzaA=="/>'
    ),
    "asks for a password to change it": lambda: settings('<w:writeProtection w:hashValue="aGFzaA=="/>'),
    "has a digital signature": lambda: with_parts({"s": b""}, (SIGNED, "s"), of="_rels/.rels"),
    "has 1 tracked change that nobody has accepted or rejected": insertion,
}


@pytest.mark.parametrize("what", REFUSED)
def test_status_tells_what_regenerate_refuses(what: str, tmp_path: Path) -> None:
    content = REFUSED[what]()
    with pytest.raises(JdgenError) as raised:
        renewed(content)
    document_status = status(tmp_path, content)
    assert [problem.what.startswith(what) for problem in raised.value.problems] == [True]
    assert [(problem.what, problem.right) for problem in document_status.problems] == [
        (problem.what, problem.right) for problem in raised.value.problems
    ]
    assert document_status.states == (State.PRINTS_OTHERWISE,)
    # Where there is nothing to change, there is nothing to refuse.
    today = status_of(tmp_path / "own.docx", materials())
    assert (today.states, today.problems) == ((State.UP_TO_DATE,), ())


@pytest.mark.parametrize(
    "xml",
    [
        '<w:documentProtection w:edit="readOnly" w:enforcement="0"/>',
        '<w:documentProtection w:formatting="1" w:enforcement="1"/>',
        '<w:writeProtection w:recommended="1"/>',
    ],
)
def test_protection_under_which_changes_can_be_settled_hinders_nothing(xml: str, tmp_path: Path) -> None:
    assert renewed(settings(xml)).outcome is RegenerationOutcome.REDLINED
    assert status(tmp_path, settings(xml)).problems == ()


def test_all_reasons_are_told_at_once() -> None:
    both = change_part(
        insertion(),
        SETTINGS,
        lambda part: part.replace(
            b"</w:settings>", b'<w:documentProtection w:edit="forms" w:enforcement="1"/></w:settings>'
        ),
    )
    with pytest.raises(JdgenError) as raised:
        renewed(both)
    assert len(raised.value.problems) == 2
