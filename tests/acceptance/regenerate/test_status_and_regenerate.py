"""``jdgen status`` and ``jdgen regenerate``: a folder of documents, moved, renamed and edited, brought up to date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from jdgen.revision.redline.settling import accept_all
from tests.toolbox import documents as making
from tests.toolbox.commands import Run
from tests.toolbox.documents import BODY, altered, edit_document, example_document, texts_of
from tests.toolbox.examples import ROOT
from tests.toolbox.word import W, bytes_of, open_document, parts_of, with_part, word_file

EDIT = ("Establish the project processes", "Establish our project processes")


@pytest.fixture
def documents(folder: Path) -> Path:
    """A folder with an untouched document, an edited one deep inside, and the newer framework beside it."""
    (folder / "all/old ones").mkdir(parents=True)
    (folder / "all/moved.docx").write_bytes(example_document())
    (folder / "all/old ones/mine.docx").write_bytes(edit_document(example_document(), EDIT))
    (folder / "all/~$moved.docx").write_bytes(b"open in Word")
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    return folder / "all"


def test_up_to_date_is_zero(run: Run, documents: Path) -> None:
    result = run("status", "all")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "up to date    all/moved.docx",
        "edited since  all/old ones/mine.docx: 1 edited in Word",
        "2 documents: 1 up to date, 1 edited since",
    ]


def test_a_document_to_which_something_was_added_is_not_told_as_if_nobody_had_been_at_it(
    run: Run, documents: Path
) -> None:
    document = open_document(example_document())
    document.add_paragraph("A duty of ours.")
    (documents / "moved.docx").write_bytes(bytes_of(document))
    (line, *_) = run("status", "all").stdout.splitlines()
    assert line == ("up to date    all/moved.docx: saved again since, perhaps with something added or moved")
    assert [entry["saved_since"] for entry in json.loads(run("status", "all", "--json").stdout)] == [True, False]


def test_details_name_what_differs_by_its_heading(run: Run, documents: Path) -> None:
    lines = run("status", "all/old ones", "--framework", "newer.yaml", "--details").stdout.splitlines()
    assert lines[0].startswith("framework newer, edited since  all/old ones/mine.docx: ")
    assert [line.strip() for line in lines[1:-1]] == [
        "reworded: Business cases (heading), Risks & Issues, Framework",
        "withdrawn: Leadership",
        "new: Sustainability (heading), Sustainability, Project Performance & Controls",
        "edited in Word: Risks & Issues",
    ]


def test_where_nothing_is_out_of_date_it_is_said_that_nothing_was_written(run: Run, documents: Path) -> None:
    result = run("regenerate", "all", "--output", "new")
    assert (result.exit_code, result.stderr) == (0, "nothing was written: nothing is out of date\n")
    assert not (documents / "new").exists()


def test_status_says_how_documents_are_brought_up_to_date(run: Run, documents: Path) -> None:
    assert "next: " not in run("status", "all").stderr
    stderr = run("status", "all/old ones", "--framework", "newer.yaml").stderr
    assert "jdgen regenerate 'all/old ones' --framework newer.yaml --output FOLDER\n" in stderr


def test_a_newer_framework_names_its_statements(run: Run, documents: Path) -> None:
    result = run("status", "all", "--framework", "newer.yaml", "--json")
    assert result.exit_code == 1
    moved_document, mine = json.loads(result.stdout)
    assert moved_document["states"] == ["framework newer"]
    assert mine["states"] == ["framework newer", "edited since"]
    assert moved_document["differences"] == {
        "reworded": ["business-case.title", "pmo.risks-issues.8a-8b.1", "framework"],
        "withdrawn": ["pmo.leadership.8a-8d.3"],
        "new": ["sustainability.title", "pmo.sustainability.6-8d.1", "pmo.performance-controls.8a-8d.1"],
        "moved": [],
        "edition": True,
    }
    assert mine["edited"] == ["pmo.risks-issues.8a-8b.1"]


def test_what_is_wrong_for_every_document_is_said_once(run: Run, documents: Path) -> None:
    criteria = documents.parent / "framework_data/criteria/nhs-pccf-pmo.yaml"
    criteria.parent.mkdir(parents=True)
    criteria.write_text("zzz: 1\n", encoding="utf-8")
    result = run("status", "all")
    assert result.exit_code == 1
    lines = [line for line in result.stdout.splitlines() if "nhs-pccf-pmo.yaml:" in line]
    assert lines
    assert len(lines) == len(set(lines))
    assert all(line.startswith("of 2 documents: ") for line in lines)
    result = run("regenerate", "all", "--output", "new")
    assert result.exit_code == 1
    assert result.stderr.count("nhs-pccf-pmo.yaml:") == len(lines)
    assert result.stdout.count("not brought up to date") == 2


def test_documents_of_another_framework_are_held_against_their_own(run: Run, documents: Path) -> None:
    other = making.newer_framework_text().replace("id: nhs-pccf\n", "id: example-framework\n", 1)
    (documents.parent / "other.yaml").write_text(other, encoding="utf-8")
    result = run("status", "all", "--framework", "other.yaml")
    assert result.stdout.splitlines()[-1] == "2 documents: 1 up to date, 1 edited since"


def test_a_newer_template_and_what_is_no_document_are_told(run: Run, documents: Path) -> None:
    (documents / "other.docx").write_bytes(word_file("Text"))
    (documents / "broken.docx").write_bytes(b"PK\x03\x04")
    template = documents.parent / "templates/job-description.docx"
    template.parent.mkdir()
    template.write_bytes(with_part(ROOT.joinpath("templates/job-description.docx").read_bytes(), "x.xml", b"<x/>"))
    result = run("status", "all")
    assert result.exit_code == 1
    states = [line.split("  ")[0] for line in result.stdout.splitlines() if line[0] != " "][:-1]
    assert states == ["cannot be told", "template newer", "template newer, edited since", "no record"]


def test_moves_are_named_by_status_and_regenerate_and_in_the_report(run: Run, documents: Path) -> None:
    (documents.parent / "newer.yaml").write_text(making.rearranged_framework_text(), encoding="utf-8")
    (documents / "old ones/mine.docx").write_bytes(
        edit_document(example_document(), (making.MOVED, "Assure the manager"))
    )
    result = run("status", "all/moved.docx", "--framework", "newer.yaml", "--details")
    assert "moved: Budgets (heading), Budgets, Governance & Assurance\n" in result.stdout
    result = run(*REGENERATE)
    assert "3 moved)" in result.stdout
    assert "1 to decide)" in result.stdout
    stays = "kept where it stands, though the framework has it elsewhere (first under 'Governance & Assurance')"
    assert stays in html.parse(documents.parent / "new/report.html").xpath("string(//main)")
    _, mine = json.loads(run(*REGENERATE, "--overwrite", "--json").stdout)
    actions = {decision["id"]: (decision["action"], decision["belongs"]) for decision in mine["decisions"]}
    assert actions["budget.title"] == ("move", "after 'Build strong networks both internally and externally.'")
    assert actions["pmo.governance-assurance.8a-8b.1"] == ("stay", "first under 'Governance & Assurance'")


def test_a_framework_of_which_only_the_edition_is_new_is_newer_until_the_document_says_so(
    run: Run, documents: Path
) -> None:
    (documents.parent / "newer.yaml").write_text(making.newer_edition_text(), encoding="utf-8")
    result = run("status", "all", "--framework", "newer.yaml")
    assert result.exit_code == 1
    assert result.stdout.count("framework newer") == 3
    assert result.stdout.count(": 1 reworded") == 2
    entries = json.loads(run(*REGENERATE, "--json").stdout)
    for entry in entries:
        (decision,) = [each for each in entry["decisions"] if each["action"] != "keep"]
        assert (entry["outcome"], decision["action"]) == ("redlined", "reword")
        assert "edition: 2" in decision["new"]
        assert decision["base"] == decision["theirs"]
    assert run("status", "new", "--framework", "newer.yaml").exit_code == 0
    again = run("regenerate", "new", "--framework", "newer.yaml", "--output", "third")
    assert again.stdout.count("up to date") == 2


def test_a_document_without_a_line_for_the_edition_has_it_in_its_record(run: Run, documents: Path) -> None:
    def take_out(tree: Any) -> None:
        line = next(paragraph for paragraph in tree.iter(f"{W}p") if "edition: " in making.text_of(paragraph))
        line.getparent().remove(line)

    (documents / "moved.docx").write_bytes(altered(example_document(), take_out))
    (documents.parent / "newer.yaml").write_text(making.newer_edition_text(), encoding="utf-8")
    result = run(*REGENERATE)
    assert "all/moved.docx: none of its text changes; its record names the framework of today" in result.stdout
    before, after = (parts_of((documents.parent / name).read_bytes()) for name in ("all/moved.docx", "new/moved.docx"))
    assert before[BODY] == after[BODY]
    assert "nhs-pccf, 2" in run("show", "new/moved.docx").stdout
    assert "up to date" in run("regenerate", "new/moved.docx", "--framework", "newer.yaml", "--output", "third").stdout


def test_what_cannot_be_told_says_why(run: Run, documents: Path) -> None:
    item = parts_of(example_document())["customXml/item7301.xml"].replace(b'"specialism":"pmo"', b'"specialism":"pm"')
    (documents / "moved.docx").write_bytes(with_part(example_document(), "customXml/item7301.xml", item))
    result = run("status", "all/moved.docx")
    assert result.exit_code == 1
    assert result.stdout.startswith("cannot be told")
    assert "unknown specialism 'pm'" in result.stdout
    assert "no such file or folder" in run("status", "nowhere").stderr


REGENERATE = ("regenerate", "all", "--framework", "newer.yaml", "--date", "2026-12-01", "--output", "new")


def test_a_folder_is_written_anew_elsewhere_and_stays_as_it_is(run: Run, documents: Path) -> None:
    before = {path: path.read_bytes() for path in documents.rglob("*.docx")}
    result = run(*REGENERATE)
    assert result.exit_code == 0, result.output
    assert {path: path.read_bytes() for path in documents.rglob("*.docx")} == before
    mine = documents.parent / "new/old ones/mine.docx"
    assert "mine.docx: changed, as tracked changes (2 reworded, 3 inserted, 1 deleted, 1 to decide) ->" in result.stdout
    assert "next: open new/report.html" in result.stderr
    tree = etree.fromstring(parts_of(mine.read_bytes())[BODY])
    accept_all(tree)
    texts = texts_of(tree)
    assert making.NEW_DUTY in texts
    assert any(text.startswith(EDIT[1]) for text in texts)
    assert run("status", "new", "--framework", "newer.yaml").exit_code == 0
    again = run("regenerate", "new", "--framework", "newer.yaml", "--output", "third")
    assert again.stdout.count("up to date") == 2
    assert not (documents.parent / "third").exists()


def test_the_stamp_is_what_was_asked_for(run: Run, documents: Path) -> None:
    assert run(*REGENERATE, "--author", "Workforce & OD", "--conflicts", "track").exit_code == 0
    tree = etree.fromstring(parts_of((documents.parent / "new/old ones/mine.docx").read_bytes())[BODY])
    marks = list(tree.iter(f"{W}ins", f"{W}del"))
    assert {mark.get(f"{W}author") for mark in marks} == {"Workforce & OD"}
    assert {mark.get(f"{W}date") for mark in marks} == {
        "2026-12-01T00:00:00Z",
        "2026-12-01T00:02:00Z",  # whole paragraphs: marks.py says why
    }
    assert any(EDIT[1].split()[1] in "".join(map(str, mark.itertext())) for mark in tree.iter(f"{W}del"))


def test_nothing_is_replaced_unasked(run: Run, documents: Path) -> None:
    assert run(*REGENERATE).exit_code == 0
    result = run(*REGENERATE, "--author", "somebody else")
    assert result.exit_code == 1
    assert result.stderr.count("exists already") == 2
    result = run(*REGENERATE[:-1], "all")
    assert result.exit_code == 1
    assert result.stderr.count("is the document itself") == 2
    assert (documents / "moved.docx").read_bytes() == example_document()
    open_in_word = run(*REGENERATE[:-1], "all", "--overwrite")
    assert open_in_word.exit_code == 1
    assert "all/moved.docx: is open in another program" in open_in_word.stderr
    (documents / "~$moved.docx").unlink()
    assert run(*REGENERATE[:-1], "all", "--overwrite").exit_code == 0
    assert (documents / "moved.docx").read_bytes() != example_document()


def test_what_an_earlier_run_wrote_into_the_folder_is_not_taken_for_a_document(run: Run, documents: Path) -> None:
    for _ in range(2):
        entries = json.loads(run(*REGENERATE[:-1], "all/new", "--overwrite", "--json").stdout)
        assert [entry["path"] for entry in entries] == ["all/moved.docx", "all/old ones/mine.docx"]


def test_one_bad_file_does_not_stop_the_others(run: Run, documents: Path) -> None:
    (documents / "other.docx").write_bytes(word_file("Text"))
    result = run(*REGENERATE, "--json")
    assert result.exit_code == 1
    moved_document, mine, other = json.loads(result.stdout)
    assert (moved_document["outcome"], mine["outcome"], other["outcome"]) == ("redlined", "redlined", None)
    assert "has no record" in other["problems"][0]
    assert moved_document["framework_version"] == {"old": "transcribed 24 November 2026", "new": "2"}
    assert {decision["action"] for decision in mine["decisions"]} == {"reword", "offer", "delete", "insert"}


def test_two_files_that_would_be_one_are_refused_before_anything_is_written(run: Run, documents: Path) -> None:
    result = run("regenerate", "all", "all/moved.docx", "all/old ones", "--output", "new")
    assert result.exit_code == 0  # the same file named twice is one file
    (documents.parent / "other").mkdir()
    (documents.parent / "other/Moved.docx").write_bytes(example_document())
    result = run("regenerate", "all", "other", "--output", "new")
    assert result.exit_code == 1
    assert result.stderr.count("as another would") == 2


def test_another_template_leaves_a_list_of_what_is_to_be_carried_over(run: Run, documents: Path) -> None:
    template = str(ROOT / "templates/role-profile.docx")
    result = run("regenerate", "all/old ones", "--template", template, "--output", "new")
    assert result.exit_code == 0, result.output
    assert "(1 to carry over)" in result.stdout
    rest = open_document((documents.parent / "new/mine-unplaced.docx").read_bytes())
    assert any(paragraph.text.startswith(EDIT[1]) for paragraph in rest.paragraphs)
    assert any(paragraph.text.startswith(f"(It was printed as: {EDIT[0]}") for paragraph in rest.paragraphs)


def test_clean_is_a_fresh_document(run: Run, documents: Path) -> None:
    result = run(*REGENERATE, "--clean")
    assert "all/moved.docx: made anew" in result.stdout
    assert "all/old ones/mine.docx: changed" in result.stdout
    result = run("show", "new/moved.docx")
    assert "as jdgen wrote it" in result.stdout
    assert "nhs-pccf, 2" in result.stdout


def test_the_post_s_own_order_of_duties_outlives_a_release_and_an_edit(run: Run, documents: Path) -> None:
    """The order names a duty that the release withdraws; the others keep their places, with the manager's words."""
    order = ("pmo.risks-issues.8a-8b.2", "pmo.risks-issues.8a-8b.1", "pmo.leadership.8a-8d.3", "pmo.leadership.8a-8d.1")
    duties = f"duties:\n  order: [{', '.join(order)}]\n"
    Path("post.yaml").write_text(f"title: PMO manager\nspecialism: pmo\nband: 8a\n{duties}", encoding="utf-8")
    assert run("generate", "--post", "post.yaml", "--output", "ordered").exit_code == 0
    (path,) = Path("ordered").glob("*.docx")
    path.write_bytes(edit_document(path.read_bytes(), EDIT))
    risks = ["Provide assurance to the project", "Establish our project processes "]
    assert _under("Risks & Issues", path) == risks
    assert _under("Leadership", path)[-1] == "Provide visible and effective le"
    assert "edited since" in run("status", "ordered").stdout
    result = run("regenerate", "ordered", "--framework", "newer.yaml", "--output", "new")
    assert result.exit_code == 0, result.output
    assert "1 moved" in result.stdout
    assert _under("Risks & Issues", "new" / path.relative_to("ordered")) == risks
    leadership = ["Provide visible and effective le", "Lead the PMO, develop clear visi"]
    assert _under("Leadership", "new" / path.relative_to("ordered")) == leadership


def _under(heading: str, path: Path) -> list[str]:
    """How each of the first two duties under ``heading`` begins, once every change is accepted."""
    tree = etree.fromstring(parts_of(path.read_bytes())[BODY])
    accept_all(tree)
    texts = texts_of(tree)
    at = texts.index(heading) + 1
    # Under Leadership there are three before the release, and two after it.
    duties = texts[at : at + 3] if heading == "Leadership" else texts[at : at + 2]
    return [text[:32] for text in duties if text not in ("Business Case", "Business cases")]
