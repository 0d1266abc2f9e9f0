"""What nobody fills or has decided: tags in parts that are never filled, tracked changes, comments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from jdgen.filling.checks.findings import WHOLE_FILE, Finding, Place, Severity
from jdgen.filling.checks.meant import is_text, label_of
from jdgen.filling.checks.parts import P, Part
from jdgen.filling.checks.tags import Tag
from jdgen.word_file.parsing import W, parsed

#: The first tags to put in, and the ways to the others.
_ALWAYS = ("{{ title }}, {{ band }} and {{ employer }}, each where a document is to have it",)
_FIRST, _LABEL = 3, 40
_OTHER_WAYS = (
    "`jdgen template fields --docx fields.docx` writes all others to copy from, `jdgen template new` a template to edit"
)
_OPENING = re.compile(r"\{[{%]")
_WRITTEN_BY_JDGEN = "docProps/core.xml"
#: The author of comments that say what a check has found; they quote tags, and are no place for one.
COMMENT_AUTHOR = "jdgen"
# Revisions (ECMA-376 part 1, 17.13.5); every name that ends in Change is one too: pPrChange, tblGridChange …
_REVISIONS = frozenset(
    (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "cellIns",
        "cellDel",
        "cellMerge",
        "numberingChange",
        "moveFromRangeStart",
        "moveToRangeStart",
    )
)


def never_filled(parts: Mapping[str, bytes], filled: Collection[str]) -> Iterator[Finding]:
    """Tags in text, attributes and addresses of parts other than ``filled``."""
    for name, content in sorted(parts.items()):
        if name in filled or name == _WRITTEN_BY_JDGEN or not name.endswith((".xml", ".rels")):
            continue
        if b"{" not in content and b"%7" not in content:
            continue
        if _holds_tag(content):
            what, right = "holds a tag in a part that is never filled", "move it to the text, header or footer"
            yield Finding("never-filled", Severity.ERROR, Place(name), what, right)


def _holds_tag(content: bytes) -> bool:
    tree = parsed(content)
    for comment in tree.findall(f"{W}comment"):
        if comment.get(f"{W}author") == COMMENT_AUTHOR:
            tree.remove(comment)
    texts = ["".join(tree.itertext()), *(text for each in tree.iter() for text in each.attrib.values())]
    return any(_OPENING.search(re.sub("%7[Bb]", "{", text).replace("%25", "%")) for text in texts)


def revisions(parts: Mapping[str, bytes], filled: Collection[Part]) -> Iterator[Finding]:
    """Tracked changes: the first of each part that is filled, and whether any other part has some."""
    what, right = "has tracked changes", "accept or reject all changes, then save"
    for part in filled:
        first = next((each for each in part.tree.iter() if _is_revision(each)), None)
        if first is not None:
            yield part.found("tracked-changes", Severity.ERROR)(first, what, right)
    names = {part.name for part in filled}
    for name, content in sorted(parts.items()):
        notes = name.startswith("word/") and name.endswith("notes.xml") and name not in names
        if notes and any(_is_revision(each) for each in parsed(content).iter()):
            yield Finding("tracked-changes", Severity.ERROR, Place(name), what, right)


def _is_revision(element: Any) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith(W):
        return False
    name = tag[len(W) :]
    return name in _REVISIONS or name.endswith("PrChange") or name == "tblGridChange"


def comments(filled: Collection[Part]) -> Iterator[Finding]:
    """Comments left in: every document would have them."""
    for part in filled:
        for mark in part.tree.iter(f"{W}commentReference"):
            found = part.found("comment-left", Severity.WARNING)
            yield found(mark, "a comment is left in", "delete it: every document would have it")


def nothing_to_fill(parts: Sequence[Part], tags: Collection[Tag], is_made: bool) -> Iterator[Finding]:
    """A template in which nothing is filled: without a tag, or with remarks only. Every document would be the same
    blank form, whatever the post. ``is_made`` says that jdgen made the file."""
    if any(tag.kind in "{%" and tag.word != "raw" for tag in tags):
        return
    if is_made:
        what, right = (
            "is a document that jdgen made, not a template",
            "name the template: `jdgen show` says which it was",
        )
        yield Finding("no-tags", Severity.ERROR, WHOLE_FILE, what, right)
    else:
        what = "has no tag in its text, headers or footers: every document would be the same blank form"
        yield Finding("no-tags", Severity.ERROR, WHOLE_FILE, what, f"{_first_tags(parts)}; {_OTHER_WAYS}")


def _first_tags(parts: Sequence[Part]) -> str:
    """Where to begin in this form: tags for the first labels in it that name a field, else for what every post has."""
    labels = (paragraph.text.strip() for part in parts for paragraph in part.seen if len(paragraph.text) < _LABEL)
    named: dict[str, str] = {}
    for label in labels:
        field = label_of(label.rstrip(": "))
        if is_text(field):
            named.setdefault(field, f"{{{{ {field} }}}} beside '{label}'")
    return f"begin with {', '.join(list(named.values())[:_FIRST] or _ALWAYS)}"


def repeated_bookmarks(part: Part, loops: Collection[tuple[int, int]]) -> Iterator[Finding]:
    """Bookmarks that a loop repeats. ``loops`` are the positions in the part at which each loop begins and ends."""
    for mark in part.tree.iter(f"{W}bookmarkStart"):
        name = mark.get(f"{W}name") or ""
        if name.startswith("_GoBack") or not any(start < part.order[mark] < end for start, end in loops):
            continue
        at = mark if next(mark.iterancestors(P), None) is not None else mark.getnext()
        found = part.found("repeated-bookmark", Severity.ADVICE)
        what = f"the bookmark '{name}' stands in a loop: a link to it can only find one of its copies"
        yield found(at if at is not None else mark, what, "move the bookmark out of the loop, or delete it")
