"""The parts of a template as they are once it is mended."""

from __future__ import annotations

from collections.abc import Mapping

from jdgen.template.checks.parts import filled_parts
from jdgen.template.mending.template import mended_template
from jdgen.word.xml import Trees, parse


def mended(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    trees = Trees(parts, lambda part: parse(parts[part]))
    mended_template(trees, filled_parts(trees))
    return trees.written()
