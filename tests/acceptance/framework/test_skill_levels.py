"""Skills with levels, rows about the person and groups, from outside: an invented framework to documents, a second
release of it, and redlines."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import docx
import pytest

from jdgen.word.xml import W
from tests.toolbox.commands import jdgen
from tests.toolbox.kites import FOLDER

FILE = "framework_data/frameworks/invented-kites.yaml"
POST = """title: Kite flyer
specialism: Kite flying
band: 5
level: Flyer
skills:
  Communication: working
"""
SETTINGS = '[criteria]\nskill_levels = "with what they mean"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FOLDER / "framework_data", tmp_path / "framework_data")
    (tmp_path / "post.yaml").write_text(POST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def second_release(folder: Path) -> Path:
    """A release that words a descriptor otherwise, asks for another level, and names a group otherwise."""
    text = (folder / FILE).read_text(encoding="utf-8")
    for before, after in (
        ("version: '1'", "version: '2'\nsupersedes: '1'"),
        ("text: Reads a forecast.", "text: Reads a forecast every day."),
        ("levels: Flyer, at: Working", "levels: Flyer, at: Practitioner"),
        ("In the air", "In the sky"),
    ):
        assert before in text
        text = text.replace(before, after)
    path = folder / "framework_data/frameworks/invented-kites-2.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def skills_in(path: Path) -> list[str]:
    """The texts of the first cell of each row in the tables of skills, a paragraph each."""
    tables = docx.Document(str(path)).tables
    (table,) = [
        candidate for candidate in tables if any("skill level" in cell.text for cell in candidate.columns[0].cells)
    ]
    return [paragraph.text for cell in table.columns[0].cells[1:] for paragraph in cell.paragraphs]


def test_the_framework_is_shown_with_its_groups_and_skills(folder: Path) -> None:
    stdout = jdgen("framework", "show", "kite-flying").stdout
    assert "  In the air\n    flying: Flying\n    landing: Landing\n  With people\n    visitors: Visitors\n" in stdout
    assert "  safety-law: Safety law, knowledge\n" in stdout
    assert "  knotting: Knotting (Helper: Awareness; Flyer: Working; Lead flyer: Practitioner)\n" in stdout
    assert "(--skill)\n  communication: Communication (Awareness, Working, Practitioner, Expert)\n" in stdout
    stdout = jdgen("framework", "show", "kite-flying", "--level", "Flyer").stdout
    assert "\n== In the air ==\n\nFlying [" in stdout
    assert "\nKnotting, skill level Working [kite-flying.skill.knotting; line 4, cell 3]\n  Ties knots" in stdout


def test_the_ladder_has_the_level_that_each_level_of_the_roles_needs(folder: Path) -> None:
    rows = [
        re.findall(r"[^│\s]+(?: [^│\s]+)*", line)
        for line in jdgen("framework", "ladder", "kite-flying").stdout.split("\n")
    ]
    assert ["Knotting", "Awareness", "Working", "Practitioner"] in rows
    assert ["Weather reading", "–", "Awareness", "Practitioner"] in rows


def test_levels_are_printed_by_name_or_with_what_they_mean(folder: Path) -> None:
    assert jdgen("generate", "--post", "post.yaml", "--output", "by-name.docx").exit_code == 0
    skills = ["Knotting (skill level: Working)", "Weather reading (skill level: Awareness)"]
    assert skills_in(folder / "by-name.docx")[1:3] == skills
    (folder / "jdgen.toml").write_text(SETTINGS, encoding="utf-8")
    assert jdgen("generate", "--post", "post.yaml", "--output", "meant.docx").exit_code == 0
    assert skills_in(folder / "meant.docx")[1:5] == [
        skills[0],
        "Ties knots that hold in wind.",
        skills[1],
        "Reads a forecast.",
    ]
    assert "framework newer" not in jdgen("status", "meant.docx").stdout


@pytest.mark.parametrize("column", ["Skill levels", "Levels of skills"])
def test_a_row_of_a_sheet_chooses_levels(folder: Path, column: str) -> None:
    sheet = f"Job title,Specialism,Band,Level,{column}\nKite helper,Kite flying,3,Helper,communication: Expert\n"
    (folder / "posts.csv").write_text(sheet, encoding="utf-8")
    assert jdgen("batch", "posts.csv", "--output", "out").exit_code == 0
    (document,) = (folder / "out").glob("*.docx")
    assert "Communication (skill level: Expert)" in skills_in(document)


def test_an_option_chooses_a_level_and_a_slip_of_the_pen_is_told(folder: Path) -> None:
    post = (
        "--specialism",
        "kite-flying",
        "--band",
        "3",
        "--level",
        "Helper",
        "--title",
        "Helper",
        "--output",
        "x.docx",
    )
    result = jdgen("generate", *post, "--skill", "communication=Workign")
    assert "--skill: 'Workign' is no skill level of Communication: did you mean 'Working'?" in result.stderr
    unfit = jdgen("generate", *post, "--skill", "communication")
    assert "write SKILL=LEVEL, such as communication=Working" in unfit.stderr
    assert jdgen("generate", *post, "--skill", "communication=Working").exit_code == 0


def test_why_tells_what_asks_for_a_skill_and_what_its_level_means(folder: Path) -> None:
    jdgen("generate", "--post", "post.yaml", "--output", "jd.docx")
    stdout = jdgen("why", "jd.docx", "Knotting").stdout
    assert "heading 'Knotting', role level Flyer, source line 19, cell 4, word for word" in stdout
    assert "what that means there: “Ties knots that hold in wind.” (source line 4, cell 3)" in stdout
    (origin,) = json.loads(jdgen("why", "jd.docx", "Communication (", "--json").stdout)
    assert (origin["giver"], origin["heading"], origin["source"]) == ("framework", "Communication", "line 6, cell 1")
    assert origin["descriptor"] == "Explains kites to visitors."
    stdout = jdgen("why", "jd.docx", "Safety law").stdout
    assert "heading 'Safety law', role levels Flyer to Lead flyer, source line 16, cell 4, word for word" in stdout
    assert "heading 'Flying'" in jdgen("why", "jd.docx", "In the air").stdout


def test_a_changed_descriptor_and_a_changed_need_are_a_change_each(folder: Path) -> None:
    stdout = jdgen("framework", "diff", FILE, str(second_release(folder))).stdout
    assert "The group of Flying, Landing was 'In the air', and is 'In the sky' now." in stdout
    assert "Flyer: [-Working-]{+Practitioner+}" in stdout
    assert "Reads a forecast{+ every day+}." in stdout
    assert "\n2 changed, " in stdout


def test_a_release_reaches_documents_as_a_redline(folder: Path) -> None:
    (folder / "jdgen.toml").write_text(SETTINGS, encoding="utf-8")
    for template in ("job-description", "job-description-side-by-side", "role-profile"):
        output = f"docs/{template}-of-a-flyer.docx"
        assert jdgen("generate", "--post", "post.yaml", "--template", template, "--output", output).exit_code == 0
    second_release(folder)
    assert jdgen("status", "docs").stdout.count("framework newer") == 4
    assert jdgen("regenerate", "docs", "--output", "new").exit_code == 0
    for path in (folder / "new").glob("*.docx"):
        text = docx.Document(str(path)).element.xml
        put_in = "".join(re.findall(r"<w:ins .*?</w:ins>", text, re.DOTALL))
        taken_out = "".join(re.findall(r"<w:del .*?</w:del>", text, re.DOTALL))
        assert {"sky", "Practitioner"} <= set(re.findall(r"\w+", put_in)), path.name
        assert {"air", "Working"} <= set(re.findall(r"\w+", taken_out)), path.name
        assert " every day" in put_in, path.name


def test_a_document_whose_post_chose_what_is_gone_is_brought_up_to_date_and_told(folder: Path) -> None:
    jdgen("generate", "--post", "post.yaml", "--output", "docs/jd.docx")
    path = second_release(folder)
    text = path.read_text(encoding="utf-8").replace("    chosen_skills: [communication]\n", "")
    path.write_text(text, encoding="utf-8")
    assert "1 note of what no longer fits) -> new/jd.docx" in jdgen("regenerate", "docs", "--output", "new").stdout
    notes = jdgen("show", "new/jd.docx", "--notes").stdout
    assert "no longer leaves the level of 'Communication' to the post" in " ".join(notes.split())


def test_a_skill_that_is_desirable_now_goes_to_the_other_side_with_what_its_level_means(folder: Path) -> None:
    (folder / "jdgen.toml").write_text(SETTINGS, encoding="utf-8")
    post = ("--post", "post.yaml", "--template", "job-description-side-by-side", "--output", "docs/jd.docx")
    assert jdgen("generate", *post).exit_code == 0
    criteria = folder / "framework_data/criteria/invented-kites-kite-flying.yaml"
    text = criteria.read_text(encoding="utf-8")
    criteria.write_text(
        text.replace("skill: {importance: essential", "skill: {importance: desirable"), encoding="utf-8"
    )
    assert "to decide" not in jdgen("regenerate", "docs", "--output", "new").stdout
    body = docx.Document(str(folder / "new/jd.docx")).element
    sides = [
        [
            "".join(text.text or "" for text in cell.iter(f"{W}t") if not [*text.iterancestors(f"{W}moveFrom")])
            for cell in row.iter(f"{W}tc")
        ]
        for row in body.iter(f"{W}tr")
    ]
    (side,) = [cells for cells in sides if any("Ties knots that hold in wind." in cell for cell in cells)]
    assert side[0] == "None"
    assert "Knotting (skill level: Working) (I,\xa0T)Ties knots that hold in wind." in side[1]


def test_a_release_says_how_many_documents_a_change_of_a_skill_reaches(folder: Path) -> None:
    (folder / "jdgen.toml").write_text(SETTINGS, encoding="utf-8")
    jdgen("generate", "--post", "post.yaml", "--output", "docs/flyer.docx")
    post = ("--specialism", "kite-flying", "--band", "3", "--level", "Helper", "--title", "Kite helper")
    jdgen("generate", *post, "--output", "docs/helper.docx")
    stdout = jdgen("release", FILE, str(second_release(folder)), "docs").stdout
    need, descriptor = re.findall(r"^  (\S+): reworded\n(?:    .*\n|\S.*\n)*?    reaches (\d) ", stdout, re.MULTILINE)
    assert need == ("kite-flying.skill.knotting", "1")
    assert descriptor == ("weather-reading.awareness", "1")
