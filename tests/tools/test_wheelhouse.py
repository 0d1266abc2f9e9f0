"""A wheelhouse has all that jdgen asks for on each system with each Python, and says what it lacks."""

from __future__ import annotations

import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest
from wheelhouse import EXTRAS, PYTHONS, SYSTEMS, gaps, hashes, older

from tests.toolbox.examples import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OFFLINE = (ROOT / "docs/offline.md").read_text(encoding="utf-8")


def write_wheel(folder: Path, name: str, version: str = "1.0", tag: str = "py3-none-any", *asks: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    headers = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {each}" for each in asks)]
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as archive:
        archive.writestr(
            f"{name}-{version}.dist-info/METADATA", "Metadata-Version: 2.1\n" + "\n".join(headers) + "\n\n"
        )


def write_jdgen(folder: Path, *asks: str) -> None:
    write_wheel(folder, "jdgen", "1.0", "py3-none-any", *asks)


def test_a_folder_with_all_that_is_asked_for_lacks_nothing(tmp_path: Path) -> None:
    write_jdgen(tmp_path, "click>=8", "lxml", "isal; extra == 'fast'", "pikepdf[images]>=10; extra == 'pdf'")
    write_wheel(tmp_path, "click", "8.1")
    write_wheel(tmp_path, "isal")
    write_wheel(tmp_path, "pikepdf", "10.1", "cp311-abi3-win_amd64", "pillow; extra == 'images'")
    write_wheel(tmp_path, "pillow")
    for python in PYTHONS:
        write_wheel(tmp_path, "lxml", "6.0", "cp{0}-cp{0}-win_amd64".format(python.replace(".", "")))
    assert gaps(tmp_path, "windows") == []


def test_what_only_windows_asks_for_is_missed_there_alone(tmp_path: Path) -> None:
    write_jdgen(tmp_path, "click")
    write_wheel(tmp_path, "click", "8.1", "py3-none-any", "colorama; platform_system == 'Windows'")
    assert gaps(tmp_path, "windows") == [f"windows: Python {python}: no wheel of colorama" for python in PYTHONS]
    assert gaps(tmp_path, "linux-x86_64") == gaps(tmp_path, "macos-arm64") == []


def test_what_only_an_older_python_asks_for_is_missed_there_alone(tmp_path: Path) -> None:
    write_jdgen(tmp_path, "tomli; python_version < '3.12'")
    assert gaps(tmp_path, "macos-arm64") == ["macos-arm64: Python 3.11: no wheel of tomli"]


@pytest.mark.parametrize(
    ("tag", "system", "pythons"),
    [
        ("cp313-cp313-win_amd64", "windows", ("3.11", "3.12", "3.14")),
        ("cp313-abi3-win_amd64", "windows", ("3.11", "3.12")),
        ("cp311-abi3-win32", "windows", PYTHONS),
        ("cp311-abi3-manylinux_2_28_x86_64", "linux-x86_64", ()),
        ("cp311-abi3-manylinux_2_34_x86_64", "linux-x86_64", PYTHONS),
        ("cp311-abi3-manylinux_2_28_x86_64", "linux-aarch64", PYTHONS),
        ("cp311-abi3-musllinux_1_2_x86_64", "linux-x86_64", PYTHONS),
        ("cp311-abi3-macosx_11_0_arm64", "macos-arm64", ()),
        ("cp311-abi3-macosx_10_9_universal2", "macos-x86_64", ()),
        ("cp311-abi3-macosx_26_0_arm64", "macos-arm64", PYTHONS),
        ("py2-none-any", "windows", PYTHONS),
    ],
)
def test_a_wheel_counts_where_it_runs(tag: str, system: str, pythons: tuple[str, ...], tmp_path: Path) -> None:
    write_jdgen(tmp_path, "lxml")
    write_wheel(tmp_path, "lxml", "6.0", tag)
    assert gaps(tmp_path, system) == [f"{system}: Python {python}: no wheel of lxml" for python in pythons]


def test_a_version_that_does_not_fit_is_none(tmp_path: Path) -> None:
    write_jdgen(tmp_path, "click<9,>=8.2")
    write_wheel(tmp_path, "click", "8.1")
    assert gaps(tmp_path, "windows")[0] == "windows: Python 3.11: no wheel of click<9,>=8.2"


def test_what_is_older_than_elsewhere_is_told(tmp_path: Path) -> None:
    for name in SYSTEMS:
        write_wheel(tmp_path / name, "cryptography", "48.0" if name == "macos-x86_64" else "50.0")
        write_wheel(tmp_path / name, "click", "8.1")
    assert older(tmp_path) == ["macos-x86_64: cryptography 48.0, where others have 50.0: for it, no newer one is there"]


def test_hashes_are_as_sha256sum_checks_them(tmp_path: Path) -> None:
    write_jdgen(tmp_path)
    write_wheel(tmp_path, "click")
    (tmp_path / "SHA256SUMS").write_text("".join(hashes(tmp_path)), encoding="utf-8")
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    write_wheel(tmp_path, "click", "1.0", "py3-none-any", "something else")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_it_is_for_each_python_and_extra_that_jdgen_has() -> None:
    versions = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", each)]
    assert list(PYTHONS) == versions
    assert set(EXTRAS) == {name for name in PROJECT["optional-dependencies"] if name not in ("dev", "docs")}


def test_the_page_about_it_names_each_system_and_python() -> None:
    assert [name for name in SYSTEMS if f"`{name}`" not in OFFLINE] == []
    assert [python for python in PYTHONS if python not in OFFLINE] == []
    assert f'"jdgen[{",".join(reversed(EXTRAS))}]"' in OFFLINE
