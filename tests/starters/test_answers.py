from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.starters.answers import Answers, sound_answers
from jdgen.workspace import Workspace
from tests.toolbox.data import problems_of
from tests.toolbox.examples import ROOT
from tests.toolbox.word import word_file


def problems(folder: Path, answers: Answers) -> list[str]:
    return problems_of(lambda: sound_answers(Workspace(folder), answers))


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(b"no zip")
    (problem,) = problems(tmp_path, Answers(template=tmp_path / "form.docx"))
    assert problem.startswith("--template: ")


def test_everything_that_is_wrong_is_told_at_once_by_its_option(tmp_path: Path) -> None:
    answers = Answers(
        organisation="{{ trust }}",
        values=("",),
        specialism="pno",
        color="yellow",
        picture=tmp_path / "gone.png",
        filename="{titel}",
    )
    assert {problem.partition(":")[0] for problem in problems(tmp_path, answers)} == {
        *("--specialism", "--values", "--filename", "--picture")
    }
    answers = Answers(organisation="{{ trust }}", color="yellow", alt_text="x", filename="JD \ud800")
    assert {problem.partition(":")[0] for problem in problems(tmp_path, answers)} == {
        *("--organisation", "--colour", "--alt-text", "--filename")
    }


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("JD", "--filename: every document would have this name: put a field into it, such as "),
        ("{titel}", "--filename: no field titel: use {document}, {title}, "),
        ("", "--filename: is empty: "),
    ],
)
def test_a_pattern_is_checked(tmp_path: Path, pattern: str, message: str) -> None:
    assert problems(tmp_path, Answers(filename=pattern))[0].startswith(message)
    assert sound_answers(Workspace(tmp_path), Answers(filename="{own.post_number} {title}"))


def test_a_code_that_two_methods_share_is_told_once(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, Answers(assessment=("A=X Form", "I=X Talk")))
    assert problem == "--assessment: 'X' would stand for two ways of assessment, A, I: give each a code of its own"


@pytest.mark.parametrize(
    ("assessment", "message"),
    [
        (("af",), "--assessment: 'af' is none: write a code, = and yours, such as 'A=AF Application form'"),
        (("A=Application form",), "--assessment: 'A=Application form' is none: "),
        (("X=AF Application form",), "--assessment: no criteria have the assessment code 'X': use one of A, I, T, "),
        (("A=I Form",), "--assessment: 'I' would stand for two ways of assessment, A, I: give each a code of its own"),
    ],
)
def test_codes_of_assessment_are_checked(tmp_path: Path, assessment: tuple[str, ...], message: str) -> None:
    assert problems(tmp_path, Answers(assessment=assessment))[0].startswith(message)


def test_a_look_is_for_a_template_that_is_made_in_a_name(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, Answers(color="#003087"))
    assert problem.startswith("--colour: is for a template in the name of your organisation: give the name, too")
    source = tmp_path / "form.docx"
    source.write_bytes((ROOT / "templates/job-description.docx").read_bytes())
    (problem,) = problems(tmp_path, Answers(organisation="A trust", template=source, accent="#003087"))
    assert problem.startswith("--accent: is for a template that jdgen makes, and --template names your own")


def test_a_template_with_errors_takes_the_place_of_no_shipped_one(tmp_path: Path) -> None:
    source = tmp_path / "role-profile.docx"
    source.write_bytes(word_file("{{ titel }}"))
    (problem,) = problems(tmp_path, Answers(template=source))
    assert "would win over the template role-profile that comes with jdgen: give the file another name" in problem
    source.rename(tmp_path / "our-role-profile.docx")
    assert sound_answers(Workspace(tmp_path), Answers(template=tmp_path / "our-role-profile.docx"))
