"""Which colours can be read: contrast as WCAG 2 defines it (success criterion 1.4.3)."""

from __future__ import annotations

#: The least contrast of text with its ground at level AA, for text of any size.
LEAST = 4.5
_STEPS = 100


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (six hexadecimal digits), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(color: str, ground: str) -> str:
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
