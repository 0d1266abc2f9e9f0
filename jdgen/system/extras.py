"""What may be installed with jdgen: how it is known to be there, and the command that installs it.

The command names the Python that jdgen is in. There, jdgen itself is installed already, and only what the extra asks
for is fetched; another Python's pip would fetch whatever a public index has under the name ``jdgen``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec

from jdgen.system.shells import quoted


@dataclass(frozen=True)
class Extra:
    """What may be installed with jdgen: the modules by which it is known, and what it is for."""

    name: str
    modules: tuple[str, ...]
    purpose: str

    @property
    def is_here(self) -> bool:
        """Whether all of it is installed."""
        return all(map(find_spec, self.modules))

    @property
    def how_to_install(self) -> str:
        """The command that installs it beside this jdgen."""
        return install_command(f"jdgen[{self.name}]")


def install_command(package: str, python: str = sys.executable, platform: str = sys.platform) -> str:
    """The command that installs ``package`` into ``python``, the one that jdgen runs in."""
    quoted_python = quoted(python, platform)
    # Environments of uv have no pip of their own.
    if find_spec("pip") is None:
        return f'uv pip install --python {quoted_python} "{package}"'
    # PowerShell takes a quoted program for a text.
    if platform == "win32" and quoted_python != python:
        return f'py -m pip --python {quoted_python} install "{package}"'
    return f'{quoted_python} -m pip install "{package}"'


_FAST = Extra("fast", ("isal",), "packs documents faster")
PDF = Extra("pdf", ("pdfplumber", "pikepdf"), "reads frameworks from PDF, makes PDF accessible")
#: The extras that somebody who makes documents may want.
EXTRAS = (_FAST, PDF)
