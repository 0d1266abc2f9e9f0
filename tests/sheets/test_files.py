from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jdgen.errors import JdgenError
from jdgen.post.reading import post_of
from jdgen.sheets import reading
from jdgen.sheets import xlsx_file as package
from jdgen.sheets import xlsx_file as workbook_reader
from tests.sheets.conftest import HEADINGS, ROW, Make, problems_of_table
from tests.sheets.tables import read_posts

CSV = "Job title;Specialism;Band;Base;Decisions\r\n"
EXAMPLES = Path(__file__).parents[2] / "examples" / "posts"


def _write(folder: Path, content: str | bytes, name: str = "posts.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_however_encoded_and_divided(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = ["A list", "", "Job title~Specialism~Band~Base", '"Café – ""lead"""~pmo~6~"Leeds~', 'York"', "B~pmo~x~", ""]
    text = "\r\n".join(lines).replace("~", delimiter)
    table = read_posts(_write(tmp_path, text.encode(encoding)), "posts.csv")
    assert table.rows[0].entries.values["title"] == 'Café – "lead"'
    assert table.rows[0].entries.values["base"] == " ".join(f"Leeds{delimiter} York".split())
    assert table.rows[0].entries.places["base"] == "posts.csv:4 (column D)"
    assert [where.partition(": ")[0] for where in problems_of_table(table)] == ["posts.csv:6 (column C)"]


def test_csv_with_separator_line_and_guarded_text(tmp_path: Path) -> None:
    path = _write(tmp_path, f'sep=;\r\n{CSV}="007";pmo;6;\'=SUM;"- a\n- b"\r\n')
    values = read_posts(path).rows[0].entries.values
    assert (values["title"], values["base"], values["decisions"]) == ("007", "=SUM", ["a", "b"])


def test_csv_that_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(JdgenError, match=r"posts.csv:2: a quotation mark is missing"):
        read_posts(_write(tmp_path, f'{CSV}A;pmo;6;"Leeds\r\nB;pmo;6;York\r\n'), "posts.csv")
    with pytest.raises(JdgenError, match=r"posts.csv:2: is no text that can be read"):
        read_posts(_write(tmp_path, CSV.encode() + b"\x81\xff;pmo;6\r\n"), "posts.csv")
    problems = problems_of_table(
        read_posts(_write(tmp_path, CSV + "A;pmo;6;L\x07\r\n" + "B;pmo;6;" + "x" * 32_768), "posts.csv")
    )
    assert problems == [
        "posts.csv:2 (column D): Base: control character U+0007: delete it, or type the text anew",
        "posts.csv:3 (column D): Base: holds 32,768 characters: shorten it to at most 32,767",
    ]


def test_a_key_above_the_list_of_posts_is_told_with_the_line_to_delete(tmp_path: Path) -> None:
    (tmp_path / "posts.yaml").write_text("# Ours\nposts:\n- title: PMO lead\n  specialism: pmo\n  band: 7\n")
    with pytest.raises(JdgenError, match=r"posts\.yaml:2: 'posts' stands above the list of posts: delete this line"):
        read_posts(tmp_path / "posts.yaml")


def test_yaml_of_one_post_and_of_several(tmp_path: Path) -> None:
    files = sorted(EXAMPLES.glob("*.yaml"))
    for path in files:
        table = read_posts(path)
        assert problems_of_table(table) == []
        assert table.headings == ()
    text = "- title: A\n  specialism: pmo\n  band: 6\n- titel: B\n  band: '8'\n-\n"
    text += "- title: C\n  specialism: pmo\n  band: 8\n"
    table = read_posts(_write(tmp_path, text, "posts.yaml"), "posts.yaml")
    assert str(post_of(table.rows[0].entries).band) == "6"
    assert table.rows[0].label == "posts.yaml:1"
    assert [where.split(": ")[:2] for where in problems_of_table(table)] == [
        ["posts.yaml:4", "unknown key 'titel'"],
        ["posts.yaml:4", "'title' is missing"],
        ["posts.yaml:4", "'specialism' is missing"],
        ["posts.yaml:5", "band 8 is divided into 8a, 8b, 8c and 8d"],
        ["posts.yaml:6", "is empty"],
        ["posts.yaml:9", "band 8 is divided into 8a, 8b, 8c and 8d"],
    ]


def test_a_file_without_posts(workbook: Make, tmp_path: Path) -> None:
    with pytest.raises(JdgenError, match="holds no post"):
        read_posts(workbook(HEADINGS, []))
    with pytest.raises(JdgenError, match="cannot be read"):
        read_posts(tmp_path / "none.xlsx")
    with pytest.raises(JdgenError, match=r"'.pdf' is no kind of file"):
        read_posts(_write(tmp_path, b"%PDF", "posts.pdf"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0 old", r"old format \(.xls\)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (b"PK\x03\x04 not a zip", "is not a workbook"),
        (b"Job title,Band", "is not a workbook"),
    ],
)
def test_files_that_are_no_workbook(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(JdgenError, match=what):
        read_posts(_write(tmp_path, content, "posts.xlsx"))


def _change_part(path: Path, part: str, content: bytes) -> Path:
    """The workbook with ``part`` in place of the one it has, or as one more."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | {part: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part_content in parts.items():
            archive.writestr(name, part_content)
    return path


def test_harmful_and_damaged_workbooks(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
    for content in (entity, entity.decode().encode("utf-16")):
        with pytest.raises(JdgenError, match="declares a document type"):
            read_posts(_change_part(workbook(HEADINGS, ROW), sheet, content))
    with pytest.raises(JdgenError, match="cannot be read as a workbook"):
        read_posts(_change_part(workbook(HEADINGS, ROW), sheet, b"<worksheet><sheetData><row>"))
    with pytest.raises(JdgenError, match=r"\(.xlsb\)"):
        read_posts(_change_part(workbook(HEADINGS, ROW), "xl/workbook.bin", b""))
    picture = random.Random(1).randbytes(15_000) * 2_100
    with pytest.raises(JdgenError, match="too large a workbook"):
        read_posts(_change_part(workbook(HEADINGS, ROW), "xl/media/a.bin", picture))
    with pytest.raises(JdgenError, match=r"unpacks to more than 500 times its size in xl/media/a.bin"):
        read_posts(_change_part(workbook(HEADINGS, ROW), "xl/media/a.bin", bytes(30 * 2**20)))
    with pytest.raises(JdgenError, match="too large a workbook"):
        read_posts(_change_part(workbook(HEADINGS, ROW), "xl/worksheets/sheet2.xml", bytes(201 * 2**20)))
    monkeypatch.setattr(reading, "MAX_FILE", 1_000)
    with pytest.raises(JdgenError, match="is too large"):
        read_posts(workbook(HEADINGS, ROW))


def test_rows_beyond_bounds(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(HEADINGS, ROW, ROW, ROW)
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    with pytest.raises(JdgenError, match="has too many posts"):
        read_posts(path)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b'r="4"', b'r="99999999999"')
    monkeypatch.setattr(workbook_reader, "_LAST_ROW", 5_000)
    with pytest.raises(JdgenError, match="has more than 5,000 rows"):
        read_posts(_change_part(path, "xl/worksheets/sheet1.xml", far))


def test_too_many_merged_cells(workbook: Make) -> None:
    path = workbook(HEADINGS, ROW, ROW, change=lambda sheet: sheet.merge_cells("A2:A3"))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'"A2:A3"', b'"A2:C900000"')
    with pytest.raises(JdgenError, match="too many merged cells"):
        read_posts(_change_part(path, "xl/worksheets/sheet1.xml", sheet))


def test_a_size_that_the_sheet_claims_wrongly_hides_no_row(workbook: Make) -> None:
    path = workbook(HEADINGS, ROW, ROW)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"A1:C3" in sheet
    assert len(read_posts(_change_part(path, "xl/worksheets/sheet1.xml", sheet.replace(b"A1:C3", b"A1:A1"))).rows) == 2


def test_the_stored_result_of_a_formula_is_read(workbook: Make) -> None:
    path = workbook([*HEADINGS, "Base"], ["=A9", "pmo", 6, "=B9"])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    stored = re.sub(rb'r="A2"><f>A9</f><v ?(?:/>|></v>)', rb'r="A2" t="str"><f>A9</f><v>Lead</v>', sheet)
    stored = re.sub(rb'r="D2"><f>B9</f><v ?(?:/>|></v>)', rb'r="D2" t="str"><f>B9</f><v></v>', stored)
    assert stored.count(b't="str"') == 2
    table = read_posts(_change_part(path, "xl/worksheets/sheet1.xml", stored))
    assert problems_of_table(table) == []
    assert table.rows[0].entries.values["title"] == "Lead"
    assert "base" not in table.rows[0].entries.values


def test_marks_are_found_across_pieces(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(sheet: object) -> None:
        sheet.merge_cells("A2:A3")  # type: ignore[attr-defined]

    content = workbook([*HEADINGS, "Base"], [*ROW, "=1"], ROW, change=change).read_bytes()
    whole = package.look_through(content, "x")
    assert whole["xl/worksheets/sheet1.xml"] == package.PartMarks(("A2:A3",), True)
    monkeypatch.setattr(package, "_CHUNK", 300)
    assert package.look_through(content, "x") == whole
    assert load_workbook(io.BytesIO(content)).sheetnames == ["Posts"]


def test_shared_strings_are_read_exactly(workbook: Make) -> None:
    path = workbook([*HEADINGS, "Base", "Hours"], [*ROW, "BASE", "HOURS"])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        types = archive.read("[Content_Types].xml")
    for index, text in enumerate((b"BASE", b"HOURS")):
        sheet = re.sub(rb't="inlineStr"><is><t>%s</t></is>' % text, rb't="s"><v>%d</v>' % index, sheet)
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<si><r><rPr><b/></rPr><t>Lee</t></r><r><t>ds</t></r><rPh sb="0" eb="1"><t>not text</t></rPh></si>'
        b"<si><t>x005F_ _x005F_x0041_ _x0041_</t></si></sst>"
    )
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    if kind not in types:
        types = types.replace(
            b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
        )
    _change_part(path, "xl/sharedStrings.xml", strings)
    _change_part(path, "[Content_Types].xml", types)
    values = read_posts(_change_part(path, "xl/worksheets/sheet1.xml", sheet)).rows[0].entries.values
    assert (values["base"], values["hours"]) == ("Leeds", "x005F_ _x0041_ A")
