"""What a template ought to print, and what may come out empty."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator, Sequence, Set

from jdgen.errors import did_you_mean
from jdgen.template.checks.findings import WHOLE_FILE, Finding, FindingPlace, Severity
from jdgen.template.checks.names import is_text, label_of
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.tag_text import as_jinja, clean, is_raw, quoted_texts, without_quoted
from jdgen.template.tags import TagBlock
from jdgen.word.file import File
from jdgen.word.paragraphs import CELL, P
from jdgen.word.styles import value
from jdgen.word.xml import Element, W, nearest

_DUTIES = ("duty_headings.duties.text",)
_GROUPS = "person_specification.groups"
_ESSENTIAL, _DESIRABLE = f"{_GROUPS}.essential.text", f"{_GROUPS}.desirable.text"
_PERSON = (f"{_GROUPS}.criteria.text", _ESSENTIAL, _DESIRABLE)
#: What every document of this kind needs: fields of which one must be printed, what is missing, what to write.
_ALWAYS_PRINTED = (
    (("title",), "the job title", "write {{ title }}"),
    (("band", "band_statement"), "the band", "write {{ band }} or {{ band_statement }}"),
)
_BY_KIND = (
    (_DUTIES, "job description", "the duties", "loop over duty_headings and print {{ duty.text }}"),
    (
        _PERSON,
        "person specification",
        "the person specification",
        "loop over person_specification.groups and print {{ criterion.text }}",
    ),
)
_LOOPS = re.compile(r"\{%(?:p|r)?\s+(?:for|endfor)\b[^{}]*%\}")
_NONE_OF_THEM = (
    "give each item a row of its own, with what tells them apart, such as {{ criterion.importance }}, beside it; "
    "or write above the table: An empty cell means none"
)
_SPACES = re.compile(r"\s+")
_OWN_FIELD = re.compile(r"\bown\.(\w+)")
#: All else that could be said of it would mislead.
FIELD_LIST = Finding(
    "field-list",
    Severity.ERROR,
    WHOLE_FILE,
    "is the list of fields, not a template",
    "copy what you need from it into a template; `jdgen template new` makes one",
)


def missing_fields(used_fields: Set[str], title: str, parts: Sequence[CheckedPart]) -> Iterator[Finding]:
    """What the template does not print, although what it calls itself promises it.

    Title and band identify the post in every document. Duties and person specification are asked for where the title
    of the file or a heading says job description or person specification, since many organisations keep the two apart;
    a template with neither prints nothing that jdgen is for. A document without them is not damaged, and may be meant
    for another use: so a warning, not an error.
    """
    for fields, missing, right in _ALWAYS_PRINTED:
        if not any(field in used_fields for field in fields):
            yield _missing(missing, right)
    promised = _promises(title, parts)
    printed_kinds = [kind for paths, kind, *_ in _BY_KIND if not used_fields.isdisjoint(paths)]
    for _, kind, missing, right in _BY_KIND:
        if kind not in printed_kinds and (kind in promised or not printed_kinds):
            yield _missing(missing, right)
    yield from _missing_side(used_fields)


def _missing_side(used_fields: Set[str]) -> Iterator[Finding]:
    """The side of the person specification that a template leaves out which prints the other by itself."""
    whole, *sides = _PERSON
    if whole not in used_fields and len(missing := [side for side in sides if side not in used_fields]) == 1:
        side = missing[0].removesuffix(".text").rpartition(".")[2]
        right = f"loop over group.{side} as well, and print {{{{ criterion.text }}}}"
        yield _missing(f"the {side} criteria", right)


def unknown_own_fields(part: CheckedPart, own_fields: Collection[str]) -> Iterator[Finding]:
    """The organisation's own fields that the part names, and its list of them (``own_fields``) has not."""
    for tag in part.tags:
        for name in dict.fromkeys(_OWN_FIELD.findall(tag.text)):
            if name not in own_fields:
                what = f"'{name}' is no field of your organisation's own"
                right = f"{did_you_mean(name, sorted(own_fields))}; or add it under [own] in jdgen.toml"
                yield part.warning("unknown-own-field", tag, what, right)


def _missing(missing: str, right: str) -> Finding:
    return Finding("missing-field", Severity.WARNING, WHOLE_FILE, f"does not print {missing}", right)


def _promises(title: str, parts: Sequence[CheckedPart]) -> str:
    """The title of the file, and its headings, in lower case."""
    headings = (
        paragraph.text
        for part in parts
        for paragraph in part.paragraphs
        if part.styles.outline_level(paragraph.element) or part.styles.name_of(paragraph.element) == "title"
    )
    return _SPACES.sub(" ", " ".join((title, *headings))).casefold()


def emptied_cells(part: CheckedPart) -> Iterator[Finding]:
    """Cells of which nothing is left where the answer to an ``if`` in them is no, or is no in every turn of a loop:
    a group without a desirable criterion, where essential and desirable ones stand side by side."""
    by_cell: dict[Element, list[TagBlock]] = {}
    for block in part.blocks.blocks:
        cell = nearest(block.start.paragraph.element, CELL) if block.start.paragraph else None
        is_whole = block.end is not None and block.start.marker in ("", "p", "r")
        if cell is not None and is_whole and block.start.word == "if":
            by_cell.setdefault(cell, []).append(block)
    for cell, blocks in by_cell.items():
        if any(middle.word == "else" for block in blocks for middle in block.middles):
            continue
        rest, start = _outside(part, cell, blocks), blocks[0].start
        if not rest:
            what = f"the cell is empty where the answer to {start.text} is no"
            right = f"write {{%{start.marker} else %}} and 'Not applicable' before the end of it"
            yield part.advice("cell-may-be-empty", start, what, right)
        elif not _LOOPS.sub("", rest).strip():
            what = f"the cell is empty where no turn of its loop answers yes to {start.text}"
            yield part.advice("cell-may-be-empty", start, what, _NONE_OF_THEM)


def _outside(part: CheckedPart, cell: Element, blocks: Sequence[TagBlock]) -> str:
    """The text of ``cell`` that stands in none of ``blocks``."""
    text = "".join(paragraph.text for paragraph in part.paragraphs_in(cell))
    for block in blocks:
        start, end = text.find(block.start.text), text.rfind(block.end.text if block.end else "")
        if 0 <= start < end and block.end:
            text = text[:start] + text[end + len(block.end.text) :]
    return text.strip()


_CURLY, _NO_BREAK = "“”‘’", "\u00a0\u202f"


def odd_characters(part: CheckedPart) -> Iterator[Finding]:
    """Curly quotation marks and no-break spaces in tags: jdgen reads them as they were meant, other programs do not."""
    for code, is_odd, what in (
        ("curly-quotes", _is_in_curly_quotes, "curly quotation marks in a tag are read as straight ones"),
        ("no-break-space", _has_no_break_space, "a no-break space in a tag is read as a space"),
    ):
        for tag in part.tags:
            if tag.kind != "#" and not is_raw(tag.text) and is_odd(tag.text):
                yield part.advice(code, tag, what, f"write {as_jinja(tag.text)}")


def _is_in_curly_quotes(tag: str) -> bool:
    """Whether a text of ``tag`` stands in curly quotes, and none is left over. Those inside a text mean themselves."""
    is_quoted = any(tag[at] in _CURLY for start, end in quoted_texts(tag) for at in (start, end - 1))
    return is_quoted and not any(char in _CURLY for char in without_quoted(as_jinja(tag)))


def _has_no_break_space(tag: str) -> bool:
    """Whether ``tag`` has one that is read as a space, which one inside a text is not."""
    return any(char in _NO_BREAK and char != clean_char for char, clean_char in zip(tag, clean(tag), strict=True))


# What nobody fills or has decided: tags in parts that are never filled, tracked changes, comments.

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


def never_filled(file: File, filled_parts: Collection[str]) -> Iterator[Finding]:
    """Tags in text, attributes and addresses of parts other than ``filled_parts``."""
    for name in sorted(file):
        if name in filled_parts or name == _WRITTEN_BY_JDGEN or not name.endswith((".xml", ".rels")):
            continue
        content = file.content(name)
        if (b"{" in content or b"%7" in content) and _holds_tag(file.tree(name)):
            what, right = "holds a tag in a part that is never filled", "move it to the text, header or footer"
            yield Finding("never-filled", Severity.ERROR, FindingPlace(name), what, right)


def _holds_tag(tree: Element) -> bool:
    if any(_is_own(comment) for comment in tree.findall(f"{W}comment")):
        tree = copy.deepcopy(tree)
        for comment in filter(_is_own, tree.findall(f"{W}comment")):
            tree.remove(comment)
    attributes = (str(text) for each in tree.iter() for text in each.attrib.values())
    texts = ("".join(map(str, tree.itertext())), *attributes)
    return any(_OPENING.search(re.sub("%7[Bb]", "{", text).replace("%25", "%")) for text in texts)


def _is_own(comment: Element) -> bool:
    return comment.get(f"{W}author") == COMMENT_AUTHOR


def revisions(file: File, parts: Sequence[CheckedPart]) -> Iterator[Finding]:
    """Tracked changes: the first of each part that is filled, and whether any other part has some."""
    what, right = "has tracked changes", "accept or reject all changes, then save"
    for part in parts:
        first = next((each for each in part.tree.iter() if _is_revision(each)), None)
        if first is not None:
            yield part.error("tracked-changes", first, what, right)
    names = {part.name for part in parts}
    for name in sorted(file):
        is_of_notes = name.startswith("word/") and name.endswith("notes.xml") and name not in names
        if is_of_notes and any(_is_revision(each) for each in file.tree(name).iter()):
            yield Finding("tracked-changes", Severity.ERROR, FindingPlace(name), what, right)


def _is_revision(element: Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith(W):
        return False
    name = tag[len(W) :]
    return name in _REVISIONS or name.endswith("PrChange") or name == "tblGridChange"


def comments(parts: Sequence[CheckedPart]) -> Iterator[Finding]:
    """Comments left in: every document would have them."""
    for part in parts:
        for mark in part.tree.iter(f"{W}commentReference"):
            right = "delete it: every document would have it"
            yield part.warning("comment-left", mark, "a comment is left in", right)


#: What settings keep people from in every document: the kinds of protection (ECMA-376 part 1, 17.18.21), in words.
_PROTECTED = {
    "readOnly": "be read",
    "comments": "be commented",
    "forms": "have its form fields filled in",
    "trackedChanges": "be changed by tracked changes",
}
_OFF = ("0", "false", "off", None)


def settings_kept(settings: Element | None) -> Iterator[Finding]:
    """What the settings of a template would do to every document made with it: forbid to edit it, or track whatever
    anybody writes."""
    protection = None if settings is None else settings.find(f"{W}documentProtection")
    if protection is not None and protection.get(f"{W}enforcement") not in _OFF:
        permission = _PROTECTED.get(protection.get(f"{W}edit", ""))
        if permission:
            what = f"is protected: every document could only {permission}, and not be brought up to date"
            right = "in Word: Review, Restrict Editing, Stop Protection; then save"
            yield Finding("is-protected", Severity.WARNING, WHOLE_FILE, what, right)
    tracking = None if settings is None else settings.find(f"{W}trackRevisions")
    if tracking is not None and (value(tracking) or "1") not in _OFF:
        what = "tracks changes: in every document, all that anybody writes would be a tracked change"
        right = "in Word: Review, Track Changes: off; then save"
        yield Finding("tracks-changes", Severity.WARNING, WHOLE_FILE, what, right)


def nothing_to_fill(parts: Sequence[CheckedPart], is_made: bool) -> Iterator[Finding]:
    """A template in which nothing is filled: without a tag, or with remarks only. Every document would be the same
    blank form, whatever the post. ``is_made`` says that jdgen made the file."""
    if any(tag.kind in "{%" and tag.word != "raw" for part in parts for tag in part.tags):
        return
    if is_made:
        what = "is a document that jdgen made, not a template"
        right = "name the template: `jdgen show` says which it was"
        yield Finding("no-tags", Severity.ERROR, WHOLE_FILE, what, right)
    else:
        what = "has no tag in its text, headers or footers: every document would be the same blank form"
        yield Finding("no-tags", Severity.ERROR, WHOLE_FILE, what, f"{_first_tags(parts)}; {_OTHER_WAYS}")


def _first_tags(parts: Sequence[CheckedPart]) -> str:
    """Where to begin in this form: tags for the first labels in it that name a field, else for what every post has."""
    labels = (
        paragraph.text.strip()
        for part in parts
        for paragraph in part.paragraphs_without_copies
        if len(paragraph.text) < _LABEL
    )
    tags: dict[str, str] = {}
    for label in labels:
        field = label_of(label.rstrip(": "))
        if is_text(field):
            tags.setdefault(field, f"{{{{ {field} }}}} beside '{label}'")
    return f"begin with {', '.join(list(tags.values())[:_FIRST] or _ALWAYS)}"


def repeated_bookmarks(part: CheckedPart) -> Iterator[Finding]:
    """Bookmarks that a loop repeats."""
    loops = [(each.start.order, each.end.order) for each in part.blocks.blocks if each.end and each.start.word == "for"]
    for mark in part.tree.iter(f"{W}bookmarkStart"):
        name = mark.get(f"{W}name") or ""
        if name.startswith("_GoBack") or not any(start < part.order[mark] < end for start, end in loops):
            continue
        at = mark if nearest(mark, P) is not None else mark.getnext()
        what = f"the bookmark '{name}' stands in a loop: a link to it can only find one of its copies"
        right = "move the bookmark out of the loop, or delete it"
        yield part.advice("repeated-bookmark", mark if at is None else at, what, right)
