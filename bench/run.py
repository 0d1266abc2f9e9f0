"""``make bench``: everything that is measured, printed and written to docs/benchmarks.md.

``--full`` also follows memory up to 100,000 posts, which takes minutes; ``--quick`` tries everything out with few
rounds and writes nothing.
"""

from __future__ import annotations

import argparse
import functools
import os
import platform
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import batch_speed
import cold_start
import filling_speed
import page_speed
import pdf_speed
import peer_speed
import revision_speed
import steps
from batch_speed import Sizes
from measure import FOLDER

REPORT = FOLDER / "docs" / "benchmarks.md"
_HEADER = """# Benchmarks

Written by `make bench`. Ratios are what counts: seconds differ from machine to machine. Python {python}, {system},
{cores} usable cores ({processor}).

"""


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="compare the memory of 100 and of 100,000 posts")
    parser.add_argument("--quick", action="store_true", help="few rounds, nothing written")
    options = parser.parse_args()
    # Users' Python keeps what it has compiled; without that, whole processes would mostly measure the compiler.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    report = _header()
    print(report, flush=True)
    for section in _sections(options.quick, options.full):
        section_text = section()
        print(section_text, flush=True)
        report += section_text
    end = f"Measured in {time.perf_counter() - started:,.0f} seconds."
    print(end)
    if not options.quick:
        REPORT.write_text(f"{report}{end}\n", encoding="utf-8")


def _sections(quick: bool, full: bool) -> Iterator[Callable[[], str]]:
    yield functools.partial(cold_start.section, 3 if quick else 25)
    yield functools.partial(filling_speed.section, 3 if quick else 25)
    yield functools.partial(peer_speed.section, 3 if quick else 25)
    sizes = Sizes(posts=300, many=300, rows=500, drafts=10, rounds=1) if quick else Sizes()
    yield functools.partial(batch_speed.section, Sizes(many=100_000) if full else sizes)
    yield functools.partial(revision_speed.section, 3 if quick else 15)
    yield functools.partial(pdf_speed.section, 1 if quick else 5)
    yield functools.partial(page_speed.section, 1 if quick else 5)
    yield functools.partial(steps.section, 100 if quick else 600)


def _header() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    system = f"{platform.system()} {platform.machine()}"
    return _HEADER.format(python=platform.python_version(), system=system, cores=cores, processor=_processor())


def _processor() -> str:
    """The processor's name, where the system tells it."""
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.is_file() else []
    processors = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return processors[0] if processors else platform.processor() or "a processor without a name"


if __name__ == "__main__":
    main()
