"""``jdgen generate``: the path on standard output, all else on standard error, and nothing written by half."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.toolbox.commands import DOCUMENT, POST, Process, Run, files_in
from tests.toolbox.examples import POSTS, ROOT, TEMPLATES, post_file
from tests.toolbox.word import open_document, png, word_file


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in open_document(path.read_bytes()).paragraphs]


def test_the_first_command_makes_a_document(process: Process, folder: Path) -> None:
    result = process("generate", "--specialism", "pmo", "--band", "7", "--title", "PMO manager")
    assert result.returncode == 0
    assert result.stdout == f"{DOCUMENT}\n"
    assert files_in(folder) == [DOCUMENT.as_posix()]
    assert "PMO manager" in texts(folder / DOCUMENT)


def test_a_post_file_without_its_option_is_told_with_it(run: Run) -> None:
    result = run("generate", "my post.yaml")
    assert result.exit_code == 2
    assert "error: A post file is named by an option: --post 'my post.yaml'\n" in result.stderr
    assert "error: Got unexpected extra argument (post)\n" in run("generate", "post").stderr


def test_json_holds_path_notes_and_draft(run: Run, folder: Path) -> None:
    result = run("generate", *POST, "--json")
    output = json.loads(result.stdout)
    assert output["path"] == str(DOCUMENT)
    assert output["written"] is True
    expected = {"rank": "complete", "topic": "to complete", "subject": "employer", "about": "Employer"}
    assert expected.items() <= next(note.items() for note in output["notes"] if note["subject"] == "employer")
    draft = output["job_description"]
    assert (draft["title"], draft["band"], draft["date"]) == ("PMO manager", "7", "24 November 2026")
    assert draft["duty_headings"][0]["duties"][0]["number"] == "1.1"
    assert "notes" not in draft
    assert f"All {len(output['notes'])} review notes" in result.stderr


def test_json_leaves_the_picture_s_bytes_out(run: Run, folder: Path) -> None:
    (folder / "crest.png").write_bytes(png())
    (folder / "post.yaml").write_text(
        "title: PMO manager\nspecialism: pmo\nband: '7'\npicture: {file: crest.png, description: Our crest}\n"
    )
    result = run("generate", "--post", "post.yaml", "--json")
    assert json.loads(result.stdout)["job_description"]["picture"] == {"description": "Our crest"}


def test_a_dry_run_writes_nothing_and_says_what_it_would(run: Run, folder: Path) -> None:
    result = run("generate", *POST, "--dry-run")
    assert (result.exit_code, result.stdout) == (0, f"would write {DOCUMENT}\n")
    assert result.stderr.endswith("nothing was written: this was a dry run\n")
    assert files_in(folder) == []
    assert not (folder / "output").exists()
    output = json.loads(run("generate", *POST, "--dry-run", "--json").stdout)
    assert (output["path"], output["written"]) == (str(DOCUMENT), False)


def test_a_dry_run_says_of_a_file_that_is_there_what_would_be_needed(run: Run, folder: Path) -> None:
    run("generate", *POST)
    before = (folder / DOCUMENT).read_bytes()
    result = run("generate", *POST, "--dry-run")
    right = "use --overwrite to replace it, or choose another --output"
    assert (result.exit_code, result.stdout) == (0, f"would not write {DOCUMENT}: exists already: {right}\n")
    assert run("generate", *POST, "--dry-run", "--overwrite").stdout == f"would write {DOCUMENT}\n"
    again = run("generate", *POST, "--dry-run", "--json")
    assert json.loads(again.stdout)["written"] is False
    assert f"warning: {DOCUMENT}: exists already: {right}\n" in again.stderr
    (folder / DOCUMENT).write_bytes(b"a person's work")
    result = run("generate", *POST, "--dry-run", "--overwrite")
    assert result.exit_code == 0
    assert "--overwrite --discard-edits replaces it" in result.stdout
    (folder / DOCUMENT).write_bytes(before)


def test_an_existing_file_is_refused_and_left_alone(run: Run, folder: Path) -> None:
    run("generate", *POST)
    (folder / DOCUMENT).write_bytes(b"a person's work")
    result = run("generate", *POST)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"error: {DOCUMENT}: exists already, and is not known as a document of jdgen's: move it away, or, if it is "
        "one that has lost its record, `jdgen regenerate` brings it up to date and keeps the edits; --overwrite "
        "--discard-edits replaces it, and what was done to it is lost\n"
    )
    assert run("generate", *POST, "--overwrite").exit_code == 1
    assert (folder / DOCUMENT).read_bytes() == b"a person's work"
    assert run("generate", *POST, "--overwrite", "--discard-edits").exit_code == 0
    assert "PMO manager" in texts(folder / DOCUMENT)


def test_the_same_command_on_the_same_date_makes_the_same_bytes(run: Run, folder: Path) -> None:
    run("generate", *POST, "--output", "a")
    run("generate", *POST, "--output", "b")
    first, other = (folder / place / DOCUMENT.name for place in "ab")
    assert first.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("date", ["24/11/2026", "24 November 2026"])
def test_a_date_is_written_as_people_write_it(date: str, run: Run, folder: Path) -> None:
    run("generate", *POST, "--output", "a")
    assert run("generate", *POST, "--output", "b", "--date", date).exit_code == 0
    (first,), (other,) = ((folder / name).iterdir() for name in "ab")
    assert first.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_can_be_named(template: str, run: Run, folder: Path) -> None:
    result = run("generate", *POST, "--template", template)
    label = template.replace("-", " ").capitalize()
    assert result.stdout == f"output/{label} PMO manager band 7.docx\n"
    # The layout is in the name of the file, and not in what the document calls itself.
    assert label.removesuffix(" side by side").removesuffix(" numbered") in texts(folder / result.stdout.strip())[0]


def test_a_template_can_be_a_file(run: Run, folder: Path) -> None:
    (folder / "ours.docx").write_bytes(word_file("Post: {{ title }}"))
    for template in ("ours.docx", "./ours.docx", str(folder / "ours.docx")):
        result = run("generate", *POST, "--template", template, "--overwrite")
        assert result.stdout == "output/Ours PMO manager band 7.docx\n"
    assert texts(folder / result.stdout.strip()) == ["Post: PMO manager"]


def test_a_template_of_the_folder_wins_over_the_shipped_one(run: Run, folder: Path) -> None:
    (folder / "templates").mkdir()
    (folder / "templates/job-description.docx").write_bytes(word_file("Our own {{ title }}"))
    run("generate", *POST)
    assert texts(folder / DOCUMENT) == ["Our own PMO manager"]


def test_an_unknown_template_is_named_with_the_known(run: Run, folder: Path) -> None:
    result = run("generate", *POST, "--template", "job-descripton")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "error: --template: unknown template 'job-descripton': did you mean 'job-description'?"
    )


def test_every_problem_of_a_template_is_a_line(run: Run, folder: Path) -> None:
    (folder / "ours.docx").write_bytes(word_file("{{ titel }}", header=["{{ employr }}"]))
    result = run("generate", *POST, "--template", "ours.docx")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert lines[2] == "see every finding with its place: jdgen template check ours.docx"
    assert lines[0].startswith("error: ours.docx, '{{ titel }}' (paragraph 1): no field 'titel': did you mean 'title'?")
    assert files_in(folder) == ["ours.docx"]


def test_the_output_can_be_a_folder_or_a_file(run: Run, folder: Path) -> None:
    assert run("generate", *POST, "--output", "x/y").stdout == f"x/y/{DOCUMENT.name}\n"
    assert run("generate", *POST, "--output", "x/jd.docx").stdout == "x/jd.docx\n"
    assert run("generate", *POST, "--output", "x/JD2.DOCX").stdout == "x/JD2.DOCX\n"
    assert files_in(folder) == ["x/JD2.DOCX", "x/jd.docx", f"x/y/{DOCUMENT.name}"]


def test_the_name_of_the_file_follows_the_pattern(run: Run) -> None:
    result = run("generate", *POST, "--filename", "JD and PS {employer} {title} {version}", "--employer", "Moor/Dale")
    assert result.stdout == "output/JD and PS Moor Dale PMO manager.docx\n"


def test_verbatim_leaves_the_framework_s_words_as_published(run: Run) -> None:
    adapted, verbatim = (
        json.loads(run("generate", *POST, "--dry-run", "--json", *flags).stdout) for flags in ((), ("--verbatim",))
    )

    def duties(output: dict) -> list[str]:  # type: ignore[type-arg]
        return [duty["text"] for heading in output["job_description"]["duty_headings"] for duty in heading["duties"]]

    assert duties(adapted) != duties(verbatim)
    source = " ".join((ROOT / "framework_data/sources/nhs-pccf-pmo.txt").read_text(encoding="utf-8").split())
    assert any(" ".join(duty.split()) in source for duty in duties(verbatim))
    assert [note for note in verbatim["notes"] if note["topic"] == "adapted"] == []


def test_an_option_wins_over_the_post_file(run: Run) -> None:
    output = json.loads(
        run("generate", "--post", str(post_file(POSTS[0])), "--title", "Other title", "--dry-run", "--json").stdout
    )
    assert output["job_description"]["title"] == "Other title"
    assert output["job_description"]["employer"] != ""
    assert not output["job_description"]["employer"].startswith("[To complete")


@pytest.mark.parametrize("post", POSTS)
def test_an_example_post_makes_a_document(post: str, run: Run, folder: Path) -> None:
    result = run("generate", "--post", str(post_file(post)), "--date", "2026-11-24")
    assert result.exit_code == 0, result.stderr
    assert files_in(folder) == [result.stdout.strip()]


def test_one_draft_can_be_asked_for_by_options_alone(run: Run) -> None:
    result = run(
        *(
            "generate",
            *POST,
            "--role-category",
            "specialist",
            "--competence",
            "schedule-management",
            "--dry-run",
            "--json",
        ),
        *("--competence", "budgeting-and-cost-control"),
    )
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["job_description"]["role_category"] == "PMO Specialist"


REFUSALS: dict[str, tuple[tuple[str, ...], str]] = {
    "a band the framework lacks": (("--band", "5"), "6"),
    "no band at all": (("--band", "ten"), "--band"),
    "an unknown specialism": (("--specialism", "pmoo"), "did you mean 'PMO'?"),
    "an unknown role category": (("--role-category", "speciallist"), "did you mean 'PMO Specialist'?"),
    "a specialist without a competence": (("--role-category", "specialist"), "Schedule management"),
    "an unknown competence": (("--role-category", "specialist", "--competence", "juggling"), "juggling"),
    "a competence without a specialist": (("--competence", "schedule-management"), "competence"),
    "an unknown entry route": (("--entry-route", "x"), "--entry-route"),
    "an unknown framework": (("--framework", "x"), "NHS Project & Change"),
    "an unknown set of statements": (("--clauses", "x"), "general"),
    "a reading that is none": (("--reading", "x"), "write HEADING=READING"),
    "a reading of nothing": (("--reading", "x=y"), "--reading"),
    "a pattern with an unknown field": (("--filename", "{nope}"), "no field nope"),
    "an empty title": (("--title", " "), "--title: is empty"),
    "a title with a control character": (("--title", "PMO\x07manager"), "--title: control character U+0007"),
    "a title with NUL": (("--title", "PMO\0manager"), "--title: control character U+0000"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_drafted_is_refused_and_nothing_is_written(case: str, run: Run, folder: Path) -> None:
    arguments, problem = REFUSALS[case]
    result = run("generate", *POST, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert problem in result.stderr
    assert all(line.startswith("error: ") for line in result.stderr.splitlines())
    assert files_in(folder) == []


def test_every_missing_field_is_named_at_once(run: Run) -> None:
    result = run("generate")
    assert result.exit_code == 1
    assert [line.split(": ")[2] for line in result.stderr.splitlines()] == [
        "'title' is missing",
        "'specialism' is missing",
        "'band' is missing",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--date", "nonsense"),
        ("--date", "24/11/26"),
        ("--nonsense",),
        ("--band",),
        ("an-argument",),
    ],
)
def test_a_wrong_use_exits_with_2(arguments: tuple[str, ...], run: Run, folder: Path) -> None:
    result = run("generate", *POST, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: " in result.stderr
    assert files_in(folder) == []


HOSTILE: dict[str, tuple[str | bytes, ...]] = {
    "a binary post": ("--post", "binary"),
    "a folder as post": ("--post", "folder"),
    "no post": ("--post", "missing.yaml"),
    "an empty post": ("--post", "empty"),
    "a post that is a list": ("--post", "list.yaml"),
    "a post with a name too long": ("--post", "x" * 300),
    "a binary template": ("--template", "binary.docx"),
    "a folder as template": ("--template", "folder.docx"),
    "another folder as template": ("--template", "folder/"),
    "no template": ("--template", "missing.docx"),
    "a template with a name too long": ("--template", "x" * 300 + ".docx"),
    "a template's name too long": ("--template", "x" * 300),
    "an empty template's name": ("--template", ""),
    "an output under a file": ("--output", "binary"),
    "an output file under a file": ("--output", "binary/x.docx"),
    "an output with a name too long": ("--output", "x" * 300 + ".docx"),
    "an output folder with a name too long": ("--output", "x" * 300),
    "a folder as output file": ("--output", "folder.docx"),
    "a folder as output file to overwrite": ("--output", "folder.docx", "--overwrite"),
    "a title of odd bytes": ("--title", b"\xff\xfe"),
    "a template's name of odd bytes": ("--template", b"\xff\xfe"),
    "a post's name of odd bytes": ("--post", b"\xff\xfe"),
}


@pytest.fixture
def hostile(folder: Path) -> Path:
    (folder / "binary").write_bytes(bytes(range(256)))
    (folder / "binary.docx").write_bytes(bytes(range(256)))
    (folder / "empty").write_bytes(b"")
    (folder / "list.yaml").write_text("- title\n")
    (folder / "folder").mkdir()
    (folder / "folder.docx").mkdir()
    return folder


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_input_is_an_error_in_words(case: str, process: Process, hostile: Path) -> None:
    before = files_in(hostile)
    result = process("generate", *POST, *HOSTILE[case])
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr
    assert all(line.startswith("error: ") for line in result.stderr.splitlines()), result.stderr
    assert files_in(hostile) == before


@pytest.mark.parametrize("title", ["../../x", "a/b", "CON", "x" * 400, "R&D", "PMO: lead?", "مدير", "😀"])
def test_any_title_gets_a_safe_file_of_its_own_in_the_folder(title: str, process: Process, folder: Path) -> None:
    result = process("generate", *POST, "--title", title, PYTHONUTF8="1")
    assert result.returncode == 0, result.stderr
    (path,) = (folder / "output").iterdir()
    assert result.stdout == f"output/{path.name}\n"
    assert len(path.name) < 90
    assert title in texts(path)


def test_an_output_of_odd_bytes_is_written_and_told(process: Process, folder: Path) -> None:
    result = process("generate", *POST, "--output", b"\xff.docx", PYTHONUTF8="1")
    assert result.returncode == 0, result.stderr
    assert result.stdout == "\\udcff.docx\n"
    assert files_in(folder) == ["\udcff.docx"]


def test_a_terminal_without_unicode_still_gets_its_document(process: Process, folder: Path) -> None:
    result = process("generate", *POST, "--title", "Café 😀", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["job_description"]["title"] == "Café 😀"


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "the picture cannot be read (No such file or directory)"), (b"x", "is not a picture that Word can show")],
)
def test_a_picture_that_cannot_be_shown_is_an_error(
    content: bytes | None, problem: str, run: Run, folder: Path
) -> None:
    if content is not None:
        (folder / "crest.png").write_bytes(content)
    (folder / "post.yaml").write_text(
        "title: PMO manager\nspecialism: pmo\nband: '7'\npicture: {file: crest.png, description: Our crest}\n"
    )
    result = run("generate", "--post", "post.yaml")
    assert result.exit_code == 1
    assert problem in result.stderr
    assert not (folder / "output").exists()
