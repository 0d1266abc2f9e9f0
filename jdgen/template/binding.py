"""A template bound to what many drafts have in common: that much of it is printed, finished and deflated already.

Drafts say what they have in common (:class:`jdgen.drafting.band_part.CommonFields`). Whatever of a template depends on
nothing else is the same in each of their documents, the template's own words between it too.

Where a draft changes duties or criteria, most of them are still those of other drafts, and so is what a post is asked
for. They are printed once too, each by itself, with gaps for the anchors that are each document's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import count, groupby
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from jdgen.drafting.band_part import CommonFields
from jdgen.drafting.model import CRITERIA, DUTIES, Block, Demand, Origin, giver_of
from jdgen.drafting.texts import Giver
from jdgen.post.field import FieldKind
from jdgen.post.fields import FIELDS
from jdgen.record.anchors import GAPS, ONE_ROW, AnchorRows, common_rows
from jdgen.record.printed import BlockGroup, PrintedBlocks, Stencil
from jdgen.template.compiled import CompiledTemplate, PrintedParts
from jdgen.template.expressions import Expression, FieldOf, UnprintableError
from jdgen.template.finishing import DRAWING, finish, with_visible_prompts, without_seams
from jdgen.template.steps import (
    Case,
    Choose,
    Print,
    PrintStep,
    Repeat,
    Steps,
    first_name,
    free_names,
    names_in,
    within,
)
from jdgen.word.writing import DeflatedStretch

# Shorter ones are deflated better among what surrounds them.
_WORTH_IT = 2_000
# More than a framework has of duties and criteria at all bands.
_MOST_STENCILS = 2_000
_RECURRING = (*DUTIES, *CRITERIA)
# What is listed in a criterion and nothing by itself: it recurs with the criterion, and only then.
_POINTS = "points"
# Paragraphs that a post writes or is asked for: what it is asked for stands in most drafts.
_COMMON_NAMES = frozenset(
    field.key for field in FIELDS if field.prompts and field.kind in (FieldKind.PROSE, FieldKind.TEXTS, FieldKind.WORDS)
) | {"demands"}
_END = "</w:p>"
_FAULTS = (UnprintableError, TypeError, AttributeError)


class Ready(NamedTuple):
    """What ``steps`` print, printed: whole paragraphs as a stretch that is deflated once, with what stands before and
    after them. ``group`` are the blocks in it, or nothing where no record is wanted. ``has_loose_prompts`` says that
    ``head`` or ``tail`` may have prompts that are not visible yet."""

    head: str
    stretch: DeflatedStretch | None
    tail: str
    group: BlockGroup | None
    steps: Steps
    has_loose_prompts: bool

    def take(self, to: Print) -> None:
        """Print it, unless some block in it was printed before: then it gets an anchor of its own."""
        if to.blocks is not None and (self.group is None or not to.blocks.add_group(self.group)):
            to.take(self.steps)
            return
        to.has_loose_prompts |= self.has_loose_prompts
        to.pieces.append(self.head)
        if self.stretch:
            to.add_stretch(self.stretch)
            to.pieces.append(self.tail)


class EachOnce(Repeat):
    """A repetition over values that recur in many drafts, in which nothing but the value decides what is printed: of
    each it is printed once, and remembered."""

    @cached_property
    def stencils(self) -> dict[int, tuple[Any, Stencil, bool]]:
        """By the identities of the values, which stay theirs as long as they are in it; with whether prompts in the
        stencil are not visible yet."""
        return {}

    def take_each(self, items: Iterable[Any], to: Print) -> None:
        """Print the items, those anew that are the post's own or of which some block was printed before."""
        for item in items:
            if _is_own(item):
                super().take_each((item,), to)
                continue
            _, stencil, has_loose_prompts = self.stencils.get(id(item)) or self._stencil_of(item, to)
            xml = to.blocks.add_stencil(stencil, to.field) if to.blocks is not None else stencil.pieces[0]
            if xml is None:
                super().take_each((item,), to)
                continue
            to.pieces.append(xml)
            to.has_loose_prompts |= has_loose_prompts
            to.count()

    def _stencil_of(self, item: Any, to: Print) -> tuple[Any, Stencil, bool]:
        blocks = PrintedBlocks(GAPS)
        once = Print({self.name: item}, blocks if to.blocks is not None else None, to.has_prompt_style)
        xml = once.text(self.steps)
        if len(self.stencils) >= _MOST_STENCILS:
            self.stencils.clear()
        return self.stencils.setdefault(id(item), (item, blocks.stencil(xml), once.has_loose_prompts))


def _is_own(item: Any) -> bool:
    """Whether a value is one post's own, in its words."""
    if (origin := getattr(item, "origin", None)) is not None:
        return origin is Origin.POST
    return isinstance(item, Block | Demand) and giver_of(item, "text") is Giver.POST


def _each_once(steps: Steps, is_inside: bool = False) -> Iterator[str | PrintStep]:
    """``steps`` in which duties, criteria and prompts are printed once each; ``is_inside`` says that these are steps in
    a repetition over such, or over what has them."""
    for step in steps:
        match step:
            case Repeat():
                is_one = is_inside or first_name(step.over) in (*_RECURRING, *_COMMON_NAMES)
                is_told_by_item = not step.counts and free_names(step.steps) == {step.name}
                if is_one and is_told_by_item and all(map(_is_of_points, within(step.steps))):
                    yield EachOnce(*step)
                else:
                    yield step._replace(steps=tuple(_each_once(step.steps, is_one)))
            case Choose(cases, otherwise):
                new_cases = (Case(case.question, tuple(_each_once(case.steps, is_inside))) for case in cases)
                yield Choose(tuple(new_cases), tuple(_each_once(otherwise, is_inside)))
            case _:
                yield step


def _is_of_points(step: str | PrintStep) -> bool:
    """Whether a step of a repetition keeps within what it repeats: it goes through nothing, or through points."""
    return not isinstance(step, Repeat) or (isinstance(step.over, FieldOf) and step.over.field == _POINTS)


# By what they are bound to, and as long as that lasts: fields of a whole band are not given up for those of one
# combination of choices, of which there are many. About 40 kB each.
_BOUND_PARTS: WeakKeyDictionary[CommonFields, dict[tuple[CompiledTemplate, bool], PrintedParts]] = WeakKeyDictionary()


def bound_parts(template: CompiledTemplate, common: CommonFields, recorded: bool) -> PrintedParts:
    """The printed parts of ``template`` bound to what drafts have in ``common``, for documents with a record in them or
    without."""
    bindings = _BOUND_PARTS.setdefault(common, {})
    key = (template, recorded)
    if key not in bindings:
        bindings[key] = _bound_parts(template, common, recorded)
    return bindings[key]


def _bound_parts(template: CompiledTemplate, common: CommonFields, recorded: bool) -> PrintedParts:
    wider = bound_parts(template, common.wider, recorded) if common.wider else _unbound_parts(template, recorded)
    fields = common.all_fields()
    rows = ONE_ROW._replace(common=common_rows(common)) if recorded else None
    return {
        name: part if part.is_repaired else replace(part, steps=_bound(part.steps, fields, template, rows))
        for name, part in wider.items()
    }


@lru_cache(maxsize=8)
def _unbound_parts(template: CompiledTemplate, recorded: bool) -> PrintedParts:  # noqa: ARG001  # each has its own stencils
    return {name: replace(part, steps=tuple(_each_once(part.steps))) for name, part in template.printed_parts.items()}


def _bound(steps: Steps, fields: Mapping[str, Any], template: CompiledTemplate, rows: AnchorRows | None) -> Steps:
    def is_common(step: str | PrintStep) -> bool:
        return isinstance(step, str) or (not isinstance(step, Ready) and _names_of(step) <= fields.keys())

    def each() -> Iterator[str | PrintStep]:
        for is_common_run, run in groupby(_decided(steps, fields, template, rows), is_common):
            if is_common_run:
                yield from _ready(tuple(run), fields, template, rows)
            else:
                yield from run

    return tuple(each())


# The steps of a template, and of one bound to a band, are bound to many combinations of choices.
@lru_cache(maxsize=256)
def _names_of(step: PrintStep) -> frozenset[str]:
    return free_names((step,))


def _decided(
    steps: Steps, fields: Mapping[str, Any], template: CompiledTemplate, rows: AnchorRows | None
) -> Iterator[str | PrintStep]:
    """``steps`` with choices taken, as far as ``fields`` decide them, and what is left of the others bound."""
    for step in steps:
        if not isinstance(step, Choose):
            yield step
            continue
        cases: list[Case] = []
        otherwise = step.otherwise
        for case in step.cases:
            answer = _answer(case.question, fields)
            if answer is None:
                cases.append(case)
            elif answer:
                otherwise = case.steps
                break
        if cases:
            inner = [Case(case.question, _bound(case.steps, fields, template, rows)) for case in cases]
            yield Choose(tuple(inner), _bound(otherwise, fields, template, rows))
        else:
            yield from _decided(otherwise, fields, template, rows)


def _answer(question: Expression, fields: Mapping[str, Any]) -> bool | None:
    """Whether what is asked is so; nothing where ``fields`` do not tell."""
    if not names_in(question) <= fields.keys():
        return None
    try:
        return bool(question.of(fields))
    except _FAULTS:  # told where a document is made
        return None


def _ready(
    steps: Steps, fields: Mapping[str, Any], template: CompiledTemplate, rows: AnchorRows | None
) -> Iterator[str | PrintStep]:
    if all(isinstance(step, str) for step in steps):
        yield from steps
        return
    to = Print(fields, PrintedBlocks(rows) if rows else None, template.has_prompt_style)
    try:
        xml = to.text(steps)
    except _FAULTS:  # as above
        yield from steps
        return
    if to.blocks is not None and not to.blocks.is_common:
        yield from steps
        return
    group = BlockGroup(to.blocks) if to.blocks is not None else None
    begins, ends = xml.find(_END) + len(_END), xml.rfind(_END) + len(_END)
    if ends - begins < _WORTH_IT or DRAWING in xml:
        yield Ready(xml, None, "", group, steps, to.has_loose_prompts)
        return
    # What is finished in a paragraph needs nothing from outside it, wherever paragraphs stand.
    middle = with_visible_prompts(xml[begins:ends], template.has_prompt_style)
    stretch = DeflatedStretch(without_seams(finish(middle, count())).encode())
    yield Ready(xml[:begins], stretch, xml[ends:], group, steps, to.has_loose_prompts)
