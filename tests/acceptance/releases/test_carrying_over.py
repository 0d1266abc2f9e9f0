"""Whatever a publisher changes, what people wrote is carried over, and what no longer fits then is what they were told
to decide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jdgen.app.carrying import Verdict, carry_over
from jdgen.drafting.frameworks_here import load_framework_named
from jdgen.drafting.loading import library_problems
from jdgen.framework.reading import framework_of
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.workspace import Workspace
from tests.acceptance.releases.releasing import released
from tests.toolbox.data import DATA
from tests.toolbox.examples import ROOT
from tests.toolbox.soak import count

pytestmark = pytest.mark.soak
#: Said of a heading, not of an entry.
OF_HEADINGS = re.compile("no criterion is there for the duties|no criterion for|is missing, and")


@pytest.mark.parametrize("seed", range(count(12)))
def test_what_no_longer_fits_afterwards_is_what_was_to_be_decided(seed: int, tmp_path: Path) -> None:
    old = load_framework_named(Path("nhs-pccf"), Workspace(ROOT), "OLD")
    new = framework_of(parse_yaml(released(seed).encode(), "release.yaml"))
    carried = carry_over(Workspace(ROOT), old, new, tmp_path / "framework_data", ())
    for copy in carried.copies:
        copy.path.parent.mkdir(parents=True, exist_ok=True)
        copy.path.write_bytes(copy.content)
    entries = sorted(
        (copy.path.name, copy.path.parent.name, entry.line, entry.verdict)
        for copy in carried.copies
        for entry in copy.entries
    )
    for problem in library_problems(Workspace(tmp_path), new, new.specialisms[0]):
        if OF_HEADINGS.search(problem.what):
            continue
        kind, line = Path(problem.where.name).parent.name, problem.where.number  # type: ignore[attr-defined]  # a place in a file
        before = [entry for entry in entries if entry[1] == kind and entry[2] <= line]
        assert before, problem
        assert max(before, key=lambda entry: entry[2])[3] is Verdict.DECIDE, problem


@pytest.mark.parametrize("seed", range(count(12)))
def test_no_line_that_people_wrote_is_lost(seed: int) -> None:
    old = load_framework_named(Path("nhs-pccf"), Workspace(ROOT), "OLD")
    new = framework_of(parse_yaml(released(seed).encode(), "release.yaml"))
    for copy in carry_over(Workspace(ROOT), old, new, None, ()).copies:
        carried_lines = {_bare(line) for line in copy.content.decode().splitlines()}
        for line in (DATA / copy.path.parent.name / copy.path.name).read_text("utf-8").splitlines():
            assert _bare(line) in carried_lines, line


def _bare(line: str) -> str:
    """A line without names of parts, which may be others, and without what makes it a comment."""
    return " ".join(re.sub(r"[\w.-]*[.-][\w.-]*|\[.*?\]", "", line).replace("#", "").split())
