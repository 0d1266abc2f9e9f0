"""The document that a record would give today: made anew of the same post, to be compared with the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jdgen.documents import Making, inputs_for, make_document
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import record_of
from jdgen.record.text import normalised
from jdgen.revision.materials import Materials, post_of_record
from jdgen.revision.pairing import pairs_of


@dataclass(frozen=True)
class Remade:
    """A document made anew, and the record in it. ``is_same`` says that its inputs are those of the old record, so
    that nothing was made."""

    making: Making
    content: bytes
    record: GenerationRecord
    is_same: bool = False


@dataclass(frozen=True)
class Differences:
    """The ids of blocks that are printed in other words, no longer, and for the first time."""

    reworded: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reworded or self.withdrawn or self.new)


def remade(record: GenerationRecord, materials: Materials, name: str) -> Remade:
    """The document of ``record`` as it would be today; ``name`` is how messages call it.

    Whether the framework's words were adapted is not in the record: the manner is taken that gives back more of what
    was printed. Raises :class:`JdgenError` as drafting and filling do.
    """
    post = post_of_record(record, name)
    adapted, verbatim = (materials.making(record, post, verbatim) for verbatim in (False, True))
    for making in (adapted, verbatim):
        if inputs_for(post, making.digest).digest == record.inputs:
            return Remade(making, b"", record, is_same=True)
    made = [_made(making, record, name) for making in (adapted, verbatim)]
    return max(made, key=lambda one: len(set(one.record.blocks) & set(record.blocks)))


def made_anew(old: Remade, name: str) -> Remade:
    """``old`` with its document, also where that is the same as before."""
    return _made(old.making, old.record, name)


def differences(old: GenerationRecord, new: GenerationRecord) -> Differences:
    """What is printed otherwise today."""
    pairs = pairs_of(old.blocks, new.blocks)
    was: Mapping[str, str] = {block.id: normalised(block.text) for block in old.blocks}
    kept = set(pairs.values())
    return Differences(
        reworded=tuple(one.id for one in new.blocks if one.id in pairs and was[pairs[one.id]] != normalised(one.text)),
        withdrawn=tuple(block.id for block in old.blocks if block.id not in kept),
        new=tuple(block.id for block in new.blocks if block.id not in pairs),
    )


def _made(making: Making, record: GenerationRecord, name: str) -> Remade:
    content = make_document(post_of_record(record, name), making).content
    found, _ = record_of(content)
    assert found is not None, "every document has its record"
    return Remade(making, content, found)
