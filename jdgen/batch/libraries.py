"""What the posts of a batch are drafted from, read once."""

from __future__ import annotations

from dataclasses import dataclass, field

from jdgen.drafting.library import Library
from jdgen.drafting.loading import at_post, load_library
from jdgen.errors import JdgenError
from jdgen.post.model import Post
from jdgen.workspace import Workspace


@dataclass
class Libraries:
    """What posts are drafted from, read once for each specialism and set of general statements."""

    workspace: Workspace
    _read: dict[tuple[str, str | None, str], Library | JdgenError] = field(default_factory=dict)
    _verbatim: dict[Library, Library] = field(default_factory=dict)

    def of(self, post: Post) -> Library:
        """The library for ``post``. Raises :class:`JdgenError` at the place where the post names what is not there."""
        key = (post.specialism.casefold(), post.framework, post.clauses)
        if key not in self._read:
            self._read[key] = self._load(post)
        found = self._read[key]
        if isinstance(found, JdgenError):
            raise JdgenError(at_post(found.problems, post))
        return found

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
