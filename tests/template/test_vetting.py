"""Templates that are not shipped are tried out apart, once for each content."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from jdgen.cache import entry
from jdgen.drafting.model import JobDescription
from jdgen.template import vetting as process
from jdgen.template.compiled import written_template
from jdgen.template.trial import made_up_draft
from jdgen.template.vetting import open_vetted, vet
from tests.toolbox.data import problems_of
from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.word import NAME, word_file

pytestmark = pytest.mark.slow

KEPT = "jdgen/kept"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A mark for each process that was started; they run as ever."""
    marks: list[str] = []
    run = subprocess.run

    def run_and_mark(*arguments: object, **options: object) -> object:
        marks.append("started")
        return run(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("jdgen.system.apart.subprocess.run", run_and_mark)
    return marks


def problems(content: bytes) -> list[str]:
    return problems_of(lambda: vet(content, NAME))


def test_a_safe_template_is_tried_out_once(cache: Path, started: list[str]) -> None:
    content = word_file("{{ title }}")
    for _ in range(3):
        assert open_vetted(content, NAME).fields == ("title",)
    assert len(started) == 1
    vet(word_file("{{ band }}"), NAME)
    assert len(started) == 2


def test_a_shipped_template_is_never_tried_out(cache: Path, started: list[str]) -> None:
    for name in TEMPLATES:
        vet((ROOT / "templates" / f"{name}.docx").read_bytes(), NAME)
    assert started == []


def test_a_faulty_template_is_never_kept_and_all_is_told(cache: Path, started: list[str]) -> None:
    for _ in range(2):
        assert [problem.partition(" (")[0] for problem in problems(word_file("{{ titel }}", "{{ bnd }}"))] == [
            "test.docx, '{{ titel }}'",
            "test.docx, '{{ bnd }}'",
        ]
    assert len(started) == 2
    assert not (cache / KEPT).exists()


def test_a_process_that_hangs_is_ended_by_the_clock(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.01)
    (problem,) = problems(word_file("{{ title }}"))
    assert "takes longer than 0.01 seconds to fill" in problem


def test_a_process_that_cannot_be_started_is_told(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(cache / "no-python"))
    assert problems(word_file("{{ title }}")) == [
        "test.docx: cannot be tried out (No such file or directory): allow Python to start a process, or use a shipped "
        "template"
    ]


def test_modules_of_the_working_folder_are_not_taken_for_python_s(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (cache / "docx.py").write_text("raise SystemExit(5)")
    monkeypatch.chdir(cache)
    vet(word_file("{{ title }}"), NAME)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"0" * 64 + b"\n", b"\n" * 10])
def test_what_is_kept_and_damaged_counts_for_nothing_and_is_mended(
    cache: Path, content: bytes, started: list[str]
) -> None:
    template = word_file("{{ title }}")
    open_vetted(template, NAME)
    files = [*(cache / KEPT).iterdir()]
    assert len(files) == 2  # that it is safe, and what was made of it
    for file in files:
        file.write_bytes(content)
    for _ in range(2):
        assert open_vetted(template, NAME).fields == ("title",)
    assert len(started) == 2


@pytest.mark.parametrize("content", [b"", b"PK", b"{}"])
def test_what_is_kept_and_is_no_template_is_made_anew(cache: Path, content: bytes) -> None:
    template = word_file("{{ title }}")
    template_before = open_vetted(template, NAME)
    entry("template", NAME, template).write(content)
    assert written_template(open_vetted(template, NAME)) == written_template(template_before)
    assert entry("template", NAME, template).read() == written_template(template_before)


def test_a_template_is_kept_by_its_name_and_content(cache: Path, started: list[str]) -> None:
    template = word_file("{{ title }}")
    for name in (NAME, "other.docx", NAME):
        assert open_vetted(template, name).name == name
    assert len(started) == 1
    assert open_vetted(word_file("{{ band }}"), NAME).fields == ("band",)


def test_a_folder_that_cannot_be_written_to_is_no_error(cache: Path, started: list[str]) -> None:
    (cache / "jdgen").write_text("a file where a folder should be")
    template = word_file("{{ title }}")
    for _ in range(2):
        vet(template, NAME)
    assert len(started) == 2


def test_a_made_up_draft_fills_every_field_of_the_model() -> None:
    draft = made_up_draft(6)
    # Which fields of its own an organisation has, only its templates say.
    assert [name for name, value in vars(draft).items() if not value] == ["own"]
    assert [len(heading.duties) for heading in draft.duty_headings] == [3] * 6
    ids = [duty.id for heading in draft.duty_headings for duty in heading.duties]
    assert len(set(ids)) == 18
    empty = made_up_draft(0)
    assert isinstance(empty, JobDescription)
    assert (empty.duty_headings, empty.picture) == ((), None)
