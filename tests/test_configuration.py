from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.configuration import Configuration, OwnMethod, load_common_entries, load_configuration
from jdgen.errors import JdgenError
from jdgen.placeholders import NO_PLACEHOLDERS
from jdgen.workspace import Workspace, find_workspace


def workspace(folder: Path, text: str) -> Workspace:
    (folder / "jdgen.toml").write_text(text, encoding="utf-8")
    return Workspace(folder)


def test_a_folder_without_the_file_says_nothing(tmp_path: Path) -> None:
    assert load_configuration(Workspace(tmp_path)) == Configuration()
    assert load_common_entries(Workspace(tmp_path), NO_PLACEHOLDERS) is None


def test_the_nearest_folder_upwards_that_has_the_file_is_the_workspace(tmp_path: Path) -> None:
    inner = tmp_path / "a/b/c"
    inner.mkdir(parents=True)
    assert find_workspace(inner) == Workspace(inner)
    workspace(tmp_path, "")
    assert find_workspace(inner) == Workspace(tmp_path)
    workspace(tmp_path / "a", "")
    assert find_workspace(inner) == Workspace(tmp_path / "a")


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert load_configuration(workspace(tmp_path, "# nothing yet\n")) == Configuration()
    assert load_common_entries(workspace(tmp_path, "[post]\n"), NO_PLACEHOLDERS) is None


def test_paths_are_relative_to_the_file_and_names_of_templates_stay_names(tmp_path: Path) -> None:
    (tmp_path / "ours.docx").write_bytes(b"")
    configuration = load_configuration(
        workspace(tmp_path, "[documents]\ntemplate = 'ours.docx'\noutput = 'made/here'\n")
    )
    assert configuration == Configuration(template=str(tmp_path / "ours.docx"), output=tmp_path / "made/here")
    configuration = load_configuration(workspace(tmp_path, "[documents]\ntemplate = 'role-profile'\n"))
    assert configuration.template == "role-profile"


@pytest.mark.parametrize("path", ["../elsewhere", "/elsewhere", "inside/../../elsewhere", "link/elsewhere"])
def test_a_path_that_leads_out_is_taken_and_told(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    configuration = load_configuration(workspace(folder, f"[documents]\noutput = '{path}'\n"))
    (warning,) = map(str, configuration.warnings)
    assert warning.startswith(f"jdgen.toml:2: output '{path}' is outside the workspace: it is ")


def test_problems_have_their_lines(tmp_path: Path) -> None:
    with pytest.raises(JdgenError) as caught_error:
        load_configuration(workspace(tmp_path, "[documnts]\n[documents]\noutput = 3\n"))
    first, second = map(str, caught_error.value.problems)
    assert first.startswith("jdgen.toml:1: unknown key 'documnts': did you mean 'documents'?")
    assert second == "jdgen.toml:3: output: 3 where text is meant: write '3' in quotes"


def test_entries_of_every_post_have_their_lines_and_tell_what_does_not_fit(tmp_path: Path) -> None:
    text = "[post]\nemployer = 'A trust'\nvalues = ['Kind', 'Brave']\nband = true\n"
    entries = load_common_entries(workspace(tmp_path, text), NO_PLACEHOLDERS)
    assert entries is not None
    assert entries.values == {"employer": "A trust", "values": ["Kind", "Brave"]}
    assert entries.places["employer"] == "jdgen.toml:2"
    assert [str(problem).partition(": ")[0] for problem in entries.problems] == ["jdgen.toml:4"]


def test_codes_of_assessment_have_their_lines(tmp_path: Path) -> None:
    configuration = load_configuration(
        workspace(tmp_path, "[assessment]\nA = 'AF  Application form'\nT = 'AC Centre'\n")
    )
    assert configuration.assessment == {
        "A": OwnMethod("AF", "Application form", "jdgen.toml:2"),
        "T": OwnMethod("AC", "Centre", "jdgen.toml:3"),
    }


@pytest.mark.parametrize("codes", ["A = 'AF'", "A = 'af Application form'", "A = 'ABC Form'", "application = 'A Form'"])
def test_a_code_of_assessment_that_nobody_could_print_is_told(tmp_path: Path, codes: str) -> None:
    with pytest.raises(JdgenError, match=r"jdgen\.toml:2: "):
        load_configuration(workspace(tmp_path, f"[assessment]\n{codes}\n"))
