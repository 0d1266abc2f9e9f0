"""The templates of a batch: their files read at the start, opened when the first document is made.

A batch in which nothing has changed makes none, and need not wait for it.
"""

from __future__ import annotations

import functools
import gc
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jdgen.drafting.loading import shown
from jdgen.errors import JdgenError, Problem, TemplateRefusedError

if TYPE_CHECKING:  # docxtpl is slow to import
    from jdgen.filling.template import CompiledTemplate


class TemplateError(TemplateRefusedError):
    """A template cannot be filled: no document of the batch can be made with it."""


@dataclass(frozen=True)
class Templates:
    """Template files: what messages call each, its content, and the SHA-256 of that."""

    names: tuple[str, ...]
    contents: tuple[bytes, ...]

    @functools.cached_property
    def digests(self) -> tuple[str, ...]:
        """The digest of each file."""
        return tuple(hashlib.sha256(content).hexdigest() for content in self.contents)

    @functools.cached_property
    def opened(self) -> tuple[CompiledTemplate, ...]:
        """The templates. Raises :class:`TemplateError` with every problem of those that cannot be filled."""
        from jdgen.filling.template import open_template  # noqa: PLC0415  # slow to import

        opened: list[CompiledTemplate] = []
        problems: list[Problem] = []
        refused: list[str] = []
        for name, content in zip(self.names, self.contents, strict=True):
            try:
                opened.append(open_template(content, name))
            except JdgenError as error:
                problems += error.problems
                refused.append(name)
        if problems:
            raise TemplateError(problems, tuple(refused))
        # What lasts as long as the batch need not be looked through for garbage, time and again.
        gc.freeze()
        return tuple(opened)


def read_templates(paths: Iterable[Path]) -> Templates:
    """The template files at ``paths``. Raises :class:`JdgenError` for files that cannot be read."""
    contents: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            contents[path] = path.read_bytes()
        except OSError as error:
            what = f"the template cannot be read ({error.strerror})"
            problems.append(Problem(str(path), what, "name a file that you may read"))
    if problems:
        raise JdgenError(problems)
    return Templates(tuple(map(shown, contents)), tuple(contents.values()))
