"""Fields of an organisation's own: from the post, a sheet or ``jdgen.toml`` into a template that names them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.toolbox.commands import Run
from tests.toolbox.word import open_document, word_file

TEMPLATE = word_file(
    "{{ title }}",
    "{{ band }}",
    "{{ own.division }}",
    "Post number {{ own.post_number }}",
    "{%p if own.panel_date is prompt %}",
    "No panel has met.",
    "{%p endif %}",
)
POST = "title: PMO lead\nspecialism: pmo\nband: 8a\n"


@pytest.fixture(autouse=True)
def template(folder: Path) -> None:
    (folder / "ours.docx").write_bytes(TEMPLATE)


def paragraph_texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in open_document(path.read_bytes()).paragraphs]


def test_a_post_gives_them_and_what_it_lacks_is_a_prompt_with_a_note(run: Run, folder: Path) -> None:
    own_text = "own:\n  division: Surgery & <theatres>\n  post_number: '0071'\n"
    (folder / "post.yaml").write_text(POST + own_text, encoding="utf-8")
    command = ("generate", "--post", "post.yaml", "--template", "ours.docx", "--notes", "all")
    result = run(*command, "--filename", "{title} {own.division}")
    assert paragraph_texts(folder / "output/PMO lead Surgery & theatres.docx")[2:] == [
        "Surgery & <theatres>",
        "Post number 0071",
        "No panel has met.",
    ]
    assert "  Panel date: Not given: panel date. It is a field of your organisation's own" in result.stderr
    assert "Division" not in result.stderr
    (folder / "post.yaml").write_text(POST, encoding="utf-8")
    result = run(*command, "--filename", "{title}{own.division}")
    assert paragraph_texts(folder / "output/PMO lead.docx")[2:4] == [
        "[To complete: division]",
        "Post number [To complete: post number]",
    ]


def test_a_template_without_them_has_no_note_of_them(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(POST + "own:\n  division: Surgery\n", encoding="utf-8")
    assert "Division" not in run("generate", "--post", "post.yaml", "--notes", "all").stderr


def test_columns_give_them_by_the_workspaces_heading_or_by_their_name(run: Run, folder: Path) -> None:
    (folder / "jdgen.toml").write_text(
        '[own]\ndivision = "Clinical division"\n[post.own]\npost_number = "none yet"\ndivision = "Any"\n',
        encoding="utf-8",
    )
    (folder / "posts.csv").write_text(
        "Job title,Specialism,Band,Clinical Division,Own: Panel date\n"
        'One,pmo,7,"Surgery\n\nand theatres",1 May 2027\nTwo,pmo,7,,\n',
        encoding="utf-8",
    )
    assert run("batch", "posts.csv", "--template", "ours.docx", "--filename", "{title}").exit_code == 0
    assert paragraph_texts(folder / "output/One.docx")[2:] == ["Surgery\n\nand theatres", "Post number none yet"]
    assert paragraph_texts(folder / "output/Two.docx")[2:] == ["Any", "Post number none yet", "No panel has met."]


def test_a_document_with_them_is_up_to_date_and_says_where_they_come_from(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(POST + "own:\n  division: Surgery\n", encoding="utf-8")
    path = run("generate", "--post", "post.yaml", "--template", "ours.docx").stdout.strip()
    assert run("status", path).stdout.startswith("up to date")
    assert "comes from the post [own.division]" in run("why", path, "Surgery").stdout
    assert "jdgen: a prompt" in run("why", path, "[To complete: post number]").stdout
    assert (folder / path).is_file()


@pytest.mark.parametrize(
    ("own_text", "problem"),
    [
        (
            "own:\n  Post number: '1'\n",
            "post.yaml:5: own: 'Post number' is no name: write post_number: a name",
        ),
        ("own: Surgery\n", "post.yaml:4: own"),
        (
            "own:\n  division: [7]\n",
            "post.yaml:5: division is a list, where text is meant: what the field says of this post",
        ),
    ],
)
def test_what_is_no_field_of_ones_own_is_told_with_its_line(
    run: Run, folder: Path, own_text: str, problem: str
) -> None:
    (folder / "post.yaml").write_text(POST + own_text, encoding="utf-8")
    result = run("generate", "--post", "post.yaml", "--template", "ours.docx")
    assert result.exit_code == 1
    assert problem in result.stderr


def test_a_check_knows_the_workspaces_list(run: Run, folder: Path) -> None:
    assert run("template", "check", "ours.docx").exit_code == 0
    (folder / "jdgen.toml").write_text('[own]\ndivison = "Division"\npost_number = "No"\n', encoding="utf-8")
    stdout = run("template", "check", "ours.docx").stdout
    assert "'division' is no field of your organisation's own: did you mean 'divison'?" in stdout
    assert "'post_number'" not in stdout
    assert "own.division" in run("template", "fields", "ours.docx").stdout


@pytest.mark.parametrize(
    ("tag", "problem"),
    [
        ("{{ own }}", "{{ own }} holds several fields"),
        ("{{ own.division.name }}", "'own.division' has no field 'name'"),
        ("{%p for each in own %}{%p endfor %}", "holds several fields, and is no list"),
        ("{%p for own in values %}{%p endfor %}", "a loop whose items are called 'own'"),
    ],
)
def test_tags_that_misuse_them_are_refused(run: Run, folder: Path, tag: str, problem: str) -> None:
    (folder / "ours.docx").write_bytes(word_file("{{ title }}", "{{ band }}", *tag.replace("}{%", "}\n{%").split("\n")))
    result = run("template", "check", "ours.docx")
    assert result.exit_code == 1
    assert problem in result.stdout


def test_the_list_of_fields_ends_with_those_of_the_workspace(run: Run, folder: Path) -> None:
    before = run("template", "fields").stdout
    (folder / "jdgen.toml").write_text('[own]\ndbs_level = "DBS level"\n', encoding="utf-8")
    assert run("template", "fields").stdout == f"{before}own.dbs_level\ttext\tno\tDBS level\t\n"
    assert json.loads(run("template", "fields", "--json").stdout)[-1]["path"] == "own.dbs_level"


def prompts(path: Path) -> list[str]:
    return [text for text in paragraph_texts(path) if "[To complete: " in text]


def test_a_prompt_speaks_in_the_heading_that_the_settings_have(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(POST, encoding="utf-8")
    (folder / "jdgen.toml").write_text('[own]\ndivision = "DBS\\nlevel [basic]"\n', encoding="utf-8")
    result = run("generate", "--post", "post.yaml", "--template", "ours.docx", "--filename", "one", "--notes", "all")
    assert prompts(folder / "output/one.docx") == [
        "[To complete: DBS level (basic)]",
        "Post number [To complete: post number]",
    ]
    assert "Not given: DBS level (basic). It is a field of your organisation's own" in " ".join(result.stderr.split())
    assert "jdgen: a prompt" in run("why", "output/one.docx", "DBS level").stdout


def test_a_prompt_speaks_in_the_heading_of_the_workbook_also_when_it_is_made_anew(run: Run, folder: Path) -> None:
    (folder / "theirs.csv").write_text(
        "Job title,Specialism,Band,DBS level,Own: Post No.,Panel\nOne,pmo,7,,,\nTwo,pmo,8a,,,\n", encoding="utf-8"
    )
    (folder / "map.toml").write_text(
        '[columns]\n"Job title" = "Job title"\nSpecialism = "Specialism"\nBand = "Band"\n"DBS level" = "own.division"\n'
        '"Own: Post No." = "own.post_number"\nPanel = "ignore"\n',
        encoding="utf-8",
    )
    result = run("batch", "theirs.csv", "--columns", "map.toml", "--template", "ours.docx", "--filename", "{title}")
    assert result.exit_code == 0, result.stderr
    expected = ["[To complete: DBS level]", "Post number [To complete: Post No.]"]
    assert prompts(folder / "output/One.docx") == expected
    assert run("status", "output/One.docx").stdout.startswith("up to date")
    # The map is not at hand when a document is made anew for another reason; its record has the headings.
    fields = ("{{ title }}", "{{ band }}", "{{ own.division }}", "{{ own.post_number }}")
    (folder / "ours.docx").write_bytes(word_file("A line", *fields))
    result = run("regenerate", "output/One.docx", "--clean", "--output", "updated")
    assert prompts(folder / "updated/One.docx") == [expected[0], "[To complete: Post No.]"], result.stderr


def test_a_document_whose_prompts_were_worded_otherwise_stays_up_to_date(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(POST, encoding="utf-8")
    path = run("generate", "--post", "post.yaml", "--template", "ours.docx").stdout.strip()
    (folder / "jdgen.toml").write_text('[own]\ndivision = "Clinical division"\n', encoding="utf-8")
    assert run("status", path).stdout.startswith("up to date")
