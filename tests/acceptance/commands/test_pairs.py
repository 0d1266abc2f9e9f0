"""What options name together with what is said of it is read by one rule, and told in one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.toolbox.commands import POST, Run

#: Each option that takes pairs: its form, and a command that has it.
FORMS = {
    "--reading": ("HEADING=READING", ("generate", *POST)),
    "--skill": ("SKILL=LEVEL", ("generate", *POST)),
    "--reword": ("DUTY=TEXT", ("generate", *POST)),
    "--omit": ("DUTY[=REASON]", ("generate", *POST)),
    "--keep": ("DUTY[=REASON]", ("generate", *POST)),
    "--specialism": ("OLD=NEW", ("regenerate", ".", "--output", "new")),
    "--level": ("OLD=NEW", ("regenerate", ".", "--output", "new")),
    "--renamed": ("OLD=NEW", ("framework", "import", "a.csv", "--id", "a", "--version", "1", "--output", "a.yaml")),
}
NEEDS_BOTH = [option for option, (form, _) in FORMS.items() if "[" not in form]


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    (folder / "a.csv").write_text("Duty,6,7\nCare,Keep it.,Mend it.\n", encoding="utf-8")


@pytest.mark.parametrize("option", FORMS)
@pytest.mark.parametrize("text", ["=new", "old=", " = ", ""])
def test_a_pair_that_lacks_a_side_is_told_with_the_form_and_an_example(option: str, text: str, run: Run) -> None:
    form, command = FORMS[option]
    result = run(*command, option, text)
    assert result.exit_code == 1
    in_words = "DUTY or DUTY=REASON" if "[" in form else form
    assert f"error: {option}: '{text}' is not of the form {form}: write {in_words}, such as " in result.stderr


@pytest.mark.parametrize("option", NEEDS_BOTH)
def test_a_name_alone_is_told(option: str, run: Run) -> None:
    form, command = FORMS[option]
    assert f"error: {option}: 'old' is not of the form {form}: " in run(*command, option, "old").stderr


@pytest.mark.parametrize("option", ["--reading", "--skill", "--specialism", "--level"])
def test_a_name_of_which_two_things_are_said_is_told(option: str, run: Run) -> None:
    _, command = FORMS[option]
    result = run(*command, option, "a = b", option, "a=c")
    assert (result.exit_code, f"error: {option}: 'a' is given twice: keep one of them\n" in result.stderr) == (1, True)
    assert "given twice" not in run(*command, option, "a = b", option, "a=b").stderr


@pytest.mark.parametrize("option", NEEDS_BOTH)
def test_the_first_sign_divides(option: str, run: Run) -> None:
    _, command = FORMS[option]
    assert "is not of the form" not in run(*command, option, "a=b=c").stderr
