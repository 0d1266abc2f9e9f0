"""``python -m jdgen.vetting.child``: try the template out that comes by standard input; see :mod:`.apart`."""

from __future__ import annotations

import sys

from jdgen.vetting.apart import answer
from jdgen.vetting.limits import TEMPLATE


def _tried_out(content: bytes, name: str) -> None:
    from jdgen.vetting.trial import try_out  # noqa: PLC0415  # see answer

    try_out(content, name)


if __name__ == "__main__":
    sys.exit(answer(_tried_out, TEMPLATE))
