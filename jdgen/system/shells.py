"""How a text is typed in the shell of this system, so that a command which jdgen suggests can be copied."""

from __future__ import annotations

import re
import shlex
import sys

# What stands for itself in PowerShell and in the Command Prompt alike.
_PLAIN = re.compile(r"[\w./\\:+][\w./\\:+-]*")
# What either shell reads something into between double quotation marks. PowerShell takes turned ones for straight ones.
_READ_INTO = re.compile('["“”„$`]')
_APOSTROPHES = re.compile("(['‘’‚‛])")


def quoted(text: object, platform: str = sys.platform) -> str:
    """A path, a name or a text as it is typed in the shell of ``platform``."""
    return _in_windows(str(text)) if platform == "win32" else shlex.quote(str(text))


def _in_windows(text: str) -> str:
    """``text`` as PowerShell reads it, and the Command Prompt too unless there is a ``$``, a backtick or a quotation
    mark in it, which PowerShell takes literally only between apostrophes.

    Programs read a quotation mark after a backslash as one of the text, and Windows PowerShell leaves it to whoever
    types to write that backslash.
    """
    if _PLAIN.fullmatch(text):
        return text
    # A backslash before the closing mark would belong to it.
    ending = "\\" * (len(text) - len(text.rstrip("\\")))
    if not _READ_INTO.search(text):
        return f'"{text}{ending}"'
    escaped = _APOSTROPHES.sub(r"\1\1", re.sub(r'(\\*)"', r'\1\1\\"', text))
    return f"'{escaped}{ending if ' ' in text else ''}'"
