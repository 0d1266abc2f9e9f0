"""Tagged PDF, as assistive technology reads it: what LibreOffice leaves undone is completed.

PDF/UA (ISO 14289-1, 7.1) wants everything on a page to be tagged, or marked as an artifact: as mere decoration.
LibreOffice 7.4 marks the text, but not the rules of tables; it takes each picture for decoration, whose words for those
who cannot see it then belong to nothing; it has headers of columns, but none of rows, and lists whose bullets are text;
it leaves items of a list outside it that come on another page; and what stands in the title as "&" it writes so that a
reader hears "&amp;". Nothing that is seen or searched for is changed otherwise.

What a page paints is looked at as text where that is safe, since all other ways take several times as long: see
:data:`_ODD`.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile, islice
from pathlib import Path

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator

#: What of the document's properties stands in a PDF twice, by the names in its two places.
_TOLD_TWICE = {"/Title": "dc:title", "/Subject": "dc:description"}
# What LibreOffice writes otherwise than it was written.
_ESCAPED = re.compile("[&<>\"']")
# Operators of a page's content (ISO 32000-1, 8.2 and 14.6.1): what begins and ends marked content, what a path is
# made of, what paints it, and what lets it go unpainted.
_BEGIN, _END = frozenset({"BMC", "BDC"}), "EMC"
_PATH = frozenset({"m", "l", "c", "v", "y", "h", "re"})
_PAINT = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_NO_PAINT = "n"
# How LibreOffice begins to paint a picture: it bounds it by its box.
_KEEP, _CLIPPING = frozenset({"q", "Q"}), ("re", "W*", _NO_PAINT)
#: Points by which a picture's box in the tags and the one that bounds it on the page differ less: LibreOffice rounds
#: them apart.
_NEAR = 0.5
#: What the names of styles begin with whose paragraphs head a row, in the templates that come with jdgen.
_ROW_HEADING = "/Table Row Heading"

_Box = tuple[float, float, float, float]
_Instruction = ContentStreamInstruction | ContentStreamInlineImage
_ARTIFACT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END_OF_ARTIFACT = ContentStreamInstruction([], Operator(_END))

# The same operators in a content that is looked at as text.

#: What begins something that may have the letters of an operator in it: words in brackets, a remark, a picture in the
#: content. LibreOffice writes words as figures.
_ODD = (b"(", b"%", b"BI")
_MARK = re.compile(rb"(BMC|BDC|EMC)(?!\S)")
_BEFORE_MARK = b"\n\r >]"
_PAINTING = rb"(?:[fBb]\*?|[SsF])(?!\S)"
_PAINTED = re.compile(rb"(?<!\S)" + _PAINTING)
_PAINTED_PATH = re.compile(rb"(?<!\S)(?:(?:(?:[-+.\d]+\s+){2,6}(?:[mlcvy]|re)|h|W\*?)\s+)+" + _PAINTING)
_WITH_NUMBER = re.compile(rb"/MCID\s+(\d+)\s*>>\s*BDC(?!\S)(.*?)(?<!\S)EMC(?!\S)", re.DOTALL)
# What moves to where words stand, what takes a font, what shows words, and these as figures.
_MOVE = re.compile(rb"(?<!\S)([-+.\d]+)\s+Td(?!\S)")
_FONT = re.compile(rb"(/[^\s/]+)\s+\S+\s+Tf(?![^\s<\[])")
_SHOW = re.compile(rb"(\[[^\]]*\]|<[^>]*>)\s*T[Jj](?!\S)")
_FIGURES = re.compile(rb"<([0-9A-Fa-f\s]*)>")
# Which byte of a font is which character, as LibreOffice writes it (ISO 32000-1, 9.10.3).
_CHARACTER = re.compile(rb"<(\w\w)> <((?:\w{4})+)>")
#: What is a bullet or number beyond doubt: •, 1., 2.1, (a), iv). The first words of an item without one may be short.
_LABEL = re.compile(r"[^\w\s]|\(?(\d+|[A-Za-z]{1,5})(\.\d+)*[.)]|\d+(\.\d+)+")


def complete_tags(pdf: Path) -> bytes:
    """The file ``pdf``, as LibreOffice exports it for PDF/UA, with each picture in the tag that has its words, with
    cells that head a row and labels of list items tagged as such, with what is painted outside all tags marked as
    decoration, and with its title, subject and author as they were written.

    Raises :class:`ValueError` for what is no PDF, or a broken one; ``FileNotFoundError``.
    """
    try:
        return _completed(pdf)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error


def _completed(file: Path) -> bytes:
    with pikepdf.open(file) as pdf:
        elements = _elements(pdf)
        for cell in elements["/TD"]:
            if _heads_row(cell):
                _make_row_header(cell)
        _join_lists(elements["/LI"], pdf)
        _mark_pages(pdf, elements)
        _tell_as_written(pdf)
        stream = io.BytesIO()
        pdf.save(stream, fix_metadata_version=False)
        return stream.getvalue()


def _mark_pages(pdf: pikepdf.Pdf, elements: Mapping[str, Iterable[Dictionary]]) -> None:
    figures = _by_page(figure for figure in elements["/Figure"] if "/Alt" in figure and not figure.get("/K"))
    items = _by_page(elements["/LI"])
    fonts = _Fonts()
    for page in pdf.pages:
        content = _plain_content(page)
        if content is not None and items[page.obj.objgen]:
            _label(items[page.obj.objgen], content, page, pdf, fonts)
        new_content = None if content is None or figures[page.obj.objgen] else _with_marks(content)
        if new_content is None:
            _mark_instructions(figures[page.obj.objgen], page, pdf)
        elif new_content != content:
            page.Contents = pdf.make_stream(new_content)


def _by_page(elements: Iterable[Dictionary]) -> Mapping[tuple[int, int], list[Dictionary]]:
    """``elements`` by the page on which they begin."""
    by_page: dict[tuple[int, int], list[Dictionary]] = defaultdict(list)
    for element in elements:
        by_page[element.Pg.objgen].append(element)
    return by_page


def _tell_as_written(pdf: pikepdf.Pdf) -> None:
    """Write what the document's properties say as it was written."""
    properties = {name: str(pdf.docinfo[name]) for name in (*_TOLD_TWICE, "/Author") if name in pdf.docinfo}
    if not any(map(_ESCAPED.search, properties.values())):
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name, twin in _TOLD_TWICE.items():
            if name in properties:
                metadata[twin] = properties[name]
        if "/Author" in properties:
            metadata["dc:creator"] = [properties["/Author"]]


def _elements(pdf: pikepdf.Pdf) -> Mapping[str, list[Dictionary]]:
    """The elements of the structure of ``pdf`` (ISO 32000-1, 14.7.2) by what they are; none where it has no
    structure."""
    elements: dict[str, list[Dictionary]] = defaultdict(list)
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem:
            elements[str(element.S)].append(element)
    return elements


def _all_of(element: pikepdf.Object, key: str) -> Sequence[pikepdf.Object]:
    """What ``element`` has under ``key``, where it may have one, many or none."""
    value = element.get(key)
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def _heads_row(cell: Dictionary) -> bool:
    """Whether all that is in ``cell`` heads its row."""
    kids = _all_of(cell, "/K")
    return bool(kids) and all(isinstance(kid, Dictionary) and _is_row_heading(kid) for kid in kids)


def _is_row_heading(paragraph: Dictionary) -> bool:
    return str(paragraph.get("/S")).startswith(_ROW_HEADING)


def _make_row_header(cell: Dictionary) -> None:
    cell.S = Name.TH
    cell.A = Array([*_all_of(cell, "/A"), Dictionary(O=Name.Table, Scope=Name.Row)])


def _join_lists(items: Iterable[Dictionary], pdf: pikepdf.Pdf) -> None:
    """Put list ``items`` that are in no list into the one before them: LibreOffice leaves those outside that stand on
    the further page of a row of a table which is divided."""
    holders = {item.P.objgen: item.P for item in items if item.P.S != Name.L}
    for holder in holders.values():
        kids: list[pikepdf.Object] = []
        for kid in _all_of(holder, "/K"):
            if not isinstance(kid, Dictionary) or kid.get("/S") != Name.LI:
                kids.append(kid)
                continue
            if not kids or not isinstance(kids[-1], Dictionary) or kids[-1].get("/S") != Name.L:
                kids.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.L, P=holder, Pg=kid.Pg)))
            kids[-1].K = Array([*_all_of(kids[-1], "/K"), kid])
            kid.P = kids[-1]
        holder.K = Array(kids)


# What is painted outside all tags. A mark may not stand inside a path, so it goes before the first piece of it.


def _plain_content(page: pikepdf.Page) -> bytes | None:
    """What is painted on ``page``, where it can be looked at as text."""
    contents = page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Stream):
        return None
    content = contents.read_bytes()
    return None if any(odd_start in content for odd_start in _ODD) else content


def _with_marks(content: bytes) -> bytes | None:
    """``content`` with each path outside all tags marked as an artifact; nothing where it is written in a way that is
    not known here."""
    pieces = _MARK.split(content)
    depth = 0
    for at, piece in enumerate(pieces):
        if at % 2:
            depth += -1 if piece == b"EMC" else 1
            if pieces[at - 1][-1:] not in _BEFORE_MARK:
                return None
        elif not depth and (painted_count := len(_PAINTED.findall(piece))):
            pieces[at], marked_count = _PAINTED_PATH.subn(rb"/Artifact BMC\n\g<0>\nEMC", piece)
            if marked_count != painted_count:
                return None
    return b"".join(pieces)


def _mark_instructions(figures: Sequence[Dictionary], page: pikepdf.Page, pdf: pikepdf.Pdf) -> None:
    """The same, instruction by instruction; and each of the ``figures`` of ``page`` gets the picture that is its."""
    instructions = pikepdf.parse_content_stream(page)
    with_artifacts = list(_with_artifacts(instructions))
    is_filled = _fill(figures, with_artifacts, page, pdf)
    if is_filled or len(with_artifacts) > len(instructions):
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(with_artifacts))


def _with_artifacts(instructions: Iterable[_Instruction]) -> Iterator[_Instruction]:
    depth = 0
    path: list[_Instruction] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        depth += (operator in _BEGIN) - (operator == _END)
        if depth or not (path or operator in _PATH):
            yield instruction
            continue
        path.append(instruction)
        if operator in _PAINT:
            yield from (_ARTIFACT, *path, _END_OF_ARTIFACT)
            path = []
        elif operator == _NO_PAINT:  # it only bounds what is painted after it
            yield from path
            path = []
    yield from path


# The labels of list items, which LibreOffice leaves in their text.


class _Fonts:
    """The characters of fonts, each read once for all pages."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Mapping[int, str]] = {}

    def characters(self, font: pikepdf.Object) -> Mapping[int, str]:
        """The character of each byte in ``font``."""
        if font.objgen not in self._read:
            table = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
            self._read[font.objgen] = {
                int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
                for code, text in _CHARACTER.findall(table)
            }
        return self._read[font.objgen]


def _label(items: Iterable[Dictionary], content: bytes, page: pikepdf.Page, pdf: pikepdf.Pdf, fonts: _Fonts) -> None:
    """Give each of the list ``items`` that begin on ``page`` its label: what is painted first of it, where that is
    beyond doubt its bullet or number, as something short beside the text."""
    content_by_number = {int(number): words for number, words in _WITH_NUMBER.findall(content)}
    fonts_by_name = page.Resources.get("/Font", Dictionary())
    on_page: Array | None = None
    for item in items:
        paragraph = _first_paragraph(item)
        first, second, *_ = (*_all_of(paragraph, "/K"), None, None)
        if not isinstance(first, int) or not isinstance(second, int) or paragraph.get("/Pg") != page.obj:
            continue
        if _is_label(content_by_number.get(first, b""), content_by_number.get(second, b""), fonts_by_name, fonts):
            if on_page is None:
                on_page = _elements_on(page, pdf)
            label = pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Lbl, P=item, Pg=page.obj, K=Array([first]))
            )
            item.K = Array([label, *_all_of(item, "/K")])
            del paragraph.K[0]
            on_page[first] = label


def _first_paragraph(item: Dictionary) -> Dictionary:
    """The first paragraph of a list item that has no label yet."""
    bodies = _all_of(item, "/K")
    inside = _all_of(bodies[0], "/K") if len(bodies) == 1 and isinstance(bodies[0], Dictionary) else []
    return inside[0] if inside and isinstance(inside[0], Dictionary) else Dictionary()


def _is_label(first: bytes, second: bytes, fonts_by_name: pikepdf.Object, fonts: _Fonts) -> bool:
    """Whether what is painted ``first`` is the label of what comes ``second``, in the fonts that a page has."""
    words, lines, font_names = _SHOW.findall(first), _MOVE.findall(first), _FONT.findall(first)
    if len(words) != 1 or len(font_names) != 1 or not lines or lines[-1:] != _MOVE.findall(second)[:1]:
        return False
    if (font := fonts_by_name.get(font_names[0].decode())) is None:  # a page may lack a font that it paints with
        return False
    characters = fonts.characters(font)
    codes = bytes.fromhex(b"".join(_FIGURES.findall(words[0])).decode())
    return bool(_LABEL.fullmatch("".join(characters.get(code, " ") for code in codes)))


# The pictures.


def _fill(
    figures: Sequence[Dictionary], instructions: list[_Instruction], page: pikepdf.Page, pdf: pikepdf.Pdf
) -> bool:
    """Put into each of the ``figures`` of ``page`` the picture that belongs to it, where that is beyond doubt: the only
    one in its box, which is no other figure's. Whether there was any; it is marked so in ``instructions`` then."""
    pictures = list(_pictures(instructions)) if figures else []
    near = [(at, index) for at, figure in enumerate(figures) for index, box in pictures if _is_near(box, _box(figure))]
    pairs = [
        (at, index)
        for at, index in near
        if sum(at == at_other or index == index_other for at_other, index_other in near) == 1
    ]
    for at, index in pairs:
        on_page = _elements_on(page, pdf)
        number = len(on_page)
        on_page.append(figures[at])
        figures[at].K = Array([number])
        instructions[index] = ContentStreamInstruction([Name.Figure, Dictionary(MCID=number)], Operator("BDC"))
    return bool(pairs)


def _elements_on(page: pikepdf.Page, pdf: pikepdf.Pdf) -> Array:
    """What element each piece of marked content on ``page`` belongs to, by its number (ISO 32000-1, 14.7.4.4). A page
    of pictures alone has none yet."""
    pages = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    if "/StructParents" not in page:
        page.StructParents = max(pages, default=-1) + 1
        pages[int(page.StructParents)] = Array()
    on_page = pages[int(page.StructParents)]
    assert isinstance(on_page, Array)
    return on_page


def _pictures(instructions: Sequence[_Instruction]) -> Iterator[tuple[int, _Box]]:
    """Each picture that is marked as mere decoration: at which instruction it begins, and the box that bounds it."""
    for index, instruction in enumerate(instructions):
        if str(instruction.operator) == "BMC" and instruction.operands == [Name.Artifact]:
            following = dropwhile(
                lambda instruction: str(instruction.operator) in _KEEP, islice(instructions, index + 1, None)
            )
            bounding = list(islice(following, len(_CLIPPING)))
            if tuple(str(instruction.operator) for instruction in bounding) == _CLIPPING:
                left, bottom, width, height = map(float, bounding[0].operands)
                yield index, (left, bottom, left + width, bottom + height)


def _box(figure: Dictionary) -> _Box | None:
    """Where on its page a figure is, as its attributes say."""
    for attributes in _all_of(figure, "/A"):
        if isinstance(attributes, Dictionary) and "/BBox" in attributes:
            left, bottom, right, top = map(float, attributes.BBox)
            return left, bottom, right, top
    return None


def _is_near(box: _Box, other: _Box | None) -> bool:
    return other is not None and all(abs(a - b) < _NEAR for a, b in zip(box, other, strict=True))
