"""Where printing fails."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from jdgen.filling.checks.findings import shortened
from jdgen.filling.checks.patched import lined, text_of
from jdgen.filling.dialect import UnprintableError


def printing_paragraph(patched: str, context: Mapping[str, Any], jinja: Environment) -> str:
    """The text of the paragraph in which printing ``patched`` fails: Jinja's frame in the traceback has its line."""
    lines = lined(patched)
    try:
        jinja.from_string(lines).render(context)
    except UnprintableError as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        if frames:
            return shortened(text_of(lines.split("\n")[(frames[-1].lineno or 1) - 1]))
    return ""
