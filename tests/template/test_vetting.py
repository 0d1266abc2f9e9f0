"""Templates that are not shipped are tried out apart, once for each content."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError
from jdgen.template import vetting as process
from jdgen.template import vetting as remembered
from jdgen.template.trial import made_up_draft
from jdgen.template.vetting import open_vetted, remember, vet
from jdgen.workspace import cache_folder
from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.word import NAME, word_file

FILE = "jdgen/safe-templates.txt"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A mark for each process that was started; they run as ever."""
    marks: list[str] = []
    run = subprocess.run

    def counted(*arguments: object, **options: object) -> object:
        marks.append("started")
        return run(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("jdgen.apart.subprocess.run", counted)
    return marks


def problems(content: bytes) -> list[str]:
    with pytest.raises(JdgenError) as raised:
        vet(content, NAME)
    return [str(problem) for problem in raised.value.problems]


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


def test_a_faulty_template_is_never_remembered_and_all_is_told(cache: Path, started: list[str]) -> None:
    for _ in range(2):
        assert [problem.partition(" (")[0] for problem in problems(word_file("{{ titel }}", "{{ bnd }}"))] == [
            "test.docx, '{{ titel }}'",
            "test.docx, '{{ bnd }}'",
        ]
    assert len(started) == 2
    assert not (cache / FILE).exists()


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


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"rules of old\n" + b"0" * 64, b"\n" * 10])
def test_a_damaged_memory_counts_as_empty_and_is_mended(cache: Path, content: bytes, started: list[str]) -> None:
    path = cache / FILE
    path.parent.mkdir()
    path.write_bytes(content)
    template = word_file("{{ title }}")
    for _ in range(2):
        vet(template, NAME)
    assert len(started) == 1


def test_a_folder_that_cannot_be_written_to_is_no_error(cache: Path, started: list[str]) -> None:
    (cache / "jdgen").write_text("a file where a folder should be")
    template = word_file("{{ title }}")
    for _ in range(2):
        vet(template, NAME)
    assert len(started) == 2


def test_memory_does_not_grow_without_end_and_leaves_nothing_behind(cache: Path) -> None:
    digests = [f"{number:064x}" for number in range(520)]
    for digest in digests:
        remember(digest)
    assert remembered.read_remembered() == tuple(digests[-500:])
    assert [path.name for path in (cache / "jdgen").iterdir()] == ["safe-templates.txt"]


def test_other_rules_make_all_be_tried_out_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember("0" * 64)
    monkeypatch.setattr(remembered, "rules", lambda: "others")
    assert remembered.read_remembered() == ()


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
def test_what_is_remembered_lies_where_the_system_keeps_such(
    environment: dict[str, str], platform: str, folder: str
) -> None:
    assert cache_folder(environment, platform, Path("/home/a")) == Path(folder)


def test_a_made_up_draft_fills_every_field_of_the_model() -> None:
    draft = made_up_draft(6)
    assert all(vars(draft).values())
    assert [len(heading.duties) for heading in draft.duty_headings] == [3] * 6
    ids = [duty.id for heading in draft.duty_headings for duty in heading.duties]
    assert len(set(ids)) == 18
    empty = made_up_draft(0)
    assert isinstance(empty, JobDescription)
    assert (empty.duty_headings, empty.picture) == ((), None)
