"""The framework as values: what documents are known by."""

from __future__ import annotations

from dataclasses import dataclass

from jdgen.later_fields import LaterFields, later


def test_a_later_field_is_in_the_repr_only_where_it_says_something() -> None:
    @dataclass(frozen=True)
    class Before:
        name: str
        rows: tuple[int, ...] = ()

    @dataclass(frozen=True, repr=False)
    class After(LaterFields):
        name: str
        rows: tuple[int, ...] = ()
        group: str = later("")

    before = repr(Before("one", (1,))).split("Before", 1)[1]
    assert repr(After("one", (1,))) == f"After{before}"
    assert repr(After("one", (1,), "Care")) == "After(name='one', rows=(1,), group='Care')"
