"""Which texts are titles, and of what: of a specialism, of a part of a role, of a part of the publication, or only of
levels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jdgen.importing.column_meaning import Head, names_part, plain
from jdgen.importing.grid import Cell, CellPlace, Grid, Prose
from jdgen.importing.heads import is_plain
from jdgen.importing.lines import is_figure
from jdgen.levels import Scale

#: Words that a title has at most, where the file does not say that it is one.
_LONGEST_TITLE = 12
_NUMBERING = re.compile(r"^\d+(?:\.\d+)*\.?[)]?\s+")
_CONTINUED = re.compile(r"(?<!\s)\s*+(?:[-–—:,]\s*+)?[(\[]?\bcont(?:inued|['’]d|d|\.)[.)\]]*$", re.IGNORECASE)


#: What a publication says of itself: whose it is, its version and its dates.
_NOTICE = re.compile(
    r"©|\(c\)|copyright|all rights reserved|confidential|^page \d|^(?:draft )?version\b|^v\d|^(?:draft|final)$"
    r"|^(?:approved|compiled|created|issued|maintained|owned|prepared|produced|published|reviewed|written) by\b"
    r"|^(?:(?:date|last|next|first) )?(?:approved|created|issued?|published|reviewe?d?|revised|updated?)\b.*\d{4}",
    re.IGNORECASE,
)


def is_notice(text: str) -> bool:
    """Whether a text says something of the publication: "Last updated: May 2024"."""
    return bool(_NOTICE.search(text))


def heading_among(prose: Iterable[Prose], scale: Scale) -> Prose | None:
    """The last of the paragraphs above a table that is a heading, else the last that looks like one. A level of
    ``scale`` is the title of nothing."""
    prose = [paragraph for paragraph in prose if is_figure(paragraph.text) or not is_plain(paragraph.text, scale)]
    headings = [paragraph for paragraph in prose if paragraph.is_heading]
    short = [
        paragraph
        for paragraph in prose
        if len(paragraph.text.split()) <= _LONGEST_TITLE and paragraph.text[-1] not in ".:;!?"
    ]
    short = [paragraph for paragraph in short if not is_notice(paragraph.text)]
    return next(reversed(headings or short), None)


#: What stands above parts of a publication that are about itself.
_FRONT_MATTER = re.compile(
    r"(?:introduction|foreword|(?:table of )?contents|background|context|purpose|aims?|scope|overview"
    r"|acknowledge?ments?|(?:executive )?summary|glossary|key|legend|read ?me|instructions"
    r"|(?:document|version) (?:control|history)"
    r"|about (?:this|the|our)\b.*|(?:how to|using) .*\b(?:it|framework|document|workbook|matrix|tool|guide)"
    r"|what is (?:this|the)\b.*)[:.?!]*"
)


def is_front_matter(text: str) -> bool:
    """Whether a title is that of a part of a publication that is about the publication itself, and so no role's."""
    return bool(_FRONT_MATTER.fullmatch(plain(bare_title(text))))


def without_continued(title: str) -> str:
    """A title without what says that it goes on from another page."""
    return _CONTINUED.sub("", title)


def bare_title(title: str) -> str:
    """A title without the number that stands before it, and without what says that it goes on from another page."""
    return without_continued(_NUMBERING.sub("", title))


#: What stands above levels that only says what they are.
_KIND_OF_LEVELS = re.compile(
    r"(?:nhs |(?:afc|agenda for change|pay|career|role|job|skill|capability|competenc[ey]|proficiency) )*"
    r"(?:bands?|levels?|grades?|stages?|tiers?)(?: of \w+)?(?: ?\([^()]*\))?:?"
)


def says_what_levels_are(text: str, head: Head) -> bool:
    """Whether a text beside or above levels names only the kind of them: "AfC bands"."""
    words = () if head.is_list else (plain(head.scale.word), plain(head.scale.words))
    return plain(text) in words or bool(_KIND_OF_LEVELS.fullmatch(plain(text)))


def is_sentence(cell: Cell) -> bool:
    """Whether a text is longer than a title is, or ends as a sentence does."""
    return len(cell.text.split()) > _LONGEST_TITLE or cell.text.endswith(".")


#: The four pillars of practice. One of them may be the name of a specialism; under two or more stand parts of one.
_PILLAR = re.compile(
    r"(?:pillar (?:\d|one|two|three|four)\W+)?(?:clinical practice|(?:leadership|management)(?: and \w+)?"
    r"|(?:facilitati(?:on of|ng) )?(?:education|learning)(?: and \w+)?|(?:evidence, )?research(?: and \w+)?)"
)
#: Titles of parts of a role that are counted: "Domain 1: Caring".
_NUMBERED_PART = re.compile(
    r"(domain|pillar|theme|(?:key )?area|section|part|standard|capability|competenc[ey]|cluster|dimension|element) (?:"
    r"\d{1,2}|[a-z]|[ivx]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)


def headings_of_chapters(blocks: Iterable[Grid | Prose]) -> dict[CellPlace, Prose]:
    """The headings under which headings above tables stand, by the places of these, where it is those that name the
    specialisms: the same title stands under several of them, or says only which part of a role the table has."""
    path: dict[float, Prose] = {}
    above: list[tuple[Prose, Prose]] = []
    for block in blocks:
        if isinstance(block, Prose):
            if block.depth:
                path = {depth: heading for depth, heading in path.items() if depth < block.depth} | {block.depth: block}
        elif len(path) > 1:
            *_, chapter, heading = (path[depth] for depth in sorted(path))
            above.append((chapter, heading))
    titles: dict[tuple[float, str], set[CellPlace]] = {}
    for chapter, heading in above:
        titles.setdefault((heading.depth, plain(bare_title(heading.text))), set()).add(chapter.place)
    parts = {depth for (depth, title), chapters in titles.items() if len(chapters) > 1 or names_part(title)}
    pillars = [depth for depth, title in titles if _PILLAR.fullmatch(title)]
    parts |= {depth for depth in pillars if pillars.count(depth) > 1}
    numbered_parts = [(depth, match[1].casefold()) for depth, title in titles if (match := _NUMBERED_PART.match(title))]
    parts |= {depth for depth, word in numbered_parts if numbered_parts.count((depth, word)) > 1}
    return {heading.place: chapter for chapter, heading in above if heading.depth in parts}
