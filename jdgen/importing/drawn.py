"""``python -m jdgen.importing.drawn``: read the PDF that comes by standard input; see :mod:`jdgen.apart`."""

from __future__ import annotations

import sys
from typing import Any

from jdgen.apart import DRAWN, answer


def _read_drawn(content: bytes, name: str) -> list[Any]:
    from jdgen.importing.pdf import block_as_json, drawn_blocks  # noqa: PLC0415  # see answer

    return [block_as_json(block) for block in drawn_blocks(content, name)]


if __name__ == "__main__":
    sys.exit(answer(_read_drawn, DRAWN))
