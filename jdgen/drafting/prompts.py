"""Prompts: what a draft says where the post says nothing, and the few phrases of jdgen's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jdgen.drafting.model import ReviewNote
from jdgen.reading.yaml_file import YamlFile

_OPENING = "[To complete: "
_CLOSING = "]"


@dataclass(frozen=True)
class Prompt:
    """What to write in a field, and why a panel or an applicant needs it."""

    field: str
    ask: str
    why: str

    @property
    def text(self) -> str:
        """The prompt as printed."""
        return f"{_OPENING}{self.ask}{_CLOSING}"

    @property
    def note(self) -> ReviewNote:
        """The prompt as a review note."""
        printed = self.field.partition(".")[0]
        return ReviewNote("to complete", self.field, f"Not given: {self.ask}. {self.why}", (printed,))


@dataclass(frozen=True)
class Phrases:
    """Short texts of jdgen's own; the first two hold ``{band}`` and ``{reference}``."""

    band: str
    evaluated_band: str
    role_category: str
    version: str


@dataclass(frozen=True)
class Prompts:
    """All prompts, by field, and the phrases."""

    by_field: Mapping[str, Prompt]
    phrases: Phrases

    def __getitem__(self, field: str) -> Prompt:
        return self.by_field[field]


def is_prompt(text: str) -> bool:
    """Whether ``text`` is a prompt that nobody has answered yet."""
    return text.startswith(_OPENING) and text.endswith(_CLOSING)


def prompts_of(file: YamlFile) -> Prompts:
    """The prompts in ``file``, which has been checked against its schema."""
    prompts = (Prompt(**entry) for entry in file.value["prompts"])
    return Prompts({prompt.field: prompt for prompt in prompts}, Phrases(**file.value["phrases"]))
