"""The example posts, drafted beforehand, and what is needed to fill templates with them."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from measure import FOLDER

from jdgen.app.documents import library_for
from jdgen.document.making import DocumentSources, inputs_for, recorder
from jdgen.drafting.band_part import CommonFields
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.framework_part import framework_part
from jdgen.drafting.model import JobDescription
from jdgen.post.reading import entries_of_file, post_of
from jdgen.template.binding import bound_parts
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.compiling import compile_template
from jdgen.template.filling import Recorder, fill
from jdgen.word.writing import Deflate, fastest_deflate
from jdgen.workspace import Workspace

DRAFTED = datetime.date(2026, 11, 24)
TEMPLATE = FOLDER / "templates" / "job-description.docx"


@dataclass(frozen=True)
class Drafted:
    """One example post's draft, what it has in common with others, and what makes the record of its document."""

    draft: JobDescription
    common: CommonFields
    recorder: Recorder


def drafts_for(template: CompiledTemplate) -> tuple[Drafted, ...]:
    """The drafts of the six example posts, and their recorders for ``template``."""
    posts_there = []
    for path in sorted((FOLDER / "examples" / "posts").glob("*.yaml")):
        post = post_of(entries_of_file(path))
        sources = DocumentSources(library_for(post, Workspace(FOLDER)), template, DRAFTED)
        part = framework_part(post, sources.library)
        draft = draft_job_description(post, sources.library, DRAFTED, part=part)
        inputs = inputs_for(post, sources.digest)
        record = recorder(sources, inputs, f"jd-{inputs.digest[:16]}", job_description=draft, part=part)
        posts_there.append(Drafted(draft, part.common, record))
    return tuple(posts_there)


def compiled(content: bytes) -> CompiledTemplate:
    """The template in ``content``, compiled."""
    return compile_template(content, "bench.docx")


def fill_drafted(template: CompiledTemplate, drafted: Drafted, deflate: Deflate, recorded: bool) -> bytes:
    """A document as the batch makes it, without strict parsing."""
    record = drafted.recorder if recorded else None
    parts = bound_parts(template, drafted.common, recorded)
    return fill(template, drafted.draft, DRAFTED, verify=False, deflate=deflate, record=record, parts=parts)


def parts_of(document: bytes) -> Mapping[str, bytes]:
    """The parts of a Word file, by name."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {name: package.read(name) for name in package.namelist()}


def isal_deflate() -> Deflate | None:
    """The deflate of ISA-L, where isal is installed."""
    try:
        import isal  # noqa: F401, PLC0415  # an extra
    except ImportError:
        return None
    return fastest_deflate()
