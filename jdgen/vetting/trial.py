"""Trying a template out: opened, then filled with the longest draft that is likely to be met, and with the shortest."""

from __future__ import annotations

import datetime

from jdgen.filling.fill import fill
from jdgen.filling.template import open_template
from jdgen.vetting.made_up import made_up_draft

_ANY_DAY = datetime.date(2026, 1, 31)


def try_out(content: bytes, name: str) -> None:
    """Raise :class:`jdgen.errors.JdgenError` for a template that cannot be opened, or filled with made-up drafts."""
    template = open_template(content, name)
    for entries in (40, 0):
        fill(template, made_up_draft(entries), _ANY_DAY)
