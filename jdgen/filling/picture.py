"""The organisation's picture in a document, with its alternative text."""

from __future__ import annotations

import io

from docx.image.image import Image
from docx.shared import Cm, Length
from docxtpl import DocxTemplate, InlineImage

from jdgen.drafting.model import Picture
from jdgen.errors import JdgenError, Problem

_WIDTH, _HEIGHT = Cm(8), Cm(2.5)
#: More than a camera takes. A few kilobytes may say that they unpack to as many gigabytes, in every reader's Word.
_MOST_PIXELS = 50_000_000


class DescribedImage(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """A picture that fits its box and carries its alternative text."""

    def __init__(self, document: DocxTemplate, picture: Picture) -> None:
        width, height = fitted(picture)
        super().__init__(document, io.BytesIO(picture.content), width, height)
        self._description = picture.description

    def _insert_image(self) -> str:
        inline = self.tpl.current_rendering_part.new_pic_inline(self.image_descriptor, self.width, self.height)
        inline.docPr.set("descr", self._description)
        inline.docPr.set("name", "Organisation")
        # docxtpl takes {_{ for an escaped {{, in the alternative text too.
        drawing = f"<w:drawing>{inline.xml.replace('{_', '{&#95;').replace('_}', '&#95;}')}</w:drawing>"
        return f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">'


def fitted(picture: Picture) -> tuple[Length, Length]:
    """Width and height that keep the picture's shape inside the box that templates leave for it.

    Raises :class:`JdgenError` when the content is no picture that Word can show.
    """
    try:
        image = Image.from_blob(picture.content)
        if image.px_width * image.px_height > _MOST_PIXELS:
            raise JdgenError(_too_many_pixels(image.px_width, image.px_height))
        scale = min(_WIDTH / image.width, _HEIGHT / image.height)
    except JdgenError:
        raise
    # python-docx answers a damaged picture with whatever its code runs into.
    except Exception as error:
        raise JdgenError(Problem("picture", "is not a picture that Word can show", "use a PNG or JPEG file")) from error
    return Length(int(image.width * scale)), Length(int(image.height * scale))


def _too_many_pixels(width: int, height: int) -> Problem:
    return Problem("picture", f"has {width:,} by {height:,} pixels", "save it with at most 2,000 by 2,000")
