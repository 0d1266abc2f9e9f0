"""What a user sees of a stranger's template."""

from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.template import vetting
from tests.toolbox.commands import POST, Run
from tests.toolbox.soak import IS_SOAK
from tests.toolbox.word import change_part, word_file

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> float:
    """What a template may take to fill: in a soak what it may take of users, of whom nobody waits here else."""
    if not IS_SOAK:
        monkeypatch.setattr(vetting, "SECONDS", 0.5)
    return vetting.SECONDS


def write_endless(path: Path) -> None:
    """A template whose loops inside loops print nothing and take minutes."""
    loops = "".join(f"{{% for {name} in clauses %}}" for name in "abcd")
    path.write_bytes(word_file(f"{loops}{{% if band == 'x' %}}x{{% endif %}}{'{% endfor %}' * 4}" * 60))


@pytest.mark.soak
@pytest.mark.parametrize("command", ["regenerate", "status"])
def test_so_is_one_that_documents_are_to_be_made_again_with(
    command: str, run: Run, folder: Path, seconds: float
) -> None:
    assert run("generate", *POST, "--output", "made").exit_code == 0
    write_endless(folder / "own.docx")
    options = ("--output", "out") if command == "regenerate" else ()
    result = run(command, "made", "--template", "own.docx", *options)
    assert result.exit_code == 1
    assert f"own.docx: takes longer than {seconds} seconds to fill" in result.output
    assert "Traceback" not in result.stderr
    assert not (folder / "out").exists() or not list((folder / "out").glob("*.docx"))


@pytest.mark.soak
@pytest.mark.parametrize(
    "command",
    [
        ("generate", *POST, "--template", "own.docx"),
        ("batch", "posts.csv", "--output", "made", "--template", "own.docx"),
        ("template", "fields", "own.docx"),
    ],
    ids=lambda command: command[0],
)
def test_a_template_that_takes_too_long_is_refused_by_every_command(
    command: tuple[str, ...], run: Run, folder: Path, seconds: float
) -> None:
    write_endless(folder / "own.docx")
    (folder / "posts.csv").write_text("Job title,Specialism,Band\nPMO lead,pmo,7\n", encoding="utf-8")
    result = run(*command)
    assert result.exit_code == 1
    assert f"own.docx: takes longer than {seconds} seconds to fill: take out loops inside loops" in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(folder.rglob("*/*.docx"))


def test_what_was_taken_out_of_a_template_is_a_review_note(run: Run, folder: Path) -> None:
    link = (
        f'<Relationship Id="rX" Type="{OFFICE}/attachedTemplate" Target="https://x.org/a.dotm" TargetMode="External"/>'
    )
    relations = "word/_rels/document.xml.rels"
    template = change_part(
        word_file("{{ title }}"), relations, lambda part: part.replace(b"</Relat", f"{link}</Relat".encode())
    )
    (folder / "own.docx").write_bytes(template)
    for options in ((), ("--overwrite",)):
        result = run("generate", *POST, "--template", "own.docx", "--notes", "all", *options)
        assert result.exit_code == 0, result.stderr
        assert "own.docx: the template attached to it (https://x.org/a.dotm) is left out" in " ".join(
            result.stderr.split()
        )
