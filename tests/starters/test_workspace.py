from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
import yaml

from jdgen.configuration import Nation, load_common_entries, load_configuration
from jdgen.drafting.loading import load_library
from jdgen.placeholders import NO_PLACEHOLDERS
from jdgen.starters.answers import Answers
from jdgen.starters.workspace import STATEMENTS, NewWorkspace, plan_workspace
from jdgen.workspace import Workspace
from tests.toolbox.examples import ROOT
from tests.toolbox.other_levels import DATA
from tests.toolbox.word import word_file

NAMED = Answers(organisation="North Moorshire NHS Trust", values=("Kind", 'Say it "plainly"'))


def planned(folder: Path, answers: Answers) -> NewWorkspace:
    return plan_workspace(Workspace(folder), answers)


def text_of(new: NewWorkspace, name: str) -> str:
    return {str(file.path): file.content for file in new.files}[name].decode()


def test_what_makes_a_folder_a_workspace_is_written_last(tmp_path: Path) -> None:
    new = planned(tmp_path, NAMED)
    assert [str(file.path) for file in new.files] == [
        "templates/job-description.docx",
        "posts/example.yaml",
        "jdgen.toml",
    ]


def test_only_what_differs_from_the_shipped_is_active(tmp_path: Path) -> None:
    settings = tomllib.loads(text_of(planned(tmp_path, NAMED), "jdgen.toml"))
    post = {"employer": "North Moorshire NHS Trust", "specialism": "pmo", "values": ["Kind", 'Say it "plainly"']}
    assert settings == {"post": post, "documents": {}, "own": {}, "statements": {}, "criteria": {}, "assessment": {}}
    answers = Answers(filename="{title} {version}", assessment=("A = AF Application  form",))
    assert tomllib.loads(text_of(planned(tmp_path, answers), "jdgen.toml")) == {
        "post": {"specialism": "pmo"},
        "documents": {"filename": "{title} {version}"},
        "own": {},
        "statements": {},
        "criteria": {},
        "assessment": {"A": "AF Application form"},
    }


def test_every_setting_that_is_off_can_be_put_on_as_its_file_says(tmp_path: Path) -> None:
    text = text_of(planned(tmp_path, Answers()), "jdgen.toml")
    active = re.sub(r"^#(?! |$)", "", text, flags=re.MULTILINE)
    (tmp_path / "jdgen.toml").write_text(active, encoding="utf-8")
    configuration = load_configuration(Workspace(tmp_path))
    assert configuration.essential_limit == 20
    assert (configuration.template, configuration.output, configuration.filename) == (
        "job-description",
        tmp_path / "output",
        "{document} {title} band {band}",
    )
    assert {code: method.code for code, method in configuration.assessment.items()} == {code: code for code in "AITPCR"}
    assert set(configuration.own) == {"division", "post_number"}
    entries = load_common_entries(Workspace(tmp_path), NO_PLACEHOLDERS)
    assert entries is not None
    assert (entries.problems, set(entries.values)) == ((), {"employer", "specialism", "values", "about", "clauses"})


def test_files_for_people_have_no_line_that_a_window_cuts(tmp_path: Path) -> None:
    new = planned(tmp_path, Answers(statements=True))
    for name in ("jdgen.toml", "posts/example.yaml", "framework_data/clauses/general.yaml"):
        assert max(map(len, text_of(new, name).splitlines())) <= 120


@pytest.mark.parametrize("nation", Nation)
def test_statements_that_are_copied_say_what_those_of_the_nation_do(tmp_path: Path, nation: Nation) -> None:
    assert all(file.path != STATEMENTS for file in planned(tmp_path, Answers(nation=nation)).files)
    new = planned(tmp_path, Answers(nation=nation, statements=True))
    path = tmp_path / STATEMENTS
    path.parent.mkdir(parents=True)
    path.write_text(text_of(new, str(STATEMENTS)), encoding="utf-8")
    copied, shipped = (
        load_library(Workspace(tmp_path), "pmo", clauses=name) for name in ("general", nation.statements)
    )
    assert copied.clauses.id == "general"
    assert copied.clauses == shipped.clauses._replace(id="general")
    assert "based_on" not in path.read_text(encoding="utf-8")


def test_england_s_statements_are_copied_as_they_stand(tmp_path: Path) -> None:
    copied = yaml.safe_load(text_of(planned(tmp_path, Answers(statements=True)), str(STATEMENTS)))
    assert copied == yaml.safe_load((ROOT / STATEMENTS).read_text(encoding="utf-8"))


@pytest.mark.parametrize("nation", [Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND])
def test_outside_england_it_is_said_that_nobody_there_has_reviewed_the_statements(
    tmp_path: Path, nation: Nation
) -> None:
    new = planned(tmp_path, Answers(nation=nation))
    (warning,) = map(str, new.warnings)
    assert f"those for {nation} are jdgen's own, and nobody who works there has reviewed them" in warning
    assert f'nation = "{nation}"\n' in text_of(new, "jdgen.toml")
    assert planned(tmp_path, Answers(nation=Nation.ENGLAND)).warnings == ()


def test_without_a_name_no_template_is_made(tmp_path: Path) -> None:
    new = planned(tmp_path, Answers())
    assert [str(file.path) for file in new.files] == ["posts/example.yaml", "jdgen.toml"]


def test_an_own_template_that_is_sound_is_used(tmp_path: Path) -> None:
    source = tmp_path / "Our form.docx"
    source.write_bytes((ROOT / "templates/job-description.docx").read_bytes())
    new = planned(tmp_path, Answers(organisation="A trust", template=source))
    assert next(str(file.path) for file in new.files) == "templates/Our form.docx"
    assert tomllib.loads(text_of(new, "jdgen.toml"))["documents"] == {"template": "Our form"}


def test_one_with_errors_is_copied_and_not_used_before_it_is_mended(tmp_path: Path) -> None:
    source = tmp_path / "form.docx"
    source.write_bytes(word_file("Job title: {{ titel }}"))
    new = planned(tmp_path, Answers(template=source))
    assert "unknown-field" in {finding.code for finding in new.errors}
    text = text_of(new, "jdgen.toml")
    assert tomllib.loads(text)["documents"] == {}
    assert '# form has errors. Mend them in Word, then use it: jdgen template check form\n#template = "form"' in text


def test_where_there_are_several_specialisms_one_is_to_be_chosen(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "framework_data")
    new = planned(tmp_path, Answers())
    assert new.specialism is None
    assert "specialism" not in tomllib.loads(text_of(new, "jdgen.toml"))["post"]
    assert "\nspecialism: " in text_of(new, "posts/example.yaml")
    new = planned(tmp_path, Answers(specialism="Kite workshop"))
    assert tomllib.loads(text_of(new, "jdgen.toml"))["post"] == {"specialism": "kite-workshop"}
    assert '\nlevel: "B"\n' in text_of(new, "posts/example.yaml")
