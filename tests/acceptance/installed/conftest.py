"""jdgen built, twice and in different circumstances, and installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.toolbox.examples import ROOT

#: No release has it, so that what is built by this tag is told from everything else.
VERSION = "98.7.6"
ASSETS = Path("jdgen/page/assets")


@dataclass(frozen=True)
class Distributions:
    """A checkout, and the files that were built from it."""

    checkout: Path
    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This tree, as a commit with a tag in a repository of its own."""
    folder = tmp_path_factory.mktemp("repository") / "jdgen"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "build", "dist", "assets"
    )
    shutil.copytree(ROOT, folder, ignore=ignored)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Everything as it is here")
    git(folder, "tag", f"v{VERSION}")
    return folder


@pytest.fixture(scope="session")
def distributions(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """What is built from a clone."""
    folder = clone(repository, tmp_path_factory.mktemp("built") / "jdgen")
    return build(folder, "--sdist", "--wheel")


@pytest.fixture(scope="session")
def built_again(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """What is built from another clone: elsewhere, of other times, read by nobody, after work in it; the wheel from the
    sdist."""
    place = tmp_path_factory.mktemp("again") / "somewhere else entirely" / "jd"
    folder = clone(repository, place, umask=0o077)
    for name in ("jdgen/__pycache__/words.cpython-311.pyc", "output/manager.docx", "records/records.sqlite3"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"left over")
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (987_654_321, 987_654_321))
    return build(folder, umask=0o077, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="7")


def clone(repository: Path, folder: Path, umask: int = -1) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    git(folder.parent, "clone", "--quiet", str(repository), str(folder), umask=umask)
    shutil.copytree(ROOT / ASSETS, folder / ASSETS)
    return folder


def git(folder: Path, *arguments: str, umask: int = -1) -> None:
    command = ["git", "-c", "user.name=A tester", "-c", "user.email=tester@jdgen.example", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, umask=umask)


def build(folder: Path, *what: str, umask: int = -1, **environment: str) -> Distributions:
    target = folder.parent / "dist"
    command = [sys.executable, "-m", "build", *what, "--no-isolation", "--outdir", str(target), str(folder)]
    subprocess.run(command, check=True, capture_output=True, umask=umask, env={**os.environ, **environment})
    (wheel,) = target.glob("*.whl")
    (sdist,) = target.glob("*.tar.gz")
    return Distributions(folder, wheel, sdist)


@pytest.fixture(scope="session")
def wheel(distributions: Distributions) -> Path:
    return distributions.wheel


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds this wheel, and borrows the libraries that it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    purelib = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # A path file, unlike PYTHONPATH, comes after the environment's own packages and reads no other path file,
    # so that the checkout, which is installed by such a file, is not found.
    (Path(purelib) / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "jdgen"


def run(command: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JDGEN"))}
    return subprocess.run(
        [str(command), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
