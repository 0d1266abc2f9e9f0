"""What the page's scripts ask of jdgen, without a browser: the same documents and words as the command line."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from jdgen.app.documents import described_post, library_for
from jdgen.app.page import material_of
from jdgen.errors import JdgenError
from jdgen.page.building import python_archive
from jdgen.page.material import PageMaterial, read_material, written_material
from jdgen.page.session import ANSWERS, Session
from jdgen.workspace import Workspace
from tests.toolbox.commands import Run
from tests.toolbox.examples import DOCUMENTS, POSTS, ROOT, TEMPLATES, post_file
from tests.toolbox.spoiling import spoilt_lines

pytestmark = pytest.mark.slow

DAY = datetime.date(2026, 11, 24)
SHORT = {"title": "PMO manager", "specialism": "pmo", "band": "7"}


@pytest.fixture(scope="module")
def material() -> PageMaterial:
    return read_material(written_material(material_of(Workspace(ROOT), TEMPLATES)))


@pytest.fixture
def session(material: PageMaterial) -> Session:
    return Session(material, DAY)


def test_a_note_is_told_with_the_duty_that_it_is_about(session: Session) -> None:
    draft = session.draft(SHORT)
    duties = {duty["id"]: duty["text"] for heading in draft["duties"] for duty in heading["duties"]}
    unclear = [note for note in draft["notes"] if note["topic"] == "unclear duty"]
    assert len(unclear) == 2
    assert all(duties[note["subject"]].rstrip(".") in note["text"] for note in unclear)


def values_of(post: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(post_file(post).read_bytes())
    return values


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
    (path,) = Path("out").glob("*.docx")
    answers = today.open_file(name, Path(name).read_bytes())
    assert answers["problems"] == []
    file_name, content = today.document(answers["values"], TEMPLATES.index(template))
    assert file_name == path.name
    assert content == path.read_bytes()


@pytest.mark.parametrize("post", POSTS)
def test_a_post_file_and_a_document_are_opened_as_what_they_were_made_of(session: Session, post: str) -> None:
    values = session.open_file("post.yaml", post_file(post).read_bytes())["values"]
    _, content = session.document(values, 0)
    again = session.open_file("document.docx", content)["values"]
    assert session.draft(again)["html"] == session.draft(values)["html"]
    assert session.open_file("post.yaml", session.post_file(values).encode())["values"] == values


def test_a_post_file_is_opened_as_the_fields_of_the_page_know_it(session: Session) -> None:
    """Bands as they are printed, and parts of the framework by id; what a post keeps none of stays as it is."""
    criterion = {"text": "Ran a forum", "importance": "Desirable", "group": "Experience", "assessed_by": ["A/I"]}
    values = {
        **SHORT,
        "specialism": "PMO",
        "band": "Band 8A",
        "role_category": "Manager",
        "demands": [{"kind": "Mental", "text": "x", "frequency": "y"}],
        "criteria": {"add": [criterion]},
        "duties": {"omit": [{"duty": "pmo.leadership.8a-8d", "reason": "Another team does it."}]},
        "picture": {"file": "pictures/logo.png", "description": "Our logo"},
    }
    assert session.open_file("post.yaml", session.post_file(values).encode())["values"] == {
        **values,
        "specialism": "pmo",
        "band": "8a",
        "role_category": "manager",
        "demands": [{"kind": "mental", "text": "x", "frequency": "y"}],
        "criteria": {
            "add": [{**criterion, "importance": "desirable", "group": "experience", "assessed_by": ["A", "I"]}]
        },
    }


@pytest.mark.parametrize(
    "pasted",
    [
        "Lo\u0301dz\u0301",
        "a\vb",
        "a\fb",
        "a\u2028b\u2029c",
        "a\x85b",
        "a\r\nb\rc",
        "\ufeffa\u200b b",
        "# a: 'b'",
        "•\tA\n•\tB",
        "o\tA",
    ],
)
def test_what_is_pasted_is_the_same_in_a_document_made_here_and_of_the_post_file(session: Session, pasted: str) -> None:
    reworded = {"duty": "pmo.leadership.7.1", "text": pasted, "reason": pasted}
    values = {
        **SHORT,
        **dict.fromkeys(("employer", "purpose"), pasted),
        "values": [pasted],
        "dimensions": [{"measure": pasted, "text": pasted}],
        "duties": {"reword": [reworded]},
    }
    answers = session.open_file("post.yaml", session.post_file(values).encode())
    assert answers["problems"] == []
    assert session.document(answers["values"]) == session.document(values)


@pytest.mark.parametrize("band", ["6", "7", "8a", "8b", "8c", "8d"])
def test_notes_speak_of_the_page_and_not_of_the_command_line(session: Session, band: str) -> None:
    notes = session.draft({**SHORT, "band": band, "role_category": "manager"})["notes"]
    assert not [note["text"] for note in notes if "--" in note["text"] or "\n" in note["text"]]
    assert any(note["other_words"] for note in notes) == any(note["topic"].startswith("unclear") for note in notes)
    contested = [note["text"] for note in notes if note["topic"] == "contested band"]
    assert all(text.endswith("Job details has a field for it.") for text in contested)


def test_a_page_tells_no_folder_of_whoever_made_it(material: PageMaterial) -> None:
    assert {each.compiled.name for each in material.templates} == {f"{name}.docx" for name in TEMPLATES}


def test_an_advert_has_the_words_of_the_draft_that_is_shown(session: Session) -> None:
    """The role profile leaves the framework's wording as published; the counts are those of what is downloaded."""
    for template in range(len(TEMPLATES)):
        *_, advert_text = session.draft(SHORT, template)["listing"]
        assert (advert_text["is_empty"], advert_text["fits"]) == (False, True)
        assert f"{advert_text['heading']} ({advert_text['length']})" in session.listing(SHORT, template)
    assert session.listing(SHORT, TEMPLATES.index("role-profile")) != session.listing(SHORT, 0)


def test_a_prompt_in_the_draft_leads_to_its_field(session: Session) -> None:
    draft = session.draft(SHORT)
    assert not draft["problems"]
    assert '<a class="prompt" href="#field-base" data-field="base">[To complete: ' in draft["html"]
    assert 'data-field="base"' not in session.draft({**SHORT, "base": "Moorgate"})["html"]
    assert draft["counts"]["complete"] == session.draft({**SHORT, "base": "Moorgate"})["counts"]["complete"] + 1


def test_nobodys_words_are_html(session: Session) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&"
    hostile_values = {
        "employer": hostile,
        "purpose": hostile,
        "values": [hostile],
        "dimensions": [{"measure": hostile, "text": hostile}],
    }
    html = session.draft({**SHORT, "title": hostile, **hostile_values})["html"]
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
        # Fields are called what stands above them.
        ({"responsible_to": "x" * 32_768}, "responsible_to", "Responsible to: holds 32,768 characters"),
        ({"responsible_to": "Head\x07"}, "responsible_to", "Responsible to: control character U+0007"),
        ({"purpose": "a\ufffdb"}, "purpose", "Job purpose: holds \ufffd"),
        ({"own": {"cost_centre": "a\x00"}}, "own.cost_centre", "Cost centre (code): control character U+0000"),
        ({"relationships": [{"setting": "internal", "who": "A"}]}, "relationships.0.purpose", "'What the contact is"),
        ({"duties": {"add": [{"heading": "-", "text": "x"}]}}, "duties.add.0.heading", "Heading: '-' is no answer"),
        ({"title": None}, "title", "'Job title' is missing"),
        ({"title": "TBC"}, "title", "Job title: 'TBC' is no answer"),
    ],
)
def test_what_is_wrong_is_told_with_its_field(session: Session, wrong: dict[str, Any], field: str, what: str) -> None:
    session = Session(replace(session._material, own_headings={"cost_centre": "Cost centre (code)"}), DAY)
    values = {key: value for key, value in {**SHORT, **wrong}.items() if value is not None}
    problems = session.draft(values)["problems"]
    assert not any("--" in problem["right"] for problem in problems)  # which is of the command line
    if not what:  # a figure is a text, too
        assert problems == []
        return
    assert [problem["field"] for problem in problems] == [field]
    assert what in problems[0]["what"]
    assert problems[0]["where"] == ANSWERS


def test_all_that_is_wrong_is_told_at_once(session: Session) -> None:
    problems = session.draft({"band": "11", "specialism": "pmx", "zzz": 1})["problems"]
    assert {problem["field"] for problem in problems} == {"band", "specialism", "zzz", "title"}
    assert any("'Job title' is missing" in problem["what"] for problem in problems)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("post.yaml", b"title: A\nspecialism: pmo\nband: 8\n", "band 8 is divided into"),
        ("post.yaml", b"- title: A\n", "is a list"),
        ("post.yaml", b"\xff\xfe", ""),
        ("old.docx", b"PK\x03\x04 no document", "is no office file"),
        ("post.yaml", b"", "is empty"),
    ],
)
def test_files_that_cannot_be_opened_are_told(session: Session, name: str, content: bytes, what: str) -> None:
    (problem,) = session.open_file(name, content)["problems"]
    assert what in problem["what"]
    assert problem["where"].startswith(name)


# The page's Python has no lxml and no compiled validator.

WITHOUT = """
import json, sys
from pathlib import Path

class Without:
    def find_spec(self, name, path=None, target=None):
        known = name.partition(".")[0]
        if known not in sys.stdlib_module_names and known not in ("jdgen", "yaml", "_distutils_hack"):
            raise ImportError(name)

sys.meta_path.insert(0, Without())
sys.path[:] = [each for each in sys.path if "site-packages" not in each]
sys.path.insert(0, "unpacked")
from jdgen.page.session import begin
session = begin("material.json", "2026-11-24")
"""


@pytest.fixture
def bare(material: PageMaterial, tmp_path: Path) -> Callable[[str], bytes]:
    """Runs a script in which ``session`` is that of a browser: with what the page holds of Python, and nothing else."""
    (tmp_path / "jdgen.zip").write_bytes(python_archive())
    (tmp_path / "material.json").write_bytes(written_material(material))
    unpack = [sys.executable, "-m", "zipfile", "-e", "jdgen.zip", "unpacked"]
    subprocess.run(unpack, check=True, cwd=tmp_path)

    def output(script: str) -> bytes:
        command = [sys.executable, "-I", "-c", f"{WITHOUT}{script}"]
        answer = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
        assert answer.returncode == 0, answer.stderr.decode()[-2000:]
        return answer.stdout

    return output


def test_the_page_s_python_is_all_that_it_needs(session: Session, bare: Callable[[str], bytes]) -> None:
    values = session.open_file("post.yaml", post_file(POSTS[0]).read_bytes())["values"]
    script = f"sys.stdout.buffer.write(session.document({values!r}, 0)[1])"
    assert bare(script) == session.document(values, 0)[1]


def test_what_is_wrong_with_a_post_file_is_told_in_the_same_words(
    session: Session, bare: Callable[[str], bytes], tmp_path: Path, folder: Path
) -> None:
    """By the command line, by the session here, and by the one of a browser."""
    files = spoilt_posts()
    (tmp_path / "posts.json").write_text(json.dumps(files), encoding="utf-8")
    script = """
files = json.loads(Path("posts.json").read_text(encoding="utf-8"))
print(json.dumps([session.open_file("post.yaml", text.encode())["problems"] for text in files]))
"""
    here = [session.open_file("post.yaml", text.encode())["problems"] for text in files]
    assert json.loads(bare(script)) == here
    for text, problems in zip(files, here, strict=True):
        assert [
            (problem["where"], problem["what"], problem["right"]) for problem in problems
        ] == told_by_the_command_line(text)
    assert sum(map(bool, here)) >= 50
    assert len({problem["what"] for problems in here for problem in problems}) >= 20


def spoilt_posts() -> list[str]:
    """Example posts with lines taken out, written over, or put elsewhere: the same ones each time."""
    texts: list[str] = []

    @seed(20261129)
    @settings(max_examples=120, database=None, deadline=None, phases=[Phase.generate])
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        post = data.draw(st.sampled_from(POSTS))
        texts.append(data.draw(spoilt_lines(post_file(post).read_text(encoding="utf-8"))))

    draw()
    return texts


def told_by_the_command_line(text: str) -> list[tuple[str, str, str]]:
    file = Path("post.yaml")
    file.write_text(text, encoding="utf-8", newline="")
    workspace = Workspace(ROOT)
    try:
        library_for(described_post(workspace, file, {}, {}), workspace)
    except JdgenError as error:
        return [(str(problem.where), problem.what, problem.right) for problem in dict.fromkeys(error.problems)]
    return []
