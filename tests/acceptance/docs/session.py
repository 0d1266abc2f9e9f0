"""A page of the documentation as a session: its files are written, its commands run, and what they say is held against
what the page shows.

What stands in a page, from top to bottom, in one folder:

- a block ``console``: lines that begin with ``$`` are typed, the others are what is shown then; a line with ``…`` alone
  stands for lines that are left out;
- any other block with lines that begin with ``jdgen``: these are run, and have to succeed;
- a block with ``title="NAME"`` is a file of that name; one of the language ``diff`` changes it instead, line by line,
  in a Word file the words of paragraphs;
- a table below a line that ends with a workbook's name in backticks and a colon is that workbook.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from jdgen.cli.main import main
from tests.toolbox.documents import edit_document

#: What differs from run to run.
_PASSING = (
    (re.compile(r"(?<=documents in |.document in )[\d.,]+ s"), "<time>"),
    (re.compile(r"(?<=jdgen, version )\S+"), "<release>"),
)
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w-]*)(?P<more>[^\n]*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL
)
_TABLE = re.compile(r"`(?P<name>[^`\n]+\.xlsx)`:\n\n(?P<rows>(?:\|[^\n]*\n)+)")
_TITLE = re.compile(r'title="([^"]+)"')
_LEFT_OUT = "…"


@dataclass(frozen=True)
class Step:
    """Something that a page has its reader do, and the line at which it says so."""

    line: int
    what: str
    text: str
    name: str = ""


def steps(page: str) -> Iterator[Step]:
    """What ``page`` has its reader do, in its order."""
    blocks = sorted([*FENCE.finditer(page), *_TABLE.finditer(page)], key=lambda each: each.start())
    for each in blocks:
        line = page.count("\n", 0, each.start()) + 1
        if each.re is _TABLE:
            yield Step(line, "workbook", each["rows"], each["name"])
            continue
        text = re.sub(f"^{each['indent']}", "", each["text"], flags=re.MULTILINE)
        title = _TITLE.search(each["more"])
        if title:
            yield Step(line, "change" if each["language"] == "diff" else "file", text, title[1])
        elif each["language"] == "console":
            yield from _typed(line, text)
        elif re.search(r"^jdgen ", text, re.MULTILINE):
            yield from (Step(line, "command", command) for command in commands(text))
        elif each["language"] in ("", "sh", "bash", "powershell"):
            yield Step(line, "other", text)


def commands(text: str) -> list[str]:
    """The commands in a block of nothing else, without remarks."""
    lines = (re.split(r"\s{2,}#", line)[0].strip() for line in text.replace("\\\n", " ").splitlines())
    return [line for line in lines if line]


def _typed(line: int, text: str) -> Iterator[Step]:
    for typed in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = typed.replace("\\\n", " ").partition("\n")
        yield Step(line, "output", output, command)


class Session:
    """A person who does what a page says, in the current folder. ``meanings`` are words that stand in commands for what
    is the reader's own, with what it is here."""

    def __init__(self, meanings: Mapping[str, str] | None = None) -> None:
        self._meanings = meanings or {}

    def do(self, step: Step) -> str:
        """Do one thing; gives what is wrong with it, or ''."""
        doing: Callable[[Step], str] = getattr(self, f"_{step.what}")
        wrong = doing(step)
        return f"line {step.line}: {wrong}" if wrong else ""

    def _run(self, command: str) -> Result | None:
        words = [word for part in shlex.split(command) for word in _expanded(self._meanings.get(part, part))]
        if words[0] == "cd":
            os.chdir(words[1])
            return None
        if words[0] == "cp":
            shutil.copyfile(words[1], words[2])
            return None
        assert words[0] == "jdgen", f"a page has a command that nobody runs: {command}"
        environment = {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1", "FORCE_COLOR": None}
        return CliRunner(env=environment).invoke(main, words[1:], prog_name="jdgen", catch_exceptions=False)

    def _command(self, step: Step) -> str:
        result = self._run(step.text)
        return f"{step.text} fails:\n{result.output}" if result and result.exit_code else ""

    def _output(self, step: Step) -> str:
        result = self._run(step.name)
        output = "" if result is None else result.output
        if matches(step.text, output):
            return ""
        diff = difflib.unified_diff(step.text.splitlines(), output.splitlines(), "the page", "jdgen", lineterm="", n=2)
        return "\n".join([f"{step.name} says otherwise:", *diff])

    def _other(self, step: Step) -> str:
        return f"nobody runs this:\n{step.text}"

    def _file(self, step: Step) -> str:
        path = Path(step.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return ""

    def _change(self, step: Step) -> str:
        path = Path(step.name)
        if path.suffix == ".docx":
            old, new = (" ".join(part.strip() for part in lines) for lines in _sides(step.text))
            try:
                path.write_bytes(edit_document(path.read_bytes(), (old, new)))
            except StopIteration:
                return f"{step.name} has no paragraph with: {old}"
            return ""
        old, new = ("".join(f"{line}\n" for line in lines) for lines in _sides(step.text))
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            return f"{step.name} has {text.count(old)} times:\n{old}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return ""

    def _workbook(self, step: Step) -> str:
        rows = [[cell.strip() for cell in row.strip("|\n").split("|")] for row in step.text.splitlines()]
        workbook = openpyxl.Workbook()
        for row in (rows[0], *rows[2:]):
            workbook.active.append(row)
        workbook.save(step.name)
        return ""


def _expanded(word: str) -> list[str]:
    """What a shell makes of a word."""
    return sorted(map(str, Path().glob(word))) if "*" in word and " " not in word else [word]


def _sides(diff: str) -> tuple[list[str], list[str]]:
    """What stands where a change is made, before it and after it; lines without a sign stay."""
    lines = diff.splitlines()
    before = [line[1:] for line in lines if not line.startswith("+")]
    return before, [line[1:] for line in lines if not line.startswith("-")]


def matches(page_text: str, output: str) -> bool:
    """Whether a page shows what was said, but for what it leaves out."""
    pieces = [re.escape(piece) for piece in _plain(page_text).split(f"{_LEFT_OUT}\n")]
    return re.fullmatch(r"(?:[^\n]*\n)+".join(pieces), _plain(output)) is not None


def _plain(text: str) -> str:
    for passing, name in _PASSING:
        text = passing.sub(name, text)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
