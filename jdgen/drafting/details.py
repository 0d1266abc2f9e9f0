"""What the post says of the job, as printed; a prompt and a review note wherever it says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jdgen.drafting.givers import Giver, Text
from jdgen.drafting.model import Block, Demand, Dimension, Relationship, ReviewNote
from jdgen.drafting.prompts import Prompts
from jdgen.post.model import Post
from jdgen.reading.text import paragraphs

#: Fields that are one printed text each.
TEXTS = (
    "reference",
    "employer",
    "department",
    "base",
    "hours",
    "contract",
    "responsible_to",
    "accountable_to",
    "responsible_for",
    "je_reference",
)
#: What a panel asks about each kind of effort and environment, and how the kind is printed.
DEMAND_KINDS = {
    "physical": Text("Physical effort", Giver.JDGEN),
    "mental": Text("Mental effort", Giver.JDGEN),
    "emotional": Text("Emotional effort", Giver.JDGEN),
    "environment": Text("Working conditions", Giver.JDGEN),
}
#: All fields for which there must be a prompt.
PROMPTED = (
    *TEXTS,
    *("about", "values", "purpose", "decisions", "dimensions.measure", "dimensions.text"),
    *("relationships.who", "relationships.setting", "relationships.purpose"),
    *(f"demands.{kind}" for kind in DEMAND_KINDS),
    *("demands.frequency", "demands.duration"),
)


@dataclass(frozen=True)
class PostDetails:
    """The printed form of everything that only the post can say."""

    texts: dict[str, str]
    about: tuple[Block, ...]
    values: tuple[Block, ...]
    purpose: tuple[Block, ...]
    dimensions: tuple[Dimension, ...]
    relationships: tuple[Relationship, ...]
    decisions: tuple[Block, ...]
    demands: tuple[Demand, ...]
    notes: tuple[ReviewNote, ...]


def post_details(post: Post, prompts: Prompts) -> PostDetails:
    """The post's own content, with prompts for what is missing."""
    asking = _Asking(prompts)
    return PostDetails(
        texts={name: asking.own(getattr(post, name), name) for name in TEXTS},
        about=asking.blocks("about", paragraphs(post.about or "")),
        values=asking.blocks("values", post.values),
        purpose=asking.blocks("purpose", paragraphs(post.purpose or "")),
        dimensions=_dimensions(post, asking),
        relationships=_relationships(post, asking),
        decisions=asking.blocks("decisions", post.decisions),
        demands=tuple(demand for kind in DEMAND_KINDS for demand in _demands(post, kind, asking)),
        notes=tuple(asking.notes),
    )


@dataclass
class _Asking:
    """Takes the post's words, and, where it says nothing, hands out prompts and keeps the note of each, once."""

    prompts: Prompts
    notes: list[ReviewNote] = field(default_factory=list)

    def own(self, text: str | None, name: str) -> Text:
        return Text(text, Giver.POST) if text else self.for_(name)

    def for_(self, name: str) -> Text:
        prompt = self.prompts[name]
        if prompt.note not in self.notes:
            self.notes.append(prompt.note)
        return Text(prompt.text, Giver.PROMPT)

    def blocks(self, name: str, texts: Sequence[str]) -> tuple[Block, ...]:
        printed = [Text(text, Giver.POST) for text in texts] or [self.for_(name)]
        return tuple(Block(f"{name}.{number}", text) for number, text in enumerate(printed, 1))


def _dimensions(post: Post, asking: _Asking) -> tuple[Dimension, ...]:
    if not post.dimensions:
        return (Dimension("dimensions.1", asking.for_("dimensions.measure"), asking.for_("dimensions.text")),)
    return tuple(
        Dimension(f"dimensions.{number}", Text(dimension.measure, Giver.POST), Text(dimension.text, Giver.POST))
        for number, dimension in enumerate(post.dimensions, 1)
    )


def _relationships(post: Post, asking: _Asking) -> tuple[Relationship, ...]:
    if not post.relationships:
        asked = (asking.for_(f"relationships.{part}") for part in ("who", "setting", "purpose"))
        return (Relationship("relationships.1", *asked),)
    return tuple(
        Relationship(
            f"relationships.{number}",
            Text(contact.who, Giver.POST),
            Text(contact.setting.capitalize(), Giver.POST),
            Text(contact.purpose, Giver.POST),
        )
        for number, contact in enumerate(post.relationships, 1)
    )


def _demands(post: Post, kind: str, asking: _Asking) -> tuple[Demand, ...]:
    own = [demand for demand in post.demands if demand.kind == kind]
    if not own:
        asked = (asking.for_(f"demands.{part}") for part in (kind, "frequency", "duration"))
        return (Demand(f"demands.{kind}.1", DEMAND_KINDS[kind], *asked),)
    return tuple(
        Demand(
            f"demands.{kind}.{number}",
            DEMAND_KINDS[kind],
            Text(demand.text, Giver.POST),
            asking.own(demand.frequency, "demands.frequency"),
            asking.own(demand.duration, "demands.duration"),
        )
        for number, demand in enumerate(own, 1)
    )
