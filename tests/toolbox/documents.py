"""Real documents, a second version of the shipped framework, and materials to make documents again with it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jdgen.document.making import DocumentSources, make_document
from jdgen.framework.model import Framework
from jdgen.framework.reading import framework_of
from jdgen.post.reading import entries_of_file, post_of
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.regeneration import RegenerationSettings
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.words import comparable
from jdgen.workspace import Workspace
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, change_text, shipped_library, workspace_with
from tests.toolbox.examples import DRAFTED, ROOT, post_file, shipped_template
from tests.toolbox.word import W, bytes_of, open_document

POST = "band-8a-programme-office-manager"
MANNER = RegenerationSettings(Stamp("jdgen", "2026-12-01T00:00:00Z"))
BODY = "word/document.xml"

#: What the second version changes at band 8a: old text, new text.
REWORDED = ("Establish the project processes and standards", "Establish lasting project processes and standards")
WITHDRAWN = "Build strong networks both internally and externally"
NEW = "Speak for the office at the meetings of the board."
RENAMED = ("Business Case", "Business cases")
NEW_HEADING, NEW_DUTY = "Sustainability", "Count what each project costs the climate."
#: What the organisation's own second version of the criteria changes: a row of a table added, and one withdrawn.
NEW_ROW = "Experience of chairing a board of several organisations"
WITHDRAWN_ROW = "Experience of taking part in an independent review of a project or programme"


def newer_edition_text() -> str:
    """A second version of the shipped framework, in which nothing else is new."""
    return change_text(FRAMEWORK_TEXT, "version: transcribed 24 November 2026", "version: '2'")


def newer_framework_text() -> str:
    """A second version of the shipped framework, with every kind of change."""
    text = newer_edition_text()
    text = change_text(text, f"title: {RENAMED[0]}\n", f"title: {RENAMED[1]}\n")
    text = change_text(text, *REWORDED)
    text = change_text(text, ". Build strong\n              networks both internally and externally", "")
    text = change_text(text, "Develop effective project control", f"{NEW} Develop effective project control")
    heading = (
        f"      - id: sustainability\n        title: {NEW_HEADING}\n        source: {{line: 56, cell: 2}}\n"
        "        statements:\n          - id: pmo.sustainability.6-8d\n            bands: '6-8d'\n"
        f"            source: {{line: 56, cell: 3}}\n            text: {NEW_DUTY}\n"
    )
    return change_text(text, "      - id: performance-controls\n", f"{heading}      - id: performance-controls\n")


#: A sentence that the rearranged version has under another heading, and how it calls a heading that it moved.
MOVED, MOVED_HEADING = "Provide assurance to the project manager on the effectiveness", "Budgets"


def rearranged_framework_text() -> str:
    """A version in which Budget stands before Business Case and is renamed, and a sentence of Risks & Issues stands
    under Governance & Assurance."""
    start, budget, resource = (
        FRAMEWORK_TEXT.index(f"      - id: {id_}\n") for id_ in ("business-case", "budget", "resource")
    )
    text = (
        FRAMEWORK_TEXT[:start]
        + FRAMEWORK_TEXT[budget:resource]
        + FRAMEWORK_TEXT[start:budget]
        + FRAMEWORK_TEXT[resource:]
    )
    sentence = (
        " Provide\n              assurance to the project manager on the effectiveness of Risk and Issue management\n"
        "              arrangements."
    )
    text = change_text(text, sentence, "")
    text = change_text(text, "title: Budget\n", f"title: {MOVED_HEADING}\n")
    text = change_text(
        text, "Support effective governance and", f"{sentence.strip()}\n              Support effective governance and"
    )
    return change_text(text, "version: transcribed 24 November 2026", "version: '3'")


@functools.cache
def rearranged_framework() -> Framework:
    return framework_of(parse_yaml(rearranged_framework_text().encode(), "rearranged.yaml"))


def newer_criteria_text() -> str:
    text = (DATA / "criteria/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
    start = text.index("  - id: governance-review-8a-8b")
    end = text.index("  - id: governance-sector-8a-8d")
    new = (
        "  - id: leadership-boards-8a-8d\n    bands: '8a-8d'\n    serves: [leadership]\n    group: experience\n"
        f"    importance: essential\n    assessed_by: [A, I]\n    text: {NEW_ROW}\n"
    )
    assert WITHDRAWN_ROW in text[start:end]
    return text[:start] + new + text[end:]


@functools.cache
def newer_framework() -> Framework:
    return framework_of(parse_yaml(newer_framework_text().encode(), "newer.yaml"))


@functools.cache
def example_document(post: str = POST, template: str = "job-description") -> bytes:
    """The document of an example post, as it is made today."""
    sources = DocumentSources(shipped_library(), shipped_template(template), DRAFTED)
    return make_document(post_of(entries_of_file(post_file(post))), sources).content


def materials(framework: Framework | None = None, template: Path | None = None) -> FreshSources:
    """What is shipped, with ``framework`` and ``template`` in the places of others. To read it takes longer than a
    redline does: tests share what they put no template of their own into."""
    if template is not None:
        return FreshSources(Workspace(ROOT), framework, template)
    return _SHARED.setdefault(id(framework), FreshSources(Workspace(ROOT), framework))


#: By the identity of the framework, which lives as long as what holds it.
_SHARED: dict[int, FreshSources] = {}


def newer_materials(folder: Path) -> FreshSources:
    """A workspace with the second version of framework and criteria."""
    files = {"criteria/nhs-pccf-pmo.yaml": newer_criteria_text(), "frameworks/nhs-pccf.yaml": newer_framework_text()}
    return FreshSources(workspace_with(folder, **files))


def edit_document(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The document with words replaced in the paragraphs that have them, saved by another program; a paragraph whose
    words give way to nothing at all goes."""
    document = open_document(content)
    for old, new in changes:
        paragraph = next(paragraph for paragraph in document.element.iter(f"{W}p") if old in text_of(paragraph))
        (first, *rest) = list(paragraph.iter(f"{W}t"))
        text = text_of(paragraph).replace(old, new)
        first.text = text
        for each in rest:
            each.text = ""
        if not text:
            paragraph.getparent().remove(paragraph)
    return bytes_of(document)


def altered(content: bytes, alter: Callable[[Any], object]) -> bytes:
    """The document with its main part changed by hand, saved by another program."""
    document = open_document(content)
    alter(document.element)
    return bytes_of(document)


def text_of(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def texts_of(tree: Any) -> list[str]:
    return [text for paragraph in tree.iter(f"{W}p") if (text := text_of(paragraph)).strip()]


def normal(text: str) -> str:
    """The text as it is compared."""
    return comparable(text)
