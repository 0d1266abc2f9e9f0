"""What the page's scripts ask of jdgen, without a browser: the same documents and words as the command line."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from jdgen.app.page import material_of
from jdgen.page.building import python_archive
from jdgen.page.material import PageMaterial, read_material, written_material
from jdgen.page.session import ANSWERS, Session
from jdgen.workspace import Workspace
from tests.toolbox.commands import Run
from tests.toolbox.examples import DOCUMENTS, POSTS, ROOT, TEMPLATES, post_file

DAY = datetime.date(2026, 11, 24)
SHORT = {"title": "PMO manager", "specialism": "pmo", "band": "7"}


@pytest.fixture(scope="module")
def material() -> PageMaterial:
    return read_material(written_material(material_of(Workspace(ROOT), TEMPLATES)))


@pytest.fixture
def session(material: PageMaterial) -> Session:
    return Session(material, DAY)


def values_of(post: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(post_file(post).read_bytes())
    return read


def test_material_is_read_as_it_was_written(material: PageMaterial) -> None:
    again = written_material(material)
    assert written_material(read_material(again)) == again
    other = json.loads(again) | {"form": 0}
    with pytest.raises(ValueError, match="form 0"):
        read_material(json.dumps(other).encode())


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_a_document_has_the_bytes_that_generate_writes(
    session: Session, run: Run, post: str, template: str, folder: Path
) -> None:
    name = f"{post}.yaml"
    Path(name).write_bytes(post_file(post).read_bytes())
    # A date that the user names is in the record, and the page asks for none: so the day of the run is taken.
    today = Session(session._material, datetime.date.today())  # noqa: DTZ011  # as generate takes it
    answer = run("generate", "--post", name, "--template", template, "--output", "out", "--dry-run")
    assert answer.exit_code == 0, answer.output
    assert run("generate", "--post", name, "--template", template, "--output", "out").exit_code == 0
    (written,) = Path("out").glob("*.docx")
    opened = today.opened(name, Path(name).read_bytes())
    assert opened["problems"] == []
    called, content = today.document(opened["values"], TEMPLATES.index(template))
    assert called == written.name
    assert content == written.read_bytes()


@pytest.mark.parametrize("post", POSTS)
def test_a_post_file_and_a_document_are_opened_as_what_they_were_made_of(session: Session, post: str) -> None:
    values = session.opened("post.yaml", post_file(post).read_bytes())["values"]
    _, content = session.document(values, 0)
    again = session.opened("document.docx", content)["values"]
    assert session.draft(again)["html"] == session.draft(values)["html"]
    assert session.opened("post.yaml", session.post_file(values).encode())["values"] == values


def test_a_prompt_in_the_draft_leads_to_its_field(session: Session) -> None:
    draft = session.draft(SHORT)
    assert not draft["problems"]
    assert '<a class="prompt" href="#field-base" data-field="base">[To complete: ' in draft["html"]
    assert 'data-field="base"' not in session.draft({**SHORT, "base": "Moorgate"})["html"]
    assert draft["counts"]["complete"] == session.draft({**SHORT, "base": "Moorgate"})["counts"]["complete"] + 1


def test_nobodys_words_are_html(session: Session) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&"
    filled = {
        "employer": hostile,
        "purpose": hostile,
        "values": [hostile],
        "dimensions": [{"measure": hostile, "text": hostile}],
    }
    html = session.draft({**SHORT, "title": hostile, **filled})["html"]
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;") >= 5


@pytest.mark.parametrize(
    ("wrong", "field", "what"),
    [
        ({"band": "11"}, "band", "'11' is not an Agenda for Change band"),
        ({"specialism": "pmx"}, "specialism", "'pmx'"),
        ({"role_category": "wizard"}, "role_category", "'wizard'"),
        ({"values": ["a", 3]}, "", ""),
        ({"demands": [{"kind": "soul", "text": "x", "frequency": "y", "duration": "z"}]}, "demands.0.kind", "'soul'"),
        ({"zzz": "x"}, "zzz", "unknown key 'zzz'"),
    ],
)
def test_what_is_wrong_is_told_with_its_field(session: Session, wrong: dict[str, Any], field: str, what: str) -> None:
    problems = session.draft({**SHORT, **wrong})["problems"]
    if not what:  # a figure is a text, too
        assert problems == []
        return
    assert [one["field"] for one in problems] == [field]
    assert what in problems[0]["what"]
    assert problems[0]["where"] == ANSWERS


def test_all_that_is_wrong_is_told_at_once(session: Session) -> None:
    problems = session.draft({"band": "11", "specialism": "pmx", "zzz": 1})["problems"]
    assert {one["field"] for one in problems} == {"band", "specialism", "zzz", ""}
    assert any("'title' is missing" in one["what"] for one in problems)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("post.yaml", b"title: A\nspecialism: pmo\nband: 8\n", "band 8 is divided"),
        ("post.yaml", b"- title: A\n", "is a list"),
        ("post.yaml", b"\xff\xfe", ""),
        ("old.docx", b"PK\x03\x04 no document", "is no office file"),
        ("post.yaml", b"", "is empty"),
    ],
)
def test_files_that_cannot_be_opened_are_told(session: Session, name: str, content: bytes, what: str) -> None:
    (problem,) = session.opened(name, content)["problems"]
    assert what in problem["what"]
    assert problem["where"].startswith(name)


WITHOUT = """
import sys

class Without:
    def find_spec(self, name, path=None, target=None):
        known = name.partition(".")[0]
        if known not in sys.stdlib_module_names and known not in ("jdgen", "yaml", "_distutils_hack"):
            raise ImportError(name)

sys.meta_path.insert(0, Without())
sys.path[:] = [each for each in sys.path if "site-packages" not in each]
sys.path.insert(0, {archive!r})
from jdgen.page.session import begin
session = begin({material!r}, "2026-11-24")
name, content = session.document({values!r}, 0)
sys.stdout.buffer.write(content)
"""


def test_the_page_s_python_is_all_that_it_needs(material: PageMaterial, session: Session, tmp_path: Path) -> None:
    archive, file, place = tmp_path / "jdgen.zip", tmp_path / "material.json", tmp_path / "unpacked"
    archive.write_bytes(python_archive())
    file.write_bytes(written_material(material))
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(archive), str(place)], check=True)
    values = session.opened("post.yaml", post_file(POSTS[0]).read_bytes())["values"]
    script = WITHOUT.format(archive=str(place), material=str(file), values=values)
    made = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=False, cwd=tmp_path)
    assert made.returncode == 0, made.stderr.decode()[-2000:]
    assert made.stdout == session.document(values, 0)[1]
