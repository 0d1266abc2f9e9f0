"""The six invented frameworks in published shapes, from the first release to the second: a batch of documents, a change
in the publication, and each document told and brought up to date, with what somebody wrote in it since."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
import pytest

from tests.acceptance.framework.test_published_shapes import FRAMEWORKS, SHAPES, workbook
from tests.importing.published import add_table
from tests.toolbox.commands import Run

#: What somebody adds to a document between the two releases.
OWN_SENTENCE = "Written by a manager of the invented trust."


class Shape(NamedTuple):
    """A publication: its files, how they come to be, the options of its import, the words that its second release
    changes, and a specialism with the levels of the posts (``band`` for those by bands), some of which say these."""

    files: tuple[str, ...]
    options: tuple[str, ...]
    words: tuple[str, str]
    specialism: str
    level: str
    others: tuple[str, ...]


def _puppets(folder: Path) -> None:
    document = docx.Document()
    document.add_heading("Invented puppet therapist", 1)
    document.add_paragraph("An invented puppet therapist mends puppets that nobody has made.")
    rows = [("Mending", "Glues an arm.", "Glues a head.", "Decides what is glued.")]
    add_table(document, ("Capability", "Band 5", "Band 6", "Band 7"), *rows)
    document.save(str(folder / "puppets.docx"))


def _copies(*names: str) -> Callable[[Path], object]:
    return lambda folder: [shutil.copy(SHAPES / name, folder) for name in names]


LAMPS = ("invented-lamp-roles.csv", "invented-lamp-skills.csv", "invented-lamp-roles.layout.toml")
ROWS = ("--specialism", "Invented puppet therapist")
MAKERS: dict[str, tuple[Callable[[Path], object], Shape]] = {
    "skills in two files": (
        _copies(*LAMPS),
        Shape(
            LAMPS[:2], ("--layout", LAMPS[2]), ("Lamp modelling", "Lamp design"), "invented-lamp-analyst", "Senior", ()
        ),
    ),
    "Markdown": (
        _copies("invented-engine-progression.md"),
        Shape(
            ("invented-engine-progression.md",),
            ("--levels", "E1, E2, E3"),
            ("Plans a feature", "Plans two features"),
            "invented-engine-builder",
            "E2",
            ("E1",),
        ),
    ),
    "workbook": (
        workbook,
        Shape(
            ("flyers.xlsx",),
            ("--levels", "Foundation, Practitioner, Leader"),
            ("Folds many.", "Folds many at once."),
            "invented-paper-flyer",
            "Practitioner",
            ("Leader",),
        ),
    ),
    "Word": (
        _puppets,
        Shape(("puppets.docx",), ROWS, ("Glues a head.", "Glues two heads."), "invented-puppet-therapist", "6", ("7",)),
    ),
    "no levels": (
        _copies("invented-tea-competencies.csv"),
        Shape(
            ("invented-tea-competencies.csv",),
            ("--levels", "none", "--specialism", "Invented tea person"),
            ("Carries a full tray without spilling.", "Carries two full trays without spilling."),
            "invented-tea-person",
            "",
            (),
        ),
    ),
    "as the shipped one": (
        _copies("invented-programme-manager.txt"),
        Shape(
            ("invented-programme-manager.txt",),
            (),
            ("Holds a budget.", "Holds two budgets."),
            "invented-programme-manager",
            "8b",
            (),
        ),
    ),
}


def _change(path: Path, old: str, new: str) -> None:
    """Replace words in a publication, as its publisher would."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for cell in (cell for row in book.active.iter_rows() for cell in row if cell.value == old):
            cell.value = new
        book.save(path)
    elif path.suffix == ".docx":
        document = docx.Document(str(path))
        for cell in (cell for table in document.tables for row in table.rows for cell in row.cells):
            if cell.text == old:
                cell.text = new
        document.save(str(path))
    else:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def _import(run: Run, shape: Shape, version: str, *more: str) -> None:
    out = f"{FRAMEWORKS}/invented-{version}.yaml"
    options = ("--id", "invented", "--version", version, "--output", out, *shape.options, *more)
    result = run("framework", "import", *shape.files, *options)
    assert result.exit_code == 0, result.stderr


def _sheet(shape: Shape) -> str:
    is_banded = shape.level[:1].isdigit()
    rows = ["Job title,Specialism,Band,Level"]
    for number, level in enumerate((shape.level, *shape.others)):
        band, of_framework = (level, "") if is_banded else ("6", level)
        rows.append(f"Post {number},{shape.specialism},{band},{of_framework}")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("name", MAKERS)
def test_a_second_release_reaches_the_documents_that_print_what_it_changes(run: Run, folder: Path, name: str) -> None:
    make, shape = MAKERS[name]
    make(folder)
    old, new = shape.words
    _import(run, shape, "1")
    Path("posts.csv").write_text(_sheet(shape), encoding="utf-8")
    result = run("batch", "posts.csv", "--output", "docs", "--template", "role-profile")
    assert result.exit_code == 0, result.stderr
    documents = {number: next(Path("docs").glob(f"*Post {number}*.docx")) for number in range(1 + len(shape.others))}
    assert old in _words(documents[0])
    assert all(old not in _words(documents[number]) for number in documents if number)
    document = docx.Document(str(documents[0]))
    document.add_paragraph(OWN_SENTENCE)
    document.save(str(documents[0]))
    for file in shape.files:
        _change(Path(file), old, new)  # under its own name, as publishers do
    _import(run, shape, "2")
    if "supersedes" not in Path(f"{FRAMEWORKS}/invented-2.yaml").read_text(encoding="utf-8"):
        raise AssertionError("the second version says which it follows")
    result = run("status", "docs")
    assert "framework newer" in result.stdout
    result = run("regenerate", "docs", "--output", "new")
    assert result.exit_code == 0, result.stderr
    redline = docx.Document(str(Path("new") / documents[0].name))
    paragraphs = [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in redline.element.iter(f"{W}p")
    ]
    assert any(new in paragraph for paragraph in paragraphs)  # struck words are in elements of another name
    assert OWN_SENTENCE in [paragraph.text for paragraph in redline.paragraphs]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _words(path: Path) -> str:
    return "\n".join(text.text or "" for text in docx.Document(str(path)).element.iter(f"{W}t"))
