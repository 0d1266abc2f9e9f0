"""Tags of other programs: jdgen leaves them as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from jdgen.filling.checks.findings import Finding, Severity
from jdgen.filling.checks.meant import field_called, field_near, tag_for
from jdgen.filling.checks.parts import Paragraph, Part
from jdgen.filling.mending.tag_text import without_tags
from jdgen.word_file.parsing import W

_NAME = r"\s*([A-Za-z][\w .:/-]{0,60}?)\s*"
_OTHER = "a tag of another program's"
_WIDE = re.compile(r"[｛{﹛]\s*[｛{﹛％%]?\s*([^{}｛｝﹛﹜]{1,80}?)\s*[％%]?\s*[｝}﹜]{1,2}")


def _is_known(name: str) -> bool:
    """Whether ``name`` is that of a field: what else is written so may be text."""
    return bool(field_called(name))


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
    (re.compile(r"(?<![\w@.])[@$]([A-Za-z]\w{0,60})\$?(?![\w@$.])"), _OTHER, _is_known),
    (re.compile(r"(?<![{$])\{\s*([A-Za-z][\w.]*(?: [A-Za-z]\w*){0,2})\s*\}(?!\})"), "a tag with one brace", _is_one),
)
_MERGE_FIELD = re.compile(r"\bMERGEFIELD\s+\"?([^\s\"\\]+)")


def other_dialects(part: Part) -> Iterator[Finding]:
    """Tags that are not jdgen's, each with the field that was probably meant."""
    found = part.found("other-dialect", Severity.WARNING)
    for paragraph in part.paragraphs:
        for match, called in _tags_in(paragraph.text):
            right = _plainly(match[0]) if match.re is _WIDE else tag_for(field_near(match[1]))
            yield found(paragraph, f"'{match[0]}' is {called}: it stays as it is", right)
        yield from _merge_fields(part, paragraph)


def masked(text: str) -> str:
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
    for form, called, is_tag in _FORMS:
        for match in form.finditer(text):
            if is_tag(match[1]):
                yield match, called


def _plainly(written: str) -> str:
    """The tag with the braces that tags have; for a name that is no field, the field that was meant."""
    plain = unicodedata.normalize("NFKC", written)
    if plain.startswith(("{{", "{%")):
        return f"type it with the usual braces: {plain}"
    return tag_for(field_near(plain.strip("{}")))


def _merge_fields(part: Part, paragraph: Paragraph) -> Iterator[Finding]:
    codes = "".join(each.text or "" for each in paragraph.own(f"{W}instrText"))
    codes += "".join(each.get(f"{W}instr") or "" for each in paragraph.own(f"{W}fldSimple"))
    for match in _MERGE_FIELD.finditer(codes):
        what = f"MERGEFIELD {match[1]} is a merge field of Word's: it stays as it is"
        yield part.found("other-dialect", Severity.WARNING)(paragraph, what, tag_for(field_near(match[1])))
