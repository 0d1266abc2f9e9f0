"""Documents that jdgen made before its modules moved are read, known, told of and brought up to date as they were.

They are in ``workspace/documents``; the README beside this says how each was made.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.kept.conftest import Keep
from tests.acceptance.kept.projection import document_text
from tests.acceptance.kept.running import WORKSPACE, Workplace

FOLDER = Path(__file__).parent
DOCUMENTS = sorted(path.stem for path in (WORKSPACE / "documents").glob("*.docx"))
#: Those that somebody changed, in LibreOffice or by tracked changes. All others are as jdgen or LibreOffice saved them.
STATES_OF_EDITED = {
    "edited": "edited since",
    "by-odt": "edited since",
    "tracked": "edited since",
    "redlined": "framework newer",
}
#: Words that every document of its kind prints.
WORDS = {"person-specification": "Experience"}
#: Documents of which every block of the record is held, as ``show --json`` tells it.
WHOLE = ("band-7-project-risk-specialist.role-profile", "saved", "by-odt")
#: How documents are brought up to date, and which: a folder name, options, documents.
RENEWED = {
    "redline": (
        "--framework frameworks/newer.yaml",
        (
            *("band-8a-programme-office-manager", "band-8d-associate-director-portfolio-office.person-specification"),
            *("content-controls", "text-boxes", "with-picture", "edited", "by-odt", "saved"),
        ),
    ),
    "clean": ("--framework frameworks/newer.yaml --clean", ("band-6-portfolio-analyst", "edited")),
    "tracked-conflicts": ("--framework frameworks/newer.yaml --conflicts track", ("edited",)),
    "edition": ("--framework frameworks/newer-edition.yaml", ("band-8c-head-of-portfolio-office",)),
    "accepted": ("--framework frameworks/newer.yaml --accept-pending", ("tracked", "redlined")),
    "other-template": ("--template our-jd", ("band-8b-programme-assurance-specialist",)),
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_is_told_of_as_it_was(document: str, workplace: Workplace, keep: Keep) -> None:
    path = f"documents/{document}.docx"
    words = WORDS.get(document.rpartition(".")[2], "leadership")
    lines = [f"status {path}", f"show {path}", f"why {path} '{words}'"]
    keep(FOLDER / "told" / f"{document}.txt", "\n".join(map(workplace.transcript, lines)))


def test_a_document_that_nobody_edited_is_up_to_date(workplace: Workplace) -> None:
    untouched = [f"documents/{name}.docx" for name in DOCUMENTS if name not in STATES_OF_EDITED]
    result = workplace.run(f"status --json {' '.join(untouched)}")
    assert result.exit_code == 0, result.output
    assert {entry["path"]: entry["states"] for entry in json.loads(result.stdout)} == {
        path: ["up to date"] for path in untouched
    }


def test_a_document_that_somebody_edited_is_known_as_such(workplace: Workplace) -> None:
    result = workplace.run(f"status --json {' '.join(f'documents/{name}.docx' for name in STATES_OF_EDITED)}")
    entries = {Path(entry["path"]).stem: entry for entry in json.loads(result.stdout)}
    assert {name: entry["states"][0] for name, entry in entries.items()} == STATES_OF_EDITED
    assert entries["by-odt"]["record_in"] == "workspace"
    assert entries["edited"]["record_in"] != "workspace"


@pytest.mark.parametrize("document", WHOLE)
def test_the_whole_record_is_told(document: str, workplace: Workplace, keep: Keep) -> None:
    keep(FOLDER / "records" / f"{document}.txt", workplace.transcript(f"show --json documents/{document}.docx"))


@pytest.mark.parametrize("way", RENEWED)
def test_a_document_is_brought_up_to_date_with_the_same_text(way: str, workplace: Workplace, keep: Keep) -> None:
    options, documents = RENEWED[way]
    places = " ".join(f"documents/{name}.docx" for name in documents)
    line = f"regenerate {places} {options} --date 2026-12-01 --output renewed"
    keep(FOLDER / "renewed" / f"{way}.txt", workplace.transcript(line))
    for name in documents:
        path = Path(f"renewed/{name}.docx")
        text = document_text(path.read_bytes()) if path.is_file() else "not written\n"
        keep(FOLDER / "renewed" / way / f"{name}.txt", text)


def test_nothing_is_kept_without_its_test() -> None:
    assert {path.stem for path in (FOLDER / "told").glob("*.txt")} == set(DOCUMENTS)
    assert {path.stem for path in (FOLDER / "records").glob("*.txt")} == set(WHOLE)
    renewed = {f"{way}/{document}" for way, (_, documents) in RENEWED.items() for document in documents}
    assert {f"{path.parent.name}/{path.stem}" for path in (FOLDER / "renewed").glob("*/*.txt")} == renewed
