"""A wheel and an sdist hold what they should and nothing else, and are the same whoever builds them."""

from __future__ import annotations

import email
import io
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from distribution import faults

from tests.acceptance.installed.conftest import VERSION, Distributions


def test_built_elsewhere_at_another_time_by_somebody_else_they_have_the_same_bytes(
    distributions: Distributions, built_again: Distributions
) -> None:
    assert distributions.checkout != built_again.checkout
    assert distributions.sdist.name == built_again.sdist.name == f"jdgen-{VERSION}.tar.gz"
    assert distributions.wheel.name == built_again.wheel.name == f"jdgen-{VERSION}-py3-none-any.whl"
    assert list(members(distributions.sdist)) == list(members(built_again.sdist))
    assert list(members(distributions.wheel)) == list(members(built_again.wheel))
    assert distributions.sdist.read_bytes() == built_again.sdist.read_bytes()
    assert distributions.wheel.read_bytes() == built_again.wheel.read_bytes()


def members(path: Path) -> Iterator[tuple[object, ...]]:
    """What each member is, so that the first that differs is named."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                yield entry.filename, entry.date_time, entry.external_attr, entry.CRC
    else:
        with tarfile.open(path) as archive:
            for each in archive:
                yield each.name, each.mtime, each.mode, each.uid, each.uname, each.size, each.chksum


def test_both_hold_all_that_they_should_and_nothing_else(distributions: Distributions) -> None:
    assert faults(distributions.wheel, distributions.checkout) == []
    assert faults(distributions.sdist, distributions.checkout) == []


def test_the_wheel_says_its_licences_authors_and_pythons(distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as archive:
        metadata = email.message_from_bytes(archive.read(f"jdgen-{VERSION}.dist-info/METADATA"))
        assert b"Version 2.0, January 2004" in archive.read(f"jdgen-{VERSION}.dist-info/licenses/LICENSE")
        assert "jdgen/py.typed" in archive.namelist()
    assert metadata["License-Expression"].startswith("Apache-2.0 AND ")
    assert metadata.get_all("License-File") == ["LICENSE", "NOTICE"]
    assert (metadata["Author"], metadata["Requires-Python"]) == ("The jdgen authors", ">=3.11")
    assert metadata.get_all("Project-URL") is None


@pytest.mark.parametrize("name", ["tests/test_zips.py", "jdgen/__pycache__/words.cpython-311.pyc", "jdgen/notes.txt"])
def test_what_does_not_belong_in_a_wheel_is_named(name: str, distributions: Distributions, tmp_path: Path) -> None:
    path = tmp_path / distributions.wheel.name
    shutil.copy(distributions.wheel, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"")
    assert f"{path.name}: {name} does not belong in it" in faults(path, distributions.checkout)


def test_what_a_wheel_lacks_is_named(distributions: Distributions, tmp_path: Path) -> None:
    path = tmp_path / distributions.wheel.name
    name = "jdgen/page/assets/nhsuk.css"
    with zipfile.ZipFile(distributions.wheel) as whole, zipfile.ZipFile(path, "w") as archive:
        for entry in whole.infolist():
            if entry.filename != name:
                archive.writestr(entry, b"")
    assert faults(path, distributions.checkout) == [f"{path.name}: {name} is missing"]


def test_what_an_sdist_lacks_has_too_much_or_hides_is_named(distributions: Distributions, tmp_path: Path) -> None:
    path = tmp_path / distributions.sdist.name
    root = f"jdgen-{VERSION}"
    with tarfile.open(distributions.sdist) as whole, tarfile.open(path, "w:gz") as archive:
        for entry in whole:
            if entry.name == f"{root}/NOTICE":
                entry.name = f"{root}/notes"
            if entry.name == f"{root}/LICENSE":
                entry.mode = 0o600
            archive.addfile(entry, io.BytesIO(bytes(entry.size)))
    assert faults(path, distributions.checkout) == [
        f"{path.name}: {root}/NOTICE is missing",
        f"{path.name}: {root}/notes does not belong in it",
        f"{path.name}: {root}/LICENSE has the mode 600",
    ]
