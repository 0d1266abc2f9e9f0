"""YAML files that are built to harm: refused in bounded time and memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.strangers.measured import MEGABYTE, cost_of

_LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
FILES: dict[str, tuple[Callable[[], str], str]] = {
    "a billion laughs": (lambda: _LAUGHS, "an anchor is used a second time"),
    "millions of aliases": (lambda: f"a: &x y\nb: [{'*x,' * 4_000_000}]", "holds more than a file that people write"),
    "millions of values": (lambda: f"[{'a,' * 8_000_000}]", "holds more than a file that people write"),
    "millions of empty lists": (lambda: f"[{'[],' * 5_000_000}]", "holds more than a file that people write"),
    "millions of keys": (lambda: "".join(f"{n:x}:\n" for n in range(1_500_000)), "holds more than a file that people"),
    "as many aliases as are allowed": (lambda: f"a: &x y\nb: [{'*x,' * 190_000}]", "an anchor is used a second time"),
    "deep lists": (lambda: "[" * 15 * MEGABYTE, "is nested too deeply"),
    "deep keys": (lambda: "? " * 7 * MEGABYTE, "is nested too deeply"),
    "deep keys in lines of their own": (
        lambda: "".join(f"{' ' * n}a:\n" for n in range(3_000)),
        "is nested too deeply",
    ),
    "a line of blanks": (lambda: f"a: 'b{' ' * MEGABYTE}c'", "holds 1,048,578 characters"),
    "a text that is no text": (lambda: f"a: {'word ' * MEGABYTE}", "holds 5,242,879 characters"),
    "control characters only": (lambda: "\x07" * 15 * MEGABYTE, "control character U+0007"),
    "a large file": (lambda: "#" * 17 * MEGABYTE, "is too large"),
    "a program": (lambda: "!!python/object/apply:os.system [ls]\n" * 2, "cannot be read: "),
}


@pytest.mark.parametrize("case", FILES)
def test_yaml_built_to_harm_is_refused(case: str, tmp_path: Path) -> None:
    make, what = FILES[case]
    path = tmp_path / "post.yaml"
    path.write_text(make(), encoding="utf-8")
    cost = cost_of("yaml", path)
    cost.assert_bounded()
    assert cost.problems
    assert what in cost.problems[0]


def test_as_many_values_as_are_allowed_are_read(tmp_path: Path) -> None:
    path = tmp_path / "post.yaml"
    path.write_text(f"[{'a,' * 199_000}]", encoding="utf-8")
    cost = cost_of("yaml", path)
    cost.assert_bounded()
    assert cost.problems == ()
