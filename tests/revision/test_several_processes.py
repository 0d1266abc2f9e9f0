"""Many documents: several processes say what one says, and a block without a place is left over, not lost."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from jdgen.revision import status as surveying
from jdgen.revision.many_documents import left_over_file
from jdgen.revision.regeneration import regenerate
from jdgen.revision.status import State, statuses
from jdgen.workspace import Workspace
from tests.toolbox import documents as making
from tests.toolbox.documents import MANNER, altered, edit_document, example_document, newer_framework
from tests.toolbox.examples import ROOT
from tests.toolbox.processes import Deadly
from tests.toolbox.word import W, open_document


def test_several_processes_say_what_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = []
    for number in range(6):
        content = (
            example_document()
            if number % 2
            else edit_document(example_document(), ("Smoke-free workplace", "No smoking"))
        )
        paths.append(tmp_path / f"{number}.docx")
        paths[-1].write_bytes(content)
    alone = list(statuses(paths, Workspace(ROOT), newer_framework()))
    monkeypatch.setattr(surveying, "WORTH_IT", 2)
    monkeypatch.setattr(surveying, "usable_cores", lambda: 2)
    assert list(statuses(paths, Workspace(ROOT), newer_framework())) == alone
    assert [status.path for status in alone] == [str(path) for path in paths]


def test_a_document_over_which_a_process_dies_is_told_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surveying, "WORTH_IT", 1)
    monkeypatch.setattr(surveying, "usable_cores", lambda: 2)
    (tmp_path / "a.docx").write_bytes(example_document())
    paths: list[Any] = [tmp_path / "a.docx", Deadly("b.docx"), tmp_path / "a.docx"]
    sound, dead, again = statuses(paths, Workspace(ROOT), newer_framework())
    assert sound.states == again.states == (State.PRINTS_OTHERWISE,)
    assert dead.states == (State.UNKNOWN,)
    assert [problem.what for problem in dead.problems] == ["the process that looked at it died"]


def test_a_row_whose_table_a_person_took_out_is_left_over(tmp_path: Path) -> None:
    def take_out(tree: Any) -> None:
        for table in list(tree.iter(f"{W}tbl")):
            if "Experience of setting standards" in "".join(table.itertext()):
                table.getparent().replace(table, copy.deepcopy(next(tree.iter(f"{W}p"))))

    result = regenerate(altered(example_document(), take_out), "jd.docx", making.newer_materials(tmp_path), MANNER)
    row = "leadership-boards-8a-8d"
    assert [decision.id for decision in result.unplaced] == [row, f"{row}.importance", f"{row}.assessed_by"]
    rest = left_over_file(result)
    assert rest is not None
    assert making.NEW_ROW in [paragraph.text for paragraph in open_document(rest).paragraphs]
    assert left_over_file(regenerate(example_document(), "jd.docx", making.newer_materials(tmp_path), MANNER)) is None
