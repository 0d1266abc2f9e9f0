"""Accessibility of a template's look: pictures, text boxes, size of letters, contrast of colours.

Sources: WCAG 2.2, 1.1.1 (alternative text), 1.4.3 (contrast: 4.5 to 1, or 3 to 1 for letters of 18 pt, or of 14 pt in
bold); NHS identity guidelines (body text of at least 12 pt).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jdgen.filling.checks.findings import Finding, Severity
from jdgen.filling.checks.parts import CELL, RUN, TABLE, P, Paragraph, Part, nearest
from jdgen.filling.checks.styles import on, value
from jdgen.word_file.parsing import W

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_BOXES = (f"{W}txbxContent", f"{W}framePr")
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Half points, as Word counts.
_BODY, _LARGE, _LARGE_BOLD, _STANDARD = 24, 36, 28, 20
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_VANISHES = re.compile(r"\{[%#](?:p|tr|tc)\s")


def look_advice(part: Part, is_text: bool) -> Iterator[Finding]:
    """What some people could not see or read. ``is_text`` is true of the text itself, not of a header."""
    yield from _pictures(part)
    yield from _boxes(part)
    if is_text:
        yield from _small_letters(part)
    yield from _faint_colors(part)


def _pictures(part: Part) -> Iterator[Finding]:
    found = part.found("no-alt-text", Severity.ADVICE)
    right = "in Word: right-click the picture, View Alt Text, and say what it shows"
    for drawn in part.tree.iter(_DRAWN):
        decorative = next(drawn.iter(_DECORATIVE), None)
        if not (drawn.get("descr") or "").strip() and (decorative is None or decorative.get("val") == "0"):
            yield found(drawn, "a picture has no alternative text", right)
    for image in part.tree.iter(_IMAGE):
        if nearest(image, _FALLBACK) is None and not (image.getparent().get("alt") or "").strip():
            yield found(image, "a picture has no alternative text", right)


def _boxes(part: Part) -> Iterator[Finding]:
    found = part.found("text-box", Severity.ADVICE)
    for box in part.tree.iter(*_BOXES):
        if nearest(box, _FALLBACK) is None:
            at = nearest(box, P) if box.tag == _BOXES[0] else box
            yield found(at, "text in a box or frame is read out of order, or not at all", "write it in the text")


def _small_letters(part: Part) -> Iterator[Finding]:
    """One finding for each size, at the first paragraph that has it."""
    seen: dict[int, list[Paragraph]] = {}
    for paragraph in part.seen:
        if not _VANISHES.search(paragraph.text):
            for size in {_size(part, run, paragraph) for run in _written_runs(paragraph)}:
                if size < _BODY:
                    seen.setdefault(size, []).append(paragraph)
    for size, paragraphs in seen.items():
        more = f", here and in {len(paragraphs) - 1} more paragraphs" if len(paragraphs) > 1 else ""
        found = part.found("small-text", Severity.ADVICE)
        yield found(paragraphs[0], f"the letters are of {size / 2:g} pt{more}", "make them 12 pt or more, in the style")


def _size(part: Part, run: Any, paragraph: Paragraph) -> int:
    if value(run.find(f"{W}rPr/{W}vertAlign")) in ("superscript", "subscript"):
        return _BODY
    written = value(part.styles.of_run(run, paragraph.element, "sz"))
    return int(written) if written and written.isdecimal() else _STANDARD


def _written_runs(paragraph: Paragraph) -> Iterator[Any]:
    for run in paragraph.own(RUN):
        if any((text.text or "").strip() for text in run.findall(f"{W}t")):
            yield run


def _faint_colors(part: Part) -> Iterator[Finding]:
    """One finding for each pair of colours, at the first paragraph that has it."""
    seen: set[tuple[str, str]] = set()
    for paragraph in part.seen:
        for run in _written_runs(paragraph):
            letters = _hex(value(part.styles.of_run(run, paragraph.element, "color")))
            ground = _ground(part, run, paragraph)
            if not letters or not ground or (letters, ground) in seen or _VANISHES.search(paragraph.text):
                continue
            ratio = contrast(letters, ground)
            if ratio < _asked(part, run, paragraph):
                seen.add((letters, ground))
                found = part.found("low-contrast", Severity.ADVICE)
                what = f"letters in #{letters} on #{ground} have a contrast of {ratio:.1f} to 1"
                yield found(paragraph, what, "take a darker or a lighter colour: 4.5 to 1 is the least")


def _asked(part: Part, run: Any, paragraph: Paragraph) -> float:
    size, bold = _size(part, run, paragraph), on(part.styles.of_run(run, paragraph.element, "b"))
    return 3.0 if size >= _LARGE or (bold and size >= _LARGE_BOLD) else 4.5


def _ground(part: Part, run: Any, paragraph: Paragraph) -> str:
    """The colour behind the run; '' where it is not stated but may come from a table's style."""
    cell, table = nearest(paragraph.element, CELL), nearest(paragraph.element, TABLE)
    shades = (
        part.styles.of_run(run, paragraph.element, "shd"),
        part.styles.of_paragraph(paragraph.element, "shd"),
        None if cell is None else cell.find(f"{W}tcPr/{W}shd"),
    )
    for shade in shades:
        if shade is not None and (fill := _hex(shade.get(f"{W}fill"))):
            return fill
    if table is not None and part.styles.of_table(table, f".//{W}shd") is not None:
        return ""
    return "FFFFFF"


def _hex(color: str | None) -> str:
    return color.upper() if color and _COLOR.fullmatch(color) else ""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours in hexadecimal, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
