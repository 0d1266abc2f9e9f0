"""The templates of a batch: their files read at the start, opened when the first document is made.

A batch in which nothing has changed makes none, and need not wait for it.
"""

from __future__ import annotations

import functools
import gc
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from jdgen.drafting.loading import shown
from jdgen.errors import JdgenError, Problem, TemplateRefusedError
from jdgen.reading.content import content_of

if TYPE_CHECKING:  # docxtpl is slow to import
    from jdgen.filling.template import CompiledTemplate


_Found = TypeVar("_Found")


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
    def verbatim(self) -> tuple[bool, ...]:
        """Whether each template asks for the framework's wording as published."""
        from jdgen.filling.properties import is_verbatim  # noqa: PLC0415  # slow to import

        return tuple(map(is_verbatim, self.contents))

    def vet(self) -> None:
        """Raise :class:`TemplateError` for templates that are not safe to open; those known to be cost nothing."""
        from jdgen.vetting.opening import vet  # noqa: PLC0415  # not every batch comes to it

        self._each(vet)

    @functools.cached_property
    def opened(self) -> tuple[CompiledTemplate, ...]:
        """The templates. Raises :class:`TemplateError` with every problem of those that cannot be filled."""
        from jdgen.vetting.opening import open_vetted  # noqa: PLC0415  # slow to import

        opened = self._each(open_vetted)
        # What lasts as long as the batch need not be looked through for garbage, time and again.
        gc.freeze()
        return opened

    def _each(self, look: Callable[[bytes, str], _Found]) -> tuple[_Found, ...]:
        """What ``look`` gives for each template, or the problems of all."""
        found: list[_Found] = []
        problems: list[Problem] = []
        refused: list[str] = []
        for name, content in zip(self.names, self.contents, strict=True):
            try:
                found.append(look(content, name))
            except JdgenError as error:
                problems += error.problems
                refused.append(name)
        if problems:
            raise TemplateError(problems, tuple(refused))
        return tuple(found)


def read_templates(paths: Iterable[Path]) -> Templates:
    """The template files at ``paths``. Raises :class:`JdgenError` for files that cannot be read."""
    contents: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            contents[path] = content_of(path, "the template")
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return Templates(tuple(map(shown, contents)), tuple(contents.values()))
