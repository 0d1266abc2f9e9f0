"""What documents of a batch are made from besides their posts: libraries and templates, each read once.

What posts are drafted from is read once for each specialism and set of general statements. Template files are read at
the start, and opened when the first document is made: a batch in which nothing has changed makes none, and does not
wait for it.
"""

from __future__ import annotations

import functools
import gc
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from jdgen.drafting.library import Library
from jdgen.drafting.loading import at_post, load_library
from jdgen.errors import JdgenError, Problem, TemplateRefusedError, gather
from jdgen.files import content_of
from jdgen.post.model import Post
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.properties import is_verbatim
from jdgen.template.vetting import open_vetted, vet
from jdgen.words import as_written
from jdgen.workspace import Workspace, display_path

_Value = TypeVar("_Value")


@dataclass
class Libraries:
    """What posts are drafted from, read once for each specialism and set of general statements."""

    workspace: Workspace
    _by_names: dict[tuple[str, str | None, str], Library | JdgenError] = field(default_factory=dict)
    _verbatim: dict[Library, Library] = field(default_factory=dict)

    def of(self, post: Post) -> Library:
        """The library for ``post``. Raises :class:`JdgenError` at the place where the post names what is not there."""
        key = (as_written(post.specialism).casefold(), post.framework and as_written(post.framework), post.clauses)
        if key not in self._by_names:
            self._by_names[key] = self._load(post)
        library = self._by_names[key]
        if isinstance(library, JdgenError):
            raise JdgenError(at_post(library.problems, post))
        return library

    def verbatim_of(self, post: Post) -> Library:
        """The same with the framework's wording left as published."""
        library = self.of(post)
        if library not in self._verbatim:
            self._verbatim[library] = library.verbatim()
        return self._verbatim[library]

    def _load(self, post: Post) -> Library | JdgenError:
        try:
            return load_library(self.workspace, post.specialism, post.framework, post.clauses)
        except JdgenError as error:
            return error


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
        return tuple(map(is_verbatim, self.contents))

    def vet(self) -> None:
        """Raise :class:`TemplateError` for templates that are not safe to open; those known to be cost nothing."""
        self._each(vet)

    @functools.cached_property
    def compiled(self) -> tuple[CompiledTemplate, ...]:
        """The templates. Raises :class:`TemplateError` with every problem of those that cannot be filled."""
        templates = self._each(open_vetted)
        # What lasts as long as the batch need not be looked through for garbage, time and again.
        gc.freeze()
        return templates

    def _each(self, look: Callable[[bytes, str], _Value]) -> tuple[_Value, ...]:
        """What ``look`` gives for each template, or the problems of all."""
        values: list[_Value] = []
        problems: list[Problem] = []
        refused_names: list[str] = []
        for name, content in zip(self.names, self.contents, strict=True):
            try:
                values.append(look(content, name))
            except JdgenError as error:
                problems += error.problems
                refused_names.append(name)
        if problems:
            raise TemplateError(problems, tuple(refused_names))
        return tuple(values)


def read_templates(paths: Iterable[Path]) -> Templates:
    """The template files at ``paths``. Raises :class:`JdgenError` for files that cannot be read."""
    different = tuple(dict.fromkeys(paths))
    contents = gather(partial(content_of, path, "the template") for path in different)
    return Templates(tuple(map(display_path, different)), contents)
