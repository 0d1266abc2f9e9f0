"""Gaps that somebody would have to fill by hand in every document: jdgen prints them as they are.

Brackets, dots and the words of forms are in sound templates too: ``[2019] UKSC 5``, a line to sign on. So a bracket is
a gap only if what is in it asks for something or is the name of a field, and a line is none where people sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jdgen.placeholders import Placeholders
from jdgen.template.checks.dialects import mask_tags
from jdgen.template.checks.findings import Finding
from jdgen.template.checks.names import field_near, label_of, tag_for
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.tags import Paragraph
from jdgen.word.paragraphs import RUN, TEXT, P
from jdgen.word.styles import value
from jdgen.word.xml import Element, W, nearest, text_in
from jdgen.words import shorten

_GAP = "a gap to fill by hand"
#: What would be right where nothing tells which field is meant.
ANY_FIELD = "put a field there (`jdgen template fields` lists them all), or delete it"
#: Verbs by which a form asks. "Insert" and "specify" do nothing else; the others ask where an article, "here" or the
#: name of a field follows: "(enter the band)", but not "(Enter and View)", "(type 2 diabetes)", "(state registered)".
_ALWAYS = r"(?:insert|specify|please|delete|replace)"
_SOMETIMES = (
    r"(?:add|attach|choose|complete|describe|enter|explain|"
    r"fill|give|include|list|name|outline|provide|put|select|state|type|write)"
)
_WHAT = (
    r"(?:the|a|an|your|any|all|in|here|if|one|up|brief|short|details?|names?|numbers?|dates?|text|reference|"
    r"line manager|job|post|role|band|title|department|location|hours|salary)"
)
_ASKS = re.compile(rf"(?:{_ALWAYS}\b(?!-)|{_SOMETIMES}\s+{_WHAT}\b|names? of\b|xx+\b)", re.IGNORECASE)
_TELLS = re.compile(
    r"(?:a |an |the )?(?:(?:short|brief|one|two|single|few|concise|\d+)\b.*\b)?"
    r"(?:paragraph|sentence|summary|description|statement|overview|list|details)s?\b.*"
    r"\b(?:of|about|explaining|describing|outlining|summari[sz]ing|covering|setting out)\b",
    re.IGNORECASE,
)
#: What forms write in brackets alone: what is wanted there, and what is said to whoever fills it in.
_WANTED_WORDS = re.compile(
    r"(?:(?:the|your|relevant|full|line|post|job|trust|email|month|manager(?:['’]s)?)\s+)*"
    r"(?:names?|titles?|numbers?|no\.?|amount|figure|total|dates?|location|org|organisation|ref|code|"
    r"(?:email )?address|e-?mail|phone|telephone|(?:hyper)?link|url|logo|month|year|bullet points?)",
    re.IGNORECASE,
)
_TOLD_WORDS = re.compile(
    r"(?:guidance|dn|drafting)\b(?: notes?\b)?(?=\s*[:–-])|(?:select|choose|options?)\s*[:–-]"
    r"|note (?:to|for) (?:the )?\w*\s*(?:managers?|authors?|hr)\b|drop-?down\b"
    r"|(?:optional|if (?:applicable|appropriate|relevant))\Z|(?:max(?:imum)?\b\D{0,9})?\d+ words\b",
    re.I,
)
_BRACKETS = (
    re.compile(r"\[([^\[\]]{1,120})\]"),
    re.compile(r"<([^<>]{1,120})>"),
    re.compile(r"(?<!\{)\{([^{}]{1,120})\}(?!\})"),
    re.compile(r"[‹⟨「『]([^‹›⟨⟩「」『』]{1,120})[›⟩」』]"),
)
#: Brackets that stand for nothing else in English.
_HEAVY = re.compile(r"[【〔]([^【】〔〕]{1,120})[】〕]")
_ROUND = re.compile(r"\(([^()]{1,120})\)")
_TO_COME = re.compile(
    r"(?:t\.?b\.?[acdn]\.?|to be (?:confirmed|advised|agreed|decided|determined|completed)(?: by [\w ]+)?)\W*\Z", re.I
)
#: What forms say to their reader, in the middle of a text too.
_SAID_WORDS = re.compile(
    r"\b(?:click|tap)(?: or tap| here)* (?:here )?to (?:enter|add|insert|choose)\b[\w ]*\.?"
    r"|\bchoose an item\b\.?|^\W*(?:choose|select) an? (?:item|option|date)\W*$|\b(?:click|tap) here\b[\w ]*\.?"
    r"|\bdelete (?:as|where|if) (?:not )?(?:appropriate|applicable|necessary|required)\b"
    r"|^\W*(?:enter|type|insert|add|write)\b (?:[\w']+ ){0,4}here\b\.?"
    r"|^\W*(?:insert|add|paste) (?:(?:the|your|an?|trust|organi[sz]ation(?:['’]s|al)?|current) )*"
    r"(?:(?:logo|crest|chart|diagram|organogram|structure|job title)(?: chart)?(?: (?:here|below|above))?)\W*$"
    r"|^\W*please (?:describe|outline|summari[sz]e|insert|specify|list)\b.*"
    r"|^\W*guidance(?: notes?)?\s*[:–-]\s*(?:please|describe|outline|summari[sz]e|insert|specify|list|state)\b.*"
    r"|(?:^\W*|(?:(?<=:)|(?<=\bn\.b\.)|(?<=\bnb))\W{0,9})"
    r"(?:manager|recruiter|hr|panel)s? to (?:complete|insert|fill in|confirm)\W*$"
    r"|\blorem ipsum\b[\w ,.]*"
    r"|\berror! (?:reference source not found|bookmark not defined|unknown document property name)\.?",
    re.IGNORECASE,
)
#: What a paragraph asks for that says nothing else: "Enter job title".
_ORDER = re.compile(r"^\W*(?:please )?(?:insert|enter|type|select|choose|paste)\b (.{2,50}?)\W*$", re.IGNORECASE)
_DAY = re.compile(
    r"\bdd?(?:/mm?/|\.mm?\.|-mm?-| mm? )yy(?:yy)?\b|\b00(?:/00/|\.00\.|-00-)(?:00){1,2}\b|\bxx?/xx?/xx(?:xx)?\b"
    r"|[_.…]{1,4} ?/ ?[_.…]{1,4} ?/ ?(?:20)?[_.…]{1,4}",
    re.IGNORECASE,
)
_CROSSES = re.compile(
    r"(?<!\w)[£$€]?(?:[xX]{3,}|[xX]{2},?[xX]{3})(?!\w)|(?<![\w?])\?{2,}|\(\?\)"
    r"|\[[●•▪■]\]|(?<=[£$€])(?:[●•▪■]|\[[xX]\])|(?<=\w )\[[xX]\](?= [a-z])|(?<=(?i:version|edition) )[xX](?:\.[xX])+"
    r"|(?<!\w)N{4,}(?!\w)|(?<=: )0{4,}(?=\s*$)"
    r"|(?<![\w#])#{3,}(?![\w#])|(?<!\w)(?:X{1,2}|xx)(?= ?(?i:hours?|hrs|wte|days?|weeks?|months?|years?|staff|miles)\b)"
)
_BAND = re.compile(r"(?i:(?<=\bband )|(?<=\bgrade )|(?<=\bband: )|(?<=\bgrade: ))(?:X{1,2}|\?|_{1,2})(?![\w?])")
_LINE = re.compile(r"_{3,}|\.{4,}|…{2,}|_(?: _){3,}|\.(?: \.){3,}")
#: Too little to be a gap, but behind the name of a field.
_LITTLE = re.compile(r"(?:(?<=:)|(?<= [-–—]))\s*(?:\[\s*(?:…|\.{3})?\s*\]|…|£)\s*$")
#: Where a form asks, what it asks for may stand in round brackets: "Reports to: (job title)".
_HINT = re.compile(r"(?<=:)\s*\(([^()]{1,60})\)\s*$")
_CONTENTS = re.compile(r"(?:(?<!\.)\.{4,}|(?<!…)…{2,})\s*\d{1,3}\s*\Z")
_SIGNED = re.compile(
    r"\b(?:counter)?sign(?:s|ed|ature|atures|atory|-off| off)?\b|\bwitness(?:ed)?\b|\binitials?\b", re.I
)
_AGREED = re.compile(r"\b(?:agree[ds]?|agreement|approved|authorised|declaration|confirm(?:ed)?)\b", re.IGNORECASE)
_DATED = re.compile(r"\b(?:dates?|dated|names?)\b", re.IGNORECASE)
_BY_HAND = re.compile(
    r"(?:(?:print(?:ed)?|full|your) )*(?:dates?|dated|names?|ticks?)(?: in)?\W*(?:print(?:ed)?|capitals)?\W*",
    re.IGNORECASE,
)
_EITHER = re.compile(r"(?:(?<!\s)\s+)?/\s*|(?<!\s)\s+or\s+", re.IGNORECASE)
_RULE = 30
_QUOTED = 60
_UNMARKED = frozenset({"none", "white"})
_DASH = re.compile(r"\s[-–—]\s")
_FIRST_PART = re.compile(r"\s[-–—]\s|:\s")
_LABEL = 60
#: Words of the list that are headings and answers as often.
_COMMON = frozenset({"ask", "blank", "check", "dk", "dummy", "empty", "missing", "unknown", "unsure"})
_LIST, _CONTROL = "FORMDROPDOWN", f"{W}sdt"
_FORM_FIELD = re.compile(rf"\b(FORMTEXT|MACROBUTTON|FILLIN|ASK|{_LIST})\b")
_TO_CHOOSE = re.compile(r"\W*(?:please|choose|select|pick|click)\b", re.IGNORECASE)
_ASKED_FIRST = re.compile(rf"^(?:names? of|{_ALWAYS}|{_SOMETIMES}|click|tap|here|the|a|an|your)\b", re.IGNORECASE)
_ASKED_LAST = re.compile(
    r"(?:\b(?:here|names?|no|number|to be confirmed|tbc|as appropriate)|['’]s (?:title|post|name))\W*$", re.IGNORECASE
)


@dataclass(frozen=True)
class _Gap:
    """Words that somebody would have to replace, and what they name."""

    paragraph: Paragraph
    text: str
    name: str = ""


def gaps(part: CheckedPart, placeholders: Placeholders) -> Iterator[Finding]:
    """Every gap of ``part``, each with the field that was probably meant."""
    prompts = dict(_prompts(part))
    for paragraph in part.paragraphs_without_copies:
        for gap in _gaps_in(part, paragraph, placeholders, prompts):
            field = _field_meant(part, paragraph, gap)
            right = tag_for(field) if field else ANY_FIELD
            yield part.warning("left-to-fill", gap, f"'{gap.text}' is {_GAP}: it stays as it is", right)


def _field_meant(part: CheckedPart, paragraph: Paragraph, gap: _Gap) -> str:
    """The field that somebody would fill ``gap`` with; '' where nothing tells it."""
    label = paragraph.text.partition(gap.text)[0].rstrip()
    if label.endswith(":") and (label_field := label_of(re.split(r"[.;\ufffc]|\s{3,}", label)[-1].strip(" :*\t"))):
        return label_field
    if exact_field := _field_named(gap.name, label_of):
        return exact_field
    # "number" is near to the name of many a field, and says nothing of which.
    is_vague = _WANTED_WORDS.fullmatch(gap.name.strip())
    return ("" if is_vague else _field_named(gap.name, field_near)) or _label_of_gap(part, paragraph, gap)


def highlighted(part: CheckedPart) -> Iterator[Finding]:
    """Words that are marked with a highlighter, as forms mark what is to be replaced; tags may be marked."""
    for paragraph in part.paragraphs_without_copies:
        for words in _highlighted_words(paragraph):
            quoted = shorten(words, _QUOTED)
            what = f"'{quoted}' is highlighted, as words to replace are: every document would have them so"
            right = "put a field there, or take the highlighting away: in Word, Home, Text Highlight Color, No Color"
            yield part.warning("highlighted", paragraph, what, right)


def _highlighted_words(paragraph: Paragraph) -> Iterator[str]:
    """Each stretch of highlighted words that are no tags."""
    text, at, words = mask_tags(paragraph.text), 0, ""
    for letters in paragraph.letters:
        plain, at = text[at : at + len(letters.text)].replace("\ufffc", " "), at + len(letters.text)
        run = nearest(letters.element, RUN)
        mark = run.find(f"{W}rPr/{W}highlight") if run is not None else None
        if mark is not None and value(mark) not in _UNMARKED:
            words += plain
            continue
        yield from _words_only(words)
        words = ""
    yield from _words_only(words)


def _words_only(text: str) -> Iterator[str]:
    if any(char.isalnum() for char in text):
        yield " ".join(text.split())


def _gaps_in(
    part: CheckedPart, paragraph: Paragraph, placeholders: Placeholders, prompts: Mapping[Element, tuple[str, str]]
) -> Iterator[_Gap]:
    text = mask_tags(paragraph.text)
    for words, name in _form_fields(paragraph, prompts):
        text = text.replace(words, _mask(words), 1) if words else text
        yield _Gap(paragraph, words or name, name if words else "")
    if not text.strip():
        return
    for pattern, is_gap in _forms(part, paragraph, placeholders):
        for match in list(pattern.finditer(text)):
            if is_gap(match):
                yield _Gap(paragraph, match[0].strip(), match[1] if match.lastindex else "")
                text = f"{text[: match.start()]}{_mask(match[0])}{text[match.end() :]}"
    label, _, answer = text.rpartition(":")
    if not label and (parts := _DASH.split(text, 1))[1:]:  # Reports to – TBC
        label, answer = parts
    may_be_answer = label or answer.strip().casefold() not in _COMMON
    if may_be_answer and _is_word(answer) and placeholders.stand_for(answer):
        yield _Gap(paragraph, answer.strip())


def _forms(
    part: CheckedPart, paragraph: Paragraph, placeholders: Placeholders
) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]]]:
    """Each form of gap, and what tells it from a sound text."""
    for pattern in _BRACKETS:
        yield pattern, lambda match: _is_asked(match[1], placeholders)
    yield _HEAVY, bool
    yield _ROUND, lambda match: bool(_ASKS.match(match[1].strip()) or _TO_COME.match(match[1].strip()))
    yield _SAID_WORDS, bool
    yield _DAY, lambda _: not _is_signed(part, paragraph)
    yield _CROSSES, bool
    yield _BAND, bool
    yield _LINE, lambda match: _is_open(part, paragraph, match)
    yield _LITTLE, lambda match: bool(label_of(match.string[: match.start()].strip(" :*\t-–—")))
    yield _HINT, lambda match: bool(_WANTED_WORDS.fullmatch(match[1].strip()) or label_of(match[1].strip()))
    yield _ORDER, lambda match: bool(_field_named(match[1], label_of))


def _is_asked(inside: str, placeholders: Placeholders) -> bool:
    """Whether what stands in a bracket asks for something, or is the name of a field."""
    words = inside.strip()
    if not any(char.isalpha() or char == "?" for char in words):
        return False
    is_named = bool(_field_named(words, label_of))
    is_asked = _ASKS.match(words) or _TELLS.match(words) or _TOLD_WORDS.match(words) or _WANTED_WORDS.fullmatch(words)
    return is_named or bool(is_asked) or placeholders.stand_for(words)


def _is_open(part: CheckedPart, paragraph: Paragraph, line: re.Match[str]) -> bool:
    """Whether a line of dots or underscores is a gap: not where people sign, in a list of contents, or as a rule."""
    text = line.string
    if _CONTENTS.search(text) or _is_signed(part, paragraph):
        return False
    before = re.split(r"[.;]|\s{2,}|_{3,}", text[: line.start()])[-1]
    is_by_hand = _BY_HAND.fullmatch(before.strip()) or (_DATED.search(before) and _is_agreed(part, paragraph))
    if is_by_hand and not _is_asked_alone(before, part, paragraph):
        return False
    is_gap = bool(before.strip()) or len(line[0]) < _RULE
    return is_gap or _label_of_gap(part, paragraph, _Gap(paragraph, line[0])) != ""


def _is_signed(part: CheckedPart, paragraph: Paragraph) -> bool:
    """Whether people sign there."""
    return part.has_near(paragraph, _SIGNED)


def is_for_people(part: CheckedPart, paragraph: Paragraph, field: str) -> bool:
    """Whether people write there what names ``field``, since they sign there, or agree with their names and the day."""
    return (field == "date" and _is_agreed(part, paragraph)) or _is_signed(part, paragraph)


def _is_agreed(part: CheckedPart, paragraph: Paragraph) -> bool:
    return part.has_near(paragraph, _AGREED)


def _is_asked_alone(before: str, part: CheckedPart, paragraph: Paragraph) -> bool:
    """Whether the words ``before`` a line name a field, which is asked for by itself."""
    field = label_of(before.strip(" :"))
    is_beside_others = field == "date" and len(_LINE.findall(paragraph.text)) > 1
    return bool(field) and not is_beside_others and not is_for_people(part, paragraph, field)


def _is_word(answer: str) -> bool:
    """Whether a text is words, and nothing in brackets, which was looked at already."""
    return not any(char in "\ufffc([<{«" for char in answer) and any(char.isalpha() or char == "?" for char in answer)


def _mask(text: str) -> str:
    """As long as ``text``, and no form of gap."""
    return "\ufffc" * len(text)


def _field_named(words: str, field_of: Callable[[str], str]) -> str:
    """The field that the words of a gap name, told by ``field_of``; '' for none."""
    name = words.strip(" .:*…_?")
    for _ in range(3):
        if field := field_of(name):
            return field
        name = _ASKED_LAST.sub("", _ASKED_FIRST.sub("", name).strip()).strip()
    parts = (name, *_EITHER.split(name), _FIRST_PART.split(name, 1)[0])
    return next((field for each in parts if each and (field := field_of(each))), "")


def _label_of_gap(part: CheckedPart, paragraph: Paragraph, gap: _Gap) -> str:
    """The field that is asked for by what stands before a gap: in its line, in the cell on its left, or above it."""
    before = re.split(r"[.;\ufffc]|\s{3,}", paragraph.text.partition(gap.text)[0].rstrip())[-1]
    for words in (before, _left_of(part, paragraph), _above(paragraph)):
        if words.strip():
            return label_of(words.strip(" :*\t-–—")) if len(words) <= _LABEL else ""
    return ""


def _left_of(part: CheckedPart, paragraph: Paragraph) -> str:
    cell = part.tables.cell_around(paragraph.element)
    return cell.left.text if cell is not None and cell.left is not None else ""


def _above(paragraph: Paragraph) -> str:
    before = paragraph.element.getprevious()
    return text_in(before) if before is not None and before.tag == P else ""


def _prompts(part: CheckedPart) -> Iterator[tuple[Element, tuple[str, str]]]:
    """The content controls that show words only until somebody replaces them, each with these words and its name."""
    for control in part.tree.iter(_CONTROL):
        words = text_in(control)
        is_open = control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None or _is_unchosen(control, words)
        if is_open and words.strip():
            names = (control.find(f"{W}sdtPr/{W}{name}") for name in ("alias", "tag"))
            yield control, (words, next((each.get(f"{W}val") or "" for each in names if each is not None), ""))


def _form_fields(paragraph: Paragraph, prompts: Mapping[Element, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What Word asks for itself: the words of ``prompts`` that ``paragraph`` shows, each with the name of its control;
    and old form fields, with nothing shown."""
    controls = (*paragraph.element.iterancestors(_CONTROL), *paragraph.elements(_CONTROL))
    for words, name in (prompts[control] for control in controls if control in prompts):
        if words in paragraph.text:
            yield words, name
    for field in dict.fromkeys(_unanswered(paragraph)):
        yield "", f"form field ({field})"


def _is_unchosen(control: Element, words: str) -> bool:
    """Whether a list to choose from shows the entry that stands for no choice, such as "Choose a shift"."""
    entries = control.iterfind(f"{W}sdtPr/*/{W}listItem")
    return any(entry.get(f"{W}displayText") == words.strip() and not entry.get(f"{W}value") for entry in entries)


def _is_to_choose(field: Element) -> bool:
    """Whether the list of an old form field, which ``field`` begins, shows an entry that asks for a choice. It shows
    the first where nobody has chosen."""
    (index, *_) = [value(mark) or "0" for mark in field.iterfind(f"{W}ffData/{W}ddList/{W}result")] or ["0"]
    entries = [value(mark) or "" for mark in field.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
    entry = entries[int(index)] if index.isdecimal() and int(index) < len(entries) else ""
    return bool(entries) and (not entry.strip(" -_.") or bool(_TO_CHOOSE.match(entry)))


def _unanswered(paragraph: Paragraph) -> Iterator[str]:
    """The names of Word's old form fields in which nothing stands: an answer in one is text like any other."""
    code = answer = ""
    beginning: Element | None = None
    for element in paragraph.elements(f"{W}fldChar", f"{W}instrText", TEXT):
        if element.tag == f"{W}instrText":
            code += element.text or ""
        elif element.tag == TEXT:
            answer += element.text or ""
        else:
            kind = element.get(f"{W}fldCharType")
            field = _FORM_FIELD.search(code) if kind == "end" and not answer.strip() else None
            if field and (field[1] != _LIST or (beginning is not None and _is_to_choose(beginning))):
                yield field[1]
            beginning = element if kind == "begin" else beginning
            if element.get(f"{W}fldCharType") != "separate":
                code = ""
            answer = ""
