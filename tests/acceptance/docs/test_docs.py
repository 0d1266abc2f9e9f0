"""``jdgen docs``: pages and examples that come with jdgen, and no message that names a file which does not."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jdgen.app.documentation import InstalledPage, find_page, pages
from jdgen.cli.docs import docs
from tests.toolbox.commands import Run
from tests.toolbox.examples import ROOT

#: A file of the project, as a message would name it.
NAMED_FILE = re.compile(r"\b(?:docs|examples|templates)/[\w./-]+|\b[\w-]+\.md\b")
NAMED_PAGE = re.compile(r"`jdgen docs (\w[\w./-]*)")


def messages() -> Iterator[tuple[str, str]]:
    """Every text of the package that is no docstring, with where it is; help of commands is one."""
    for path in sorted((ROOT / "jdgen").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if id(node) not in docstrings or "cli" in path.parts:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def test_the_list_has_every_page_and_each_is_shown(run: Run, folder: Path) -> None:
    result = run("docs")
    assert result.exit_code == 0
    for page in pages():
        assert re.search(rf"^  {re.escape(page.name)}( |$)", result.stdout, re.MULTILINE)
        assert run("docs", page.name).stdout == page.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["spreadsheet", "Spreadsheet", "docs/spreadsheet.md", "spreadsheet.md"])
def test_a_page_is_found_by_its_file_too(name: str) -> None:
    assert find_page(name).path.name == "spreadsheet.md"


def test_every_page_of_the_docs_that_users_need_is_among_them() -> None:
    ours = {"benchmarks.md", "glossary.md", "releasing.md", "index.md"}  # for people who change jdgen, and the site
    pages_there = (*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/tutorials").glob("*.md"))
    assert {path.name for path in pages_there} - ours <= {page.path.name for page in pages()}


def test_an_example_is_copied_and_makes_documents(run: Run, folder: Path) -> None:
    assert run("docs", "examples/posts.csv", "--output", "posts.csv").stdout == "posts.csv\n"
    assert run("batch", "posts.csv", "--dry-run").exit_code == 0
    again = run("docs", "examples/posts.csv", "--output", "posts.csv")
    assert again.exit_code == 1
    assert "exists already: use --overwrite" in again.stderr


def test_a_copy_of_all_that_is_shipped_is_something_to_begin_with(run: Run, folder: Path) -> None:
    copied = run("docs", "--copy", "ours")
    assert copied.exit_code == 0, copied.stderr
    paths = [Path(line) for line in copied.stdout.splitlines()]
    assert {path.relative_to("ours").parts[0] for path in paths} == {"framework_data", "templates"}
    for path in paths:
        assert path.read_bytes() == (ROOT / path.relative_to("ours")).read_bytes()
    kinds = {path.parent.name for path in paths}
    assert {"frameworks", "sources", "criteria", "clauses", "adaptations", "schemas", "templates"} <= kinds
    # What is changed in it wins, in a workspace that has it.
    criteria = Path("ours/framework_data/criteria/nhs-pccf-pmo.yaml")
    criteria.write_bytes(criteria.read_bytes().replace(b"version: '1.0'", b"version: '7.0'"))
    Path("ours/jdgen.toml").touch()
    os.chdir("ours")
    assert run("framework", "check").exit_code == 0
    result = run("generate", "-s", "pmo", "-b", "7", "--title", "PMO manager", "--notes", "all")
    assert "jdgen's own library (version 7.0)" in " ".join(result.stderr.split())


def test_a_copy_replaces_nothing(run: Run, folder: Path) -> None:
    there = folder / "ours/framework_data/prompts.yaml"
    there.parent.mkdir(parents=True)
    there.write_text("somebody's")
    result = run("docs", "--copy", "ours", "--overwrite", "--discard-edits")
    assert result.exit_code == 1
    assert "error: ours/framework_data/prompts.yaml: exists already: name a new folder" in result.stderr
    assert [path for path in (folder / "ours").rglob("*") if path.is_file()] == [there]
    assert there.read_text() == "somebody's"
    assert run("docs", "spreadsheet", "--copy", "new").exit_code == 2
    assert not (folder / "new").exists()


def test_a_page_that_there_is_not_is_told_with_the_nearest(run: Run, folder: Path) -> None:
    result = run("docs", "spredsheet")
    assert result.exit_code == 1
    assert "error: PAGE: there is no page 'spredsheet': did you mean 'spreadsheet'?" in result.stderr


def test_what_to_do_with_a_page_takes_one(run: Run, folder: Path) -> None:
    assert run("docs", "--open").exit_code == 2


def test_no_message_names_a_file_that_is_not_installed() -> None:
    # Where jdgen reads and writes files of a workspace, and where it says what pages there are.
    page_paths = {page.path.relative_to(ROOT).as_posix() for page in pages()}
    mentions = {
        (where, file)
        for where, text in messages()
        for file in NAMED_FILE.findall(text)
        if file not in page_paths and f"jdgen docs {file}" not in text and "{" not in text
    }
    assert {file for where, file in mentions if not where.startswith("jdgen/app/documentation.py")} <= WORKSPACE


#: What messages and programs call files of a workspace, or of what is shipped with the package.
WORKSPACE = {"templates/pieces/fields.docx", "templates/our-jd.docx"}


def test_every_page_that_a_message_names_is_there() -> None:
    mentions = [(where, name) for where, text in messages() for name in NAMED_PAGE.findall(text)]
    assert {where.partition(":")[0] for where, _ in mentions} >= {
        "jdgen/sheets/heading_row.py",
        "jdgen/drafting/criteria_check.py",
    }
    for _, name in mentions:
        assert isinstance(find_page(name), InstalledPage)


def test_its_help_shows_how_an_example_is_copied() -> None:
    assert "--output posts.csv" in str(docs.help)
