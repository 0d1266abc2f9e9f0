"""Every command that the documentation shows is run, in the order of its page, and says what the page shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.acceptance.docs import workplaces
from tests.acceptance.docs.session import FENCE, Session, Step, matches, steps
from tests.toolbox.documents import text_of
from tests.toolbox.examples import ROOT
from tests.toolbox.word import W, open_document

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "templates/README.md"]
#: Blocks of other programs, by how they begin, with who runs them or why nobody does.
OF_OTHERS = {
    "make ": "CI",
    'eval "$(_JDGEN_COMPLETE': "tests/acceptance/commands/test_completion.py",
    "python templates/build_templates.py": "make lint",
    "git tag ": "whoever makes a release",
    "pipx ": "an installation",
    "uv ": "an installation",
    "py ": "an installation",
    "python3 ": "an installation",
    "source ": "an installation",
    "jdgen\\Scripts\\": "an installation, on Windows",
    ".venv\\Scripts\\": "a checkout, on Windows",
    "jdgen/bin/": "an installation",
    "Get-Content SHA256SUMS": "an installation from a wheelhouse, on Windows",
    '& "$env:LOCALAPPDATA\\jdgen-program': "an installation from a wheelhouse, on Windows",
    "[Environment]::SetEnvironmentVariable": "an installation from a wheelhouse, on Windows",
    "shasum ": "an installation from a wheelhouse",
    "~/.local/share/jdgen-program/bin/": "an installation from a wheelhouse",
    "mkdir -p ~/.local/bin": "an installation from a wheelhouse",
    "ln -s ~/.local/share/jdgen-program": "an installation from a wheelhouse",
}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).with_suffix("").as_posix().removeprefix("docs/")


def of_others(step: Step) -> bool:
    return step.what == "other" and all(line.startswith(tuple(OF_OTHERS)) for line in step.text.splitlines() if line)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("furnished")
    workplaces.furnish(folder)
    return folder


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", [page for page in PAGES if list(steps(page.read_text("utf-8")))], ids=name_of)
def test_what_a_page_shows_is_what_happens(page: Path, furnished: Path) -> None:
    name = name_of(page)
    workplaces.begin(name, furnished)
    session = Session(workplaces.MEANINGS)
    for step in steps(page.read_text(encoding="utf-8")):
        if not of_others(step):
            assert session.do(step) == ""
    ENDS.get(name, lambda: None)()


def going_on(page: str) -> list[str]:
    """Commands that go on in the next line in a way that one shell alone has."""
    lines = (line for block in FENCE.finditer(page) for line in block["text"].splitlines())
    return [line for line in lines if re.match(r"(\$ )?jdgen .*[\\^`]$", line)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_can_be_typed_in_every_shell(page: Path) -> None:
    assert going_on(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("end", ["\\", "^", "`"])
def test_a_command_that_goes_on_is_seen(end: str) -> None:
    assert going_on(f"```\njdgen generate {end}\n  --post post.yaml\n```") == [f"jdgen generate {end}"]


def _marks(path: str) -> tuple[int, int]:
    """How many tracked insertions and comments a Word file has."""
    body = open_document(Path(path).read_bytes()).element
    return len(list(body.iter(f"{W}ins"))), len(list(body.iter(f"{W}commentReference")))


def _manager_has_a_draft() -> None:
    text = text_of(open_document(Path(workplaces.DOCUMENT).read_bytes()).element)
    assert "North Moorshire Ambulance Service NHS Trust" in text
    assert "To complete" in text


def _hr_has_documents_and_a_report() -> None:
    output = Path("output")
    assert len(list(output.glob("*.docx"))) == 3
    assert "edited since jdgen wrote it" in (output / "report.html").read_text(encoding="utf-8")
    (mine,) = output.glob("*PMO manager*.docx")
    text = text_of(open_document(mine.read_bytes()).element)
    assert "Show colleagues the best practice" in text
    assert "North Moorshire NHS Trust" in text
    assert "10442" not in text


def _framework_team_has_redlines() -> None:
    assert _marks("brought-up-to-date/assurance.docx") == (1, 0)
    assert _marks("brought-up-to-date/manager.docx") == (0, 1)
    assert Path("brought-up-to-date/report.html").is_file()


#: What each tutorial promises at its end.
ENDS: Mapping[str, Callable[[], None]] = {
    "tutorials/manager": _manager_has_a_draft,
    "tutorials/workbook": _hr_has_documents_and_a_report,
    "tutorials/release": _framework_team_has_redlines,
}


def test_each_tutorial_has_an_end() -> None:
    assert {name_of(page) for page in PAGES if name_of(page).startswith("tutorials/")} == ENDS.keys()


def wrong(page: str) -> list[str]:
    session = Session()
    return [problem for step in steps(page) if (problem := session.do(step))]


PAGE = """\
Text.

```console
$ jdgen --version
jdgen, version 0.0.0
$ jdgen docs examples/posts.csv --output posts.csv
posts.csv
```
"""


@pytest.mark.usefixtures("folder")
def test_what_is_right_is_not_told() -> None:
    assert wrong(PAGE) == []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "posts.csv\n```",
            "posts.csv written\n```",
            "line 3: jdgen docs examples/posts.csv --output posts.csv says otherwise",
        ),
        ("posts.csv\n```", "posts.csv\nnext: more\n```", "-next: more"),
        ("posts.csv\n```", "```", "+posts.csv"),
        ("posts.csv\n```", "…\nposts.csv\n```", "says otherwise"),  # nothing is left out there
        ("$ jdgen --version", "$ jdgen --versoin", "no such option"),
        ("```console", "```\njdgen docs gone\n```\n```console", "there is no page 'gone'"),
        ("```console", "```\nsudo rm posts.csv\n```\n```console", "nobody runs this"),
        (
            "```console",
            '```yaml title="a.yaml"\nb: 1\n```\n```diff title="a.yaml"\n-c\n+d\n```\n```console',
            "a.yaml has 0 times",
        ),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, problem: str) -> None:
    assert problem.casefold() in "\n".join(wrong(PAGE.replace(old, new))).casefold()


@pytest.mark.parametrize(
    ("page_text", "is_so"),
    [
        ("a\nb\nc\n", True),
        ("a\n…\nc\n", True),
        ("…\nc\n", True),
        ("a\n…\n", True),
        ("a\nb\n", False),
        ("a\n…\nb\n", False),
        ("a\nb\nc\n…\n", False),
        ("a.\nb\nc\n", False),
    ],
)
def test_lines_that_a_page_leaves_out(page_text: str, is_so: bool) -> None:
    assert matches(page_text, "a\nb\nc\n") is is_so
