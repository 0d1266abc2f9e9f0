"""The command line in an empty folder, as the tests of the commands have it."""

from __future__ import annotations

from tests.cli.conftest import folder, run

__all__ = ["folder", "run"]
