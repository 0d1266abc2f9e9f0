"""What several commands read from their options alike."""

from __future__ import annotations

from jdgen.bands import AFC, Band
from jdgen.errors import JdgenError, Problem
from jdgen.framework.ranges import right_for
from jdgen.scales import Level, Scale


def band_of(written: str) -> Band:
    """The band that ``--band`` names. Raises :class:`JdgenError` for what is none."""
    try:
        return Band.parse(written)
    except ValueError as error:
        raise JdgenError(Problem("--band", str(error), "write it as 7 or 8a")) from error


def named_level(band: str | None, level: str | None, scale: Scale) -> Level | None:
    """The level of a framework with this scale that ``--band`` or ``--level`` names, if either is given.

    Raises :class:`JdgenError` for the one that the framework does not have, and for what names no level of it.
    """
    if scale == AFC and level is not None:
        raise JdgenError(Problem("--level", "the levels of this framework are Agenda for Change bands", "use --band"))
    if scale != AFC and band is not None:
        raise JdgenError(Problem("--band", f"the levels of this framework are {scale.words}", "use --level"))
    if level is None:
        return band_of(band) if band is not None else None
    try:
        return scale.level(level)
    except ValueError as error:
        raise JdgenError(Problem("--level", str(error), right_for(error, scale))) from error
