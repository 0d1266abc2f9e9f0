"""jdgen against other engines that fill Word templates, on equal templates, with equal texts.

The peers are run here and never shipped: docx-mailmerge2, docxtemplater and easy-template-x are under the MIT
licence, pizzip under MIT or GPL-3.0.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from material import Drafted, compiled, drafts_for, fill_drafted, isal_deflate
from measure import Timed, alternating, per_document
from peer_templates import BRACES, JDGEN, JDGEN_COLUMNS, MAILMERGE, ROWS, data_of, template_in, text_of
from tables import at_least, ms, rate, table

from jdgen.drafting.band_part import CommonFields
from jdgen.template.compiled import CompiledTemplate
from jdgen.word.writing import QUICK, STANDARD, Deflate

_PEERS = Path(__file__).resolve().parent / "peers"
_NODE_PEERS = ("docxtemplater", "easy-template-x")
_JDGEN = "jdgen, standard library"
_HEADER = """## Peers

Equal templates, made for this: 20 fields and a table of {rows_of_table} rows of two texts; the six example posts'
texts. Each peer opens its template once where its interface allows that, and makes documents in memory: easy-template-x
takes the file's bytes each time, docxtemplater and docx-mailmerge2 need a fresh object for each document. The texts of
all paragraphs and cells are compared first. Medians of {rounds} alternating rounds in one run.

"""


class NotMeasured(Exception):  # noqa: N818  # no error: it is said in the table
    """A peer that cannot be run here; the message says why."""


class _Node:
    """A Node process that makes documents when it is asked to."""

    def __init__(self, folder: Path) -> None:
        if not (node := shutil.which("node")):
            raise NotMeasured("there is no node")
        _install()
        command = [node, str(_PEERS / "peers.mjs"), str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self._answer() != "ready":
            self.close()
            raise NotMeasured("node failed to make the documents")

    def seconds(self, peer: str, turns: int) -> float:
        """Seconds for one document."""
        stream = _stream(self.process.stdin)
        stream.write(f"{peer} {turns}\n")
        stream.flush()
        return float(self._answer())

    def close(self) -> None:
        """End the process."""
        _stream(self.process.stdin).close()
        self.process.wait()
        _stream(self.process.stdout).close()

    def _answer(self) -> str:
        return _stream(self.process.stdout).readline().strip()


def _stream(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def _install() -> None:
    """Put the peers, at their pinned versions, into ``bench/peers/node_modules``, unless they are there."""
    installed, locked = (_PEERS / name for name in ("node_modules/.package-lock.json", "package-lock.json"))
    if installed.is_file() and installed.stat().st_mtime >= locked.stat().st_mtime:
        return
    if not (npm := shutil.which("npm")):
        raise NotMeasured("there is no npm")
    command = [npm, "ci", "--fetch-retries", "1", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, cwd=_PEERS, timeout=120)
    except (subprocess.SubprocessError, OSError) as error:
        lines = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        raise NotMeasured(f"npm ci failed ({lines[0] if lines else error})") from error


def section(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    template = compiled(template_in(JDGEN, JDGEN_COLUMNS))
    drafts = [_with_rows(drafted) for drafted in drafts_for(template)]
    data = [data_of(drafted.draft) for drafted in drafts]
    cases: dict[str, Timed] = {}
    for name, deflate, recorded in _ways():
        make_all = functools.partial(_by_jdgen, template, drafts, deflate, recorded)
        cases[name] = per_document(make_all, 5)
    expected_texts = [text_of(fill_drafted(template, drafted, STANDARD, False)) for drafted in drafts]
    missing: dict[str, str] = {}
    node = None
    try:
        cases["docx-mailmerge2"] = per_document(_mailmerge(data, expected_texts), 1)
    except NotMeasured as reason:
        missing["docx-mailmerge2"] = str(reason)
    with tempfile.TemporaryDirectory() as folder:
        try:
            node = _node(Path(folder), data, expected_texts)
            cases |= {peer: functools.partial(node.seconds, peer, 2) for peer in _NODE_PEERS}
        except NotMeasured as reason:
            missing |= dict.fromkeys(_NODE_PEERS, str(reason))
        try:
            medians = alternating(cases, rounds, uncounted=5)
        finally:
            if node:
                node.close()
    return _HEADER.format(rounds=rounds, rows_of_table=ROWS) + _table(medians, missing)


def _with_rows(drafted: Drafted) -> Drafted:
    """The draft with exactly as many clauses as the template's rows are counted."""
    clauses = drafted.draft.clauses
    few = tuple(dataclasses.replace(clauses[number % len(clauses)], id=f"clause-{number}") for number in range(ROWS))
    draft = dataclasses.replace(drafted.draft, clauses=few)
    return dataclasses.replace(drafted, draft=draft, common=CommonFields({"clauses": few}))


def _ways() -> Iterator[tuple[str, Deflate, bool]]:
    yield _JDGEN, QUICK, False
    yield f"{_JDGEN}, with record", QUICK, True
    if isal := isal_deflate():
        yield "jdgen, isal", isal, False
        yield "jdgen, isal, with record", isal, True


def _by_jdgen(
    template: CompiledTemplate, drafts: Sequence[Drafted], deflate: Deflate, recorded: bool
) -> Iterator[bytes]:
    return (fill_drafted(template, drafted, deflate, recorded) for drafted in drafts)


def _mailmerge(data: Sequence[Mapping[str, Any]], expected_texts: Sequence[list[str]]) -> Any:
    try:
        from mailmerge import MailMerge  # noqa: PLC0415  # a development dependency that may be missing
    except ImportError as error:
        raise NotMeasured("docx-mailmerge2 is not installed") from error
    content = template_in(MAILMERGE)

    def make(fields: Mapping[str, Any]) -> bytes:
        stream = io.BytesIO()
        with MailMerge(io.BytesIO(content)) as document:
            document.merge(**{name: value for name, value in fields.items() if name != "rows"})
            document.merge_rows("row_title", fields["rows"])
            document.write(stream)
        return stream.getvalue()

    _compare("docx-mailmerge2", [make(fields) for fields in data], expected_texts)
    return lambda: (make(fields) for fields in data)


def _node(folder: Path, data: Sequence[Mapping[str, Any]], expected_texts: Sequence[list[str]]) -> _Node:
    for peer in _NODE_PEERS:
        (folder / f"{peer}.docx").write_bytes(template_in(BRACES))
    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    node = _Node(folder)
    try:
        for peer in _NODE_PEERS:
            documents = [(folder / f"{peer}-{number}.docx").read_bytes() for number in range(len(data))]
            _compare(peer, documents, expected_texts)
    except NotMeasured:
        node.close()
        raise
    return node


def _compare(peer: str, documents: Sequence[bytes], expected_texts: Sequence[list[str]]) -> None:
    for document, texts in zip(documents, expected_texts, strict=True):
        if (texts_there := text_of(document)) != texts:
            pairs = zip(texts_there, texts, strict=False)
            differs = next((pair for pair in pairs if pair[0] != pair[1]), (len(texts_there), len(texts)))
            raise NotMeasured(f"{peer} gives another text than jdgen: {differs[0]!r}, not {differs[1]!r}")


def _table(medians: Mapping[str, float], missing: Mapping[str, str]) -> str:
    peers = {name: seconds for name, seconds in medians.items() if not name.startswith("jdgen")}
    best = min(peers.values(), default=0.0)
    rows = []
    for name, seconds in medians.items():
        times = best / seconds
        goal = at_least(times, 10) if name.startswith("jdgen") and best else ""
        rows.append((_versioned(name), ms(seconds), rate(seconds), f"{times:.2f}" if best else "", goal))
    rows += [(name, f"not measured: {reason}", "", "", "") for name, reason in missing.items()]
    compared = "× the best peer measured" if missing else "× the best peer"
    return table(("case", "a document", "documents a second", compared, "goal"), rows)


def _versioned(name: str) -> str:
    """The peer with its version."""
    pinned = json.loads((_PEERS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    try:
        number = version(name) if name == "docx-mailmerge2" else pinned.get(name, "")
    except PackageNotFoundError:
        number = ""
    return f"{name} {number}".strip()
