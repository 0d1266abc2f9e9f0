"""The colours of a template: those of the organisation, and those that every template has."""

from __future__ import annotations

from dataclasses import dataclass

DARK_GREY = "425563"
PALE_GREY = "E8EDEE"
RULE_GREY = "AEB7BD"
WHITE = "FFFFFF"


@dataclass(frozen=True, slots=True)
class Palette:
    """An organisation's two colours, as six hexadecimal digits.

    ``strong`` is for the title, headings and the heading rows of tables; ``accent`` for sub-headings and rules. Both
    are read as text: :mod:`jdgen.building.contrast` says which colours are fit for it.
    """

    strong: str
    accent: str


#: NHS Dark Blue and NHS Blue (NHS identity guidelines); 11.9 and 6.4 to 1 on white.
NHS = Palette(strong="003087", accent="005EB8")
