"""What comments say: what a person has to decide, and why it was left to them."""

from __future__ import annotations

from jdgen.revision.merge import Action, Decision
from jdgen.word_file.stories import Story


def texts_on(one: Decision, is_tracked: bool, is_here: bool) -> tuple[str, ...]:
    """The paragraphs of a comment on a decision that is left to a person; none on any other decision.

    ``is_tracked`` says that the new words are there as a tracked change too, ``is_here`` that the comment is on the
    paragraph that it is about.
    """
    where = _where(one, is_here)
    before = f"Before: {one.base}"
    if one.action is Action.OFFER:
        stays = f"What stands {where} was kept."
        if is_tracked:
            stays = f"Accepting the change puts the new text in the place of what stood {where}."
        return (_why_offered(one, where), f"New: {one.new}", before, stays)
    if one.action is Action.QUESTION:
        stays = f"What stands {where} was kept, since {_why_kept(one)}."
        return (f"The text that this was drafted from is withdrawn. {stays}", before)
    return ()


def texts_on_astray(one: Decision) -> tuple[str, ...]:
    """The paragraphs of a comment on a block that stays where the framework does not have it."""
    kept = "It was kept where it stands, since somebody has changed it, or something beside or under it."
    return (f"The framework has this {one.belongs} now.", kept)


def _why_offered(one: Decision, where: str) -> str:
    if one.is_edited or not one.obstacle:
        return f"The text that this was drafted from has changed, and so has what stands {where}."
    return f"The text that this was drafted from has changed. What stands {where} was not, since {one.obstacle}."


def _why_kept(one: Decision) -> str:
    if one.is_edited:
        return "it is not as it was"
    return one.obstacle or "it holds more than words"


def _where(one: Decision, is_here: bool) -> str:
    if one.story is not Story.MAIN:
        return f"in the {one.story}"
    return "here" if is_here else "in the text box or content control beside this"
