"""A process that takes all memory that it can get, as a template of a stranger may."""

from __future__ import annotations

import sys

from jdgen.system.apart import TEMPLATE, answer


def take(_content: bytes, _about: object) -> int:
    blocks = [bytearray(10 * 2**20) for _ in range(100)]
    return len(blocks)


if __name__ == "__main__":
    sys.exit(answer(take, TEMPLATE))
