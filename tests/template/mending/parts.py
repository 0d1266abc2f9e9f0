"""The parts of a template as they are once it is mended."""

from __future__ import annotations

from collections.abc import Mapping

from jdgen.template.checks.parts import filled_parts
from jdgen.template.mending import mended_template
from jdgen.word.file import File


def mended(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    file = File.of(parts)
    mended_file, _ = mended_template(file, filled_parts(file))
    return mended_file.contents()
