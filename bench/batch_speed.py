"""Batches: whole runs of the command line over generated posts, in a folder that is memory where there is one."""

from __future__ import annotations

import functools
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from filling_speed import by_docxtpl
from material import DRAFTED, TEMPLATE
from measure import FOLDER, Timed, alternating, peak_memory, per_document, process_seconds
from openpyxl import load_workbook
from posts import write_csv, write_workbook
from tables import at_least, at_most, table

from jdgen.app.documents import library_for
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.model import JobDescription
from jdgen.post.reading import post_of
from jdgen.sheets.reading import open_posts
from jdgen.workspace import Workspace

_MEMORY = Path("/dev/shm")
_HEADER = """## Batches

`jdgen batch` as whole processes, one document for each of {posts:,} generated posts (`bench/posts.py`), with the
record inside, {where}. Medians of {rounds} alternating rounds in one run. Every first run writes into a fresh folder.
docxtpl: its filling alone (open, render with autoescape and save) of the drafts of the first {drafts} of these posts.

"""


@dataclass(frozen=True)
class Sizes:
    """How many posts each case has; ``many`` is the larger of the two runs whose memory is compared."""

    posts: int = 8_000
    few: int = 100
    many: int = 5_000
    rows: int = 20_000
    drafts: int = 100
    rounds: int = 3


def section(sizes: Sizes) -> str:
    """Measure, and say it in Markdown."""
    with _folder() as folder:
        where = "on tmpfs" if folder.is_relative_to(_MEMORY) else "on a disk, since there is no /dev/shm"
        header = _HEADER.format(posts=sizes.posts, where=where, rounds=sizes.rounds, drafts=sizes.drafts)
        return header + _speed(folder, sizes) + _memory(folder, sizes) + _reading(folder, sizes)


@contextmanager
def _folder() -> Iterator[Path]:
    base = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="jdgen-bench-", dir=base) as folder:
        yield Path(folder)


def _command(posts: Path, output: Path, jobs: int) -> list[str]:
    options = ["--output", str(output), "--jobs", str(jobs), "--date", "2026-11-24"]
    return [str(Path(sys.executable).with_name("jdgen")), "batch", str(posts), *options]


def _speed(folder: Path, sizes: Sizes) -> str:
    files = {"CSV": folder / "posts.csv", "XLSX": folder / "posts.xlsx"}
    write_csv(files["CSV"], sizes.posts)
    write_workbook(files["XLSX"], sizes.posts)
    cases: dict[str, Timed] = {}
    for kind, posts in files.items():
        for jobs in (1, 2):
            output = folder / f"{kind}-{jobs}"
            cases[f"{kind} {jobs}"] = functools.partial(_first, posts, output, jobs, sizes.posts)
    again = _command(files["CSV"], folder / "CSV-1", 1)
    cases["again"] = functools.partial(process_seconds, again)
    drafts = _drafts(files["CSV"], sizes.drafts)
    cases["docxtpl"] = per_document(functools.partial(by_docxtpl, TEMPLATE.read_bytes(), drafts), 1)
    medians = alternating(cases, sizes.rounds, uncounted=0)
    alone = medians["docxtpl"] * sizes.posts
    rows = [_row("docxtpl, filling alone, as many", alone, sizes.posts)]
    for kind in files:
        one_process, two = medians[f"{kind} 1"], medians[f"{kind} 2"]
        times = alone / one_process
        rows.append(
            _row(f"{kind}, 1 process", one_process, sizes.posts, against="docxtpl, filling alone", ratio=times, goal=18)
        )
        rows.append(
            _row(f"{kind}, 2 processes", two, sizes.posts, against="1 process", ratio=one_process / two, goal=1.85)
        )
    first, second = medians["CSV 1"], medians["again"]
    compared = "CSV, 1 process, first run"
    name = "CSV, 1 process, again with nothing changed"
    rows.append(_row(name, second, sizes.posts, against=compared, ratio=first / second, goal=6))
    for output in folder.glob("*-[12]"):
        shutil.rmtree(output)
    return table(("case", "seconds", "documents a second", "against", "ratio", "goal"), rows)


def _drafts(posts: Path, count: int) -> list[JobDescription]:
    """The drafts of the first posts, which are all of one specialism."""
    posts_read = [post_of(row.entries, row.label) for row in islice(open_posts(posts).rows, count)]
    library = library_for(posts_read[0], Workspace(FOLDER))
    return [draft_job_description(post, library, DRAFTED) for post in posts_read]


def _row(
    name: str, seconds: float, posts: int, *, against: str = "", ratio: float = 0, goal: float = 0
) -> tuple[str, ...]:
    compared = (against, f"{ratio:.2f}", at_least(ratio, goal)) if against else ("", "", "")
    return (name, f"{seconds:.2f}", f"{posts / seconds:,.0f}", *compared)


def _first(posts: Path, output: Path, jobs: int, count: int) -> float:
    shutil.rmtree(output, ignore_errors=True)
    seconds = process_seconds(_command(posts, output, jobs))
    if (count_there := len([*output.glob("*.docx")])) != count:
        raise AssertionError(f"{count_there} documents were made of {count} posts")
    return seconds


def _memory(folder: Path, sizes: Sizes) -> str:
    rows = []
    for jobs in (1, 2):
        peaks = []
        for count in (sizes.few, sizes.many):
            posts, output = folder / f"{count}.csv", folder / "memory"
            write_csv(posts, count)
            peaks.append(peak_memory(_command(posts, output, jobs)))
            shutil.rmtree(output)
        growth = peaks[1] / peaks[0] - 1
        goal = f"< 5 %: {'met' if growth < 0.05 else 'not met'}"
        rows.append((str(jobs), *(f"{size / 1024:.1f} MB" for size in peaks), f"{growth:+.1%}", goal))
    introduction = "Most memory that the largest of a run's processes held; posts from CSV.\n\n"
    return introduction + table(("jobs", f"{sizes.few:,} posts", f"{sizes.many:,} posts", "growth", "goal"), rows)


def _reading(folder: Path, sizes: Sizes) -> str:
    posts = folder / "rows.xlsx"
    write_workbook(posts, sizes.rows)
    medians = alternating(
        {"openpyxl": lambda: _by_openpyxl(posts), "jdgen": lambda: _by_jdgen(posts, sizes.rows)},
        sizes.rounds,
        uncounted=0,
    )
    ratio = medians["jdgen"] / medians["openpyxl"]
    cells = (f"{sizes.rows:,}", f"{medians['jdgen']:.2f} s", f"{medians['openpyxl']:.2f} s", f"{ratio:.2f}")
    introduction = (
        "Reading a workbook: `open_posts`, with every cell checked and read as a field of a post, against openpyxl's\n"
        "own read-only mode, values only.\n\n"
    )
    return introduction + table(("rows", "jdgen", "openpyxl", "ratio", "goal"), [(*cells, at_most(ratio, 1.3))])


def _by_openpyxl(posts: Path) -> float:
    started = time.perf_counter()
    book = load_workbook(posts, read_only=True)
    for _row_of_values in book["Posts"].iter_rows(values_only=True):
        pass
    book.close()
    return time.perf_counter() - started


def _by_jdgen(posts: Path, count: int) -> float:
    started = time.perf_counter()
    sound_rows = sum(not row.problems for row in open_posts(posts).rows)
    seconds = time.perf_counter() - started
    if sound_rows != count:
        raise AssertionError(f"{sound_rows} sound rows were read of {count}")
    return seconds
