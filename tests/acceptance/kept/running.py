"""``jdgen`` in a copy of the kept workspace: what it says, and which files it leaves, as text without this machine."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner, Result

from jdgen.cli.main import main
from tests.acceptance.kept.projection import file_lines

ROOT = Path(__file__).resolve().parents[3]
WORKSPACE = Path(__file__).parent / "workspace"
#: What changes from run to run, or with a release, and what it is written as.
_PASSING = (
    (re.compile(r"(?<=documents in |.document in )[\d.,]+ s"), "<time>"),
    (re.compile(r"(?<=jdgen )\d+\.\d+\.\d+\S*"), "<release>"),
    (re.compile(r"(?<=jdgen, version )\S+"), "<release>"),
    (re.compile(r"(?<=td\.number )\d+\.\d+"), "<time>"),
    (re.compile(r'(?<="seconds": )[\d.]+'), "<time>"),
    (re.compile(r'(?<="made_by": ")[^"]+'), "<release>"),
)


class Workplace:
    """A copy of the kept workspace in ``folder``, which is the current folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(WORKSPACE, folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "examples", folder / "examples")
        self._files = self._state()

    def run(self, line: str) -> Result:
        """``jdgen`` with the arguments of ``line``. An exception that is no exit is a failure of the test."""
        environment = {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", "FORCE_COLOR": None}
        return CliRunner(env=environment).invoke(main, shlex.split(line), prog_name="jdgen", catch_exceptions=False)

    def transcript(self, line: str) -> str:
        """What ``jdgen`` says and writes when it is run with ``line``; ``cp FROM TO`` copies a file instead."""
        words = shlex.split(line)
        if words[:1] == ["cp"]:
            target = self.folder / words[2]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.folder / words[1], target)
            self._files = self._state()
            return f"$ {line}\n"
        result = self.run(line)
        lines = [f"$ jdgen {line}".rstrip(), f"exit code {result.exit_code}"]
        lines += [f"  out| {text}".rstrip() for text in result.stdout.splitlines()]
        lines += [f"  err| {text}".rstrip() for text in result.stderr.splitlines()]
        lines += self._file_changes()
        return self.plain("\n".join(lines) + "\n")

    def plain(self, text: str) -> str:
        """``text`` without the places of this machine, and without what changes from run to run."""
        for place, name in ((self.folder, "<folder>"), (ROOT, "<jdgen>")):
            for spelling in {str(place), os.path.realpath(place)}:
                text = text.replace(spelling, name)
        for pattern, name in _PASSING:
            text = pattern.sub(name, text)
        return text

    def _file_changes(self) -> Iterator[str]:
        before, self._files = self._files, self._state()
        for path in sorted({*before, *self._files}):
            if path not in self._files:
                yield f"  gone {path}"
            elif before.get(path) != self._files[path]:
                yield f"  {'changed' if path in before else 'wrote'} {path}"
                yield from (f"    {line}".rstrip() for line in file_lines(path, self._files[path]))

    def _state(self) -> dict[str, bytes]:
        """All files but the kept records and the list of what was written, which are no one's to read."""
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        by_name = {path.relative_to(self.folder).as_posix(): path for path in paths}
        return {name: path.read_bytes() for name, path in by_name.items() if not name.startswith("records/")}
