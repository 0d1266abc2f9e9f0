"""Anchors put round what a compiled part prints from data: its steps with :class:`.steps.FieldRun` and
:class:`.steps.MixedParagraph` in the place of paragraphs that print fields.

None in the old form of a text box: it is a copy for programs that do not know the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jdgen.drafting.block_id import id_of_fields
from jdgen.template.expressions import Expression, FieldOf, Name, paths_in
from jdgen.template.steps import (
    UNOWNED,
    Case,
    Choose,
    FieldRun,
    MixedParagraph,
    PrintStep,
    Repeat,
    Shown,
    Steps,
    asked,
    within,
)

_MARK = re.compile(r"(<w:p(?: [^>]*)?>|</w:p>)")
_END = "</w:p>"
_RUN = re.compile(
    r"(<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?(<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>)",
    re.DOTALL,
)
_PROPERTIES, _PROPERTIES_END, _RUN_END = "<w:pPr>", "</w:pPr>", "</w:t></w:r>"
_OLD_FORM = re.compile(r"<(/?)mc:Fallback[ >]")
# A picture is no text.
_PICTURE = "picture"


def anchored(steps: Steps) -> Steps:
    """``steps`` of a part with anchors."""
    return _Anchoring().anchored(steps)


class _Anchoring:
    """A walk through the steps of a part, in the order of its text."""

    def __init__(self) -> None:
        self._in_old_form = False

    def anchored(self, steps: Steps) -> Steps:
        """``steps`` with anchors. A paragraph that begins in them and does not end there, or holds another, is left
        alone, as is one with a loop in it: what it prints may go on elsewhere, or be without an end."""
        done: list[str | PrintStep] = []
        begun: list[str | PrintStep] | None = None
        for step in _divided(steps):
            if step == _END and begun is not None:
                done += (*self._paragraph(tuple(begun)), step)
                begun = None
            elif isinstance(step, str) and _MARK.match(step):
                done += (*(begun or ()), step)
                begun = None if step == _END else []
            elif begun is not None and _stays_inside(step):
                self._see(step)
                begun.append(step)
            else:
                done += (*(begun or ()), self._inside(step))
                begun = None
        return joined((*done, *(begun or ())))

    def _inside(self, step: str | PrintStep) -> str | PrintStep:
        match step:
            case Repeat():
                return step._replace(steps=self.anchored(step.steps))
            case Choose(cases, otherwise):
                anchored = tuple(Case(case.asked, self.anchored(case.steps)) for case in cases)
                return Choose(anchored, self.anchored(otherwise))
        self._see(step)
        return step

    def _see(self, step: str | PrintStep) -> None:
        for text in within((step,)):
            if isinstance(text, str):
                for mark in _OLD_FORM.finditer(text):
                    self._in_old_form = not mark[1]

    def _paragraph(self, steps: Steps) -> Steps:
        return steps if self._in_old_form else _one_field(steps) or _several_words(steps) or steps


def _divided(steps: Steps) -> Iterator[str | PrintStep]:
    """``steps`` with the marks at which paragraphs begin and end as texts of their own."""
    for step in steps:
        yield from filter(None, _MARK.split(step)) if isinstance(step, str) else (step,)


def joined(steps: Steps) -> Steps:
    """``steps`` with texts that follow one another as one."""
    result: list[str | PrintStep] = []
    for step in steps:
        if isinstance(step, str) and result and isinstance(last := result[-1], str):
            result[-1] = last + step
        elif step != "":
            result.append(step)
    return tuple(result)


def _stays_inside(step: str | PrintStep) -> bool:
    """Whether a paragraph that ``step`` stands in is whole where it is."""
    return not any(isinstance(one, Repeat) or (isinstance(one, str) and _MARK.search(one)) for one in within((step,)))


def _one_field(steps: Steps) -> Steps:
    """A paragraph that is one run which prints one field, with its anchor; nothing for any other."""
    match joined(steps):
        case (str(before), Shown(Name() | FieldOf(Name()) as value, paragraph), str(after)) if after == _RUN_END:
            owner, field = _field(value)
            run = _RUN.fullmatch(before)
            if run and _PICTURE not in (field or owner,) and not (field and owner in UNOWNED):
                return (*filter(None, (run[1],)), FieldRun(owner, field, run[2], after, paragraph))
    return ()


def _several_words(steps: Steps) -> Steps:
    """A paragraph that prints fields among other words, with its anchor; nothing for one that prints none."""
    inside = joined(steps)
    fields = [_field(step.value) for step in within(inside) if isinstance(step, Shown)]
    if not fields or _shows_picture(inside):
        return ()
    properties = ""
    first = inside[0]
    if isinstance(first, str) and first.startswith(_PROPERTIES):
        end = first.find(_PROPERTIES_END) + len(_PROPERTIES_END)
        properties, inside = first[:end], (first[end:], *inside[1:])
    return (properties, MixedParagraph(*_about(fields), joined(inside)))


def _about(fields: list[tuple[str, str]]) -> tuple[str, str]:
    """What the paragraph is about: its first text of something that has an owner, or else the first field of such, or
    else the fields of the draft that it prints."""
    owned = [(owner, field) for owner, field in fields if field and owner not in UNOWNED]
    if owned:
        return next((one for one in owned if one[1] == "text"), owned[0])
    names = dict.fromkeys(owner for owner, _ in fields)
    return next((name for name in names if name in UNOWNED), id_of_fields(names)), ""


def _field(value: Expression) -> tuple[str, str]:
    """The first field that ``value`` names: its owner and its name, or the name of the draft's and ''."""
    owner, field, *_ = (*next(paths_in(value)), "")
    return owner, field


def _shows_picture(steps: Steps) -> bool:
    """Whether the word for a picture stands among the words or fields of a paragraph."""
    for step in within(steps):
        if isinstance(step, str) and _PICTURE in re.sub("<[^>]*>", "", step):
            return True
        if any(_PICTURE in name for expression in asked(step) for path in paths_in(expression) for name in path):
            return True
    return False
