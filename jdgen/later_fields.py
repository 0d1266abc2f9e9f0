"""Fields that frozen values came to have after documents had been made of them."""

from __future__ import annotations

import dataclasses
from dataclasses import field
from typing import Any


def later(default: Any) -> Any:
    """A field that :class:`LaterFields` came to have after documents had been made, with what it is where nothing is
    said."""
    return field(default=default, repr=False)


class LaterFields:
    """Values that came to have fields later, each declared by :func:`later`.

    Documents are known by the repr of what they were made of (:func:`jdgen.document.making.common_digest`). Such a
    field stands in it only where it says something: so what says nothing new is what it was, and what does is not.
    """

    def __repr__(self) -> str:
        fields = dataclasses.fields(self)  # type: ignore[arg-type]  # those that have it are dataclasses
        # What only follows from other fields says nothing of its own.
        repr_fields = (f for f in fields if f.repr or (f.init and getattr(self, f.name) != f.default))
        return f"{type(self).__name__}({', '.join(f'{f.name}={getattr(self, f.name)!r}' for f in repr_fields)})"
