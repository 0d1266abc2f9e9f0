"""Who is told how a batch goes."""

from __future__ import annotations

from jdgen.batch.model import BatchedDocument


class Listener:
    """Is told of a batch while it runs. This one keeps it to itself; a terminal or a program hears more."""

    def planned(self, documents: int) -> None:
        """All rows have been looked at; so many documents will be made."""

    def made(self, document: BatchedDocument) -> None:
        """One more document is made, or is known not to be."""
