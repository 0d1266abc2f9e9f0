"""What is said beside a person's words: what they have to decide, why it was left to them, and where that can stand."""

from __future__ import annotations

from jdgen.revision.decisions import Action, Decision
from jdgen.revision.obstacles import first_in_control
from jdgen.word.file import Story, story_of
from jdgen.word.paragraphs import BOX, P
from jdgen.word.xml import Element, W, nearest


def initials(author: str) -> str:
    """What a comment of ``author`` is marked with."""
    return "".join(word[0] for word in author.split())[:3]


def place_for_comment(paragraph: Element) -> Element | None:
    """Where a comment on ``paragraph`` can stand: there, on the paragraph that holds its text box, or beside the
    content control that it begins. Nowhere in a header, a footer or a note, where Word allows none."""
    if story_of(paragraph) is not Story.MAIN:
        return None
    if boxes := list(paragraph.iterancestors(BOX)):
        around = nearest(boxes[-1], P)
        if around is None:
            return None
        paragraph = around
    begun = [control for control in paragraph.iterancestors(f"{W}sdt") if first_in_control(control) is paragraph]
    if not begun:
        return paragraph
    beside = (*begun[-1].itersiblings(P, preceding=True), *begun[-1].itersiblings(P))
    return beside[0] if beside else None


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
