"""What a compiled part of a template does, as data: it prints texts and fields, chooses and repeats.

A part is a sequence of steps (:data:`Steps`). A text among them is XML that is printed as it stands; the others do
something with values of the draft, which they name by expressions (:mod:`.expressions`). There is no more to the
language than that, so that steps may be read from a file, and nothing is bounded but what they print.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias

from jdgen.drafting.block_id import BlockId, fields_in, id_of
from jdgen.drafting.model import giver_of
from jdgen.drafting.texts import PROMPT_OPENING, Giver, Text, recurring
from jdgen.record.printed import PrintedBlocks
from jdgen.template import expressions
from jdgen.template.expressions import Expression, Turn, UnprintableError, is_known, paths_in
from jdgen.template.finishing import with_visible_prompts
from jdgen.word.markup import words_of
from jdgen.word.writing import DeflatedStretch

#: A document of a thousand pages has some five million.
MAX_CHARACTERS = 10_000_000
# Pieces of print that are counted together; few enough to hold, many enough to cost nothing.
_PIECES = 10_000

# Characters that XML has no place for (XML 1.0, 2.2).
_NO_XML = r"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_FORBIDDEN = re.compile(f"[{_NO_XML}]")
_SPECIAL = re.compile(f"[&<>\"'{{}}%_{_NO_XML}]")
_TAG_CHARACTERS = {ord(char): f"&#{ord(char)};" for char in "{}%_"}

#: Values of the draft that are no blocks: their fields are named by where they stand.
UNOWNED = ("framework",)


class TemplateTooLongError(Exception):
    """A template prints more than any job description could hold."""


class Markup(str):
    """XML that is printed as it is."""

    __slots__ = ()


class Print:
    """A part being printed: the values by the names that the template has for them, the pieces printed so far, and the
    blocks among them where a record of them is wanted. ``field`` is that of the draft whose entries are being printed,
    '' where none is. ``has_prompt_style`` says how prompts are made visible, and ``has_loose_prompts`` that some were
    printed among what is not known to be whole runs, where they are not visible yet."""

    __slots__ = (
        *("_checked", "_counted", "_stretches", "blocks", "field"),
        *("has_loose_prompts", "has_prompt_style", "names", "pieces"),
    )

    def __init__(self, names: Mapping[str, Any], blocks: PrintedBlocks | None, has_prompt_style: bool) -> None:
        self.names = dict(names)
        self.blocks = blocks
        self.has_prompt_style = has_prompt_style
        self.has_loose_prompts = False
        self.field = ""
        self.pieces: list[str | DeflatedStretch] = []
        self._stretches: list[int] = []
        self._checked = self._counted = 0

    def add_stretch(self, stretch: DeflatedStretch) -> None:
        """Print what is deflated already."""
        self._stretches.append(len(self.pieces))
        self.pieces.append(stretch)

    def texts_and_stretches(self) -> Iterator[str | DeflatedStretch]:
        """All that is printed: one text, and each stretch with one text more after it."""
        begins = 0
        for at in self._stretches:
            yield "".join(self.pieces[begins:at])  # type: ignore[arg-type]  # there is no stretch among them
            yield self.pieces[at]
            begins = at + 1
        yield "".join(self.pieces[begins:])  # type: ignore[arg-type]  # nor here

    def take(self, steps: Steps) -> None:
        """Do ``steps``, one after the other."""
        for step in steps:
            if type(step) is str:
                self.pieces.append(step)
            else:
                step.take(self)  # type: ignore[union-attr]  # mypy does not see that it is no text

    def text(self, steps: Steps) -> str:
        """What ``steps`` print, apart from the other pieces."""
        outer, self.pieces = self.pieces, []
        try:
            self.take(steps)
            return "".join(self.pieces)  # type: ignore[arg-type]  # no stretch stands inside a paragraph
        finally:
            self.pieces = outer

    def count(self, together: int = _PIECES) -> None:
        """Raise :class:`TemplateTooLongError` where more has been printed than a document can hold; so many pieces are
        counted together."""
        if len(self.pieces) - self._checked >= together:
            self._counted += sum(map(len, self.pieces[self._checked :]))
            self._checked = len(self.pieces)
            if self._counted > MAX_CHARACTERS:
                raise TemplateTooLongError


class PrintStep(Protocol):
    """Something that a part does."""

    def take(self, to: Print, /) -> None:
        """Print what the step stands for: append it to the pieces of ``to``. Raises as filling
        does where a value cannot be printed, or there is too much of it."""

    def __hash__(self) -> int:
        """Steps are values."""


Steps: TypeAlias = "tuple[str | PrintStep, ...]"


class PrintValue(NamedTuple):
    """``{{ value }}``; ``paragraph`` is the text of the template's paragraph, for messages."""

    value: Expression
    paragraph: str

    def take(self, to: Print) -> None:  # noqa: D102  # as in PrintStep, here and below
        try:
            xml = _printable(self.value.of(to.names))
        except UnprintableError as error:
            raise _in_paragraph(error, self.paragraph) from error
        if PROMPT_OPENING in xml:
            to.has_loose_prompts = True
        to.pieces.append(xml)


class FieldRun(NamedTuple):
    """A paragraph's one run, which prints one field and nothing else: ``field`` of what is called ``owner``, or, where
    ``field`` is '', a field of the draft. ``run`` and ``end`` are the run round what is printed.

    A block that is printed a second time gets a further id and an anchor of its own, so that it is found again in every
    place.
    """

    owner: str
    field: str
    run: str
    end: str
    paragraph: str

    def take(self, to: Print) -> None:  # noqa: D102
        owner, field, run, run_end, _ = self
        value = to.names[owner]
        text = getattr(value, field) if field else value
        try:
            xml = _escaped(text) if type(text) is Text else _printable(text)
        except UnprintableError as error:
            raise _in_paragraph(error, self.paragraph) from error
        xml = f"{run}{xml}{run_end}"
        if PROMPT_OPENING in xml:
            xml = _with_prompt(xml, to.has_prompt_style)
        block_id = id_of(getattr(value, "id", ""), field) if field else id_of(owner)
        if block_id and (blocks := to.blocks) is not None:
            recorded_text = text if type(text) is Text else self._text_of(value, text)
            start, end = blocks.add(block_id, recorded_text, to.field or owner)
            xml = f"{start}{xml}{end}"
        to.pieces.append(xml)

    def _text_of(self, value: Any, text: Any) -> Text:
        """What a field says that is no text of the draft's."""
        return recurring(str(text), giver_of(value, self.field) if self.field else Giver.JDGEN)


class MixedParagraph(NamedTuple):
    """What a paragraph holds that prints fields among other words, as ``{{ duty.number }} {{ duty.text }}`` does.

    All of it, as it is printed, is the block. It is about ``field`` of what is called ``owner``; or, where ``field`` is
    '', about the fields that ``owner`` names, as the id of the paragraph does.
    """

    owner: str
    field: str
    steps: Steps

    def take(self, to: Print) -> None:  # noqa: D102
        inner_xml = to.text(self.steps)
        xml = with_visible_prompts(inner_xml, to.has_prompt_style) if PROMPT_OPENING in inner_xml else inner_xml
        if (blocks := to.blocks) is not None and (block_id := _block_id(to, self.owner, self.field)):
            text = words_of(inner_xml)
            if text.strip():
                start, end = blocks.add(block_id, Text(text, self._giver(to.names)), to.field or self.owner)
                xml = f"{start}{xml}{end}"
        to.pieces.append(xml)

    def _giver(self, names: Mapping[str, Any]) -> Giver:
        """Who gave it: where it prints fields of the draft, who gave all of them, or else it is a phrase."""
        if self.field:
            return giver_of(names[self.owner], self.field)
        if self.owner in UNOWNED:
            return Giver.FRAMEWORK
        texts = (names.get(name) for name in fields_in(self.owner))
        givers = {text.giver for text in texts if isinstance(text, Text) and text}
        return givers.pop() if len(givers) == 1 else Giver.PHRASE


class Repeat(NamedTuple):
    """``for name in over``; ``counts`` says whether something in it asks which turn it is."""

    name: str
    over: Expression
    steps: Steps
    counts: bool

    def take(self, to: Print) -> None:  # noqa: D102
        names = to.names
        outer_values = names.get(self.name), names.get("loop")
        is_outermost = not to.field
        if is_outermost:
            to.field = first_name(self.over)
        self.take_each(self.over.of(names), to)
        names[self.name], names["loop"] = outer_values
        if is_outermost:
            to.field = ""

    def take_each(self, items: Any, to: Print) -> None:
        """Do the steps for each of ``items``."""
        for index, item in enumerate(items):
            to.names[self.name] = item
            if self.counts:
                to.names["loop"] = Turn(index, len(items))
            to.take(self.steps)
            to.count()


class Case(NamedTuple):
    """One case of a choice."""

    question: Expression
    steps: Steps


class Choose(NamedTuple):
    """``if``, ``elif`` …, ``else``."""

    cases: tuple[Case, ...]
    otherwise: Steps

    def take(self, to: Print) -> None:  # noqa: D102
        for case in self.cases:
            if case.question.of(to.names):
                to.take(case.steps)
                return
        to.take(self.otherwise)


def _block_id(to: Print, owner: str, field: str) -> BlockId:
    """The id of the block that ``field`` of what is called ``owner`` is; '' for what has no id."""
    return id_of(getattr(to.names[owner], "id", ""), field) if field else id_of(owner)


# What posts are asked for stands in most documents.
_with_prompt = functools.lru_cache(maxsize=512)(with_visible_prompts)


def _in_paragraph(error: UnprintableError, paragraph: str) -> UnprintableError:
    """``error``, which says in which paragraph it is."""
    return UnprintableError(f"{error} ('{paragraph}')")


def _printable(value: Any) -> str:
    """What ``{{ … }}`` may print: text, numbers, and what already is a piece of the document."""
    if type(value) is Text:  # as almost all of it is
        return _escaped(value)
    if isinstance(value, str):
        return value if isinstance(value, Markup) else _escaped(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise UnprintableError("nothing (None)" if value is None else f"a {type(value).__name__}")


@functools.lru_cache(maxsize=1024)
def _escaped(text: str) -> str:
    """``text`` as XML, with all that tags are made of escaped as well, so that ``{_{`` does not become ``{{`` as
    docxtpl would have it, not even where two fields, or a field and the template's text, meet.

    Much of what one document prints the next one prints too, hence the cache. Text was checked when it was read;
    this is the second look that everything printed gets.
    """
    if not _SPECIAL.search(text):
        return text
    if match := _FORBIDDEN.search(text):
        raise UnprintableError(f"the character U+{ord(match[0]):04X}, which no document can hold")
    return html.escape(text).translate(_TAG_CHARACTERS)


# What is in steps.


def within(steps: Steps) -> Iterator[str | PrintStep]:
    """``steps``, and those inside them."""
    for step in steps:
        yield step
        for inner in branches(step):
            yield from within(inner)


def branches(step: str | PrintStep) -> tuple[Steps, ...]:
    """The steps that ``step`` is made of, in groups of which each is taken or not."""
    match step:
        case MixedParagraph() | Repeat():
            return (step.steps,)
        case Choose(cases, otherwise):
            return (*(case.steps for case in cases), otherwise)
    return ()


def expressions_of(step: str | PrintStep) -> Iterator[Expression]:
    """What ``step`` itself prints, asks or goes through, leaving aside the steps in it."""
    match step:
        case PrintValue(value, _):
            yield value
        case FieldRun(owner, field):
            yield expressions.FieldOf(expressions.Name(owner), field) if field else expressions.Name(owner)
        case Repeat(_, over, _, _):
            yield over
        case Choose(cases, _):
            yield from (case.question for case in cases)


def first_name(expression: Expression) -> str:
    """The first of the names that ``expression`` depends on; '' where it depends on none."""
    return next(paths_in(expression), ("",))[0]


def names_in(expression: Expression) -> frozenset[str]:
    """The names that ``expression`` depends on."""
    return frozenset(path[0] for path in paths_in(expression))


def free_names(steps: Steps) -> frozenset[str]:
    """The fields of the draft that ``steps`` depend on."""
    free: set[str] = set()
    for step in steps:
        free |= {name for expression in expressions_of(step) for name in names_in(expression)}
        inner = frozenset().union(*map(free_names, branches(step)))
        free |= inner - {step.name, "loop"} if isinstance(step, Repeat) else inner
        if isinstance(step, MixedParagraph) and not step.field:
            free |= set(fields_in(step.owner))
    return frozenset(free)


# Steps as JSON has them: a text as a text, anything else as an object of one entry, its kind with what it is made of.

_KINDS = {
    kind.__name__: kind for kind in (*expressions.KINDS, PrintValue, FieldRun, MixedParagraph, Repeat, Case, Choose)
}


def data_of(value: Any) -> Any:
    """Steps, or something that they are made of, for JSON."""
    kind = type(value).__name__
    if kind in _KINDS:
        return {kind: [data_of(part) for part in value]}
    return [data_of(part) for part in value] if isinstance(value, tuple) else value


def from_data(data: Any) -> Any:
    """What :func:`data_of` was given. Raises ``ValueError`` or ``TypeError`` for anything that it does not give."""
    if isinstance(data, list):
        return tuple([from_data(part) for part in data])
    if not isinstance(data, dict):
        return data
    ((name, parts),) = data.items()
    value = _KINDS[name](*[from_data(part) for part in parts]) if name in _KINDS else None
    if value is None or not is_known(value):
        raise ValueError(f"no such step: {name}")
    return value
