"""What an organisation chooses for a template of its own, and what is wrong with a choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jdgen.errors import Problem, did_you_mean

#: The kinds of document for which there is a template to start from.
KINDS = ("job-description", "person-specification", "role-profile")
#: The names of sections, in the order in which documents have them.
ORDER = (
    *("details", "about", "values", "purpose", "dimensions", "relationships", "complexity", "role-category", "duties"),
    *("decisions", "demands", "entry-routes", "qualifications", "statements", "person-specification", "agreement"),
    "source",
)
#: The section beside those that shows the picture of the post.
POST_PICTURE = "post-picture"
# Without these a document does not say which post it is about.
_NEEDED = ("details",)
_COLOR = re.compile(r"#?([0-9A-Fa-f]{6})")
#: The colours of the shipped templates: for the title, headings and the heading rows of tables, and for sub-headings
#: and rules. NHS Dark Blue and NHS Blue (NHS identity guidelines); 11.9 and 6.4 to 1 on white.
STRONG, ACCENT = "003087", "005EB8"
#: What text in them stands on; the pale one is that of the first column of tables.
WHITE, PALE_GREY = "FFFFFF", "E8EDEE"
#: The least contrast of text with its ground at level AA of WCAG 2, for text of any size.
LEAST = 4.5
_STEPS = 100
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

    @property
    def colors(self) -> Mapping[str, str]:
        """What stands in the place of each colour of the shipped templates, as six hexadecimal digits. The accent is
        the main colour where only that is chosen."""
        accent = self.accent or self.color
        return {
            STRONG: _digits(self.color) if self.color else STRONG,
            ACCENT: _digits(accent) if accent else ACCENT,
        }


def choice_problems(choices: StarterChoices) -> Iterator[Problem]:
    """Everything that is wrong with ``choices``."""
    yield from _brand_problems(choices)
    yield from _section_problems(choices)


def _brand_problems(choices: StarterChoices) -> Iterator[Problem]:
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


def _section_problems(choices: StarterChoices) -> Iterator[Problem]:
    if choices.kind not in KINDS:
        yield Problem("--from", f"unknown template '{choices.kind}'", did_you_mean(choices.kind, KINDS))
    known = (*ORDER, POST_PICTURE)
    for where, names in (("--without", choices.without), ("--with", choices.added)):
        for name in names:
            if name not in known:
                yield Problem(where, f"unknown section '{name}'", did_you_mean(name, known))
    if choices.picture is not None and POST_PICTURE in choices.added:
        what = "the picture of the post would stand beside the template's own"
        yield Problem("--with", what, f"leave out '{POST_PICTURE}' or --picture")
    for name in choices.without:
        if name in _NEEDED:
            yield Problem("--without", f"a template needs the section '{name}'", "delete single rows of it in Word")
        if name in choices.added:
            yield Problem("--without", f"'{name}' is named in --with too", "leave out one of the two")


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
        yield Problem(where, what, f"at least {LEAST} to 1 (WCAG AA), such as '#{darken(color, ground)}'")


def _digits(written: str) -> str:
    return written.removeprefix("#").upper()


# Which colours can be read: contrast as WCAG 2 defines it (success criterion 1.4.3).


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (six hexadecimal digits), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darken(color: str, ground: str) -> str:
    """``color``, or the nearest darker shade of it that can be read on the light colour ``ground``."""
    shades = (_shade(color, step) for step in range(_STEPS, -1, -1))
    return next(shade for shade in shades if contrast(shade, ground) >= LEAST)


def _shade(color: str, step: int) -> str:
    return "".join(f"{int(color[start : start + 2], 16) * step // _STEPS:02X}" for start in (0, 2, 4))


def _luminance(color: str) -> float:
    """Relative luminance."""
    channels = (int(color[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
