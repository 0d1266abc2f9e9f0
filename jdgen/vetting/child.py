"""``python -m jdgen.vetting.child``: try the template out that comes by standard input; see :mod:`.process`.

First a line with its name in JSON, then the file. Problems go to standard output as JSON.
"""

from __future__ import annotations

import json
import sys

from jdgen.errors import JdgenError, TemplateRefusedError
from jdgen.vetting.limits import OUT_OF_MEMORY, limit_this_process


def main() -> int:
    """Exit code 0 for a safe template."""
    limit_this_process()
    from jdgen.vetting.trial import try_out  # noqa: PLC0415  # what is imported is bounded too

    name = json.loads(sys.stdin.buffer.readline())
    try:
        try_out(sys.stdin.buffer.read(), name)
    except JdgenError as error:
        refused = isinstance(error, TemplateRefusedError)
        problems = [(each.where, each.what, each.right) for each in error.problems]
        print(json.dumps({"refused": refused, "problems": problems}))  # noqa: T201
        return 1
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main())
