"""A template for an organisation to start from: a shipped one, with the sections it chooses, in its name and colours.

First what an organisation chooses, and what is wrong with a choice; then the template that is made of it. The shipped
templates are Word files like any other. What is known of them here is where their sections begin, which name stands for
the organisation's, and their two colours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from jdgen.drafting.model import LARGEST_PICTURE, Picture
from jdgen.errors import JdgenError, Problem, did_you_mean, refuse
from jdgen.record.digests import PROPERTIES
from jdgen.record.writing import PROPERTIES_RELATION, TYPES, organisation_properties
from jdgen.template.checks.accessibility import contrast
from jdgen.template.picture import fitted_size
from jdgen.word.file import File
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import Element, W, parse, remove, serialise, text_in
from jdgen.words import in_one_line
from jdgen.workspace import TEMPLATES, shipped_folder

#: The names of sections, in the order in which documents have them.
ORDER = (
    *("details", "about", "values", "purpose", "dimensions", "organisation-chart", "relationships", "complexity"),
    *("role-category", "duties", "work", "decisions", "training", "demands", "requirements"),
    *("entry-routes", "qualifications"),
    *("statements", "person-specification", "agreement", "source"),
)
#: The section beside those that shows the picture of the post.
POST_PICTURE = "post-picture"
# Without these a document does not say which post it is about.
_NEEDED = ("details",)
_COLOR = re.compile(r"#?([0-9A-Fa-f]{6})")
#: The colours of the shipped templates: for the title, headings and the heading rows of tables, and for sub-headings
#: and rules. NHS Dark Blue and NHS Blue (NHS identity guidelines); 11.9 and 6.4 to 1 on white.
STRONG, ACCENT = "003087", "005EB8"
#: What text in them stands on; the pale one is that of the first column of tables.
WHITE, PALE_GREY = "FFFFFF", "E8EDEE"
#: The least contrast of text with its ground at level AA of WCAG 2, for text of any size.
LEAST = 4.5
_STEPS = 100
_LONGEST_TEXT = 250
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class StarterChoices:
    """What ``jdgen template new`` is told. Colours are written ``#005EB8``; none are the NHS's own.

    ``picture`` is the content of a PNG or JPEG file, and ``alt_text`` what it shows. ``without`` and ``added`` name
    sections.
    """

    organisation: str
    kind: str = "job-description"
    color: str | None = None
    accent: str | None = None
    picture: bytes | None = None
    alt_text: str | None = None
    without: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def colors(self) -> Mapping[str, str]:
        """What stands in the place of each colour of the shipped templates, as six hexadecimal digits. The accent is
        the main colour where only that is chosen."""
        accent = self.accent or self.color
        return {
            STRONG: _digits(self.color) if self.color else STRONG,
            ACCENT: _digits(accent) if accent else ACCENT,
        }


def _choice_problems(choices: StarterChoices) -> Iterator[Problem]:
    """Everything that is wrong with ``choices``."""
    yield from _brand_problems(choices)
    yield from _section_problems(choices)


def _brand_problems(choices: StarterChoices) -> Iterator[Problem]:
    """What is wrong with name, colours and picture."""
    yield from _text_problems("--organisation", choices.organisation, "write the name of the organisation")
    # The main colour is read in the pale first column of tables as well as on white.
    yield from color_problems("--colour", choices.color, PALE_GREY, "the pale first column of tables")
    yield from color_problems("--accent", choices.accent, WHITE, "white")
    if choices.picture is None:
        if choices.alt_text is not None:
            yield Problem("--alt-text", "describes no picture", "name the picture with --picture")
        return
    right = "say in a few words what the picture shows, such as 'North Moorshire NHS Trust'"
    yield from _text_problems("--alt-text", choices.alt_text or "", right)
    if not choices.picture.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        yield Problem("--picture", "is not a picture that Word can show", "use a PNG or JPEG file")
    if len(choices.picture) > LARGEST_PICTURE:
        what = f"has {len(choices.picture) // 1000} kB, which every document would carry"
        yield Problem("--picture", what, f"make it smaller than {LARGEST_PICTURE // 1000} kB")


def _section_problems(choices: StarterChoices) -> Iterator[Problem]:
    if choices.kind not in TEMPLATES:
        yield Problem("--from", f"unknown template '{choices.kind}'", did_you_mean(choices.kind, TEMPLATES))
    sections = (*ORDER, POST_PICTURE)
    for where, names in (("--without", choices.without), ("--with", choices.added)):
        for name in names:
            if name not in sections:
                yield Problem(where, f"unknown section '{name}'", did_you_mean(name, sections))
    if choices.picture is not None and POST_PICTURE in choices.added:
        what = "the picture of the post would stand beside the template's own"
        yield Problem("--with", what, f"leave out '{POST_PICTURE}' or --picture")
    for name in choices.without:
        if name in _NEEDED:
            yield Problem("--without", f"a template needs the section '{name}'", "delete single rows of it in Word")
        if name in choices.added:
            yield Problem("--without", f"'{name}' is named in --with too", "leave out one of the two")


def _text_problems(where: str, text: str, right: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(where, "is empty", right)
    if "{" in text or "}" in text:
        yield Problem(where, "holds a brace, which begins a tag", "write it without { and }")
    if _UNPRINTABLE.search(text):
        yield Problem(where, "holds a character that no document can show", "write it in one line of plain text")
    if len(text) > _LONGEST_TEXT:
        yield Problem(where, f"has {len(text)} characters", f"use at most {_LONGEST_TEXT}")


def color_problems(where: str, typed_color: str | None, ground: str, ground_name: str) -> Iterator[Problem]:
    """What is wrong with a colour that people write (``#005EB8``), beside the colour ``ground`` (six digits)."""
    if typed_color is None:
        return
    if not _COLOR.fullmatch(typed_color):
        yield Problem(where, f"'{typed_color}' is no colour", "write # and six hexadecimal digits, such as '#005EB8'")
        return
    color = _digits(typed_color)
    if (ratio := contrast(color, ground)) < LEAST:
        # Rounded down: a colour that just fails must not be said to have the contrast that it lacks.
        what = f"text in '#{color}' has a contrast of {int(ratio * 10) / 10} to 1 on {ground_name}"
        yield Problem(where, what, f"at least {LEAST} to 1 (WCAG AA), such as '#{darken(color, ground)}'")


def _digits(color: str) -> str:
    return color.removeprefix("#").upper()


def darken(color: str, ground: str) -> str:
    """``color``, or the nearest darker shade of it that can be read on the light colour ``ground``."""
    shades = (_shade(color, step) for step in range(_STEPS, -1, -1))
    return next(shade for shade in shades if contrast(shade, ground) >= LEAST)


def _shade(color: str, step: int) -> str:
    return "".join(f"{int(color[start : start + 2], 16) * step // _STEPS:02X}" for start in (0, 2, 4))


# The template itself.

# How the first paragraph of each section begins, in the order of each template.
_OF_JOB_DESCRIPTION = {
    "details": "Job details",
    "about": "About the organisation",
    "values": "Our values",
    "purpose": "Job purpose",
    "dimensions": "Dimensions",
    "relationships": "Key working relationships",
    "duties": "Main duties and responsibilities",
    "work": "How the work is done",
    "decisions": "Decisions and autonomy",
    "training": "Training and skills",
    "demands": "Effort and environment",
    "statements": "{%p if clauses %}",
    "person-specification": "Person specification",
    "agreement": "Agreement",
    "source": "About this document",
}
# It has the organisation chart too, and the agreement stands last in it.
_OF_BOTH = {**_OF_JOB_DESCRIPTION, "organisation-chart": "Organisation chart"}
_OF_SIDE_BY_SIDE = {name: _OF_BOTH[name] for name in ORDER if name in _OF_BOTH and name != "agreement"}
_OF_SIDE_BY_SIDE["agreement"] = _OF_BOTH["agreement"]
# It begins as forms of NHS Scotland do.
_OF_NUMBERED = {
    name: {**_OF_BOTH, "details": "Job identification", "duties": "Main duties"}[name]
    for name in (
        *("details", "purpose", "dimensions", "organisation-chart", "about", "values", "duties", "work", "decisions"),
        *("relationships", "training", "demands", "statements", "person-specification", "source", "agreement"),
    )
}
_BEGINNINGS: Mapping[str, Mapping[str, str]] = {
    "job-description": _OF_JOB_DESCRIPTION,
    "job-description-side-by-side": _OF_SIDE_BY_SIDE,
    "job-description-numbered": _OF_NUMBERED,
    "person-specification": {
        "details": "Job details",
        "person-specification": "Criteria",
        "source": "About this document",
    },
    "role-profile": {
        "source": "The text is drawn from",
        "details": "Role details",
        "complexity": "{%p if complexity_narrative %}",
        "role-category": "{%p if role_category_statements %}",
        "duties": "Main duties and responsibilities",
        "requirements": "{%p if requirements %}",
        "entry-routes": "{%p if entry_routes %}",
        "qualifications": "{%p if qualifications %}",
    },
}
# Sections whose heading is one level lower while they stand below another.
_BELOW = {"values": "about"}
# {%p if picture %}, {{ picture }} and {%p endif %}, which stand above the title.
_PICTURE_BLOCKS = 3
_DOCUMENT = "word/document.xml"
_PARTS_WITH_NAME = (_DOCUMENT, "word/header1.xml", "word/header2.xml")
_COLORED = ("word/styles.xml", "word/theme/theme1.xml")
_PICTURE_ID = "rIdOrganisation"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def starter(choices: StarterChoices) -> bytes:
    """The Word file; equal choices give equal bytes.

    Raises :class:`JdgenError` with every choice that cannot be met.
    """
    refuse(_choice_problems(choices))
    organisation = in_one_line(choices.organisation)
    parts = _shipped(choices.kind)
    parts[_DOCUMENT] = _with_sections(parts[_DOCUMENT], choices)
    for name in _PARTS_WITH_NAME:
        parts[name] = parts[name].replace(b"{{ employer }}", escape(organisation).encode())
    for name in _COLORED:
        parts[name] = _recolour(parts[name], choices.colors)
    if choices.picture is not None:
        _add_picture(parts, choices.picture, " ".join((choices.alt_text or "").split()))
    _add_name(parts, organisation)
    return File.of(parts).to_bytes()


def _shipped(kind: str) -> dict[str, bytes]:
    """The parts of the shipped template of ``kind``."""
    return File.read((shipped_folder() / "templates" / f"{kind}.docx").read_bytes()).contents()


# Sections: blocks (paragraphs and tables) from where one begins to where the next one does.


def _with_sections(xml: bytes, choices: StarterChoices) -> bytes:
    """The text with the sections that are chosen, and without the picture of the post where that is not to be shown."""
    root = parse(xml)
    body = root[0]
    top, sections = _divide(body, choices.kind)
    for other in TEMPLATES if choices.added else ():
        for name, blocks in _divide(parse(_shipped(other)[_DOCUMENT])[0], other)[1].items():
            sections.setdefault(name, _numbered_as(choices.kind, blocks))
    names = _section_names(choices)
    for name, upper in _BELOW.items():
        if name in names and upper not in names:
            _raise_heading(sections[name][0])
    shows_post = choices.picture is None and POST_PICTURE not in choices.without
    title = top if shows_post else top[_PICTURE_BLOCKS:]
    body[:-1] = [*title, *(block for name in names for block in sections[name])]
    declaration, _, _ = xml.partition(b"<w:document")
    return declaration + serialise(root).encode()


def _divide(body: Element, kind: str) -> tuple[list[Element], dict[str, list[Element]]]:
    """What stands above the sections of the shipped template of ``kind``, and the blocks of each."""
    blocks: list[Element] = []
    top = blocks
    sections: dict[str, list[Element]] = {}
    coming = list(_BEGINNINGS[kind].items())
    for block in list(body)[:-1]:  # after the last stands the form of the page
        if coming and text_in(block).startswith(coming[0][1]):
            name, _ = coming.pop(0)
            blocks = sections[name] = []
        blocks.append(block)
    assert not coming, f"{kind}.docx has every section"
    return top, sections


def _section_names(choices: StarterChoices) -> list[str]:
    """The names of the sections, in their order: what is put in stands after the last that comes before it in
    :data:`ORDER`."""
    names = [name for name in _BEGINNINGS[choices.kind] if name not in choices.without]
    for rank, name in enumerate(ORDER):
        if name in choices.added and name not in names:
            place = max((at for at, other in enumerate(names, 1) if ORDER.index(other) < rank), default=0)
            names.insert(place, name)
    return names


def _numbered_as(kind: str, blocks: list[Element]) -> list[Element]:
    """``blocks`` of another template, numbered as that of ``kind`` is: in one all headings have numbers by their
    styles."""
    if kind == "job-description-numbered":
        for number in [number for block in blocks for number in block.iter(f"{W}numPr")]:
            remove(number)
    return blocks


def _raise_heading(paragraph: Element) -> None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    assert style is not None, "every paragraph of a shipped template names its style"
    style.set(f"{W}val", "Heading1")


# The look, the name and the picture.


def _recolour(xml: bytes, colors: Mapping[str, str]) -> bytes:
    return re.sub("|".join(colors).encode(), lambda match: colors[match[0].decode()].encode(), xml)


def _add_name(parts: dict[str, bytes], organisation: str) -> None:
    """Have the properties of the file say whose name is in it."""
    parts[PROPERTIES] = organisation_properties(organisation)
    part, content_type = TYPES[0]
    _insert(parts, CONTENT_TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{content_type}"/>')
    relation = f'<Relationship Id="rId3" Type="{PROPERTIES_RELATION}" Target="{PROPERTIES}"/>'
    _insert(parts, "_rels/.rels", "</Relationships>", relation)


def _add_picture(parts: dict[str, bytes], content: bytes, alt_text: str) -> None:
    """Have every document show the picture above its title, whatever its post says."""
    try:
        width, height = fitted_size(Picture(content, alt_text))
    except JdgenError as error:
        raise JdgenError(Problem("--picture", each.what, each.right) for each in error.problems) from error
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    name = f"media/organisation.{kind}"
    parts[f"word/{name}"] = content
    _insert(parts, CONTENT_TYPES, "<Override", f'<Default Extension="{kind}" ContentType="image/{kind}"/>')
    relation = f'<Relationship Id="{_PICTURE_ID}" Type="{_OFFICE}/image" Target="{name}"/>'
    _insert(parts, "word/_rels/document.xml.rels", "</Relationships>", relation)
    paragraph = _picture_paragraph(quoteattr(alt_text), f'cx="{int(width)}" cy="{int(height)}"')
    _insert(parts, _DOCUMENT, '<w:p><w:pPr><w:pStyle w:val="DocumentLabel"/>', paragraph)


def _insert(parts: dict[str, bytes], name: str, before: str, xml: str) -> None:
    """Put ``xml`` into a part, in front of the first ``before``."""
    parts[name] = parts[name].replace(before.encode(), (xml + before).encode(), 1)


def _picture_paragraph(description: str, size: str) -> str:
    """A paragraph that shows the picture, in the style that templates have for one."""
    namespaces = f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
    attributes = f'id="1" name="Organisation" descr={description}'
    shape = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    graphic = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr {attributes}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="'
        f'{_PICTURE_ID}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>{shape}</pic:spPr></pic:pic>'
    )
    return (
        '<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline {namespaces} xmlns:r="{_OFFICE}"><wp:extent {size}/><wp:docPr {attributes}/>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture">{graphic}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
