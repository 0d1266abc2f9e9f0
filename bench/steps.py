"""Where the time goes, document by document, once the template is compiled."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from material import DRAFTED, TEMPLATE, isal_deflate
from measure import FOLDER
from posts import write_csv
from stopwatch import Stopwatch
from tables import ms, table

from jdgen.app.documents import library_for
from jdgen.document import making as documents
from jdgen.document.making import DocumentSources, inputs_for, make_document
from jdgen.files import save
from jdgen.post.reading import post_of
from jdgen.sheets.reading import open_posts
from jdgen.template import filling
from jdgen.template.compiling import compile_template
from jdgen.word.writing import fastest_deflate
from jdgen.workspace import Workspace

_WARM = 50
_HEADER = """## Where the time goes

Each step for one document, after the compile: the mean of {documents} documents of generated posts from CSV, made one
after the other as in a batch, without strict parsing, with {deflate}. What a step
calls counts for the step that is called.

"""
_OTHER = "the rest"
# The steps in the order of a document, and the functions of jdgen that they are.
_STEPS: dict[str, list[tuple[Any, str]]] = {
    "drafting": [(documents, "framework_part"), (documents, "draft_job_description")],
    "printing": [(filling, "printed_pieces")],
    "finishing (line breaks, prompts, encoding)": [(filling, "printed_part")],
    "record (its XML, digests of all parts)": [
        *((documents, "record_parts"), (filling, "digest_of_marks")),
    ],
    "deflating": [(filling, "member")],
    "joining": [(filling, "join_members")],
}


def section(count: int) -> str:
    """Measure, and say it in Markdown."""
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None
    watch = Stopwatch()
    with tempfile.TemporaryDirectory(dir=base) as folder:
        _make(Path(folder), _WARM, Stopwatch())
        _make(Path(folder), count, watch)
    order = ("reading a row", "post from its row", "digest of the inputs", *_STEPS, _OTHER, "writing the file")
    whole = sum(watch.seconds.values())
    rows = [
        (step, ms(watch.seconds[step] / count), f"{watch.seconds[step] / whole:.0%}")
        for step in order
        if step in watch.seconds
    ]
    rows.append(("in all", ms(whole / count), "100%"))
    deflate = "isal" if isal_deflate() else "standard library deflate"
    return _HEADER.format(documents=count, deflate=deflate) + table(("step", "a document", "share"), rows)


def _make(folder: Path, count: int, watch: Stopwatch) -> None:
    posts = folder / "posts.csv"
    write_csv(posts, count)
    template = compile_template(TEMPLATE.read_bytes(), "job-description.docx")
    makings: dict[tuple[str, str | None, str], DocumentSources] = {}
    rows = open_posts(posts).rows
    with watch.watching(_STEPS):
        first_row = watch.timing("reading a row", lambda: next(rows, None))
        post_from = watch.timing("post from its row", post_of)
        digest = watch.timing("digest of the inputs", inputs_for)
        make = watch.timing(_OTHER, make_document)
        write = watch.timing("writing the file", save)
        number = 0
        while row := first_row():
            post = post_from(row.entries, row.label)
            key = (post.specialism.casefold(), post.framework, post.clauses)
            if key not in makings:
                library = library_for(post, Workspace(FOLDER))
                makings[key] = DocumentSources(
                    library, template, DRAFTED, verify=False, deflate=fastest_deflate(), many=True
                )
                _ = makings[key].digest
            document = make(post, makings[key], {}, digest(post, makings[key].digest))
            number += 1
            write(document.content, folder / f"{number}.docx", overwrite=True, durable=False, prepared=True)
