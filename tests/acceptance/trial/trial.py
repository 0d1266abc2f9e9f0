"""The trial itself: documents made, edited, moved and renamed, a second version imported, all brought up to date."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from jdgen.cli.main import main
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import record_of
from jdgen.revision.redline.settling import accept_all
from jdgen.word.paragraphs import paragraphs_of, text_of
from tests.acceptance.trial.managing import Edit, edits
from tests.acceptance.trial.office import OPEN_DOCUMENT, WORD, Managers
from tests.acceptance.trial.second_version import second_version, write_mended
from tests.toolbox.examples import ROOT
from tests.toolbox.organisations.templates import TEMPLATES
from tests.toolbox.word import parts_of, stories_of

_SUFFIXES = ("", " (North)", " (South)", ", Digital", ", Estates")
_PLACES = ("Moorgate Cross", "Harbour House", "Fell View", "Canal Yard", "Abbey Street")
_NAMES = ("JD", "Job desc", "role", "copy of", "final")
_FOLDERS = ("HR", "HR/2026", "Managers/Jo", "Managers", "Old")
#: Documents that nobody edits, that are saved as .odt between, and whose edits are tracked.
_UNTOUCHED, _BY_ODT, _TRACKED = ("6-1", "8c-5"), ("7-1", "8b-2"), ("8d-2",)
_SEED = 20261124

#: Runs jdgen in the folder of the trial, and gives what it prints.
Jdgen = Callable[..., str]


@dataclass
class Case:
    """One document: where it was made and moved to, what was done to it, and what came of it."""

    name: str
    template: str
    document: Path
    moved_path: Path
    edits: list[Edit] = field(default_factory=list)
    status: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)
    redline: Path = Path()
    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()

    @property
    def record(self) -> GenerationRecord:
        """What the document was made from."""
        record, _ = record_of(self.document.read_bytes())
        assert record is not None
        return record


def hold_trial(folder: Path) -> list[Case]:
    """The trial, held in ``folder``, which is the workspace."""

    def jdgen(*command: str) -> str:
        return _run(folder, *command)

    cases = _make_documents(folder, jdgen)
    (folder / "office").mkdir()
    office = Managers(folder / "office")
    _edit_documents(cases, office)
    for between in (folder / "moved").rglob("*.odt"):
        between.unlink()  # jdgen would tell of each that it cannot be brought up to date
    _second_version(folder, jdgen)
    for case, status in zip(cases, _by_path(jdgen("status", "moved", "--json"), cases), strict=True):
        case.status = status
    output = jdgen("regenerate", "moved", "--accept-pending", "--output", "redlines", "--json")
    for case, result in zip(cases, _by_path(output, cases), strict=True):
        case.result, case.redline = result, folder / "redlines" / case.moved_path.relative_to(folder / "moved")
    settled = office.all_settled([case.redline.read_bytes() for case in cases])
    for case, (rejected, accepted) in zip(cases, settled, strict=True):
        case.rejected, case.accepted = texts(rejected), texts(accepted)
    return cases


def _run(folder: Path, *command: str) -> str:
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(main, command)
    finally:
        os.chdir(before)
    # 1 of a status says that there is something to do.
    assert result.exit_code == 0 or command[0] == "status", result.output
    return result.stdout


def texts(content: bytes) -> tuple[str, ...]:
    """Every text of a document, with the tracked changes in it accepted."""
    tree = stories_of(parts_of(content))
    accept_all(tree)
    return tuple(text for paragraph in paragraphs_of(tree) if (text := " ".join(text_of(paragraph).split())))


def _make_documents(folder: Path, jdgen: Jdgen) -> list[Case]:
    (folder / "templates").mkdir()
    (folder / "posts").mkdir()
    for name, content in TEMPLATES.items():
        (folder / f"templates/{name}.docx").write_bytes(content())
    cases: list[Case] = []
    for example in sorted((ROOT / "examples/posts").glob("*.yaml")):
        post = yaml.safe_load(example.read_text(encoding="utf-8"))
        for kind in range(5):
            name, number = f"{post['band']}-{kind + 1}", len(cases)
            details = {"title": post["title"] + _SUFFIXES[kind], "base": _PLACES[kind], "reference": f"TRIAL-{name}"}
            (folder / f"posts/{name}.yaml").write_text(yaml.safe_dump({**post, **details}), encoding="utf-8")
            template = _template(kind, number // 5)
            path = folder / f"output/{name}.docx"
            jdgen("generate", "--post", f"posts/{name}.yaml", "--template", template, "--output", str(path))
            moved_path = folder / "moved" / _FOLDERS[number % 5] / f"{_NAMES[kind]} {number + 1:02d}.docx"
            moved_path.parent.mkdir(parents=True, exist_ok=True)
            cases.append(Case(name, template, path, moved_path))
    return cases


def _template(kind: int, number: int) -> str:
    """Three shipped job descriptions a band, one template of an organisation's, and one of the other shipped ones."""
    if kind == 3:
        return sorted(TEMPLATES)[number]
    return ("person-specification", "role-profile")[number % 2] if kind == 4 else "job-description"


def _edit_documents(cases: list[Case], office: Managers) -> None:
    chance = random.Random(_SEED)
    jobs: list[str] = []
    for case in cases:
        band, _, profile = case.name.partition("-")
        if case.name in _UNTOUCHED:
            shutil.copy(case.document, case.moved_path)
            continue
        case.edits = list(edits(case.record.blocks, int(profile), band, chance))
        jobs.append(f"open|{case.document.as_uri()}")
        jobs += ["record|on"] if case.name in _TRACKED else []
        jobs += [edit.job for edit in case.edits]
        if case.name in _BY_ODT:
            between = case.moved_path.with_suffix(".odt").as_uri()
            jobs += [f"save|{between}|{OPEN_DOCUMENT}", f"open|{between}"]
        jobs.append(f"save|{case.moved_path.as_uri()}|{WORD}")
    office.work(jobs)


def _second_version(folder: Path, jdgen: Jdgen) -> None:
    (folder / "second.txt").write_text(second_version(), encoding="utf-8")
    out = "framework_data/frameworks/nhs-pccf-2.yaml"
    jdgen("framework", "import", "second.txt", "--id", "nhs-pccf", "--version", "2", "--output", out)
    write_mended(folder / "framework_data")


def _by_path(output: str, cases: list[Case]) -> list[Mapping[str, Any]]:
    by_name = {Path(entry["path"]).name: entry for entry in json.loads(output)}
    return [by_name[case.moved_path.name] for case in cases]
