"""The example posts and what jdgen makes of them: real input for every test that needs a draft."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path

from jdgen.app import documents as generation
from jdgen.drafting.model import JobDescription
from jdgen.post.reading import entries_of_file, post_of
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from jdgen.template.properties import is_verbatim
from jdgen.workspace import TEMPLATES as TEMPLATES  # noqa: PLC0414  # tests have it from here
from jdgen.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
DRAFTED = datetime.date(2026, 11, 24)
POSTS = tuple(sorted(path.stem for path in (ROOT / "examples/posts").glob("*.yaml")))
#: Those with essential and desirable criteria side by side: two lists in the cells of a row.
WITH_SIDES = ("job-description-side-by-side", "job-description-numbered")
#: Those in which nothing has to be repaired once it is printed: all but the ones with two lists in a cell, of which
#: nobody can tell from the template that one has something in it.
UNREPAIRED = tuple(template for template in TEMPLATES if template not in WITH_SIDES)
DOCUMENTS = tuple((post, template) for post in POSTS for template in TEMPLATES)
#: Every post, and every template: all documents of the first post, and those of a template that has all there is.
SOME_DOCUMENTS = tuple(each for each in DOCUMENTS if each[0] == POSTS[0] or each[1] == WITH_SIDES[-1])


def post_file(post: str) -> Path:
    return ROOT / "examples/posts" / f"{post}.yaml"


@functools.cache
def draft_of(post: str, verbatim: bool = False) -> JobDescription:
    return generation.draft(post_of(entries_of_file(post_file(post))), Workspace(ROOT), DRAFTED, verbatim)


@functools.cache
def shipped_template(name: str) -> CompiledTemplate:
    return compile_template((ROOT / "templates" / f"{name}.docx").read_bytes(), f"{name}.docx")


@functools.cache
def document_of(post: str, template: str) -> bytes:
    """What ``generate`` makes, in the wording that the template asks for."""
    verbatim = is_verbatim((ROOT / "templates" / f"{template}.docx").read_bytes())
    return fill(shipped_template(template), draft_of(post, verbatim), DRAFTED)
