"""What managers do to thirty documents: each edit, what it must leave in the merged text, and what it must keep out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jdgen.record.model import PrintedBlock

#: What a document of each kind (by its number within its band) is edited with.
PROFILES = {
    1: ("word", "append", "delete", "after", "mark"),
    2: ("retype", "up", "split", "bold", "copy", "heading"),
    3: ("delete changed", "word changed", "after withdrawn", "split changed", "retype withdrawn"),
    4: ("word", "after", "word changed"),
    5: ("row", "drop row", "word"),
}
#: Duties of the first version that the second changes or moves, and that it withdraws.
CHANGED_DUTIES = frozenset(
    {"pmo.leadership.6.1", "pmo.leadership.7.1", "pmo.risks-issues.8a-8b.1", "pmo.governance-assurance.8a-8b.2"}
)
WITHDRAWN = frozenset({"pmo.leadership.8a-8d.3", "pmo.business-case.7-8a.1", "pmo.stakeholder-management.8a-8b.2"})
# Kinds of edit that leave the words of a block as they are.
_BESIDE = ("after", "mark", "bold")


@dataclass(frozen=True)
class Edit:
    """One edit: its kind, the block that it is made to, if its words are changed, the block that it is made at, the
    line that LibreOffice is told, and texts that must be and must not be in the merged document."""

    kind: str
    block: str
    beside: str
    job: str
    stays: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()


def edits(blocks: Sequence[PrintedBlock], profile: int, band: str, chance: random.Random) -> Iterator[Edit]:
    """The edits of one document that prints ``blocks``; kinds for which it has no block are passed over."""
    duties = [block for block in blocks if _is_duty(block)]
    changed_blocks = [block for block in duties if block.id in CHANGED_DUTIES]
    withdrawn = [block for block in duties if block.id in WITHDRAWN or "change-management" in block.id]
    free = [block for block in duties if block not in changed_blocks and block not in withdrawn]
    ids = {block.id for block in blocks}
    criteria = [block for block in blocks if f"{block.id}.importance" in ids and "change-management" not in block.id]
    for pool in (free, criteria):
        chance.shuffle(pool)
    for kind in PROFILES[profile]:
        pool = {"changed": changed_blocks, "withdrawn": withdrawn}.get(kind.rpartition(" ")[2], free)
        if kind in ("row", "drop row"):
            pool = criteria
        elif kind in ("mark", "bold"):
            pool = changed_blocks[:1]
        elif kind == "heading":
            pool = [block for block in blocks if block.id == "guidance-support.title"]
        if len(pool) > 1 or (pool and kind not in ("copy", "row", "drop row")):
            yield _edit(kind.split(" ")[0] if kind != "drop row" else kind, pool, band)


def _edit(kind: str, pool: list[PrintedBlock], band: str) -> Edit:
    # Two edits of the words of one block would be one.
    block = pool[-1] if kind in _BESIDE else pool.pop()
    text, needle, own_words = block.text, _needle(block.text), f"Own words of band {band}."
    half = _needle(text[len(text) // 2 :].lstrip())
    jobs = {
        "word": (f"word|{needle}|Locally, {needle}", (f"Locally, {needle}",), ()),
        "append": (f"append|{needle}| {own_words}", (f"{text} {own_words}",), ()),
        "delete": (f"delete|{needle}", (), (text,)),
        "after": (f"after|{needle}|{own_words}", (own_words,), ()),
        "retype": (f"retype|{needle}|{own_words}", (own_words,), (text,)),
        "split": (f"split|{half}", (half,), (text,)),
        "up": (f"up|{needle}|2", (text,), ()),
        "copy": (f"after|{_needle(pool[-1].text) if pool else ''}|{text}", (text,), ()),
        "heading": (f"word|{text}|{own_words}", (own_words,), ()),
        "row": (f"row|{needle}|{own_words}|Desirable|A, I", (own_words,), ()),
        "drop row": (f"droprow|{needle}", (), (text,)),
        "mark": (f"mark|{' '.join(text.split()[1:3])}", (), ()),
        "bold": (f"bold|{' '.join(text.split()[1:3])}", (), ()),
    }
    job, stays, goes = jobs[kind]
    return Edit(kind, "" if kind in (*_BESIDE, "copy", "row") else block.id, block.id, job, stays, goes)


def _is_duty(block: PrintedBlock) -> bool:
    others = ("pmo.qual", "pmo.complexity", "pmo.role", "pmo.project", "pmo.non", "pmo.description")
    return block.id.startswith("pmo.") and not block.id.startswith(others)


def _needle(text: str) -> str:
    return text[:60].rsplit("\t", maxsplit=1)[-1]
