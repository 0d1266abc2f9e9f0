"""How the commands about frameworks name levels."""

from __future__ import annotations

from jdgen.levels import LevelRange, Scale, levels_listed


def said(levels: LevelRange) -> str:
    """All levels of a specialism: ``bands 6 to 8d``, ``role levels Foundation to Senior, which add up``."""
    return levels.named + (", which add up" if levels.scale.adds_up else "")


def of_statement(levels: LevelRange | None, scale: Scale) -> str:
    """The levels that a statement is published for: ``bands 8a to 8d``, or that it is for every one."""
    return levels.named if levels else f"every {scale.word}"


def scale_change(old: Scale, new: Scale) -> str:
    """What has become of the scale from one version of a framework to the next, as a sentence; '' where nothing has."""
    return "" if old == new else f"The levels were {_listed(old)}, and are {_listed(new)} now."


def _listed(scale: Scale) -> str:
    return f"{scale.words} {levels_listed(scale.levels)}" + (", which add up" if scale.adds_up else "")
