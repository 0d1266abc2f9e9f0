"""Files with the ends of lines that Windows gives them say the same as those of other systems, digests included."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jdgen.framework.model import Framework
from jdgen.framework.reading import load_framework
from tests.toolbox.commands import Run
from tests.toolbox.examples import POSTS, ROOT

TEXTS = (".yaml", ".md", ".txt", ".json", ".csv", ".toml")
TABLE = "Heading,Band 6,Band 7\nBudget,Keeps the budget.,Plans the budget.\nRisk,Lists risks.,Weighs risks.\n"


def as_windows_has_them(folder: Path) -> int:
    """Give every text of ``folder`` the ends of lines that Windows has; how many there are."""
    texts = [path for path in folder.rglob("*") if path.suffix in TEXTS]
    for path in texts:
        path.write_bytes(re.sub(rb"\r?\n", b"\r\n", path.read_bytes()))
    return len(texts)


def workspace(folder: Path) -> Path:
    shutil.copytree(ROOT / "framework_data", folder / "framework_data")
    for post in POSTS[1:3]:
        shutil.copy(ROOT / f"examples/posts/{post}.yaml", folder)
    (folder / "posts.csv").write_bytes(b'Job title,Specialism,Band,Base\nLead,pmo,7,"One\nTwo"\n')
    (folder / "jdgen.toml").write_bytes(b'[documents]\nheadings = "sentence case"\n\n[post]\nemployer = "A trust"\n')
    return folder


def test_documents_are_the_same_byte_for_byte(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents: list[dict[str, bytes]] = []
    for name in ("here", "windows"):
        (folder / name).mkdir()
        monkeypatch.chdir(workspace(folder / name))
        if name == "windows":
            assert as_windows_has_them(folder / name) > 20
        result = run("framework", "check")
        assert result.exit_code == 0, result.output
        assert "every text held against its source" in result.output
        for post in POSTS[1:3]:
            assert run("generate", "--post", f"{post}.yaml", "--date", "2026-11-24").exit_code == 0
        assert run("batch", "posts.csv", "--date", "2026-11-24").exit_code == 0
        documents.append({path.name: path.read_bytes() for path in Path("output").glob("*.docx")})
    assert documents[0] == documents[1]
    assert len(documents[0]) == 3


@pytest.mark.parametrize("ending", ["csv", "md", "txt"])
def test_what_was_imported_fits_its_source_on_either_system(ending: str, run: Run, folder: Path) -> None:
    table = TABLE
    if ending == "md":
        rows = [f"| {' | '.join(row.split(','))} |" for row in TABLE.splitlines()]
        table = "\n".join([rows[0], "|---|---|---|", *rows[1:]]) + "\n"
    if ending == "txt":
        table = TABLE.replace(",", "\t")
    frameworks: list[Framework] = []
    for name, content in (("lf", table), ("crlf", table.replace("\n", "\r\n"))):
        (folder / name).mkdir()
        (folder / f"{name}/wards.{ending}").write_bytes(content.encode())
        out = f"{name}/wards.yaml"
        options = ("--id", "wards", "--version", "1", "--specialism", "Wards", "--output", out)
        imported = run("framework", "import", f"{name}/wards.{ending}", *options)
        assert imported.exit_code == 0, imported.output
        frameworks.append(replace(load_framework(Path(out), out), sha256=""))
    assert frameworks[0] == frameworks[1]
    for name in ("lf", "crlf"):
        source = folder / name / frameworks[0].source_file
        before = source.read_bytes()
        is_of_windows = b"\r\n" in before
        source.write_bytes(before.replace(b"\r\n", b"\n") if is_of_windows else before.replace(b"\n", b"\r\n"))
        assert source.read_bytes() != before
        result = run("framework", "check", f"{name}/wards.yaml")
        assert result.exit_code == 0, result.output
        source.write_bytes(source.read_bytes().replace(b"Weighs risks", b"Weighs a risk"))
        result = run("framework", "check", f"{name}/wards.yaml")
        assert "is not the text that was transcribed" in result.output
