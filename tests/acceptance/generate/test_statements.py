"""General statements in documents: their two forms, and how much of a document they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from jdgen.revision.redline.settling import accept_all
from jdgen.word.xml import parse
from jdgen.workspace import TEMPLATES
from tests.toolbox.commands import Run
from tests.toolbox.documents import BODY, texts_of
from tests.toolbox.drafts import data
from tests.toolbox.word import parts_of

POST = ("--specialism", "pmo", "--band", "8d", "--title", "Head of portfolio", "--output", "made.docx")
WITH_STATEMENTS = [name for name in TEMPLATES if name.startswith("job-description")]


def settings(folder: Path, text: str) -> None:
    (folder / "jdgen.toml").write_text(text, encoding="utf-8")


def statements(path: Path) -> list[tuple[str, str]]:
    """Style and text of each paragraph under the general statements, but for the first."""
    paragraphs = [(each.style.name, each.text) for each in Document(str(path)).paragraphs if each.style]
    at = next(number for number, (_, text) in enumerate(paragraphs) if text == "General statements")
    ends = (number for number, (style, _) in enumerate(paragraphs) if number > at and "Heading 1" in style)
    return paragraphs[at + 2 : next(ends)]


@pytest.mark.parametrize("template", WITH_STATEMENTS)
def test_statements_are_headed_in_full_and_run_in_where_they_are_compact(run: Run, folder: Path, template: str) -> None:
    assert run("generate", *POST, "--template", template).exit_code == 0
    full = statements(folder / "made.docx")
    assert [style for style, _ in full] == ["Heading 2", "Body Text"] * 14
    settings(folder, '[statements]\nform = "compact"\n')
    assert run("status", "made.docx").exit_code == 1
    assert run("generate", *POST, "--template", template, "--overwrite").exit_code == 0
    compact = statements(folder / "made.docx")
    assert [style for style, _ in compact] == ["Body Text"] * 14
    assert compact[-1][1].startswith("Changes to this job description: This is not a full list of duties")
    assert run("status", "made.docx").exit_code == 0
    assert "1.0 (compact form)" in "".join(paragraph.text for paragraph in Document("made.docx").paragraphs)


def test_a_redline_turns_one_form_into_the_other_and_keeps_what_a_person_wrote(run: Run, folder: Path) -> None:
    assert run("generate", *POST).exit_code == 0
    document = Document("made.docx")
    purpose = next(each for each in document.paragraphs if each.text.startswith("[To complete: ") and each.style)
    for run_ in purpose.runs[1:]:
        run_._r.getparent().remove(run_._r)
    purpose.runs[0].text = "We keep the plans."
    document.save("made.docx")
    settings(folder, '[statements]\nform = "compact"\n')
    result = run("regenerate", "made.docx", "--output", "new")
    assert result.exit_code == 0, result.stderr
    tree = parse(parts_of((folder / "new/made.docx").read_bytes())[BODY])
    accept_all(tree)
    texts = texts_of(tree)
    at = texts.index("General statements")
    assert [text.split(":")[0] for text in texts[at + 2 : at + 16]] == [
        clause["title"] for clause in data("clauses/general.yaml")["clauses"]
    ]
    assert "We keep the plans." in texts


def test_how_much_of_a_document_general_statements_are_is_told_above_the_limit(run: Run, folder: Path) -> None:
    start = "general statements: "
    result = run("generate", *POST)
    (line,) = [line for line in result.stderr.replace("\n  ", " ").splitlines() if line.startswith(start)]
    assert line.endswith("%); shorter: jdgen docs workspace")
    words, total, percent = (
        int(part.strip("(").replace(",", "")) for part in (line.split()[each] for each in (2, 4, 6))
    )
    text = [paragraph.text for paragraph in Document("made.docx").paragraphs]
    assert words == sum(len(text.split()) for _, text in statements(folder / "made.docx"))
    assert total > sum(len(each.split()) for each in text)
    assert percent == round(100 * words / total) > 33
    for none in ("none", "decide"):
        assert start not in run("generate", *POST, "--overwrite", "--notes", none).stderr
    settings(folder, f"[statements]\nshare_limit = {percent + 1}\n")
    assert start not in run("generate", *POST, "--overwrite").stderr
    settings(folder, '[statements]\nshare_limit = 1\nform = "compact"\n')
    assert run("generate", *POST, "--overwrite").stderr.count("; shorter:") == 0
    assert start in run("generate", *POST, "--overwrite").stderr


def test_a_batch_tells_it_of_its_first_document(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text("title,specialism,band\nA,pmo,7\nB,pmo,7\n")
    for text, count in (("", 1), ("[statements]\nshare_limit = 99\n", 0)):
        settings(folder, text)
        entries = [json.loads(line) for line in run("batch", "posts.csv", "--json", "--dry-run").stdout.splitlines()][
            :2
        ]
        notes = [[note for note in each["notes"] if note["topic"] == "share of statements"] for each in entries]
        assert list(map(len, notes)) == [count, 0]
        for note in notes[0]:
            assert note["text"].endswith('Shorter: form = "compact" under [statements] in jdgen.toml.')
            assert (note["rank"], note["subject"]) == ("know", "clauses")


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name not in WITH_STATEMENTS])
def test_a_template_that_prints_none_tells_no_share(run: Run, folder: Path, template: str) -> None:
    settings(folder, "[statements]\nshare_limit = 0\n")
    result = run("generate", *POST, "--template", template)
    assert result.exit_code == 0
    assert "general statements:" not in result.stderr


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[statements]\nform = "short"\n', "jdgen.toml:2: unknown form 'short': use one of full, compact"),
        ("[statements]\nshare_limit = 120\n", "jdgen.toml:2: share_limit"),
    ],
)
def test_settings_that_do_not_fit_are_told(run: Run, folder: Path, text: str, problem: str) -> None:
    settings(folder, text)
    result = run("generate", *POST)
    assert result.exit_code == 1
    assert problem in result.stderr
