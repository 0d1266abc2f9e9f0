"""NOTICE tells apart whose everything is, and the package's metadata says no less."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression
from page_assets import ACCEPTED, PACKAGES
from trove_classifiers import classifiers

from tests.toolbox.examples import ROOT

NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_what_the_notice_names_is_there() -> None:
    paths = re.findall(r"^((?:framework_data|templates|jdgen)/[\w./-]*)", NOTICE, re.MULTILINE)
    assert len(paths) > 8
    assert [name for name in paths if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", sorted((ROOT / "framework_data").iterdir()), ids=lambda path: path.name)
def test_whose_each_part_of_the_data_is_stands_in_the_notice(path: Path) -> None:
    assert path.name in NOTICE


@pytest.mark.parametrize(
    "path",
    sorted(path for folder in ("frameworks", "sources") for path in (ROOT / "framework_data" / folder).iterdir()),
    ids=lambda path: path.name,
)
def test_each_text_of_a_publisher_is_named(path: Path) -> None:
    assert path.name in NOTICE


def test_whatever_the_page_takes_from_npm_stands_in_the_notice() -> None:
    pins = json.loads((ROOT / "tools/npm/package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [name for name in (*pins, *PACKAGES) if name not in NOTICE.lower()] == []


def test_the_licence_of_the_package_is_an_expression_that_has_every_licence_in_it() -> None:
    expression = PROJECT["license"]
    assert canonicalize_license_expression(expression) == expression
    assert {"Apache-2.0", "PSF-2.0", "LicenseRef-not-stated", *ACCEPTED} == set(expression.split(" AND "))


def test_the_licence_is_apache_2_0_as_it_is_published() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.split()[:5] == ["Apache", "License", "Version", "2.0,", "January"]
    assert "4. Redistribution" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


def test_no_classifier_says_the_licence_a_second_time_and_each_is_known() -> None:
    assert [each for each in PROJECT["classifiers"] if each not in classifiers or each.startswith("License")] == []
