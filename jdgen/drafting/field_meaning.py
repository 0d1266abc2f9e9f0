"""What a field of the draft means to the person who writes a template: said beside its type, and nowhere else."""

from __future__ import annotations

from typing import Any, NamedTuple


class Meaning(NamedTuple):
    """Stands beside the type of a field (``Annotated``), which is the only place where its meaning is said.

    ``example`` is a value of the field's type; that of a list is one of its items, or the text of one that is a
    block. A list of what has fields of its own needs none. ``may_be_empty`` says that a finished draft may have
    nothing there, so that a template asks first: ``{%p if picture %}``.

    Annotations are not evaluated until somebody asks for them, so that drafting pays nothing for this.
    """

    text: str
    example: Any = None
    may_be_empty: bool = False
