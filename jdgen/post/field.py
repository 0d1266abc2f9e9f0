"""What a field of a post is: its kind, its columns in a sheet, and all that the table of fields says of one."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

#: The kinds of effort and conditions, with what sheets and documents call them.
DEMANDS = {
    "physical": "Physical effort",
    "mental": "Mental effort",
    "emotional": "Emotional effort",
    "environment": "Working conditions",
}

# Rows of the table are named tuples: each start of jdgen makes them, and they are made sooner than dataclasses.


class FieldKind(Enum):
    """What a field holds."""

    LINE = "a text on one line"
    PROSE = "paragraphs"
    TEXTS = "a list of texts"
    WORDS = "a list of a few words each, which one line divides by commas"
    ENTRIES = "a list of entries with parts"
    PICTURE = "a picture"
    BAND = "a band of Agenda for Change"
    LEVEL = "a level of the framework's own"
    NAME = "the name of something that the framework or the workspace has"
    NAMES = "several such names"
    READINGS = "names of readings by names of headings"
    SKILLS = "levels of skills by names of skills"
    OWN = "texts by the names of the organisation's own fields"

    @property
    def is_choice(self) -> bool:
        """Whether the framework or the workspace has what is named, so that the words are no one post's."""
        return self in (FieldKind.BAND, FieldKind.LEVEL, FieldKind.NAME) or self.has_several_choices

    @property
    def has_several_choices(self) -> bool:
        """Whether several such things may be named."""
        return self in (FieldKind.NAMES, FieldKind.READINGS, FieldKind.SKILLS)


class Group(Enum):
    """Fields that people fill in together, in the order in which they do."""

    JOB = "The job"
    TERMS = "Where the job is, and on which terms"
    ORGANISATION = "The organisation"
    CONTENT = "What the job is about"
    WORK = "How the work is done"
    EFFORT = "Effort and working conditions"
    CHANGES = "Changes to the framework's duties and to the person specification"
    SELDOM = "Choices that few posts need"
    OWN = "Fields of your own"


class Naming(Enum):
    """What a field tells of which post a document is of."""

    NOTHING = "other posts may well have the same"
    NAMES = "it names the post, with others"
    PROVES = "it must stand unchanged in a document that says itself which post it is of: anybody could write that"


class SheetColumn(NamedTuple):
    """A column of a sheet of posts. ``key`` is what it gives (``duties.add``, ``demands.mental.text``), ``heading``
    what heads it, and ``also`` what people head it with too. Without a text in the column ``needs`` it says nothing."""

    key: str
    heading: str
    also: tuple[str, ...]
    kind: FieldKind
    needs: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to its value in a post file, where the kind of effort is no key."""
        return tuple(key for key in self.key.split(".") if key not in DEMANDS)


class Needed(NamedTuple):
    """What is told where a field that every post needs is missing: what to do, and how that is written in a post file
    and in a cell."""

    right: str
    in_file: str
    in_cell: str


class Field(NamedTuple):
    """One field of a post.

    ``key`` is what it is called in a post file (``duties.add`` is ``add`` in ``duties``), ``attribute`` what
    :class:`~jdgen.post.model.Post` calls it where that is something else, and ``entry`` the type of each entry, of a
    list that has parts. ``heading`` heads its column, and ``also`` is what people head it with too; what has several
    columns has ``parts``.

    ``option`` is the help of the option of ``jdgen generate`` that gives it, if one does, and ``option_name`` the name
    of that where it is not the key. A draft asks for what ``is_asked``, or for the ``asked_parts``, where the post says
    nothing. ``limit`` is how many characters NHS Jobs takes.

    ``meaning`` is what the post's words mean in a draft to somebody who writes a template, and ``example`` such words;
    choices are printed in the framework's. ``in_forms`` is what forms call it, and sheets do not.
    """

    key: str
    kind: FieldKind
    group: Group
    heading: str = ""
    also: tuple[str, ...] = ()
    attribute: str = ""
    entry: type | None = None
    parts: tuple[SheetColumn, ...] = ()
    needed: Needed | None = None
    option: str = ""
    option_name: str = ""
    is_asked: bool = False
    asked_parts: tuple[str, ...] = ()
    meaning: str = ""
    example: str | None = None
    in_forms: tuple[str, ...] = ()
    naming: Naming = Naming.NOTHING
    limit: int = 0

    @property
    def name(self) -> str:
        """What :class:`~jdgen.post.model.Post` calls it."""
        return self.attribute or self.key

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        """The columns of a sheet of posts that give it; an organisation's own fields are headed as it says."""
        if self.kind is FieldKind.OWN:
            return ()
        return self.parts or (SheetColumn(self.key, self.heading, self.also, self.kind),)

    @property
    def flag(self) -> str:
        """The option as it is typed: ``--responsible-to``."""
        return f"--{self.option_name or self.key.replace('_', '-')}"

    @property
    def prompts(self) -> tuple[str, ...]:
        """The names of the prompts that a draft has where the post says nothing."""
        return tuple(f"{self.key}.{part}" for part in self.asked_parts) or ((self.key,) if self.is_asked else ())
