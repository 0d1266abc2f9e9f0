"""What comments say: what a person has to decide, and why it was left to them."""

from __future__ import annotations

from jdgen.revision.merge import Action, Decision
from jdgen.word_file.stories import Story


def texts_on(one: Decision, is_tracked: bool) -> tuple[str, ...]:
    """The paragraphs of a comment on a decision that is left to a person; none on any other decision.

    ``is_tracked`` says that the new words are there as a tracked change too.
    """
    before = f"Before: {one.base}"
    if one.action is Action.OFFER:
        stays = f"What stands {_where(one)} was kept."
        if is_tracked:
            stays = f"Accepting the change puts the new text in the place of what stood {_where(one)}."
        return (_why_offered(one), f"New: {one.new}", before, stays)
    if one.action is Action.QUESTION:
        stays = f"What stands {_where(one)} was kept, since {_why_kept(one)}."
        return (f"The text that this was drafted from is withdrawn. {stays}", before)
    return ()


def _why_offered(one: Decision) -> str:
    if one.is_edited or not one.obstacle:
        return f"The text that this was drafted from has changed, and so has what stands {_where(one)}."
    return f"The text that this was drafted from has changed. What stands {_where(one)} was not, since {one.obstacle}."


def _why_kept(one: Decision) -> str:
    if one.is_edited:
        return "it is not as it was"
    return one.obstacle or "it holds more than words"


def _where(one: Decision) -> str:
    return "here" if one.story is Story.MAIN else f"in the {one.story}"
