"""``jdgen batch``: a file of posts becomes documents, or every problem of every row is said and nothing is written."""

from __future__ import annotations

import io
import json
import shlex
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from jdgen.batch import batch
from tests.toolbox.commands import Process, Run, files_in
from tests.toolbox.examples import ROOT
from tests.toolbox.posts import csv_file, documents, every_text, row, workbook_file
from tests.toolbox.word import open_document, parts_of, word_file

DATE = ("--date", "2026-11-24")
EXAMPLE = ROOT / "examples/posts.csv"
BAD = (
    row("Sound post"),
    row("Bad band", "9z"),
    row("Unknown category", Role_category="wizard"),
    row("No competence", Role_category="PMO Specialist"),
    row("Unknown duty", Duties_to_omit="no-such-duty: never done here"),
    row(""),
)


def made_of(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in documents(folder).items()}


def errors(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if line.startswith("error: ")]


def test_documents_a_report_and_one_line_come_of_a_csv_file(process: Process, folder: Path) -> None:
    result = process("batch", str(EXAMPLE), *DATE)
    assert result.returncode == 0
    assert result.stdout.startswith("4 documents in ")
    assert result.stdout.endswith(" s: 4 written\n")
    assert result.stderr.startswith(
        "see output/report.html\nsee output/report.xlsx\nnext: open output/report.html, which "
    )
    assert files_in(folder / "output") == [
        "Job description Benefits specialist band 7.docx",
        "Job description Head of portfolio band 8c.docx",
        "Job description Portfolio analyst band 6.docx",
        "Job description Portfolio office manager band 8a.docx",
        "report.html",
        "report.xlsx",
    ]


def test_workbook_csv_and_yaml_give_the_same_documents(run: Run, folder: Path) -> None:
    posts = [row("Étude & <b> analyst", "6", Employer="Zoë's Trust"), row('"Quoted" manager', "8a")]
    csv_file(folder / "a.csv", posts, "utf-8-sig", ";")
    csv_file(folder / "b.csv", posts, "cp1252")
    workbook_file(folder / "c.xlsx", posts)
    (folder / "d.yaml").write_text(
        "- {title: Étude & <b> analyst, specialism: pmo, band: 6, employer: Zoë's Trust}\n"
        "- {title: '\"Quoted\" manager', specialism: pmo, band: 8a}\n",
        encoding="utf-8",
    )
    for name in ("a.csv", "b.csv", "c.xlsx", "d.yaml"):
        assert run("batch", name, *DATE, "--output", f"of {name}").exit_code == 0
    first = made_of(folder / "of a.csv")
    assert len(first) == 2
    assert all(made_of(folder / f"of {name}") == first for name in ("b.csv", "c.xlsx", "d.yaml"))
    assert any("Zoë's Trust" in text for path in documents(folder / "of c.xlsx").values() for text in every_text(path))


def test_every_problem_of_every_row_is_said_with_its_cell_and_nothing_is_written(run: Run, folder: Path) -> None:
    workbook_file(folder / "posts.xlsx", BAD)
    before = files_in(folder)
    result = run("batch", "posts.xlsx", *DATE)
    assert (result.exit_code, result.stdout) == (1, "")
    problems = errors(result.stderr)
    for place, word in (
        ("posts.xlsx!Posts!C3: ", "9z"),
        ("posts.xlsx!Posts!D4: ", "wizard"),
        ("posts.xlsx!Posts!D5: ", "competence"),
        ("posts.xlsx!Posts!A7: ", "Job title is missing"),
    ):
        assert any(place in line and word in line for line in problems), (place, problems)
    assert files_in(folder) == before
    assert not (folder / "output").exists()


def test_a_name_that_nothing_has_is_told_as_it_was_written(run: Run, folder: Path) -> None:
    """Rows of sheets have ids in place of names, of which nobody who wrote a name knows."""
    headings = "Specialism,Framework,Role category,Specialist competences,General statements,Criteria to add"
    rows = (
        *("PMO Wizard,,,,,", "PMO,My Framework,,,,", "PMO,,Chief Wizard,,,", "PMO,,,Magic Arts,,"),
        *("PMO,,,,My Statements,", "PMO,,,,,essential | Wild Life | A | Ran a zoo"),
    )
    lines = (f"{cells},Post {at},7" for at, cells in enumerate(rows))
    Path("posts.csv").write_text("\n".join((f"{headings},Job title,Band", *lines)), encoding="utf-8")
    stderr = run("batch", "posts.csv").stderr
    names = (
        *("specialism 'PMO Wizard'", "framework 'My Framework'", "role category 'Chief Wizard'"),
        *("competence 'Magic Arts'", "set of general statements 'My Statements'", "group 'Wild Life'"),
    )
    assert [name for name in names if f"unknown {name}" not in stderr] == []


def test_a_second_run_tells_the_notes_of_documents_that_stand_unchanged(run: Run, folder: Path) -> None:
    """Its report takes the place of the first one, which told them."""
    rows = [f"PMO manager {number},pmo,{band}\n" for number, band in enumerate(("6", "7", "8a"))]
    Path("posts.csv").write_text("Job title,Specialism,Band\n" + "".join(rows), encoding="utf-8")

    def reported() -> tuple[list[str], list[list[str]]]:
        page = html.fromstring(Path("output/report.html").read_text(encoding="utf-8"))
        notes = page.xpath("//section[@aria-labelledby='notes']//tr")
        documents = page.xpath("//section[@aria-labelledby='documents']//tbody/tr")
        return [note.text_content() for note in notes], [
            [cell.text_content() for cell in row[-3:]] for row in documents
        ]

    assert run("batch", "posts.csv").exit_code == 0
    first = reported()
    assert len(first[0]) > 10
    assert "3 unchanged" in run("batch", "posts.csv").stdout
    assert reported() == first
    # Of a document that somebody has worked on it is not said what is still to do in it.
    edited_path = next(Path("output").glob("*band 7.docx"))
    document = open_document(edited_path.read_bytes())
    document.paragraphs[-1].add_run(" In our words.")
    document.save(str(edited_path))
    assert run("batch", "posts.csv").exit_code == 0
    _, documents = reported()
    assert [row[:2] for row in documents] == [first[1][0][:2], ["", ""], first[1][2][:2]]
    assert "Notes of 1 document that was kept are not listed" in Path("output/report.html").read_text(encoding="utf-8")


def test_keep_going_makes_the_sound_rows_and_a_workbook_that_can_be_mended_and_fed_back(run: Run, folder: Path) -> None:
    workbook_file(folder / "posts.xlsx", BAD)
    result = run("batch", "posts.xlsx", *DATE, "--keep-going")
    assert result.exit_code == 1
    assert len(errors(result.stderr)) == len(set(errors(result.stderr))) >= 4
    assert "6 documents in" in result.stdout
    assert "2 written, 4 failed" in result.stdout
    # A duty that the framework has no more stops no document: a note tells of it.
    sound = ["Job description Sound post band 7.docx", "Job description Unknown duty band 7.docx"]
    assert list(documents(folder / "output")) == sound
    notes = openpyxl.load_workbook(folder / "output/report.xlsx")["Review notes"].iter_rows(values_only=True)
    assert any(note[0] == "To decide" and note[1] == "no-such-duty" for note in notes)
    to_mend = folder / "output/posts to mend.xlsx"
    book = openpyxl.load_workbook(to_mend)
    sheet = book["To mend"]
    head = [cell.value for cell in sheet[1]]
    assert [sheet.cell(line, head.index("Job title") + 1).value or "" for line in range(2, 6)] == [
        post["Job title"] for post in BAD[1:] if post["Job title"] != "Unknown duty"
    ]
    mended = {
        "Bad band": ("Band", "8a"),
        "Unknown category": ("Role category", ""),
        "No competence": ("Role category", ""),
        "": ("Job title", "Named at last"),
    }
    for line in range(2, 6):
        column, text = mended[sheet.cell(line, head.index("Job title") + 1).value or ""]
        sheet.cell(line, head.index(column) + 1).value = text
    book.save(to_mend)
    again = run("batch", str(to_mend), *DATE)
    assert (again.exit_code, len(documents(folder / "output"))) == (0, 6)


def test_what_the_report_says_of_two_readings_settles_them_in_the_sheet(run: Run, folder: Path) -> None:
    def to_decide(**cells: str) -> list[str]:
        workbook_file(folder / "posts.xlsx", [row("One", "7", **cells)])
        assert run("batch", "posts.xlsx", *DATE).exit_code == 0
        notes = openpyxl.load_workbook(folder / "output/report.xlsx")["Review notes"].iter_rows(values_only=True)
        return [str(text) for rank, about, text, *_ in notes if (rank, about) == ("To decide", "Business Case")]

    (note,) = to_decide()
    assert "--reading" not in note  # which is an option for one post, and none of batch
    assert to_decide(Readings=note.partition("in the column Readings: ")[2]) == []


def test_the_command_that_is_told_makes_mended_rows_like_the_others(run: Run, folder: Path) -> None:
    workbook_file(folder / "posts.xlsx", [row("One", "9z"), row("Two", "7")])
    like = (
        "--output",
        "new posts",
        "--template",
        "role-profile",
        "--template",
        "job-description",
        "--employer",
        "A & B",
    )
    alike = (*like, *DATE, "--adapted")
    first = run("batch", "posts.xlsx", "--keep-going", *alike)
    words = shlex.split(first.stderr.partition("then:\n  ")[2].partition("\n")[0])
    assert words[:3] == ["jdgen", "batch", "new posts/posts to mend.xlsx"]
    assert sorted(words[3:]) == sorted(alike)
    book = openpyxl.load_workbook(words[2])
    head = [cell.value for cell in book["To mend"][1]]
    book["To mend"].cell(2, head.index("Band") + 1).value = "8a"
    book.save(words[2])
    assert run(*words[1:]).exit_code == 0
    assert len(documents(folder / "new posts")) == 4


def test_a_workbook_to_mend_that_is_half_mended_loses_no_row(run: Run, folder: Path) -> None:
    # It is read and written in the same place.
    workbook_file(folder / "posts.xlsx", [row("One", "9z"), row("Two", "9z"), row("Three", "9z")])
    run("batch", "posts.xlsx", *DATE, "--keep-going")
    to_mend = folder / "output/posts to mend.xlsx"
    book = openpyxl.load_workbook(to_mend)
    sheet = book["To mend"]
    band = [cell.value for cell in sheet[1]].index("Band") + 1
    sheet.cell(3, band).value = sheet.cell(4, band).value = "7"
    book.save(to_mend)
    again = run("batch", str(to_mend), *DATE, "--keep-going")
    assert "2 written, 1 failed" in again.stdout
    assert list(documents(folder / "output")) == [
        "Job description Three band 7.docx",
        "Job description Two band 7.docx",
    ]
    assert [cell.value for cell in openpyxl.load_workbook(to_mend)["To mend"]["B"]] == ["Job title", "One"]


def test_an_unknown_column_stops_the_batch_even_with_keep_going(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("PMO manager", Departmint="Strategy")])
    result = run("batch", "posts.csv", *DATE, "--keep-going")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "posts.csv:1 (column D): " in result.stderr
    assert "did you mean 'Department'?" in result.stderr
    assert files_in(folder) == ["posts.csv"]


@pytest.mark.parametrize("other", ["PMO manager", "pmo MANAGER"])
def test_two_rows_of_one_file_name_are_an_error_that_names_both(run: Run, folder: Path, other: str) -> None:
    workbook_file(folder / "posts.xlsx", [row("PMO manager"), row("Analyst"), row(other)])
    result = run("batch", "posts.xlsx", *DATE)
    assert result.exit_code == 1
    (problem,) = errors(result.stderr)
    assert problem.startswith("error: posts.xlsx!Posts!4: ")
    assert "as posts.xlsx!Posts!2 " in problem
    assert files_in(folder) == ["posts.xlsx"]


def test_rows_of_one_title_are_told_apart_by_a_pattern(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("PMO manager", Reference="A1"), row("PMO manager", Reference="A2")])
    assert run("batch", "posts.csv", *DATE, "--filename", "{title} {reference}").exit_code == 0
    assert list(documents(folder / "output")) == ["PMO manager A1.docx", "PMO manager A2.docx"]


def test_a_pattern_that_does_not_tell_templates_apart_is_an_error(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("PMO manager")])
    templates = ("--template", "job-description", "--template", "role-profile")
    result = run("batch", "posts.csv", *templates, "--filename", "{title}")
    assert result.exit_code == 1
    assert "would be written to the same file as posts.csv:2" in result.stderr
    assert files_in(folder) == ["posts.csv"]


def test_each_template_makes_a_document_of_each_post(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("One"), row("Two")])
    result = run("batch", "posts.csv", *DATE, "--template", "job-description", "--template", "role-profile")
    assert "4 documents in" in result.stdout
    assert list(documents(folder / "output")) == [
        "Job description One band 7.docx",
        "Job description Two band 7.docx",
        "Role profile One band 7.docx",
        "Role profile Two band 7.docx",
    ]


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("One"), row("Two")])
    result = run("batch", "posts.csv", "--dry-run", "--archive", "all.zip")
    assert result.exit_code == 0
    assert result.stdout.endswith(": 2 would be written\n")
    assert result.stderr.endswith("nothing was written: this was a dry run\n")
    (folder / "all.zip").write_bytes(b"somebody's")
    again = run("batch", "posts.csv", "--dry-run", "--archive", "all.zip")
    assert (again.exit_code, again.stdout.endswith(": 2 would be written\n")) == (0, True)
    assert "warning: all.zip: exists already, and is not as jdgen wrote it" in again.stderr
    assert "--overwrite --discard-edits replaces it" in again.stderr
    (folder / "all.zip").unlink()
    csv_file(folder / "bad.csv", [row("One"), row("Two", "9z")])
    stderr = run("batch", "bad.csv").stderr
    assert "nothing was written: mend these posts first, or make the others with" in stderr
    assert run("batch", "bad.csv", "--dry-run", "--keep-going").exit_code == 1
    assert files_in(folder) == ["bad.csv", "posts.csv"]
    assert not (folder / "output").exists()


def test_json_is_a_line_for_each_document_and_one_for_all(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("Zoë"), row("Bad", "9z")])
    result = run("batch", "posts.csv", *DATE, "--json", "--keep-going")
    *lines, summary = map(json.loads, result.stdout.splitlines())
    by_row = {line["row"]: line for line in lines}
    assert by_row["posts.csv:2"]["path"] == "output/Job description Zoë band 7.docx"
    assert by_row["posts.csv:2"]["outcome"] == "written"
    assert {"rank", "topic", "subject", "text", "fields"} == set(by_row["posts.csv:2"]["notes"][0])
    assert by_row["posts.csv:3"]["problems"][0].startswith("posts.csv:3 (column C): ")
    assert summary["documents"] == 2
    assert summary["counts"] == {"written": 1, "failed": 1}
    assert summary["files"] == ["output/posts to mend.xlsx", "output/report.html", "output/report.xlsx"]


def test_specialism_and_employer_count_for_all_rows_that_say_nothing(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text("Job title,Band,Employer\nOne,7,\nTwo,7,Own Trust\n")
    assert run("batch", "posts.csv", *DATE, "--specialism", "pmo", "--employer", "Common Trust").exit_code == 0
    first, second = documents(folder / "output").values()
    assert any("Common Trust" in text for text in every_text(first))
    assert any("Own Trust" in text for text in every_text(second))
    assert not any("Common Trust" in text for text in every_text(second))


def test_an_option_that_is_wrong_for_all_rows_is_said_once(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text("Job title,Band\nOne,7\nTwo,7\n")
    result = run("batch", "posts.csv", "--specialism", "wizardry")
    assert result.exit_code == 1
    (problem,) = errors(result.stderr)
    assert problem.startswith("error: --specialism: ")


def test_an_archive_is_the_same_bytes_each_time_whatever_the_processes(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "WORTH_IT", 40)
    csv_file(folder / "posts.csv", [row(f"Manager {number}") for number in range(50)])
    for name, jobs in (("a", "1"), ("b", "1"), ("c", "2")):
        assert run("batch", "posts.csv", *DATE, "--archive", f"{name}.zip", "--jobs", jobs).exit_code == 0
    content = (folder / "a.zip").read_bytes()
    assert content == (folder / "b.zip").read_bytes() == (folder / "c.zip").read_bytes()
    assert not documents(folder / "output")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"Job description Manager {number} band 7.docx" for number in range(50)]
        for number in range(0, 50, 7):
            document = open_document(archive.read(archive.namelist()[number]))
            assert document.core_properties.title.startswith(f"Manager {number}: ")


def test_an_archive_is_replaced_only_with_overwrite(run: Run, folder: Path) -> None:
    (folder / "all.zip").write_bytes(b"mine")
    result = run("batch", str(EXAMPLE), *DATE, "--archive", "all.zip")
    assert result.exit_code == 1
    assert "error: all.zip: exists already" in result.stderr
    assert (folder / "all.zip").read_bytes() == b"mine"
    result = run("batch", str(EXAMPLE), *DATE, "--archive", "all.zip", "--overwrite")
    assert result.exit_code == 1
    assert "--overwrite --discard-edits" in result.stderr
    assert (folder / "all.zip").read_bytes() == b"mine"
    both = ("--overwrite", "--discard-edits")
    assert run("batch", str(EXAMPLE), *DATE, "--archive", "all.zip", *both).exit_code == 0
    assert zipfile.is_zipfile(folder / "all.zip")


def test_an_archive_in_place_of_a_folder_is_refused_before_any_work(run: Run, folder: Path) -> None:
    (folder / "all.zip").mkdir()
    result = run("batch", str(EXAMPLE), *DATE, "--archive", "all.zip", "--overwrite")
    assert result.exit_code == 1
    assert "error: all.zip: exists already" in result.stderr
    assert files_in(folder) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.xlsx", None),
        ("empty.csv", b""),
        ("headings.csv", b"Job title,Specialism,Band\n"),
        ("foreign.xlsx", b"PK\x03\x04 no workbook"),
        ("foreign.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("foreign.yaml", b"a: [b\n"),
        ("foreign.pdf", b"%PDF-1.7"),
        ("document.xlsx", word_file("text")),
    ],
)
def test_a_file_that_holds_no_posts_is_refused_in_a_line(
    run: Run, folder: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    result = run("batch", name, *DATE, "--keep-going")
    assert (result.exit_code, result.stdout) == (1, "")
    assert errors(result.stderr) == result.stderr.splitlines()
    assert name in result.stderr
    assert not (folder / "output").exists()


def test_a_folder_in_place_of_the_posts_is_refused(run: Run, folder: Path) -> None:
    (folder / "posts.csv").mkdir()
    result = run("batch", "posts.csv")
    assert result.exit_code == 1
    assert "error: posts.csv: cannot be read (Is a directory)" in result.stderr


def test_an_output_that_is_a_file_is_refused_and_kept(run: Run, folder: Path) -> None:
    (folder / "output").write_text("mine")
    result = run("batch", str(EXAMPLE), *DATE)
    assert result.exit_code == 1
    assert "error: output: cannot be written" in result.stderr
    assert (folder / "output").read_text() == "mine"


@pytest.mark.parametrize("arguments", [(), ("posts.csv", "--jobs", "0"), ("posts.csv", "--date", "soon")])
def test_a_command_that_is_written_wrongly_exits_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("batch", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")


def test_templates_that_cannot_be_filled_are_all_named_before_any_work(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "WORTH_IT", 2)
    (folder / "a.docx").write_bytes(b"x")
    (folder / "b.docx").write_bytes(word_file("{{ nobody_knows }}"))
    csv_file(folder / "posts.csv", [row(f"Manager {number}") for number in range(3)])
    result = run("batch", "posts.csv", "--template", "a.docx", "--template", "b.docx", "--jobs", "2")
    assert result.exit_code == 1
    assert [line[:13] for line in errors(result.stderr)] == ["error: a.docx", "error: b.docx"]
    assert files_in(folder) == ["a.docx", "b.docx", "posts.csv"]


def test_hostile_titles_stay_inside_the_folder(run: Run, folder: Path) -> None:
    titles = ["../../etc/passwd", "CON", "a/b\\c:d*e?", "=1+1", "<script> lead", "…/lead", "x" * 301]
    titles += ["{title} lead", "{{ band }} lead"]
    csv_file(folder / "posts.csv", [row(title) for title in titles])
    result = run("batch", "posts.csv", *DATE, "--filename", "{title}")
    assert result.exit_code == 0, result.stderr
    assert len(documents(folder / "output")) == len(titles)
    assert set(files_in(folder)) == {
        "posts.csv",
        "output/report.html",
        "output/report.xlsx",
        *(f"output/{name}" for name in documents(folder / "output")),
    }
    texts = {text for path in documents(folder / "output").values() for text in every_text(path)}
    assert {"../../etc/passwd", "{{ band }} lead", "<script> lead"} <= texts


@pytest.mark.parametrize("template", ["job-description", "person-specification", "role-profile"])
def test_a_document_of_a_batch_equals_the_one_made_alone(run: Run, folder: Path, template: str) -> None:
    post = row("PMO manager", Employer="Own Trust", Department="Strategy")
    csv_file(folder / "posts.csv", [post])
    run("batch", "posts.csv", *DATE, "--template", template)
    (folder / "post.yaml").write_text(
        "{title: PMO manager, specialism: pmo, band: '7', employer: Own Trust, department: Strategy}"
    )
    alone = run("generate", "--post", "post.yaml", *DATE, "--template", template, "--output", "alone")
    ((_, batched),) = documents(folder / "output").items()
    single = folder / alone.stdout.strip()
    assert single.name == batched.name
    # Only how they are deflated differs.
    assert list(parts_of(batched.read_bytes()).items()) == list(parts_of(single.read_bytes()).items())


def test_ten_documents_hold_what_their_rows_say(run: Run, folder: Path) -> None:
    posts = [
        row(
            f"Manager {number} & “co”",
            band,
            Department=f"Department <{number}>",
            Job_purpose=f"Purpose {number}, it's Zoë's.",
            Decisions=f"Decides on {number}\nRefers {number} to the board",
            Relationships=f"Internal | Partners {number} | agree figures {number}\nExternal | Firm {number} | buy",
        )
        for number, band in enumerate(["6", "7", "8a", "8b", "8c", "8d", "6", "7", "8a", "8b"])
    ]
    workbook_file(folder / "posts.xlsx", posts)
    result = run("batch", "posts.xlsx", *DATE, "--json")
    assert result.exit_code == 0, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()][:-1]
    assert len(lines) == 10
    for number, (post, line) in enumerate(zip(posts, lines, strict=True)):
        assert line["row"] == f"posts.xlsx!Posts!{number + 2}"
        texts = [text.strip() for text in every_text(folder / line["path"])]
        for expected in (
            *(post[heading] for heading in ("Job title", "Department", "Job purpose")),
            f"Decides on {number}",
            f"Refers {number} to the board",
        ):
            assert any(expected in text for text in texts), (expected, texts)
        for who, purpose in ((f"Partners {number}", f"agree figures {number}"), (f"Firm {number}", "buy")):
            assert any(who in text for text in texts)
            assert any(purpose in text for text in texts)
        assert not any(f"Partners {number + 1}" in text for text in texts)
