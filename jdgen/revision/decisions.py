"""What becomes of each block of a document: decided by merging, carried out by redlines, told in reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jdgen.drafting.block_id import NO_ID, BlockId
from jdgen.word.file import Story


class Action(StrEnum):
    """What becomes of a block."""

    KEEP = "kept"
    REWORD = "reworded"
    OFFER = "kept, with the new wording offered"
    DELETE = "deleted"
    QUESTION = "kept, though no longer in the framework"
    INSERT = "inserted"
    ABSENT = "left out, as somebody took it out"
    MOVE = "moved"
    STAY = "kept where it stands, though the framework has it elsewhere"


#: What changes a document that nobody has changed there, and what is asked where somebody has; the other actions leave
#: a document as it is. In the order in which reports tell of them.
CHANGES = (Action.REWORD, Action.INSERT, Action.DELETE, Action.MOVE)
QUESTIONS = (Action.OFFER, Action.QUESTION, Action.STAY)


class Ruling(StrEnum):
    """What an organisation has decided on a change of a framework, once for all documents: to take it, as if each
    manager accepted it; to keep what the documents say, as if each rejected it; or to ask each manager, by a tracked
    change."""

    TAKE = "take"
    KEEP = "keep"
    ASK = "ask"


@dataclass(frozen=True)
class Decision:
    """What becomes of one block, and the three versions of it; '' where a version has none.

    ``id`` is the block's id in the new draft, or, where it is not in the new draft, the id it was printed with.
    ``places`` are the paragraphs where it stands. ``is_edited`` says that a person has changed it, ``is_moved`` that
    they put it elsewhere, ``can_be_reworded`` that it is one paragraph of words, and ``obstacle`` why its words cannot
    be changed, if so. ``story`` is where it stands: in the text, a header, a footer. ``belongs`` says in words where
    the framework has it now, where it has moved it. ``is_label`` says that it is printed in many rows of a table, each
    time beside what the row is about. ``anchor`` is the name of its bookmark in the document made anew.

    ``was`` is the id that it was printed with, if it was, and ``row_of`` are the ids of what the row of a label that
    comes is about. Where there are rulings on a release, ``ruling`` is the one that holds for the block, and
    ``changes`` are the ids of the changes that it is about.
    """

    action: Action
    id: BlockId
    base: str
    theirs: str
    new: str
    places: tuple[int, ...] = ()
    is_edited: bool = False
    can_be_reworded: bool = False
    obstacle: str = ""
    story: Story = Story.MAIN
    is_moved: bool = False
    belongs: str = ""
    is_label: bool = False
    anchor: str = ""
    was: BlockId = NO_ID
    row_of: tuple[BlockId, ...] = ()
    ruling: Ruling | None = None
    changes: tuple[str, ...] = ()

    @property
    def is_taken(self) -> bool:
        """Whether it is carried out without asking, as was ruled. What a person has changed is never taken out of their
        hands."""
        return self.ruling is Ruling.TAKE and self.action in CHANGES

    @property
    def is_kept(self) -> bool:
        """Whether the block stays as it is because of a ruling."""
        return self.ruling is Ruling.KEEP

    @property
    def is_to_do(self) -> bool:
        """Whether there is something to do for it in a document."""
        return self.action in (*CHANGES, *QUESTIONS) and not self.is_kept

    @property
    def is_absent_otherwise(self) -> bool:
        """Whether the framework has changed a text that somebody took out: it stays out, and they may want to know."""
        is_reworded = bool(self.base and self.new) and self.base != self.new
        return self.action is Action.ABSENT and not self.is_kept and is_reworded

    @property
    def is_coming(self) -> bool:
        """Whether the block comes to a place, as a new one or from another."""
        return self.action in (Action.INSERT, Action.MOVE)

    @property
    def is_going(self) -> bool:
        """Whether the block goes from where it stands."""
        return self.action in (Action.DELETE, Action.MOVE)

    @property
    def is_astray(self) -> bool:
        """Whether the block stays where the framework does not have it."""
        return bool(self.new and (self.is_moved or self.belongs) and self.action is not Action.MOVE)

    @property
    def in_words(self) -> str:
        """The action in words: where the block stands, if not in the text, where it belongs, and why its words were not
        changed."""
        where = "" if self.story is Story.MAIN else f" (in the {self.story})"
        belongs = f" ({self.belongs})" if self.belongs else ""
        is_left = self.action in (Action.OFFER, Action.QUESTION) and self.obstacle
        words = f"{self.action}{where}{belongs}{f': {self.obstacle}' if is_left else ''}"
        if self.is_taken:
            return f"{words}, as decided"
        if self.is_kept:
            return f"left as it is, as decided; otherwise: {words}"
        return f"{words} (decided was to take it)" if self.ruling is Ruling.TAKE else words
