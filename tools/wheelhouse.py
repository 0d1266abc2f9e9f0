"""Bring all that jdgen needs to be installed on machines without a network: a folder for each system, of wheels alone.

    python tools/wheelhouse.py dist/jdgen-0.1.0-py3-none-any.whl dist/wheelhouse

uv says which versions a system needs, since pip, asked for another system, goes by what its own one needs; pip brings
them, each held against its published hash. Then every folder is looked through: what is missing for one system and
Python, and what is older there than elsewhere, is said.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
#: What a wheelhouse is for: one of each.
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
EXTRAS = ("fast", "pdf")
#: The oldest macOS for which pikepdf publishes wheels.
_MACOS = (15, 0)
#: glibc 2.28 is that of Debian 10, RHEL 8 and Ubuntu 20.04.
_GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17")


@dataclass(frozen=True)
class System:
    """A system: what uv calls it, which wheels run there, and what markers of requirements see."""

    uv: str
    platforms: tuple[str, ...]
    markers: Mapping[str, str]


def _linux(machine: str) -> System:
    platforms = (*(f"manylinux_{glibc}_{machine}" for glibc in _GLIBC), f"manylinux2014_{machine}", f"linux_{machine}")
    markers = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine}
    return System(f"{machine}-manylinux_2_28", platforms, markers)


def _macos(machine: str, uv: str) -> System:
    markers = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": machine}
    return System(uv, tuple(mac_platforms(_MACOS, machine)), markers)


SYSTEMS = {
    "windows": System(
        "x86_64-pc-windows-msvc",
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
    "macos-arm64": _macos("arm64", "aarch64-apple-darwin"),
    "macos-x86_64": _macos("x86_64", "x86_64-apple-darwin"),
    "linux-x86_64": _linux("x86_64"),
    "linux-aarch64": _linux("aarch64"),
}


def main(wheel: Path, target: Path) -> None:
    """Make the folders of all systems in ``target``, and say what they lack. Ends with 1 where something is missing."""
    shutil.rmtree(target, ignore_errors=True)
    faults: list[str] = []
    for name, system in SYSTEMS.items():
        folder = target / name
        folder.mkdir(parents=True)
        shutil.copy(wheel, folder)
        for python in PYTHONS:
            print(f"{name}, Python {python}", flush=True)
            extras, pins = _pins(wheel, system, python)
            faults += [
                f"{name}: no wheels for the extra {each} for Python {python}" for each in EXTRAS if each not in extras
            ]
            _bring(pins, system, python, folder)
        shutil.copy(ROOT / "docs" / "offline.md", folder / "README.md")
        (folder / "SHA256SUMS").write_text("".join(hashes(folder)), encoding="utf-8", newline="\n")
        faults += gaps(folder, name)
    print(*older(target), sep="\n")
    print(*faults, sep="\n")
    sys.exit(bool(faults))


def _pins(wheel: Path, system: System, python: str) -> tuple[tuple[str, ...], str]:
    """The extras that there are wheels for, and what they and jdgen need, with hashes, as pip reads it."""
    for extras in (EXTRAS, EXTRAS[1:], EXTRAS[:1], ()):
        command = [*_uv(), "pip", "compile", "-", "--quiet", "--generate-hashes", "--only-binary", ":all:"]
        command += ["--python-platform", system.uv, "--python-version", python, "--no-emit-package", "jdgen"]
        requirement = f"jdgen[{','.join(extras)}] @ {wheel.resolve().as_uri()}"
        environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": ".".join(map(str, _MACOS))}
        process = subprocess.run(
            command, input=requirement, capture_output=True, text=True, check=False, env=environment
        )
        if process.returncode == 0:
            return extras, process.stdout
    raise SystemExit(
        f"{system.uv}, Python {python}: not even jdgen alone has wheels for all it needs:\n{process.stderr}"
    )


def _uv() -> tuple[str, ...]:
    return sys.executable, "-m", "uv"


def _bring(pins: str, system: System, python: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        pinned = Path(place) / "pins.txt"
        pinned.write_text(pins, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--require-hashes",
        ]
        command += ["--implementation", "cp", "--python-version", python, "--dest", str(folder), "-r", str(pinned)]
        command += [f"--platform={platform}" for platform in system.platforms]
        subprocess.run(command, check=True)


# What is in a folder, and what is not.


def hashes(folder: Path) -> Iterator[str]:
    """A line for each wheel in ``folder``, as sha256sum writes and checks it."""
    for path in sorted(folder.glob("*.whl")):
        yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"


def gaps(folder: Path, name: str) -> list[str]:
    """What jdgen or something that it needs asks for and no wheel in ``folder`` is, for one Python of the system
    ``name``."""
    wheels = [Wheel.read(path) for path in sorted(folder.glob("*.whl"))]
    return [
        f"{name}: Python {python}: {missing}"
        for python in PYTHONS
        for missing in _missing(wheels, SYSTEMS[name], python)
    ]


@dataclass(frozen=True)
class Wheel:
    """A wheel: what it is, where it runs, and what it asks for."""

    name: str
    version: Version
    tags: frozenset[Tag]
    requirements: tuple[Requirement, ...]

    @classmethod
    def read(cls, path: Path) -> Wheel:
        """The wheel at ``path``."""
        name, version, _, tags = parse_wheel_filename(path.name)
        with zipfile.ZipFile(path) as archive:
            metadata = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
            requirements = message_from_bytes(archive.read(metadata)).get_all("Requires-Dist", [])
        return cls(name, version, tags, tuple(map(Requirement, requirements)))


def _missing(wheels: Sequence[Wheel], system: System, python: str) -> Iterator[str]:
    tags = _tags(system, python)
    usable = [wheel for wheel in wheels if not wheel.tags.isdisjoint(tags)]
    waiting, asked_before = [("jdgen", extra, "") for extra in ("", *EXTRAS)], set()
    while waiting:
        name, extra, specifier = waiting.pop()
        if (name, extra, specifier) in asked_before:
            continue
        asked_before.add((name, extra, specifier))
        fitting = [
            usable_wheel
            for usable_wheel in usable
            if usable_wheel.name == name and Requirement(f"x{specifier}").specifier.contains(usable_wheel.version)
        ]
        if not fitting:
            yield f"no wheel of {name}{specifier}"
        for wheel in fitting:
            waiting += _requirements_of(
                wheel, extra, {**system.markers, "python_version": python, "python_full_version": f"{python}.0"}
            )


def _requirements_of(wheel: Wheel, extra: str, markers: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What ``wheel`` asks for in these circumstances: a name, an extra of it, and which versions fit."""
    about = {**markers, "extra": extra, "implementation_name": "cpython", "platform_python_implementation": "CPython"}
    for requirement in wheel.requirements:
        if requirement.marker is None or requirement.marker.evaluate(about):
            yield from (
                (canonicalize_name(requirement.name), each, str(requirement.specifier))
                for each in ("", *sorted(requirement.extras))
            )


def _tags(system: System, python: str) -> frozenset[Tag]:
    major, minor = map(int, python.split("."))
    own_tags = cpython_tags((major, minor), platforms=system.platforms)
    return frozenset((*own_tags, *compatible_tags((major, minor), f"cp{major}{minor}", system.platforms)))


def older(target: Path) -> list[str]:
    """Packages of which a system has no such new version as others have."""
    newest: dict[str, dict[str, Version]] = {}
    for name in SYSTEMS:
        for path in (target / name).glob("*.whl"):
            package, version, *_ = parse_wheel_filename(path.name)
            versions_of_package = newest.setdefault(package, {})
            versions_of_package[name] = max(version, versions_of_package.get(name, version))
    return [
        f"{name}: {package} {versions[name]}, where others have {max(versions.values())}: for it, no newer one is there"
        for package, versions in sorted(newest.items())
        for name in _behind(versions)
    ]


def _behind(versions: Mapping[str, Version]) -> Iterable[str]:
    return (name for name, version in versions.items() if version < max(versions.values()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
