"""What several commands read from their options alike."""

from __future__ import annotations

from jdgen.bands import Band
from jdgen.errors import JdgenError, Problem


def band_of(written: str) -> Band:
    """The band that ``--band`` names. Raises :class:`JdgenError` for what is none."""
    try:
        return Band.parse(written)
    except ValueError as error:
        raise JdgenError(Problem("--band", str(error), "write it as 7 or 8a")) from error
