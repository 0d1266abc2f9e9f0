"""Tagged PDF, as assistive technology reads it: what LibreOffice leaves undone is completed.

PDF/UA (ISO 14289-1, 7.1) wants everything on a page to be tagged, or marked as an artifact: as mere decoration.
LibreOffice 7.4 marks the text, but not the rules of tables; and what stands in the title as "&" it writes so that a
reader hears "&amp;". Nothing that is seen, heard or searched for is changed otherwise.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Name, Operator

#: What of the document's properties stands in a PDF twice, by the names in its two places.
_TOLD_TWICE = {"/Title": "dc:title", "/Subject": "dc:description"}
# Operators of a page's content (ISO 32000-1, 8.2 and 14.6.1): what begins and ends marked content, what a path is
# made of, what paints it, and what lets it go unpainted.
_BEGIN, _END = frozenset({"BMC", "BDC"}), "EMC"
_PATH = frozenset({"m", "l", "c", "v", "y", "h", "re"})
_PAINT = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_NO_PAINT = "n"

_Instruction = ContentStreamInstruction | ContentStreamInlineImage
_ARTIFACT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END_OF_ARTIFACT = ContentStreamInstruction([], Operator(_END))


def complete_tags(content: bytes) -> bytes:
    """The PDF ``content``, as LibreOffice exports it for PDF/UA, with what is painted outside all tags marked as
    decoration, and with its title, subject and author as they were written.

    Raises :class:`ValueError` for what is no PDF, or a broken one.
    """
    try:
        return _completed(content)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error


def _completed(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            painted = pikepdf.parse_content_stream(page)
            marked = list(_with_artifacts(painted))
            if len(marked) > len(painted):
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(marked))
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for name, twin in _TOLD_TWICE.items():
                if name in pdf.docinfo:
                    metadata[twin] = str(pdf.docinfo[name])
            if "/Author" in pdf.docinfo:
                metadata["dc:creator"] = [str(pdf.docinfo["/Author"])]
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()


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
