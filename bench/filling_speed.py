"""Filling a template: compiled once, against docxtpl as it is used everywhere, and against writing ready-made XML."""

from __future__ import annotations

import dataclasses
import functools
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from docxtpl import DocxTemplate
from material import TEMPLATE, Drafted, compiled, drafts_for, fill_drafted, isal_deflate, parts_of
from measure import Timed, alternating, per_document
from tables import at_least, ms, rate, table

from jdgen.drafting.model import JobDescription
from jdgen.template.compiled import CompiledTemplate, Frame
from jdgen.word.writing import Deflate, join_members, member, standard_deflate

_QUICK = 2
_LEVELS = (1, _QUICK, 6)
_HEADER = """## Filling

One process, in memory: `templates/job-description.docx` filled with the drafts of the six example posts. Medians of
{rounds} alternating rounds in one run. docxtpl: open, render with autoescape and save, for each document. jdgen: `fill`
with `verify=False`, as the batch does after its first 100 posts. "Written only" deflates the same finished XML and
joins it with the parts that all documents share, deflated beforehand; its share is its time by the time of all.
What recurs (here: all six drafts) is escaped, printed and deflated once, which "written only" does not have.
"With record": the generation record and its bookmarks inside, as the batch writes; docxtpl does nothing of the kind, so
the goals against it are for the rows without.

"""


@dataclasses.dataclass(frozen=True)
class _Way:
    """One way to fill: with which deflate, and with the record in it or not. ``goal`` is against docxtpl."""

    name: str
    deflate: Deflate
    recorded: bool
    goal: float = 0
    goal_of_writing: float = 0


def section(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    content = TEMPLATE.read_bytes()
    template = compiled(content)
    drafts = drafts_for(template)
    plain = [drafted.draft for drafted in drafts]
    ways = [*_ways()]
    cases: dict[str, Timed] = {"docxtpl": per_document(functools.partial(by_docxtpl, content, plain), 1)}
    sizes: dict[str, int] = {}
    for way in ways:
        cases[way.name] = per_document(functools.partial(_by_jdgen, template, drafts, way), 5)
        cases[f"{way.name}, written only"] = per_document(_writing(template, drafts, way), 20)
        documents = [*_by_jdgen(template, drafts, way)]
        sizes[way.name] = sum(map(len, documents)) // len(documents)
    sizes["docxtpl"] = sum(map(len, by_docxtpl(content, plain))) // len(drafts)
    medians = alternating(cases, rounds)
    missing = "" if isal_deflate() else "With isal: not measured, isal is not installed.\n\n"
    return _HEADER.format(rounds=rounds) + _table(ways, medians, sizes) + missing


def _ways() -> Iterator[_Way]:
    for level in _LEVELS:
        remark = " (used without isal)" if level == _QUICK else ""
        for recorded in (False, True):
            name = f"standard library, level {level}{remark}{', with record' if recorded else ''}"
            goal = 60 if level == _QUICK and not recorded else 0
            yield _Way(name, standard_deflate(level), recorded, goal)
    if isal := isal_deflate():
        for recorded in (False, True):
            yield _Way(f"isal{', with record' if recorded else ''}", isal, recorded, 0 if recorded else 95, 0.4)


def _by_jdgen(template: CompiledTemplate, drafts: Sequence[Drafted], way: _Way) -> Iterator[bytes]:
    return (fill_drafted(template, drafted, way.deflate, way.recorded) for drafted in drafts)


def by_docxtpl(content: bytes, drafts: Iterable[JobDescription]) -> Iterator[bytes]:
    """The documents that docxtpl makes of ``drafts`` as it is used everywhere: opened, rendered and saved for each."""
    for draft in drafts:
        document = DocxTemplate(io.BytesIO(content))
        document.render(_context(draft), autoescape=True)
        stream = io.BytesIO()
        document.save(stream)
        yield stream.getvalue()


def _context(draft: JobDescription) -> dict[str, object]:
    return {field.name: getattr(draft, field.name) for field in dataclasses.fields(draft)}


def _writing(template: CompiledTemplate, drafts: Sequence[Drafted], way: _Way) -> Callable[[], Iterator[bytes]]:
    """Deflates and joins the finished parts of the same documents."""
    frame = template.recorded if way.recorded else template.plain
    ready = [parts_of(document) for document in _by_jdgen(template, drafts, way)]
    if [parts_of(_write(frame, parts, way.deflate)) for parts in ready] != ready:
        raise AssertionError("writing ready-made parts must give the documents that filling gives")
    return lambda: (_write(frame, parts, way.deflate) for parts in ready)


def _write(frame: Frame, parts: Mapping[str, bytes], deflate: Deflate) -> bytes:
    return join_members(frame.members.get(name) or member(name, parts[name], deflate) for name in frame.order)


def _table(ways: Sequence[_Way], medians: Mapping[str, float], sizes: Mapping[str, int]) -> str:
    naive = medians["docxtpl"]
    rows = [("docxtpl", ms(naive), rate(naive), f"{sizes['docxtpl'] / 1024:.1f} KB", "1.0", "", "", "")]
    for way in ways:
        seconds = medians[way.name]
        times, share = naive / seconds, medians[f"{way.name}, written only"] / seconds
        rows.append(
            (
                f"jdgen, {way.name}",
                ms(seconds),
                rate(seconds),
                f"{sizes[way.name] / 1024:.1f} KB",
                f"{times:.1f}",
                at_least(times, way.goal) if way.goal else "",
                f"{share:.2f}",
                at_least(share, way.goal_of_writing) if way.goal_of_writing else "",
            )
        )
    return table(
        ("case", "a document", "documents a second", "size", "× docxtpl", "goal", "of written only", "goal"), rows
    )
