"""Opening a template: the shipped ones at once, a stranger's once it was found safe.

What a template prints is bounded, and so is what it may ask. How long it takes is not: four loops inside one another
are within the dialect, and so is a paragraph that docxtpl's patterns take minutes over. So a template that jdgen does
not ship is first opened and filled in a process of its own. What was found safe is remembered by its content.
"""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING

from jdgen.vetting.process import vet_apart
from jdgen.vetting.remembered import remember, remembered
from jdgen.workspace import shipped

if TYPE_CHECKING:  # docxtpl is slow to import
    from jdgen.filling.template import CompiledTemplate

_SHIPPED = ("job-description", "person-specification", "role-profile")


def open_vetted(content: bytes, name: str) -> CompiledTemplate:
    """The template in ``content``, called ``name`` in messages. Raises :class:`jdgen.errors.JdgenError` with every
    problem of one that cannot be filled, or not in bounded time and memory."""
    vet(content, name)
    from jdgen.filling.template import open_template  # noqa: PLC0415  # see above

    return open_template(content, name)


def vet(content: bytes, name: str) -> None:
    """Raise :class:`jdgen.errors.JdgenError` unless the template is shipped, known to be safe, or found to be so."""
    digest = hashlib.sha256(content).hexdigest()
    if digest in _shipped() or digest in remembered():
        return
    vet_apart(content, name)
    remember(digest)


@functools.cache
def _shipped() -> frozenset[str]:
    """The digests of the shipped templates: whoever can change those files can change the program beside them."""
    templates = shipped() / "templates"
    files = (*(templates / f"{stem}.docx" for stem in _SHIPPED), *templates.glob("earlier/*.docx"))
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file())
