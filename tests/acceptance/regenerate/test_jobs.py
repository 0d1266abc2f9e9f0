"""``jdgen regenerate --jobs``: several processes write what one writes, and say what it says."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from jdgen.document.own_files import OwnFiles
from jdgen.document.replacing import Permissions
from jdgen.drafting.frameworks_here import load_framework_named
from jdgen.record.keeping import keeping
from jdgen.revision import many_documents
from jdgen.revision.folders import WordFile
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.many_documents import Renewal, Renewed
from jdgen.workspace import Workspace
from tests.toolbox import documents as making
from tests.toolbox.commands import Run
from tests.toolbox.documents import MANNER, edit_document, example_document
from tests.toolbox.examples import ROOT
from tests.toolbox.processes import Deadly
from tests.toolbox.word import word_file


@pytest.fixture
def shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents are shared out, too."""
    monkeypatch.setattr(many_documents, "WORTH_IT", 2)
    monkeypatch.setattr(many_documents, "CHUNK", 2)


@pytest.fixture
def documents(folder: Path) -> Path:
    """Documents that are untouched, edited, and not jdgen's, one of them deep inside."""
    (folder / "all/deep").mkdir(parents=True)
    for number in range(4):
        (folder / f"all/{number}.docx").write_bytes(example_document())
    mine = edit_document(example_document(), ("Establish the project processes", "Establish our project processes"))
    (folder / "all/deep/mine.docx").write_bytes(mine)
    (folder / "all/foreign.docx").write_bytes(word_file("Text"))
    (folder / "all/old.doc").write_bytes(b"x")
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    return folder / "all"


@pytest.mark.usefixtures("shared_out")
def test_several_processes_write_and_say_what_one_does(run: Run, documents: Path) -> None:
    folder = documents.parent
    outputs, contents = {}, {}
    for jobs in ("1", "2"):
        out = f"by {jobs}"
        made_by = run(
            "regenerate", "all", "--framework", "newer.yaml", "-o", out, "--jobs", jobs, "--date", "2026-12-01"
        )
        outputs[jobs] = (
            made_by.exit_code,
            re.sub("by [12]", "", made_by.stdout),
            re.sub("by [12]", "", made_by.stderr),
        )
        contents[jobs] = {
            path.relative_to(folder / out): path.read_bytes()
            for path in (folder / out).rglob("*")
            if path.suffix in (".docx", ".html")
        }
        rows = openpyxl.load_workbook(folder / out / "report.xlsx")["Documents"].iter_rows(values_only=True)
        contents[jobs][Path("rows")] = re.sub("by [12]", "", repr(list(rows))).encode()
    assert outputs["1"] == outputs["2"]
    assert outputs["1"][0] == 1
    assert contents["1"] == contents["2"]
    assert len([name for name in contents["1"] if name.suffix == ".docx"]) == 5


@pytest.mark.usefixtures("shared_out")
def test_a_document_over_which_a_process_dies_is_told_and_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(example_document())
    workspace = Workspace(ROOT)
    newer = load_framework_named(tmp_path / "newer.yaml", workspace, "--framework")
    sound = [WordFile(tmp_path / "a.docx", Path(f"{number}.docx")) for number in range(4)]
    files = [sound[0], WordFile(Deadly("b.docx"), Path("b.docx")), *sound[1:]]
    renewed: list[Renewed] = []
    with keeping(Workspace(tmp_path)) as keeper:
        own_files = OwnFiles(Workspace(tmp_path))
        renewal = Renewal(FreshSources(workspace, newer), MANNER, tmp_path / "new", keeper, own_files, Permissions())
        renewal.bring_up_to_date(files, renewed.append, jobs=2)
    assert [document.target is not None for document in renewed] == [True, False, True, True, True]
    assert [problem.what for problem in renewed[1].problems] == ["the process that brought it up to date died"]
