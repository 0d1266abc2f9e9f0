"""Word's own fields: page numbers, cross-references, tables of contents. The reader of them for trees.

A field is written as runs between ``w:fldChar`` marks, or as ``w:fldSimple``. Its code may be cut into as many runs as
one likes, stand in several paragraphs, and hold other fields (ECMA-376 part 1, 17.16.2 to 17.16.19).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jdgen.word.xml import Element, W

MARK, SIMPLE = f"{W}fldChar", f"{W}fldSimple"
_CODES = (f"{W}instrText", f"{W}delInstrText")
#: What :meth:`OpenFields.pass_by` has to be shown of a part, in order.
PIECES = (MARK, *_CODES)
_NAME = re.compile(r'[\s"\u200b\ufeff]*([^\W\d_]+)')


@dataclass(eq=False)
class WordField:
    """A field that has begun with ``mark``: its ``code`` so far, whether that is over, so that its result follows, and
    whether another field stands where its name should."""

    mark: Element | None
    code: str = ""
    is_over: bool = False
    is_named_by_another: bool = False

    @property
    def name(self) -> str:
        """What kind of field it is, in capital letters: ``PAGE``, ``TOC``."""
        match = _NAME.match(self.code)
        return match[1].upper() if match else ""


class OpenFields:
    """The fields that are open where the reading of a part has come to, the innermost last.

    ``loose`` is what is written as code outside any field: a repair by Word might take it up.
    """

    def __init__(self) -> None:
        self.fields: list[WordField] = []
        self.loose = WordField(None)

    def __bool__(self) -> bool:
        return bool(self.fields)

    def pass_by(self, piece: Element) -> WordField | None:
        """Go on past a mark or a piece of code. The field that ends with it, if one does."""
        innermost = self.fields[-1] if self.fields else self.loose
        if piece.tag != MARK:
            if not innermost.is_over:
                innermost.code += "".join(map(str, piece.itertext()))
            return None
        match piece.get(f"{W}fldCharType"):
            case "begin":
                if self.fields and not innermost.is_over and not innermost.code.strip():
                    innermost.is_named_by_another = True
                self.fields.append(WordField(piece))
            case "separate":
                innermost.is_over = bool(self.fields)
            case "end" if self.fields:
                return self.fields.pop()
        return None


def fields_of(tree: Element) -> Iterator[WordField]:
    """The fields of a part as they end; then what has no end, or stands in no field."""
    reading = OpenFields()
    yield from ended_fields(tree, reading)
    yield from (field for field in (reading.loose, *reading.fields) if field.code)


def ended_fields(tree: Element, reading: OpenFields | None = None) -> Iterator[WordField]:
    """The fields of a part as they end. What has no end is left in ``reading``."""
    reading = OpenFields() if reading is None else reading
    for piece in tree.iter(SIMPLE, *PIECES):
        if piece.tag == SIMPLE:
            yield WordField(piece, piece.get(f"{W}instr", ""), is_over=True)
        elif (field := reading.pass_by(piece)) is not None:
            yield field
