"""What an organisation chooses for a template of its own, and what is wrong with a choice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jdgen.building.contrast import LEAST, contrast, darkened
from jdgen.building.palette import NHS, PALE_GREY, WHITE, Palette
from jdgen.errors import Problem

_COLOR = re.compile(r"#?([0-9A-Fa-f]{6})")
_LONGEST_TEXT = 250
# NHS Jobs takes documents of at most 1 MB, and every document carries the picture.
_LARGEST_PICTURE = 500_000
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class StarterChoices:
    """What ``jdgen template new`` is told. Colours are written ``#005EB8``; none are the NHS's own.

    ``picture`` is the content of a PNG or JPEG file, and ``alt_text`` what it shows. ``without`` and ``added`` name
    sections.
    """

    organisation: str
    kind: str = "job-description"
    color: str | None = None
    accent: str | None = None
    picture: bytes | None = None
    alt_text: str | None = None
    without: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def palette_of(choices: StarterChoices) -> Palette:
    """The chosen colours; the accent is the main colour where only that is chosen."""
    if choices.color is None and choices.accent is None:
        return NHS
    strong = _digits(choices.color) if choices.color else NHS.strong
    accent = choices.accent or choices.color
    return Palette(strong, _digits(accent) if accent else NHS.accent)


def choice_problems(choices: StarterChoices) -> Iterator[Problem]:
    """What is wrong with name, colours and picture."""
    yield from _text_problems("--organisation", choices.organisation, "write the name of the organisation")
    # The main colour is read in the pale first column of tables as well as on white.
    yield from _color_problems("--colour", choices.color, PALE_GREY, "the pale first column of tables")
    yield from _color_problems("--accent", choices.accent, WHITE, "white")
    if choices.picture is None:
        if choices.alt_text is not None:
            yield Problem("--alt-text", "describes no picture", "name the picture with --picture")
        return
    right = "say in a few words what the picture shows, such as 'North Moorshire NHS Trust'"
    yield from _text_problems("--alt-text", choices.alt_text or "", right)
    if not choices.picture.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        yield Problem("--picture", "is not a picture that Word can show", "use a PNG or JPEG file")
    if len(choices.picture) > _LARGEST_PICTURE:
        what = f"has {len(choices.picture) // 1000} kB, which every document would carry"
        yield Problem("--picture", what, f"make it smaller than {_LARGEST_PICTURE // 1000} kB")


def _text_problems(where: str, text: str, right: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(where, "is empty", right)
    if "{" in text or "}" in text:
        yield Problem(where, "holds a brace, which begins a tag", "write it without { and }")
    if _UNPRINTABLE.search(text):
        yield Problem(where, "holds a character that no document can show", "write it in one line of plain text")
    if len(text) > _LONGEST_TEXT:
        yield Problem(where, f"has {len(text)} characters", f"use at most {_LONGEST_TEXT}")


def _color_problems(where: str, written: str | None, ground: str, ground_name: str) -> Iterator[Problem]:
    if written is None:
        return
    if not _COLOR.fullmatch(written):
        yield Problem(where, f"'{written}' is no colour", "write # and six hexadecimal digits, such as '#005EB8'")
        return
    color = _digits(written)
    if (found := contrast(color, ground)) < LEAST:
        # Rounded down: a colour that just fails must not be said to have the contrast that it lacks.
        what = f"text in '#{color}' has a contrast of {int(found * 10) / 10} to 1 on {ground_name}"
        yield Problem(where, what, f"at least {LEAST} to 1 (WCAG AA), such as '#{darkened(color, ground)}'")


def _digits(written: str) -> str:
    return written.removeprefix("#").upper()
