"""Tags of other programs, and merge fields of Word's: they stay as they are, and the field that is meant is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from jdgen.template.checks.findings import Finding
from jdgen.template.checks.names import field_near, find_field, tag_for
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.tag_text import without_tags
from jdgen.template.tags import Paragraph
from jdgen.word.xml import W

_NAME = r"\s*([A-Za-z][\w .:/-]{0,60}?)\s*"
_OTHER = "a tag of another program's"
_WIDE = re.compile(r"[｛{﹛]\s*+[｛{﹛％%]?\s*+([^{}｛｝﹛﹜]{1,80}?)\s*+[％%]?\s*+[｝}﹜]{1,2}")


_SPACED = re.compile(r"\{\s+(\{[^{}]{1,80}\}|%[^{}]{1,80}%)\s+\}")


def _is_known(name: str) -> bool:
    """Whether ``name`` is that of a field: what else is written so may be text."""
    return bool(find_field(name))


def _is_one(name: str) -> bool:
    """Whether ``name`` is one word, as a program would have it, or that of a field."""
    return " " not in name or _is_known(name)


_FORMS: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (re.compile(rf"«{_NAME}»"), "a merge field of Word's", bool),
    (re.compile(rf"<<{_NAME}>>"), _OTHER, bool),
    (re.compile(rf"<%=?{_NAME}%>"), _OTHER, bool),
    (re.compile(rf"\$\{{{_NAME}\}}"), _OTHER, bool),
    (re.compile(rf"\[\[{_NAME}\]\]"), _OTHER, bool),
    (re.compile(r"(?<![\w%])%{1,2}([A-Za-z][\w .-]{0,60}?)%{1,2}(?![\w%])"), _OTHER, _is_one),
    (re.compile(r"(?<![\w#])#([A-Za-z][\w ]{0,60}?)#(?![\w#])"), _OTHER, _is_one),
    (re.compile(r"(?<![\w@.])[@$]{1,2}([A-Za-z]\w{0,60})[@$]{0,2}(?![\w@$.])"), _OTHER, _is_known),
    (re.compile(rf"\(\({_NAME}\)\)"), _OTHER, _is_known),
    (re.compile(rf"(?<!\w)__{_NAME}__(?!\w)"), _OTHER, _is_known),
    (re.compile(r"(?<![{$])\{\s*([A-Za-z][\w.]*(?: [A-Za-z]\w*){0,2})\s*\}(?!\})"), "a tag with one brace", _is_one),
)
_MERGE_FIELD = re.compile(r"\bMERGEFIELD\s+\"?([^\s\"\\]+)")


def other_dialects(part: CheckedPart) -> Iterator[Finding]:
    """Tags that are not jdgen's, each with the field that was probably meant."""
    for paragraph in part.paragraphs:
        for match, description in _tags_in(paragraph.text):
            yield part.warning(
                "other-dialect", paragraph, f"'{match[0]}' is {description}: it stays as it is", _right(match)
            )
        yield from _merge_fields(part, paragraph)


def _right(match: re.Match[str]) -> str:
    if match.re is _SPACED:
        return f"write it without spaces between its braces: {{{match[1]}}}"
    return _plainly(match[0]) if match.re is _WIDE else tag_for(field_near(match[1]))


def mask_tags(text: str) -> str:
    """``text`` with a mark in place of each tag, jdgen's and others', as long as the tag."""
    plain = without_tags(text, "\ufffc")
    for match, _ in _tags_in(text):
        plain = plain.replace(match[0], "\ufffc" * len(match[0]))
    return plain


def _tags_in(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The tags of other programs in ``text``, and what each is."""
    text = without_tags(text, "\ufffc")
    for match in _WIDE.finditer(text):
        if any(brace in match[0] for brace in "｛｝﹛﹜"):
            yield match, "a tag in braces of another width"
    for match in _SPACED.finditer(text):
        yield match, "a tag with spaces between its braces"
        text = text.replace(match[0], "\ufffc" * len(match[0]))
    for form, description, is_tag in _FORMS:
        for match in form.finditer(text):
            if is_tag(match[1]):
                yield match, description


def _plainly(tag: str) -> str:
    """The tag with the braces that tags have; for a name that is no field, the field that was meant."""
    plain = unicodedata.normalize("NFKC", tag)
    if plain.startswith(("{{", "{%")):
        return f"type it with the usual braces: {plain}"
    return tag_for(field_near(plain.strip("{}")))


def _merge_fields(part: CheckedPart, paragraph: Paragraph) -> Iterator[Finding]:
    codes = "".join(each.text or "" for each in paragraph.elements(f"{W}instrText"))
    codes += "".join(each.get(f"{W}instr") or "" for each in paragraph.elements(f"{W}fldSimple"))
    for match in _MERGE_FIELD.finditer(codes):
        if f"«{match[1]}»" in paragraph.text:  # what it shows was told
            continue
        what = f"MERGEFIELD {match[1]} is a merge field of Word's: it stays as it is"
        yield part.warning("other-dialect", paragraph, what, tag_for(field_near(match[1])))
