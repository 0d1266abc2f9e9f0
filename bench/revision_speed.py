"""Documents held against a newer framework, and brought up to date: status and redline, for each document."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from material import DRAFTED, TEMPLATE
from measure import FOLDER, alternating, per_document
from tables import at_most, ms, table

from jdgen.app.documents import library_for
from jdgen.document.making import DocumentSources, make_document
from jdgen.framework.reading import framework_of
from jdgen.post.reading import entries_of_file, post_of
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.regeneration import RegenerationSettings, regenerate
from jdgen.revision.status import status_of
from jdgen.template.compiling import compile_template
from jdgen.word.file import MAIN_PART, File
from jdgen.word.opening import open_document
from jdgen.workspace import Workspace
from jdgen.yaml_files import parse_yaml

_MANNER = RegenerationSettings(Stamp("jdgen", "2026-12-01T00:00:00Z"))
# What a newer framework changes at every band, and what somebody changed in the document.
_CHANGES = (("title: Leadership\n", "title: Leading\n"), ("title: Budget\n", "title: Budgets and money\n"))
_EDIT = (b">Smoke-free workplace<", b">No smoking<")
_HEADER = """## Revision

The six example posts' documents, untouched and edited, held against a framework in which two headings are renamed; one
process, medians of {rounds} alternating rounds. Opening and parsing is what each of them begins with: unpacking the
file with bounds, and parsing all its parts. Ratios of a redline (`regenerate`) and of a status are against it; the last
line is what a newer framework adds to the status of an edited document.

"""


def section(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        return _HEADER.format(rounds=rounds) + _table(list(_documents(Path(folder))), rounds)


def _table(documents: list[tuple[Path, Path]], rounds: int) -> str:
    text = (FOLDER / "framework_data/frameworks/nhs-pccf.yaml").read_text(encoding="utf-8")
    for old, new in _CHANGES:
        text = text.replace(old, new)
    newer = FreshSources(Workspace(FOLDER), framework_of(parse_yaml(text.encode(), "newer.yaml")))
    same = FreshSources(Workspace(FOLDER))
    untouched, edited = zip(*documents, strict=True)
    contents = [path.read_bytes() for path in edited]
    taken = alternating(
        {
            "status, nothing newer, untouched": per_document(lambda: (status_of(one, same) for one in untouched), 3),
            "status, nothing newer, edited": per_document(lambda: (status_of(one, same) for one in edited), 3),
            "status, framework newer, untouched": per_document(lambda: (status_of(one, newer) for one in untouched), 3),
            "status, framework newer, edited": per_document(lambda: (status_of(one, newer) for one in edited), 3),
            "opening and parsing": per_document(
                lambda: (open_document(one, "x").tree(MAIN_PART) for one in contents), 3
            ),
            "redline": per_document(lambda: (regenerate(one, "x", newer, _MANNER) for one in contents), 1),
        },
        rounds,
    )
    opening, known = taken["opening and parsing"], taken["status, nothing newer, edited"]
    beyond = taken.pop("redline") - opening
    rows = [(name, ms(seconds), "", "") for name, seconds in taken.items()]
    rows.append(("redline, beyond opening and parsing", ms(beyond), *_ratio(beyond / opening, 8)))
    newer_status = taken["status, framework newer, edited"]
    rows.append(("status, framework newer, edited, as a whole", ms(newer_status), *_ratio(newer_status / opening, 1.5)))
    against = "status, framework newer against nothing newer, edited"
    rows.append((against, ms(newer_status - known), *_ratio(newer_status / known, 1.5)))
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
        edited = file.with_parts({MAIN_PART: file.content(MAIN_PART).replace(*_EDIT)}).written()
        places = (folder / f"{number}.docx", folder / f"{number} edited.docx")
        for place, written in zip(places, (content, edited), strict=True):
            place.write_bytes(written)
        yield places
