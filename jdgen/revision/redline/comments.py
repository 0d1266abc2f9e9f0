"""Comments: what a person has to decide, said beside their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from jdgen.revision.decisions import Action, Decision
from jdgen.revision.obstacles import BOX, first_in_control
from jdgen.revision.paragraphs import story_of
from jdgen.revision.redline.marks import Stamp, run_of
from jdgen.word.usual_form import Story, related_parts
from jdgen.word.xml import W, parsed

_PART = "word/comments.xml"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode()


class Comments:
    """The comments of a document, to which others are added."""

    def __init__(self, parts: Mapping[str, bytes], stamp: Stamp) -> None:
        self._parts = parts
        self._stamp = stamp
        self._name = _named(parts)
        self._tree = parsed(parts.get(self._name, _EMPTY))
        self._next = 1 + max((int(each.get(f"{W}id", 0)) for each in self._tree.iter(f"{W}comment")), default=-1)
        self._added = False

    def add(self, paragraph: Any, *texts: str) -> None:
        """Put a comment of these paragraphs on the whole of ``paragraph``."""
        number, self._next, self._added = str(self._next), self._next + 1, True
        comment = etree.SubElement(self._tree, f"{W}comment")
        initials = "".join(word[0] for word in self._stamp.author.split())[:3]
        names = {"id": number, "author": self._stamp.author, "date": self._stamp.date, "initials": initials}
        for name, value in names.items():
            comment.set(f"{W}{name}", value)
        for text in texts:
            etree.SubElement(comment, f"{W}p").append(run_of(text, None))
        start, end, reference = (etree.Element(f"{W}comment{kind}") for kind in ("RangeStart", "RangeEnd", "Reference"))
        for mark in (start, end, reference):
            mark.set(f"{W}id", number)
        paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, start)
        run = etree.Element(f"{W}r")
        run.append(reference)
        paragraph.extend((end, run))

    def parts(self) -> dict[str, bytes]:
        """The parts that change for the comments that were added."""
        if not self._added:
            return {}
        made = {self._name: _DECLARATION + etree.tostring(self._tree, encoding="UTF-8")}
        if self._name not in self._parts:
            relation = f'<Relationship Id="rIdJdgenComments" Type="{_KIND}" Target="comments.xml"/>'
            override = f'<Override PartName="/{_PART}" ContentType="{_TYPE}"/>'
            made[_RELATIONS] = _with_last(self._parts[_RELATIONS], relation)
            made[_TYPES] = _with_last(self._parts[_TYPES], override)
        return made


def place_for_comment(paragraph: Any) -> Any | None:
    """Where a comment on ``paragraph`` can stand: there, on the paragraph that holds its text box, or beside the
    content control that it begins. Nowhere in a header, a footer or a note, where Word allows none."""
    if story_of(paragraph) is not Story.MAIN:
        return None
    if boxes := list(paragraph.iterancestors(BOX)):
        paragraph = next(boxes[-1].iterancestors(f"{W}p"), None)
    begun = [control for control in paragraph.iterancestors(f"{W}sdt") if first_in_control(control) is paragraph]
    if not begun:
        return paragraph
    beside = (*begun[-1].itersiblings(f"{W}p", preceding=True), *begun[-1].itersiblings(f"{W}p"))
    return beside[0] if beside else None


def _named(parts: Mapping[str, bytes]) -> str:
    """The name of the document's comments part, or of one to be made."""
    return next((name for kind, name in related_parts(parts) if kind == "comments"), _PART)


def _with_last(part: bytes, entry: str) -> bytes:
    """The list in ``part`` with one more entry, in the namespace of the list."""
    tree = parsed(part)
    made = parsed(entry)
    namespace = tree.tag.rpartition("}")[0].lstrip("{")
    tree.append(etree.Element(f"{{{namespace}}}{made.tag}", dict(made.attrib)))
    return _DECLARATION + etree.tostring(tree, encoding="UTF-8")


# What comments say: what a person has to decide, and why it was left to them.


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
