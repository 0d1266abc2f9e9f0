"""Tagged PDF, as assistive technology reads it: what LibreOffice leaves undone is completed.

PDF/UA (ISO 14289-1, 7.1) wants everything on a page to be tagged, or marked as an artifact: as mere decoration.
LibreOffice 7.4 marks the text, but not the rules of tables; it takes each picture for decoration, whose words for those
who cannot see it then belong to nothing; it has headers of columns, but none of rows; and what stands in the title as
"&" it writes so that a reader hears "&amp;". Nothing that is seen or searched for is changed otherwise.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, islice

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator

#: What of the document's properties stands in a PDF twice, by the names in its two places.
_TOLD_TWICE = {"/Title": "dc:title", "/Subject": "dc:description"}
# Operators of a page's content (ISO 32000-1, 8.2 and 14.6.1): what begins and ends marked content, what a path is
# made of, what paints it, and what lets it go unpainted.
_BEGIN, _END = frozenset({"BMC", "BDC"}), "EMC"
_PATH = frozenset({"m", "l", "c", "v", "y", "h", "re"})
_PAINT = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_NO_PAINT = "n"
# How LibreOffice begins to paint a picture: it bounds it by its box.
_KEEP, _BOUND = frozenset({"q", "Q"}), ("re", "W*", _NO_PAINT)
#: Points by which a picture's box in the tags and the one that bounds it on the page differ less: LibreOffice rounds
#: them apart.
_NEAR = 0.5
#: What the names of styles begin with whose paragraphs head a row, in the templates that come with jdgen.
_ROW_HEADING = "/Table Row Heading"

_Box = tuple[float, float, float, float]
_Instruction = ContentStreamInstruction | ContentStreamInlineImage
_ARTIFACT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END_OF_ARTIFACT = ContentStreamInstruction([], Operator(_END))


def complete_tags(content: bytes) -> bytes:
    """The PDF ``content``, as LibreOffice exports it for PDF/UA, with each picture in the tag that has its words, with
    cells that head a row tagged as such, with what is painted outside all tags marked as decoration, and with its
    title, subject and author as they were written.

    Raises :class:`ValueError` for what is no PDF, or a broken one.
    """
    try:
        return _completed(content)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error


def _completed(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        elements = list(_elements(pdf))
        for element in elements:
            if Name.TD == element.S and _heads_row(element):
                _make_row_header(element)
        _mark_pages(pdf, [each for each in elements if Name.Figure == each.S and "/Alt" in each and not each.get("/K")])
        _tell_as_written(pdf)
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()


def _mark_pages(pdf: pikepdf.Pdf, empty_figures: Iterable[Dictionary]) -> None:
    figures: dict[tuple[int, int], list[Dictionary]] = defaultdict(list)
    for figure in empty_figures:
        figures[figure.Pg.objgen].append(figure)
    for page in pdf.pages:
        painted = pikepdf.parse_content_stream(page)
        marked = list(_with_artifacts(painted))
        is_filled = _fill(figures[page.obj.objgen], marked, page, pdf)
        if is_filled or len(marked) > len(painted):
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(marked))


def _tell_as_written(pdf: pikepdf.Pdf) -> None:
    """Write what the document's properties say as it was written."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name, twin in _TOLD_TWICE.items():
            if name in pdf.docinfo:
                metadata[twin] = str(pdf.docinfo[name])
        if "/Author" in pdf.docinfo:
            metadata["dc:creator"] = [str(pdf.docinfo["/Author"])]


def _with_artifacts(instructions: Iterable[_Instruction]) -> Iterator[_Instruction]:
    """What is painted on a page, with each path outside all tags marked as an artifact. A mark may not stand inside a
    path, so it goes before the first piece of it."""
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


def _elements(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Every element of the structure of ``pdf`` (ISO 32000-1, 14.7.2); none where it has no structure."""
    waiting: list[pikepdf.Object] = [pdf.Root.get("/StructTreeRoot", Dictionary())]
    while waiting:
        for kid in _all_of(waiting.pop(), "/K"):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield kid
                waiting.append(kid)


def _all_of(element: pikepdf.Object, key: str) -> Sequence[pikepdf.Object]:
    """What ``element`` has under ``key``, where it may have one, many or none."""
    value = element.get(key, Array())
    return list(value) if isinstance(value, Array) else [value]


def _heads_row(cell: Dictionary) -> bool:
    """Whether all that is in ``cell`` heads its row."""
    kids = _all_of(cell, "/K")
    kinds = [str(kid.get("/S")) if isinstance(kid, Dictionary) else "" for kid in kids]
    return bool(kinds) and all(kind.startswith(_ROW_HEADING) for kind in kinds)


def _make_row_header(cell: Dictionary) -> None:
    cell.S = Name.TH
    cell.A = Array([*_all_of(cell, "/A"), Dictionary(O=Name.Table, Scope=Name.Row)])


def _fill(figures: Sequence[Dictionary], marked: list[_Instruction], page: pikepdf.Page, pdf: pikepdf.Pdf) -> bool:
    """Put into each of the ``figures`` of ``page`` the picture that belongs to it, where that is beyond doubt: the only
    one in its box, which is no other figure's. Whether there was any; it is marked so in ``marked`` then."""
    pictures = list(_pictures(marked)) if figures else []
    near = [(at, index) for at, figure in enumerate(figures) for index, box in pictures if _is_near(box, _box(figure))]
    sure = [(at, index) for at, index in near if sum(at == one or index == other for one, other in near) == 1]
    for at, index in sure:
        on_page = _elements_on(page, pdf)
        number = len(on_page)
        on_page.append(figures[at])
        figures[at].K = Array([number])
        marked[index] = ContentStreamInstruction([Name.Figure, Dictionary(MCID=number)], Operator("BDC"))
    return bool(sure)


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


def _pictures(marked: Sequence[_Instruction]) -> Iterator[tuple[int, _Box]]:
    """Each picture that is marked as mere decoration: where in ``marked`` it begins, and the box that bounds it."""
    for index, instruction in enumerate(marked):
        if str(instruction.operator) == "BMC" and instruction.operands == [Name.Artifact]:
            begun = dropwhile(lambda each: str(each.operator) in _KEEP, islice(marked, index + 1, None))
            bound = list(islice(begun, len(_BOUND)))
            if tuple(str(each.operator) for each in bound) == _BOUND:
                left, bottom, width, height = map(float, bound[0].operands)
                yield index, (left, bottom, left + width, bottom + height)


def _box(figure: Dictionary) -> _Box | None:
    """Where on its page a figure is, as its attributes say."""
    for attributes in _all_of(figure, "/A"):
        if isinstance(attributes, Dictionary) and "/BBox" in attributes:
            left, bottom, right, top = map(float, attributes.BBox)
            return left, bottom, right, top
    return None


def _is_near(one: _Box, other: _Box | None) -> bool:
    return other is not None and all(abs(a - b) < _NEAR for a, b in zip(one, other, strict=True))
