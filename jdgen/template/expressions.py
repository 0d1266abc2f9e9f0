"""What a compiled template prints or asks about: fields of the draft, and what is chosen, compared and told of them.

An expression is data: it names values and does one of the few things below with them. None calls, computes or reaches
beyond the draft, so that expressions may be read from a file.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias

from jdgen.drafting import model
from jdgen.drafting.library import is_prompt

#: The values that names have where an expression stands: fields of the draft, and the items of loops.
Names: TypeAlias = Mapping[str, Any]


class UnprintableError(Exception):
    """A template prints what is no text; the message says what."""


class Turn:
    """``loop`` inside a ``for``: which turn it is, of how many."""

    __slots__ = ("index0", "length")

    def __init__(self, index0: int, length: int) -> None:
        self.index0 = index0
        self.length = length

    @property
    def index(self) -> int:
        """The turn, counted from 1."""
        return self.index0 + 1

    @property
    def revindex(self) -> int:
        """How many turns are left, this one among them."""
        return self.length - self.index0

    @property
    def revindex0(self) -> int:
        """How many turns follow."""
        return self.length - self.index0 - 1

    @property
    def first(self) -> bool:
        """Whether it is the first turn."""
        return self.index0 == 0

    @property
    def last(self) -> bool:
        """Whether it is the last turn."""
        return self.index0 == self.length - 1


#: The names of fields of the draft, of what it holds, and of ``loop``: a template can name no other attribute.
FIELDS = frozenset(
    field.name for kind in vars(model).values() if dataclasses.is_dataclass(kind) for field in dataclasses.fields(kind)
) | {"index", "index0", "first", "last", "length", "revindex", "revindex0"}


class Expression(Protocol):
    """Something that a template prints or asks about."""

    def of(self, names: Names, /) -> Any:
        """Its value."""


class Name(NamedTuple):
    """A field of the draft, or the item of a loop."""

    name: str

    def of(self, names: Names) -> Any:  # noqa: D102  # as in Expression, here and below
        return names[self.name]


class FieldOf(NamedTuple):
    """A field of a value: ``duty.text``."""

    owner: Expression
    field: str

    def of(self, names: Names) -> Any:  # noqa: D102
        return getattr(self.owner.of(names), self.field)


class Constant(NamedTuple):
    """A text or number that the template's author wrote, to be compared with."""

    value: Any

    def of(self, _: Names) -> Any:  # noqa: D102
        return self.value


class Constants(NamedTuple):
    """Constants among which a value may be: ``['7', '8a']``."""

    values: tuple[Any, ...]

    def of(self, _: Names) -> Any:  # noqa: D102
        return self.values


class Both(NamedTuple):
    """``first and second``."""

    first: Expression
    second: Expression

    def of(self, names: Names) -> Any:  # noqa: D102
        return self.first.of(names) and self.second.of(names)


class Either(NamedTuple):
    """``first or second``."""

    first: Expression
    second: Expression

    def of(self, names: Names) -> Any:  # noqa: D102
        return self.first.of(names) or self.second.of(names)


class Not(NamedTuple):
    """``not question``."""

    question: Expression

    def of(self, names: Names) -> Any:  # noqa: D102
        return not self.question.of(names)


class Compare(NamedTuple):
    """``first < second``, or a chain of such: ``then`` are the others, each with the comparison before it."""

    first: Expression
    then: tuple[tuple[str, Expression], ...]

    def of(self, names: Names) -> Any:  # noqa: D102
        value, answer = self.first.of(names), True
        for comparison, expression in self.then:
            next_value = expression.of(names)
            answer = _COMPARISONS[comparison](value, next_value)
            if not answer:
                break
            value = next_value
        return answer


class Choice(NamedTuple):
    """``first if question else second``; where there is no second, there may be nothing to print."""

    first: Expression
    question: Expression
    second: Expression | None

    def of(self, names: Names) -> Any:  # noqa: D102
        if self.question.of(names):
            return self.first.of(names)
        if self.second is None:
            raise UnprintableError("a field that is missing")
        return self.second.of(names)


class Filter(NamedTuple):
    """``value|filter``."""

    value: Expression
    filter: str
    arguments: tuple[Expression, ...]

    def of(self, names: Names) -> Any:  # noqa: D102
        return FILTERS[self.filter](self.value.of(names), *(argument.of(names) for argument in self.arguments))


class Test(NamedTuple):
    """``value is test``."""

    value: Expression
    test: str

    def of(self, names: Names) -> Any:  # noqa: D102
        return TESTS[self.test](self.value.of(names))


#: Comparisons, filters and tests by the names that Jinja has for them; ``trim`` may be told which characters to trim.
_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    **{name: getattr(operator, name) for name in ("eq", "ne", "gt", "lt")},
    "gteq": operator.ge,
    "lteq": operator.le,
    "in": lambda value, values: value in values,
    "notin": lambda value, values: value not in values,
}
FILTERS: Mapping[str, Callable[..., Any]] = {
    "upper": lambda value: str(value).upper(),
    "lower": lambda value: str(value).lower(),
    "capitalize": lambda value: str(value).capitalize(),
    "trim": lambda value, characters=None: str(value).strip(characters),
    "length": len,
}
TESTS: Mapping[str, Callable[[Any], bool]] = {
    "prompt": is_prompt,
    "none": lambda value: value is None,
    "defined": lambda _: True,  # a template that names what is not there is refused
}

#: Every kind of expression.
KINDS = (Name, FieldOf, Constant, Constants, Both, Either, Not, Compare, Choice, Filter, Test)


#: What the organisation's own fields are called by: ``own.division`` is one name.
OWN_FIELDS = "own"


def own_field(name: str) -> str:
    """The organisation's own field that ``name`` names; '' where it names none."""
    return name.removeprefix(f"{OWN_FIELDS}.") if name.startswith(f"{OWN_FIELDS}.") else ""


def is_known(expression: Any) -> bool:
    """Whether ``expression``, leaving aside what it is made of, names only what the language has: a file that somebody
    has changed could name anything."""
    match expression:
        case Name(name):
            plain = own_field(name) or name
            return plain.isidentifier() and not plain.startswith("_")
        case FieldOf(_, field):
            return field in FIELDS
        case Compare(_, then):
            return all(comparison in _COMPARISONS for comparison, _ in then)
        case Filter(_, name, _):
            return name in FILTERS
        case Test(_, name):
            return name in TESTS
    return True


def parts_of(expression: Expression) -> Iterator[Expression]:
    """What ``expression`` is made of, in the order in which it is written."""
    match expression:
        case FieldOf(owner, _):
            yield owner
        case Both(first, second) | Either(first, second):
            yield from (first, second)
        case Not(question):
            yield question
        case Compare(first, then):
            yield first
            yield from (other for _, other in then)
        case Choice(first, question, second):
            yield from (first, question)
            yield from (second,) if second else ()
        case Filter(value, _, arguments):
            yield from (value, *arguments)
        case Test(value, _):
            yield value


def paths_in(expression: Expression) -> Iterator[tuple[str, ...]]:
    """The values that ``expression`` names, as they are written: ``("duty", "text")``."""
    match expression:
        case Name(name):
            yield (name,)
        case FieldOf(owner, field):
            *others, last = paths_in(owner)
            yield from (*others, (*last, field))
        case _:
            for part in parts_of(expression):
                yield from paths_in(part)
