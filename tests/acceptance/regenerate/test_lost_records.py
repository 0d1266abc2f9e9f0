"""Every command knows a document that came back without its record, by way of .odt or stripped of everything."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from jdgen.record.reading import Handling, RecordOrigin, read_record
from jdgen.revision.redline.settling import accept_all
from jdgen.word.opening import unpack
from tests.toolbox import documents as making
from tests.toolbox.commands import Run
from tests.toolbox.documents import texts_of
from tests.toolbox.examples import post_file
from tests.toolbox.losing import converted, stripped
from tests.toolbox.word import body_replaced, parts_of, with_part, word_file, zipped

EDIT = ("Establish the project processes", "Establish our project processes")
BLOCK = "pmo.risks-issues.8a-8b.1"
BY_COPY = "by the workspace's copy"


@functools.cache
def there_and_back(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "made.docx"
        path.write_bytes(content)
        return converted(converted(path, "odt", Path(name)), "docx", Path(name) / "back").read_bytes()


def through_odt(path: Path) -> bytes:
    return there_and_back(path.read_bytes())


def through_odt_and_stripped(path: Path) -> bytes:
    return stripped(through_odt(path))


def stripped_of_all(path: Path) -> bytes:
    return stripped(path.read_bytes())


libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
WAYS = [
    pytest.param(through_odt, marks=libreoffice),
    pytest.param(through_odt_and_stripped, marks=libreoffice),
    stripped_of_all,
]


@pytest.fixture
def document(run: Run, folder: Path) -> Path:
    post = str(post_file(making.POST))
    assert run("generate", "--post", post, "--date", "2026-11-24", "--output", "made.docx").exit_code == 0
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    return folder / "made.docx"


@pytest.mark.parametrize("lose", WAYS)
def test_every_command_knows_it_renamed_moved_and_edited(
    run: Run, folder: Path, document: Path, lose: Callable[[Path], bytes]
) -> None:
    before = read_record(unpack(document.read_bytes()))
    lost_content = lose(document)
    assert before is not None
    assert read_record(unpack(lost_content)) is None
    (folder / "else/where").mkdir(parents=True)
    (folder / "else/where/whole.docx").write_bytes(lost_content)
    (folder / "else/where/edited.docx").write_bytes(body_replaced(lost_content, *EDIT))

    result = run("status", "else")
    assert result.exit_code == 0
    assert [line.split("  ")[0] for line in result.stdout.splitlines() if ".docx" in line] == [
        f"edited since, {BY_COPY}",
        f"up to date, {BY_COPY}",
    ]
    stdout = run("show", "else/where/edited.docx").stdout
    assert stdout.startswith("else/where/edited.docx: edited\n")
    assert f"  document    {before.record.document_id}\n  record      in the workspace's copy\n" in stdout
    assert "changed since, or taken out\n  pmo.risks-issues" in stdout
    why = run("why", "else/where/edited.docx", EDIT[0]).stdout
    assert "heading 'Risks & Issues'" in why
    assert "The document has lost its record, which was found in the workspace's copy." in why

    result = run("regenerate", "else", "--framework", "newer.yaml", "--output", "new", "--date", "2026-12-01")
    assert result.exit_code == 0
    assert result.stdout.count("record found in the workspace's copy") == 2
    assert result.stdout.count("1 to decide") == 1
    assert "its record was found in the workspace&#39;s copy" in (folder / "new/report.html").read_text()
    for name, handling in (("whole", Handling.SAVED), ("edited", Handling.EDITED)):
        path = folder / f"new/where/{name}.docx"
        found_record = read_record(unpack(path.read_bytes()))
        assert found_record is not None
        assert found_record.origin is RecordOrigin.DOCUMENT
        assert (found_record.record.document_id, found_record.record.framework_version) == (
            before.record.document_id,
            "2",
        )
        assert read_record(unpack(_accepted(path))) is not None
        texts = texts_of(etree.fromstring(parts_of(_accepted(path))[making.BODY]))
        assert making.NEW_DUTY in texts
        assert found_record.handling in (handling, Handling.EDITED)
    assert run("status", "new", "--framework", "newer.yaml").exit_code == 0


@pytest.mark.parametrize("lose", WAYS)
def test_a_record_is_put_back_and_nothing_else_changes(
    run: Run, folder: Path, document: Path, lose: Callable[[Path], bytes]
) -> None:
    before = read_record(unpack(document.read_bytes()))
    (folder / "lost.docx").write_bytes(lose(document))
    result = run("regenerate", "lost.docx", "--output", "new", "--json")
    assert [(entry["outcome"], entry["record_in"]) for entry in json.loads(result.stdout)] == [
        ("restored", "workspace")
    ]
    back = (folder / "new/lost.docx").read_bytes()
    found_record = read_record(unpack(back))
    assert before is not None
    assert found_record is not None
    assert (found_record.record, found_record.handling) == (before.record, Handling.SAVED)
    lost_parts, parts = parts_of((folder / "lost.docx").read_bytes()), parts_of(back)
    text = [name for name in lost_parts if name.startswith("word/") and not name.endswith(".rels")]
    assert [parts[name] for name in text] == [lost_parts[name] for name in text]
    errors = {}
    for name in ("lost.docx", "new/lost.docx"):
        errors[name] = {str(error) for error in OpenXmlValidator().validate(folder / name).errors}
    assert errors["new/lost.docx"] <= errors["lost.docx"]
    assert run("status", "new").stdout.startswith("up to date  new/lost.docx")


def test_json_says_where_the_record_was(run: Run, folder: Path, document: Path) -> None:
    (folder / "lost.docx").write_bytes(stripped(document.read_bytes()))
    (folder / "other.docx").write_bytes(word_file("Text"))
    entries = json.loads(run("status", "made.docx", "lost.docx", "other.docx", "--json").stdout)
    assert [entry["record_in"] for entry in entries] == ["document", "workspace", None]
    assert json.loads(run("show", "lost.docx", "--json").stdout)["record_in"] == "workspace"
    assert {entry["record_in"] for entry in json.loads(run("why", "lost.docx", "Lead", "--json").stdout)} == {
        "workspace"
    }


def test_what_regenerate_wrote_is_known_by_its_copy_too(run: Run, folder: Path, document: Path) -> None:
    assert run("regenerate", "made.docx", "--framework", "newer.yaml", "--output", "new").exit_code == 0
    (folder / "lost.docx").write_bytes(stripped(_accepted(folder / "new/made.docx")))
    result = run("status", "lost.docx", "--framework", "newer.yaml")
    assert result.stdout.startswith(f"up to date, {BY_COPY}  lost.docx: saved again since, ")


def test_a_document_that_may_be_several_is_of_none_and_the_likeliest_is_named(
    run: Run, folder: Path, document: Path
) -> None:
    content = stripped(
        document.read_bytes(), ("NMAS-PC-0809", "NMAS-PC-0810"), ("Programme office manager", "Office manager")
    )
    (folder / "lost.docx").write_bytes(content)
    for command in (("status", "lost.docx"), ("show", "lost.docx"), ("regenerate", "lost.docx", "--output", "new")):
        result = run(*command)
        assert result.exit_code == 1
        assert "no copy in the workspace is surely its own (most like it is that of jd-" in result.output
        assert "('Programme office manager')" in result.output


@pytest.mark.parametrize("command", [("status",), ("show",), ("why", "Lead"), ("regenerate", "--output", "new")])
def test_a_document_that_borrows_the_id_of_another_gets_nothing_of_it(
    run: Run, folder: Path, document: Path, command: tuple[str, ...]
) -> None:
    """Any job description of the band has a good part of the other's text."""
    other = ("--title", "Programme lead", "--employer", "Elsewhere NHS Trust", "--reference", "EL-1")
    options = ("--specialism", "pmo", "--band", "8a", "--date", "2026-11-24")
    assert run("generate", *options, *other, "--output", "foreign.docx").exit_code == 0
    parts = parts_of((folder / "foreign.docx").read_bytes())
    parts = {name: part for name, part in parts.items() if not name.startswith("customXml/")}
    parts |= {"docProps/custom.xml": parts_of(document.read_bytes())["docProps/custom.xml"]}
    (folder / "foreign.docx").write_bytes(zipped(parts))
    result = run(command[0], "foreign.docx", *command[1:])
    assert result.exit_code == 1
    assert "but has another title, reference, employer, so that it may be another document" in result.output
    assert not any(word in result.output for word in ("North Moorshire", "NMAS", "Programme office manager"))
    assert not (folder / "new/foreign.docx").exists()


@libreoffice
def test_other_formats_are_said_to_be_saved_as_docx(run: Run, folder: Path, document: Path) -> None:
    for kind, problem in (
        ("odt", "is an OpenDocument file (such as .odt): save it as .docx"),
        ("doc", "in Word's old format"),
    ):
        shutil.copy(converted(document, kind, folder / "lo"), folder)
        for command in (("status",), ("show",), ("why",), ("regenerate",)):
            more = {"why": ("Lead",), "regenerate": ("--output", "new")}.get(command[0], ())
            result = run(*command, f"made.{kind}", *more)
            assert result.exit_code == 1
            assert problem in result.output
            assert "save it as .docx" in result.output


def test_properties_of_somebody_s_own_stay_when_the_record_is_put_back(run: Run, folder: Path, document: Path) -> None:
    theirs = b'name="Ours"><vt:lpwstr>x</vt:lpwstr></property></Properties>'
    own_property = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" ' + theirs
    properties = parts_of(document.read_bytes())["docProps/custom.xml"].replace(b"</Properties>", own_property)
    content = with_part(document.read_bytes(), "docProps/custom.xml", properties)
    (folder / "lost.docx").write_bytes(with_part(content, "customXml/item7301.xml", b"<lost/>"))
    assert run("regenerate", "lost.docx", "--output", "new").exit_code == 0
    back = parts_of((folder / "new/lost.docx").read_bytes())
    assert b'name="Ours"' in back["docProps/custom.xml"]
    assert b'name="JDDocId"' in back["docProps/custom.xml"]


def _accepted(path: Path) -> bytes:
    content = path.read_bytes()
    tree = etree.fromstring(parts_of(content)[making.BODY])
    accept_all(tree)
    return with_part(content, making.BODY, etree.tostring(tree))
