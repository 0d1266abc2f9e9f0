"""Tags of other programs, and gaps to be filled by hand: jdgen leaves both as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from jdgen.drafting.model import JobDescription
from jdgen.filling.checks.findings import Finding, Severity
from jdgen.filling.checks.kinds import fields
from jdgen.filling.checks.parts import Paragraph, Part
from jdgen.filling.mending.tag_text import without_tags
from jdgen.word_file.parsing import W

_NAME = r"\s*([A-Za-z][\w .:/-]{0,60}?)\s*"
_ASKING = r"(?:insert|enter|add|type|specify|state|delete|complete|name of|xx+)"
_FORMS = (
    ("other-dialect", re.compile(rf"«{_NAME}»"), "a merge field of Word's"),
    ("other-dialect", re.compile(rf"<<{_NAME}>>"), "a tag of another program's"),
    ("other-dialect", re.compile(rf"\$\{{{_NAME}\}}"), "a tag of another program's"),
    ("other-dialect", re.compile(rf"\[\[{_NAME}\]\]"), "a tag of another program's"),
    (
        "other-dialect",
        re.compile(r"(?<![{$])\{\s*([A-Za-z][\w.]*(?: [A-Za-z]\w*)?)\s*\}(?!\})"),
        "a tag with one brace",
    ),
    ("left-to-fill", re.compile(rf"[\[(]\s*({_ASKING}\b[^\])]{{0,80}})[\])]", re.IGNORECASE), "a gap to fill by hand"),
)
_MERGE_FIELD = re.compile(r"\bMERGEFIELD\s+\"?([^\s\"\\]+)")
#: What organisations call a field, where its own name is not near enough.
_CALLED = {
    "job title": "title",
    "post title": "title",
    "post": "title",
    "role": "title",
    "role title": "title",
    "grade": "band",
    "pay band": "band",
    "afc band": "band",
    "location": "base",
    "work base": "base",
    "place of work": "base",
    "trust": "employer",
    "trust name": "employer",
    "organisation": "employer",
    "organisation name": "employer",
    "directorate": "department",
    "division": "department",
    "team": "department",
    "service": "department",
    "line manager": "responsible_to",
    "manager": "responsible_to",
    "reports to": "responsible_to",
    "working hours": "hours",
    "contract type": "contract",
    "jd reference": "reference",
    "job summary": "purpose",
    "duties": "duty_headings",
    "main duties": "duty_headings",
    "logo": "picture",
}
_WORDS_THAT_ASK = re.compile(rf"^(?:{_ASKING}|here|the|your)\b|\b(?:here|name)$", re.IGNORECASE)


def other_dialects(part: Part) -> Iterator[Finding]:
    """Tags that are not jdgen's, each with the field that was probably meant."""
    for paragraph in part.paragraphs:
        text = without_tags(paragraph.text)
        for code, form, called in _FORMS:
            for found in form.finditer(text):
                what = f"'{found[0]}' is {called}: it stays as it is"
                yield part.found(code, Severity.WARNING)(paragraph, what, _meant(found[1]))
        yield from _merge_fields(part, paragraph)


def _merge_fields(part: Part, paragraph: Paragraph) -> Iterator[Finding]:
    codes = "".join(each.text or "" for each in paragraph.own(f"{W}instrText"))
    codes += "".join(each.get(f"{W}instr") or "" for each in paragraph.own(f"{W}fldSimple"))
    for found in _MERGE_FIELD.finditer(codes):
        what = f"MERGEFIELD {found[1]} is a merge field of Word's: it stays as it is"
        yield part.found("other-dialect", Severity.WARNING)(paragraph, what, _meant(found[1]))


def _meant(written: str) -> str:
    """Which tag would be right in place of ``written``."""
    name = re.sub(r"[\W_]+", " ", written).strip().casefold()
    for _ in range(3):
        name = _WORDS_THAT_ASK.sub("", name).strip()
    known = list(fields(JobDescription))
    field = _CALLED.get(name) or next(iter(get_close_matches(name.replace(" ", "_"), known, n=1, cutoff=0.7)), "")
    if not field:
        return "write a field, such as {{ title }}; `jdgen template fields` lists them all"
    if fields(JobDescription)[field] is str:
        return f"did you mean {{{{ {field} }}}}?"
    return f"did you mean the field {field}? `jdgen template fields` shows how it is printed"
