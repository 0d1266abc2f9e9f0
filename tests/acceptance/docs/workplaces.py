"""What the reader of a page has already when the page begins, and what its words in capitals are to them.

A tutorial begins with nothing, and so does the page on installing. Other pages speak to somebody who has a template,
posts, documents, and, where the page is about that, a release of a framework. All of it is invented but the shipped
framework.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import openpyxl

from tests.acceptance.docs.session import Session, Step
from tests.toolbox import publications
from tests.toolbox.documents import example_document, newer_framework_text
from tests.toolbox.examples import post_file
from tests.toolbox.word import png

DOCUMENT = "output/Job description PMO manager band 7.docx"
#: Words that stand for something of the reader's own.
MEANINGS: Mapping[str, str] = {
    "DOCUMENT": DOCUMENT,
    "FOLDER": "output",
    "SPECIALISM": "finance",
    "OLD": "nhs-pccf",
    "NEW": "NEW.yaml",
    "some words": "risk",
}
_FRAMEWORKS = Path("framework_data/frameworks")
_FRAMEWORK = """\
id: invented
title: Invented framework
publisher: Nobody
version: '{version}'
{supersedes}version_basis: Invented.
licence: Invented.
source: {{file: invented.txt, sha256: '0000000000000000000000000000000000000000000000000000000000000000'}}
scale: {{word: stage, levels: [Junior, {level}]}}
specialisms:
  - id: {id}
    title: {title}
    headings:
      - id: advice
        title: Advice
        source: {{line: 1}}
        statements:
          - {{id: {id}.advice, levels: Junior to {level}, text: Advises the office., source: {{line: 1, cell: 2}}}}
"""


def begin(page: str, furnished: Path) -> None:
    """Put into the current folder what the reader of ``page`` has; ``furnished`` is what most have."""
    if page == "installing" or page.startswith("tutorials/"):
        return
    shutil.copytree(furnished, ".", dirs_exist_ok=True)
    if add := _MORE.get(page):
        add()


def furnish(folder: Path) -> None:
    """Put into ``folder`` what the reader of most pages has."""
    for below in ("posts", "output"):
        (folder / below).mkdir()
    for place in ("post.yaml", "posts/one.yaml"):
        shutil.copy(post_file("band-8a-programme-office-manager"), folder / place)
    (folder / "logo.png").write_bytes(png())
    (folder / "NEW.yaml").write_text(newer_framework_text(), encoding="utf-8")
    (folder / "output/one.docx").write_bytes(example_document())


def _do(*commands: str) -> None:
    session = Session()
    for command in commands:
        assert not (wrong := session.do(Step(0, "command", command))), wrong


def _draft() -> None:
    _do('jdgen generate --specialism pmo --band 7 --title "PMO manager"')


def _template() -> None:
    _do('jdgen template new our-jd.docx --organisation "North Moorshire NHS Trust"')


def _no_post() -> None:
    Path("post.yaml").unlink()


def _finished() -> None:
    """A document with nothing to complete in it."""
    path = Path(DOCUMENT)
    path.write_bytes(example_document())
    Path("output/one.docx").unlink()


def _finance() -> None:
    """A framework for which nobody has written criteria."""
    _write_framework(1, "finance", "Finance", "Senior")


def _finance_twice() -> None:
    """Such a framework, and its next version."""
    _finance()
    _write_framework(2, "finance", "Finance", "Senior", file="finance-2", supersedes="supersedes: '1'\n")


def _write_framework(version: int, name: str, title: str, level: str, *, file: str = "", supersedes: str = "") -> None:
    _FRAMEWORKS.mkdir(parents=True, exist_ok=True)
    text = _FRAMEWORK.format(version=version, id=name, title=title, level=level, supersedes=supersedes)
    (_FRAMEWORKS / f"{file or 'own'}.yaml").write_text(text, encoding="utf-8")


def _draft_and_finance() -> None:
    _draft()
    _finance()
    Path("chapter.docx").write_bytes(publications.word())


def _publications() -> None:
    _FRAMEWORKS.mkdir(parents=True)
    Path("chapter.docx").write_bytes(publications.word())
    Path("physiotherapy.docx").write_bytes(_chapter("Physiotherapy", "Treats"))
    Path("podiatry.docx").write_bytes(_chapter("Podiatry", "Advises"))
    for year in ("2026", "2027"):
        workbook = openpyxl.Workbook()
        for row in (
            ["Kites"],
            ["Skill", "Foundation", "Leader"],
            ["Flying", "Flies kites.", f"Leads flights in {year}."],
        ):
            workbook.active.append(row)
        workbook.save(f"capabilities-{year}.xlsx")
    levels = "--levels Foundation,Leader"
    _do(f"jdgen framework import capabilities-2026.xlsx --id flyers --version 2026 {levels} --output flyers-2026.yaml")


def _chapter(title: str, verb: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(title)
    rows = (("AfC band", "6", "7"), ("Care", f"{verb} patients.", f"{verb} patients with great needs."))
    table = document.add_table(0, 3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _gone_names() -> None:
    """A document of a specialism and a level that are called otherwise since."""
    shutil.rmtree("output")
    _write_framework(1, "analyst", "Analyst", "Middle")
    _do("jdgen generate --specialism analyst --band 5 --level Middle --title Analyst")
    _write_framework(2, "office-analyst", "Office analyst", "Intermediate")


def _own_list() -> None:
    workbook = openpyxl.Workbook()
    for row in (["Job title", "Band"], ["PMO manager", "7"]):
        workbook.active.append(row)
    workbook.save("our-list.xlsx")


def _form() -> None:
    """A form as an organisation has them: labels with empty cells beside them, and a heading to write under."""
    document = docx.Document()
    table = document.add_table(0, 2)
    for label in ("Job title:", "Band:", "Hours:"):
        table.add_row().cells[0].text = label
    document.add_heading("Main duties and responsibilities", 1)
    document.add_paragraph("Type the duties here.")
    document.save("our-form.docx")


_MORE: Mapping[str, Callable[[], None]] = {
    "criteria": _finance_twice,
    "frameworks": _draft_and_finance,
    "importing": _publications,
    "levels": _gone_names,
    "own-template": _form,
    "post-files": _no_post,
    "publishing": _finished,
    "spreadsheet": _own_list,
    "template-checks": _template,
}
