"""The architecture is a check that fails: each contract of pyproject is broken on purpose, and refused by name."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.toolbox.examples import ROOT

CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
PROTECTED = [contract for contract in CONTRACTS if contract["type"] == "protected"]
FORBIDDEN = [contract for contract in CONTRACTS if contract["type"] == "forbidden"]
LAYERS = [contract for contract in CONTRACTS if contract["type"] == "layers"]
#: A module of this name is planted in every room.
PLANTED = "planted"
#: By this a contract forbids everything in the package.
ALL_ROOMS = "jdgen.*"
#: What the command line may know of it.
KNOWN_TO_COMMANDS = ("app", "cli", "dates", "errors", "harmless", "words")


@pytest.fixture(scope="module")
def breached(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of a copy in which every room, a room that is new, and every module that a contract names import
    what they must not, by contract."""
    folder = copied(tmp_path_factory.mktemp("breached"))
    everything = [name for contract in PROTECTED for name in contract["protected_modules"]]
    everything += [name for contract in FORBIDDEN for name in contract["forbidden_modules"] if name != ALL_ROOMS]
    text = "".join(f"import {name}\n" for name in dict.fromkeys(everything))
    (folder / "jdgen/anew").mkdir()
    (folder / "jdgen/anew/__init__.py").touch()
    for room in rooms(folder):
        (room / f"{PLANTED}.py").write_text(text, encoding="utf-8")
    for contract in FORBIDDEN:
        planted = "".join(
            f"import {name}\n"
            for forbidden_module in contract["forbidden_modules"]
            for name in names_under(forbidden_module)
        )
        for module in contract["source_modules"]:
            path = folder / module.replace(".", "/")
            path = path / f"{PLANTED}.py" if path.is_dir() else path.with_suffix(".py")
            path.write_text(f"{path.read_text(encoding='utf-8')}\n{planted}", encoding="utf-8")
    code, output = lint(folder)
    assert code == 1, output
    return sections(output)


def names_under(forbidden_module: str) -> list[str]:
    """What a contract forbids by a name, or by :data:`ALL_ROOMS`: each room and module, those that are new too."""
    if forbidden_module != ALL_ROOMS:
        return [forbidden_module]
    names = {path.stem for path in (ROOT / "jdgen").iterdir() if path.suffix == ".py" or path in rooms(ROOT)}
    return [f"jdgen.{name}" for name in sorted(names | {"anew"}) if name not in ("__init__", *KNOWN_TO_COMMANDS)]


def copied(folder: Path) -> Path:
    shutil.copytree(ROOT / "jdgen", folder / "jdgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def rooms(folder: Path) -> list[Path]:
    """The folders of modules."""
    return sorted(path.parent for path in (folder / "jdgen").rglob("__init__.py"))


def lint(folder: Path) -> tuple[int, str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout


def sections(output: str) -> dict[str, str]:
    """What is said of each broken contract, by its name."""
    parts = re.split(r"^(.+)\n-+\n", output.partition("Broken contracts")[2], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_architecture_is_kept(tmp_path: Path) -> None:
    code, output = lint(copied(tmp_path))
    assert code == 0, output
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in output
    assert {contract["type"] for contract in CONTRACTS} == {"protected", "forbidden", "layers"}


@pytest.mark.parametrize("contract", PROTECTED, ids=lambda contract: contract["name"])
def test_what_only_some_may_know_is_refused_in_every_other_room(
    contract: dict[str, Any], breached: dict[str, str]
) -> None:
    planted = {f"{'.'.join(room.relative_to(ROOT).parts)}.{PLANTED}" for room in rooms(ROOT)} | {
        f"jdgen.anew.{PLANTED}"
    }
    importers = tuple(f"{name}." for name in contract["allowed_importers"])
    output = breached[contract["name"]]
    for forbidden_module in contract["protected_modules"]:
        refused_importers = set(
            re.findall(rf"^- (jdgen\S*\.{PLANTED}) -> {re.escape(forbidden_module)} ", output, flags=re.MULTILINE)
        )
        assert refused_importers == {name for name in planted if not name.startswith(importers)}, forbidden_module


@pytest.mark.parametrize("room", [room.relative_to(ROOT).as_posix() for room in rooms(ROOT)])
def test_a_room_says_what_each_of_its_modules_is_for(room: str) -> None:
    """But for the package itself, whose map is in CONTRIBUTING, for rooms with a module for each command, and for the
    values of a room, which are its ``model``."""
    if room == "jdgen" or room.startswith(("jdgen/app", "jdgen/cli")):
        return
    paths = (ROOT / room).iterdir()
    modules = {path.stem for path in paths if path.suffix == ".py" or (path / "__init__.py").exists()}
    output = (ROOT / room / "__init__.py").read_text(encoding="utf-8")
    assert {module for module in modules - {"__init__", "model"} if not re.search(rf"\.{module}\b", output)} == set()


def test_what_contributing_points_to_is_there() -> None:
    output = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:jdgen|tests|tools|docs|bench|templates|framework_data)/[\w/-]+(?:\.\w+|/))`", output)
    assert len(paths) > 30
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("contract", FORBIDDEN, ids=lambda contract: contract["name"])
def test_what_nobody_may_know_is_refused(contract: dict[str, Any], breached: dict[str, str]) -> None:
    for module in contract["source_modules"]:
        for forbidden_module in contract["forbidden_modules"]:
            for name in names_under(forbidden_module):
                assert f"{module} is not allowed to import {name}:" in breached[contract["name"]]


def test_no_layer_imports_the_one_above_and_each_room_is_in_a_layer(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "jdgen/somewhere.py").write_text('"""No layer."""\n', encoding="utf-8")
    (contract,) = LAYERS
    breaches = [
        (f"jdgen.{below}", f"jdgen.{above}")
        for higher, lower in pairwise(contract["layers"])
        for below in lower.split(" | ")
        for above in higher.split(" | ")
    ]
    for below, above in breaches:
        path = folder / below.replace(".", "/")
        path = path / f"{PLANTED}.py" if path.is_dir() else path.with_suffix(".py")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\nimport {above}\n")
    code, output = lint(folder)
    assert code == 1
    broken_contracts = output.partition("Broken contracts")[2]
    assert "somewhere" in broken_contracts
    assert [pair for pair in breaches if f"{pair[0]} is not allowed to import {pair[1]}:" not in broken_contracts] == []
