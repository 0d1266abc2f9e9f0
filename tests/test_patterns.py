"""No pattern tries for ever: twice the text may take twice as long, and not four times.

Patterns are tried by what people and hostile files have: the same few characters, hundreds of times.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jdgen

#: What recurs in a text, and what may stand before and after it.
RECURRING = (*' a1.,()[{_"<;:*\n=-–', "1.", "a ", "a.", "(a) ", ": ", "[1]", "{ ", "{{", "Band 5 ", "no ", "<w:t>")
BEFORE = ("", "x", "(", "{{", "<", "1", "a:")
AFTER = ("\x01", "x9!")
#: Characters of a text; a pattern that needs more seconds of the processor for one of them is tried with twice as many.
LENGTH, WORTH_A_LOOK = 4_000, 0.01
#: Twice the text takes four times as long where each place is tried with each end.
MOST = 3
#: Seconds of the processor for all patterns, which need some ten, and for one: beyond, there is one without end.
LIMIT, LIMIT_OF_ONE = 150, 3
PLANTED = ((r"^(?:\d+\.?)+[)]?\s+", "search"), (r"\s*,\s*", "findall"))
#: By what a pattern is asked, in the source.
_ASKED = "search|match|fullmatch|sub|split|finditer|findall"


def test_twice_the_text_takes_no_pattern_more_than_twice_as_long() -> None:
    """Every pattern of every module, asked as the program asks it."""
    assert slow(list(patterns())) == []


def test_a_pattern_without_end_is_seen() -> None:
    """One that is exponential, and one that is quadratic, which a list of blanks is enough for."""
    assert [slow([planted]) for planted in PLANTED] == [[PLANTED[0][0]], [PLANTED[1][0]]]


def patterns() -> Iterator[tuple[str, str]]:
    """The patterns of all modules, and how each is asked; in every way, where that is not to be seen."""
    modules = [
        importlib.import_module(module_info.name) for module_info in pkgutil.walk_packages(jdgen.__path__, "jdgen.")
    ]
    sources = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in modules]
    for module, source in zip(modules, sources, strict=True):
        for name, value in vars(module).items():
            for pattern in _patterns_in(value):
                # A private name is asked in its own module only.
                questions = _ways(name, source if name.startswith("_") else "".join(sources))
                yield from ((_source_of(pattern), way) for way in sorted(questions or {"findall", "fullmatch"}))
        yield from _patterns_asked(ast.parse(source), vars(module))


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    """``value``, or those in it: some stand in tables, with what they mean."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, list | tuple | set | frozenset | dict):
        for entry in (*value, *value.values()) if isinstance(value, dict) else value:
            yield from _patterns_in(entry)


def _ways(name: str, source: str) -> set[str]:
    return {_way(way) for way in re.findall(rf"\b{name}\.({_ASKED})\b", source)}


def _patterns_asked(source: ast.Module, names: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Patterns that are compiled as they are asked: ``re.sub(r"...", ...)``, ``re.fullmatch(_DAY, ...)``."""
    for node in ast.walk(source):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), way), [ast.Constant(str(pattern)), *_]) if way != "compile":
                yield pattern, _way(way)
            case ast.Call(ast.Attribute(ast.Name("re"), way), [ast.Name(name), *_]) if way in _ASKED:
                if isinstance(names.get(name), str):
                    yield names[name], _way(way)


def _source_of(pattern: re.Pattern[str]) -> str:
    """``pattern`` with its flags in it."""
    flags = "".join(letter for letter in "ims" if pattern.flags & re.RegexFlag[letter.upper()])
    return f"(?{flags}){pattern.pattern}" if flags else pattern.pattern


def _way(questions: str) -> str:
    """The same, for a text alone."""
    return "findall" if questions in ("sub", "split", "finditer") else questions


def slow(questions: list[tuple[str, str]]) -> list[str]:
    """Those of the patterns that take too long, tried in a process of their own: the one that never ends is the last
    of which it tells."""
    command = [sys.executable, __file__]
    run = subprocess.run(
        command,
        input=json.dumps([questions, LIMIT if len(questions) > 1 else LIMIT_OF_ONE]),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    *_, last = run.stdout.splitlines()
    if run.returncode:
        return [json.loads(last)]
    slow_patterns: list[str] = json.loads(last)
    return slow_patterns


def _main() -> None:
    questions, limit = json.load(sys.stdin)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # Windows has none

        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    slow_patterns: list[str] = []
    for pattern, way in questions:
        sys.stdout.write(f"{json.dumps(pattern)}\n")
        sys.stdout.flush()
        if any(_is_slow(pattern, way, *text) for text in _texts()):
            slow_patterns.append(pattern)
    sys.stdout.write(f"{json.dumps(slow_patterns)}\n")


def _texts() -> Iterator[tuple[str, str, str]]:
    for recurring in RECURRING:
        for before in BEFORE:
            yield from ((before, recurring, after) for after in AFTER)


def _is_slow(pattern: str, way: str, before: str, recurring: str, after: str) -> bool:
    once = _seconds(pattern, way, before + recurring * (LENGTH // len(recurring)) + after)
    if once < WORTH_A_LOOK:
        return False
    twice = _seconds(pattern, way, before + recurring * (2 * LENGTH // len(recurring)) + after)
    return twice > MOST * once


def _seconds(pattern: str, way: str, text: str) -> float:
    ask = getattr(re.compile(pattern), way)
    started = time.process_time()
    ask(text)
    return time.process_time() - started


if __name__ == "__main__":
    _main()
