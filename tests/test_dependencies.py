"""No version that is known to be open to attack fits what this package asks for."""

from __future__ import annotations

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.toolbox.examples import ROOT

#: The first version of each without a hole that is known and concerns what jdgen does with it.
FIRST_SOUND = {
    "jinja2": "3.1.6",  # GHSA-cpwx-vrp4-4pq7, after GHSA-q2x7-8rv6-6q7h: out of the sandbox
    "lxml": "6.1.0",  # CVE-2026-41066: iterparse reads local files
    "python-docx": "0.8.6",  # CVE-2016-5851: entities
    "pyyaml": "5.4",  # CVE-2020-14343: objects from YAML
    "openpyxl": "2.4.2",  # CVE-2017-5992: entities
    "pdfplumber": "0.11.9",  # it pins pdfminer.six, which loaded pickles until 20251230 (CVE-2025-70559)
}


def asked_for() -> dict[str, list[Requirement]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    requirements: dict[str, list[Requirement]] = {}
    for requirement_text in (
        *project["dependencies"],
        *(specifier for extra in extras.values() for specifier in extra),
    ):
        requirement = Requirement(requirement_text)
        requirements.setdefault(requirement.name.lower(), []).append(requirement)
    return requirements


@pytest.mark.parametrize("package", FIRST_SOUND)
def test_no_version_before_the_first_sound_one_fits(package: str) -> None:
    sound = Version(FIRST_SOUND[package])
    for requirement in asked_for()[package]:
        bounds = [Version(specifier.version) for specifier in requirement.specifier if specifier.operator == ">="]
        assert bounds, requirement
        assert max(bounds) >= sound, f"{requirement}: versions before {sound} are open to attack"
