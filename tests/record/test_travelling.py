"""What a document says of its maker: nothing. And documents that an earlier form of the record says more in are read,
found their template, and say nothing once they are made again."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from jdgen.cli.main import main
from jdgen.record.keeping import keeping
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import record_of
from jdgen.record.untouched import copy_at
from jdgen.revision.fresh_sources import template_file
from jdgen.workspace import Workspace
from tests.toolbox.examples import ROOT
from tests.toolbox.word import parts_of, zipped

pytestmark = pytest.mark.slow

BEFORE = ROOT / "tests/data/before"
#: Words that stand in reasons of the post below, and nowhere else.
REASONS = ("accident", "spilt", "ties none")
POST = """\
title: Assistant kite keeper
specialism: kite-workshop
band: 4
level: A
employer: Example Museum of Kites
reference: EX-KITE-2
purpose: You help to keep the kites of the museum in the air.
duties:
  omit: [{duty: kite-workshop.safety.a-b, reason: Robin may not go near the flying field since the accident.}]
  reword: [{duty: kite-workshop.workshop.a.2, text: Keep the floor clear., reason: Robin spilt the glue.}]
criteria:
  omit: [{criterion: example-skill, reason: Robin ties none.}]
"""
NEW_FRAMEWORK = ("Writes down what was repaired.", "Writes down what was repaired, and why.")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace of a museum, with a document of it made before in ``made``."""
    folder = tmp_path / "museum"
    shutil.copytree(BEFORE, folder)
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, arguments, prog_name="jdgen", catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def generate(workspace: Path, post: str = POST, *options: str) -> Path:
    (workspace / "post.yaml").write_text(post, encoding="utf-8")
    run("generate", "--post", "post.yaml", "--template", "museum", "--output", "new.docx", *options)
    return workspace / "new.docx"


def record_at(path: Path) -> GenerationRecord:
    record, _ = record_of(path.read_bytes())
    assert record is not None
    return record


def texts_of(path: Path) -> Iterator[str]:
    """All that is in a document, part by part, with the name of each."""
    for name, content in parts_of(path.read_bytes()).items():
        yield f"{name} {content.decode('utf-8', 'replace')}"


def renewed(workspace: Path) -> Path:
    """The framework as its publisher has it now, of which one duty is in other words."""
    data = workspace / "framework_data"
    for path in (data / "frameworks/example-grades.yaml", data / "sources/example-grades.txt"):
        text = path.read_text(encoding="utf-8")
        assert NEW_FRAMEWORK[0] in text
        path.write_text(text.replace(*NEW_FRAMEWORK), encoding="utf-8")
    framework = data / "frameworks/example-grades.yaml"
    old = (data / "sources/example-grades.txt").read_bytes()
    text = framework.read_text(encoding="utf-8")
    was = text.split("sha256: '")[1].split("'")[0]
    framework.write_text(text.replace(was, hashlib.sha256(old).hexdigest()), encoding="utf-8")
    return framework


def test_two_installations_in_two_folders_make_equal_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("here of robin", "elsewhere/on/another disk of alex"):
        installed = tmp_path / name
        for part in ("jdgen", "framework_data", "templates"):
            shutil.copytree(ROOT / part, installed / part, ignore=shutil.ignore_patterns("__pycache__"))
        folder = installed / "work"
        (folder / "forms").mkdir(parents=True)
        form = folder / "forms/our form.docx"
        shutil.copy(ROOT / "templates/role-profile.docx", form)
        post = ("--specialism", "pmo", "--band", "7", "--title", "PMO manager", "--date", "2026-11-24")
        for output, template in (("shipped.docx", "job-description"), ("own.docx", str(form))):
            subprocess.run(
                [sys.executable, "-m", "jdgen", "generate", *post, "--template", template, "--output", output],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(installed)},
                check=True,
                capture_output=True,
            )
        made_there = [folder / "shipped.docx", folder / "own.docx"]
        for path in made_there:
            for text in texts_of(path):
                assert not any(word in text for word in (str(tmp_path), "robin", "alex", "forms")), text[:60]
        assert [record_at(path).template for path in made_there] == ["job-description.docx", "our form.docx"]
        contents.append([path.read_bytes() for path in made_there])
    assert contents[0] == contents[1]


def test_reasons_stay_with_whoever_gave_them(workspace: Path) -> None:
    path = generate(workspace)
    record = record_at(path)
    assert record.post["omitted_duties"] == [{"duty": "kite-workshop.safety.a-b"}]
    copies = (workspace / "records").rglob("*")
    texts = [*texts_of(path), *(each.read_bytes().decode("latin-1") for each in copies if each.is_file())]
    texts += [run("show", "new.docx", "--json"), run("status", "new.docx", "--json")]
    assert not any(word in text for text in texts for word in REASONS)
    assert "up to date" in run("status", "new.docx")
    assert "up to date" in run("regenerate", "new.docx", "--output", "out")
    other = generate(workspace, POST.replace("spilt the glue", "spilt the paint"), "--overwrite")
    assert record_at(other).inputs == record.inputs


def test_a_document_made_with_reasons_is_brought_up_to_date(workspace: Path) -> None:
    generate(workspace)
    renewed(workspace)
    assert "new.docx: 1 reworded" in run("status", "new.docx", code=1)
    assert "1 reworded" in run("regenerate", "new.docx", "--output", "out", "--overwrite")
    (record_text,) = [text for text in texts_of(workspace / "out/new.docx") if text.startswith("customXml/item7301")]
    assert "Keep the floor clear." in record_text
    assert "Follows the rules" not in record_text


@pytest.mark.parametrize("name", ["kite-keeper", "assistant"])
def test_a_document_of_the_earlier_form_is_read_and_up_to_date(workspace: Path, name: str) -> None:
    """One has a path in the workspace, the other that of a file that is there no more, and reasons."""
    path = workspace / f"made/{name}.docx"
    assert "/" in record_at(path).template
    assert run("status", str(path)).startswith("up to date")
    assert "as jdgen wrote it" in run("show", str(path))
    assert "up to date" in run("regenerate", str(path), "--output", "out")


def test_once_made_again_it_says_nothing_of_its_maker(workspace: Path) -> None:
    path = workspace / "made/assistant.docx"
    assert any("Robin Example" in text for text in texts_of(path))
    renewed(workspace)
    for options in ((), ("--clean",)):
        run("regenerate", str(path), "--output", f"out{len(options)}", *options)
        new = workspace / f"out{len(options)}/assistant.docx"
        assert not any(word in text for text in texts_of(new) for word in ("Robin", *REASONS))
        assert record_at(new).document_id == record_at(path).document_id
        assert run("status", str(new)).startswith("up to date")


def test_a_lost_record_of_the_earlier_form_is_put_back_without_them(workspace: Path) -> None:
    path = workspace / "made/assistant.docx"
    with keeping(Workspace(workspace)) as keeper:
        keeper.keep(copy_at(path))
    parts = parts_of(path.read_bytes())
    path.write_bytes(zipped({name: part for name, part in parts.items() if not name.startswith("customXml/")}))
    assert "its record put back" in run("regenerate", str(path), "--output", "out")
    new = workspace / "out/assistant.docx"
    assert not any(word in text for text in texts_of(new) for word in ("Robin", *REASONS))
    assert run("status", str(new)).startswith("up to date")


def test_a_template_is_found_by_its_name_then_by_what_it_is(workspace: Path, tmp_path: Path) -> None:
    template = workspace / "templates/museum.docx"
    here = Workspace(workspace)
    record = replace(record_at(workspace / "made/assistant.docx"), template="our form.docx")
    assert template_file(record, here) == template
    renamed = template.rename(workspace / "templates/of the museum.docx")
    assert template_file(replace(record, template="museum.docx"), here) == renamed
    elsewhere = renamed.rename(tmp_path / "our form.docx")
    assert template_file(record, here) is None
    assert template_file(replace(record, template=str(elsewhere)), here) == elsewhere
    elsewhere.write_bytes(b"another")
    assert template_file(replace(record, template=str(elsewhere)), here) is None
    assert template_file(replace(record, template=f"//server{elsewhere}"), here) is None


def test_a_template_that_is_nowhere_is_named(workspace: Path) -> None:
    (workspace / "templates/museum.docx").unlink()
    output = run("status", "made/assistant.docx", code=1)
    assert "our form.docx: the template of the document is not here: put it into the folder templates" in output
    assert "--template FILE" in output
    assert "Robin" not in output


def test_a_template_of_the_shipped_name_is_not_the_shipped_one(workspace: Path) -> None:
    """An organisation's own, of the same name as a shipped one and kept under another since, is still its own."""
    template = workspace / "templates/museum.docx"
    record = replace(record_at(workspace / "made/assistant.docx"), template="job-description.docx")
    assert template_file(record, Workspace(workspace)) == template
    template.unlink()
    path = template_file(record, Workspace(workspace))
    assert path is not None
    assert path == ROOT / "templates/job-description.docx"
