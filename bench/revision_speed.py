"""Documents held against a newer framework, and brought up to date: status and redline, for each document."""

from __future__ import annotations

import functools
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from material import DRAFTED, TEMPLATE
from measure import FOLDER, Timed, alternating, per_document, process_seconds
from tables import at_least, at_most, ms, table

from jdgen.app.documents import library_for
from jdgen.document.making import DocumentSources, make_document
from jdgen.framework.reading import framework_of
from jdgen.post.reading import entries_of_file, post_of
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.regeneration import RegenerationSettings, regenerate
from jdgen.revision.status import status_of
from jdgen.template.compiling import compile_template
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.word.file import MAIN_PART, File
from jdgen.word.opening import open_document
from jdgen.workspace import Workspace

_MANNER = RegenerationSettings(Stamp("jdgen", "2026-12-01T00:00:00Z"))
# Documents of a folder that is brought up to date as a whole, and rounds of it, which take a minute each.
_MANY, _ROUNDS = 600, 3
# What a newer framework changes at every band, and what somebody changed in the document.
_CHANGES = (("title: Leadership\n", "title: Leading\n"), ("title: Budget\n", "title: Budgets and money\n"))
_EDIT = (b">Smoke-free workplace<", b">No smoking<")
_HEADER = """## Revision

The six example posts' documents, untouched and edited, held against a framework in which two headings are renamed; one
process, medians of {rounds} alternating rounds. Opening and parsing is what each of them begins with: unpacking the
file with bounds, and parsing all its parts. Ratios of a redline (`regenerate`) and of a status are against it; the last
line is what a newer framework adds to the status of an edited document.

"""
_MANY_HEADER = """
`jdgen regenerate` as a whole process, of {documents:,} of these documents, half of them edited; medians of {rounds}
alternating rounds, each into a fresh folder.

"""


def section(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents = list(_documents(folder))
        alone = _HEADER.format(rounds=rounds) + _table(documents, rounds)
        return alone + _MANY_HEADER.format(documents=_MANY, rounds=_ROUNDS) + _many(folder, documents)


def _newer() -> str:
    """The text of the newer framework."""
    text = (FOLDER / "framework_data/frameworks/nhs-pccf.yaml").read_text(encoding="utf-8")
    for old, new in _CHANGES:
        text = text.replace(old, new)
    return text


def _many(folder: Path, documents: list[tuple[Path, Path]]) -> str:
    framework, old = folder / "newer.yaml", folder / "old"
    framework.write_text(_newer(), encoding="utf-8")
    old.mkdir()
    kinds = [path for both in documents for path in both]
    for number in range(_MANY):
        shutil.copy(kinds[number % len(kinds)], old / f"{number}.docx")
    cases: dict[str, Timed] = {
        f"{jobs} process{'es' if jobs > 1 else ''}": functools.partial(_renew, old, framework, folder / "new", jobs)
        for jobs in (1, 2)
    }
    medians = alternating(cases, _ROUNDS)
    one_process = medians["1 process"]
    rows = []
    for name, seconds in medians.items():
        ratio = one_process / seconds
        against = ("", "") if seconds is one_process else (f"{ratio:.2f}", at_least(ratio, 1.8))
        rows.append((name, f"{seconds:.2f}", f"{_MANY / seconds:.0f}", *against))
    return table(("case", "seconds", "documents a second", "against 1 process", "goal"), rows)


def _renew(old: Path, framework: Path, new: Path, jobs: int) -> float:
    """Seconds that it takes to bring the documents of ``old`` up to date."""
    shutil.rmtree(new, ignore_errors=True)
    options = ["--framework", str(framework), "--output", str(new), "--jobs", str(jobs), "--date", "2026-12-01"]
    return process_seconds([str(Path(sys.executable).with_name("jdgen")), "regenerate", str(old), *options])


def _table(documents: list[tuple[Path, Path]], rounds: int) -> str:
    newer = FreshSources(Workspace(FOLDER), framework_of(parse_yaml(_newer().encode(), "newer.yaml")))
    same = FreshSources(Workspace(FOLDER))
    untouched, edited_documents = zip(*documents, strict=True)
    contents = [path.read_bytes() for path in edited_documents]
    medians = alternating(
        {
            "status, nothing newer, untouched": per_document(
                lambda: (status_of(document, same) for document in untouched), 3
            ),
            "status, nothing newer, edited": per_document(
                lambda: (status_of(document, same) for document in edited_documents), 3
            ),
            "status, framework newer, untouched": per_document(
                lambda: (status_of(document, newer) for document in untouched), 3
            ),
            "status, framework newer, edited": per_document(
                lambda: (status_of(document, newer) for document in edited_documents), 3
            ),
            "opening and parsing": per_document(
                lambda: (open_document(content, "x").tree(MAIN_PART) for content in contents), 3
            ),
            "redline": per_document(lambda: (regenerate(content, "x", newer, _MANNER) for content in contents), 1),
        },
        rounds,
    )
    opening, status_seconds = medians["opening and parsing"], medians["status, nothing newer, edited"]
    beyond = medians.pop("redline") - opening
    rows = [(name, ms(seconds), "", "") for name, seconds in medians.items()]
    rows.append(("redline, beyond opening and parsing", ms(beyond), *_ratio(beyond / opening, 8)))
    newer_status = medians["status, framework newer, edited"]
    rows.append(("status, framework newer, edited, as a whole", ms(newer_status), *_ratio(newer_status / opening, 1.5)))
    against = "status, framework newer against nothing newer, edited"
    rows.append((against, ms(newer_status - status_seconds), *_ratio(newer_status / status_seconds, 1.5)))
    return table(("case", "a document", "ratio", "goal"), rows)


def _ratio(ratio: float, goal: float) -> tuple[str, str]:
    return f"{ratio:.2f}×", at_most(ratio, goal)


def _documents(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each document as jdgen wrote it, and edited."""
    template = compile_template(TEMPLATE.read_bytes(), TEMPLATE.name)
    for number, path in enumerate(sorted((FOLDER / "examples" / "posts").glob("*.yaml"))):
        post = post_of(entries_of_file(path))
        content = make_document(post, DocumentSources(library_for(post, Workspace(FOLDER)), template, DRAFTED)).content
        file = File.read(content)
        edited_content = file.with_parts({MAIN_PART: file.content(MAIN_PART).replace(*_EDIT)}).to_bytes()
        places = (folder / f"{number}.docx", folder / f"{number} edited.docx")
        for place, each_content in zip(places, (content, edited_content), strict=True):
            place.write_bytes(each_content)
        yield places
