"""``jdgen framework criteria``."""

from __future__ import annotations

from jdgen.app.frameworks import Specialism
from jdgen.cli.terminal import quoted


def no_criteria(specialism: Specialism) -> str:
    """That nobody has written criteria for ``specialism``, and what can be done."""
    command = f"jdgen framework criteria {quoted(specialism.id)}"
    return f"no criteria yet for {specialism.title}: documents ask for them; {command} writes a first draft"
