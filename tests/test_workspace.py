from __future__ import annotations

import ntpath
import posixpath
from pathlib import Path
from types import ModuleType

import pytest

from jdgen.workspace import Workspace, cache_folder, shipped_folder


def test_the_shipped_folder_holds_data_and_templates() -> None:
    assert (shipped_folder() / "framework_data/frameworks/nhs-pccf.yaml").is_file()
    assert (shipped_folder() / "templates/job-description.docx").is_file()


def test_an_empty_folder_is_a_workspace_that_overrides_nothing(tmp_path: Path) -> None:
    assert (
        Workspace(tmp_path).file("framework_data", "prompts.yaml") == shipped_folder() / "framework_data/prompts.yaml"
    )
    assert [path.parent for path in Workspace(tmp_path).files("framework_data/criteria", "*.yaml")] == [
        shipped_folder() / "framework_data/criteria"
    ]


def test_the_workspaces_own_file_wins_over_the_shipped_one(tmp_path: Path) -> None:
    own_file = tmp_path / "framework_data/criteria/nhs-pccf-pmo.yaml"
    own_file.parent.mkdir(parents=True)
    own_file.write_text("x", encoding="utf-8")
    assert Workspace(tmp_path).file("framework_data/criteria", "nhs-pccf-pmo.yaml") == own_file
    assert Workspace(tmp_path).files("framework_data/criteria", "*.yaml") == (own_file,)


@pytest.mark.parametrize(("system", "many"), [(ntpath, 1), (posixpath, 2)])
def test_capitals_make_another_file_except_on_windows(
    system: ModuleType, many: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.path.normcase", system.normcase)
    own_file = tmp_path / "framework_data/criteria/NHS-PCCF-pmo.yaml"
    own_file.parent.mkdir(parents=True)
    own_file.write_text("x", encoding="utf-8")
    files = Workspace(tmp_path).files("framework_data/criteria", "*.yaml")
    assert len(files) == many
    assert own_file in files


def test_own_and_shipped_files_stand_together_sorted_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "framework_data/criteria"
    folder.mkdir(parents=True)
    for name in ("zeta.yaml", "alpha.yaml"):
        (folder / name).write_text("x", encoding="utf-8")
    files = Workspace(tmp_path).files("framework_data/criteria", "*.yaml")
    assert [path.name for path in files] == ["alpha.yaml", "nhs-pccf-pmo.yaml", "zeta.yaml"]


def test_what_is_nowhere_is_nothing(tmp_path: Path) -> None:
    assert Workspace(tmp_path).file("framework_data", "nothing.yaml") is None


def test_a_folder_is_no_file_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "framework_data/clauses/local.yaml").mkdir(parents=True)
    assert Workspace(tmp_path).file("framework_data/clauses", "local.yaml") is None
    assert "local.yaml" not in [path.name for path in Workspace(tmp_path).files("framework_data/clauses", "*.yaml")]


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({}, "linux", "/home/a/.cache/jdgen"),
        ({"XDG_CACHE_HOME": "/c"}, "linux", "/c/jdgen"),
        ({"XDG_CACHE_HOME": "c"}, "linux", "/home/a/.cache/jdgen"),
        ({}, "darwin", "/home/a/Library/Caches/jdgen"),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/jdgen/Cache"),
        ({}, "win32", "/home/a/AppData/Local/jdgen/Cache"),
    ],
)
def test_what_is_kept_lies_where_the_system_keeps_such(environment: dict[str, str], platform: str, folder: str) -> None:
    assert cache_folder(environment, platform, Path("/home/a")) == Path(folder)
