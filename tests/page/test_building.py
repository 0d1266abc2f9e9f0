"""The file of the page: what it allows, how large it is, and what is said where it cannot be made."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import page_assets
import pytest

from jdgen.app.page import material_of
from jdgen.page import building, shell
from jdgen.workspace import Workspace
from tests.toolbox.commands import Run
from tests.toolbox.examples import ROOT


@pytest.fixture(scope="module")
def page() -> str:
    return building.page(material_of(Workspace(ROOT), ("job-description",)))


def test_it_is_small_enough_for_a_shared_folder(page: str) -> None:
    assert len(page.encode()) <= 11_000_000


def test_its_policy_allows_its_own_script_and_style_and_no_address(page: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    for part in (style, script):
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"sha256-{digest}" in policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy.replace("&#39;", "'").split(";"))
    assert rules["default-src"] == "'none'"  # which is what nothing else says of connections, frames and fonts
    assert "connect-src" not in rules
    sources_beside_words = {
        source for sources in rules.values() for source in sources.split() if not source.startswith("'")
    }
    assert sources_beside_words == {"blob:", "data:"}
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")


def test_nothing_in_it_is_loaded_from_an_address(page: str) -> None:
    outside = page.partition('<script type="text/plain"')[0] + page.rpartition("<script>")[2]
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', outside) == []
    assert re.findall(r"url\((?!data:|#)[^)]*\)", outside) == []
    assert "@font-face" not in outside
    assert "Frutiger" not in outside


def test_it_tells_the_licence_of_each_part(page: str) -> None:
    text = page.partition('<script type="text/plain"')[0]
    packages = json.loads((shell.ASSETS / "licences.json").read_bytes())
    assert {package["name"] for package in packages} == set(page_assets.PACKAGES)
    for package in packages:
        assert page_assets.ACCEPTED.issuperset(package["licence"].split(" AND "))
        # What reads decisions is in reading rooms only.
        assert (f"{package['name']} {package['version']} ({package['licence']}" in text) is (
            package["name"] != "js-yaml"
        )


def test_whose_each_part_is_and_under_which_terms_goes_with_every_copy(page: str) -> None:
    comment = page.partition("<!--")[2].partition("-->")[0]
    assert page.startswith("<!DOCTYPE html>\n<!--\n")
    for name in ("NOTICE", "LICENSE"):
        assert (ROOT / name).read_text(encoding="utf-8") in comment


@pytest.mark.parametrize(
    ("expression", "licence"),
    [
        ("MIT", "MIT"),
        ("(MIT OR GPL-3.0-or-later)", "MIT"),
        ("(GPL-3.0-or-later OR MIT)", "MIT"),
        ("(MIT AND Zlib)", "MIT AND Zlib"),
        ("MIT AND GPL-3.0-or-later", None),
        ("GPL-3.0-or-later", None),
    ],
)
def test_a_package_is_taken_under_the_licence_that_is_accepted(expression: str, licence: str | None) -> None:
    assert page_assets.taken_under(expression) == licence


def test_a_package_under_another_licence_is_refused(tmp_path: Path) -> None:
    package = {"name": "a", "version": "1", "license": "UNLICENSED", "repository": "x"}
    (tmp_path / "package.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(SystemExit, match="a: licence UNLICENSED"):
        page_assets.licence(tmp_path)


def test_a_checkout_without_what_browsers_need_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shell, "ASSETS", tmp_path)
    result = run("page", "jd.html")
    assert result.exit_code == 1
    assert "what browsers need is not here" in result.stderr
    assert "make page-assets" in result.stderr
    assert not Path("jd.html").exists()


def test_a_page_has_a_name_that_browsers_know(run: Run) -> None:
    result = run("page", "jd.docx")
    assert result.exit_code == 1
    assert "write jd.docx.html" in result.stderr


def test_the_same_workspace_gives_the_same_page(page: str) -> None:
    assert building.page(material_of(Workspace(ROOT), ("job-description",))) == page
