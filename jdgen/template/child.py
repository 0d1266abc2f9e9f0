"""``python -m jdgen.template.child``: try the template out that comes by standard input; see :mod:`jdgen.apart`."""

from __future__ import annotations

import sys

from jdgen.apart import TEMPLATE, answer


def _tried_out(content: bytes, name: str) -> None:
    from jdgen.template.trial import try_out  # noqa: PLC0415  # see answer

    try_out(content, name)


if __name__ == "__main__":
    sys.exit(answer(_tried_out, TEMPLATE))
