"""The organisation's picture, fixed in a template: every document shows it, whatever the post says."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from jdgen.building.xml import RELATIONSHIP_NAMESPACE

PICTURE_ID = "rIdOrganisation"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMESPACES = f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'


@dataclass(frozen=True)
class FixedPicture:
    """A PNG or JPEG file, its alternative text, and its size on the page in English Metric Units (914,400 an inch)."""

    content: bytes
    description: str
    width: int
    height: int

    @property
    def extension(self) -> str:
        """``png`` or ``jpeg``, which is also the second half of its media type."""
        return "png" if self.content.startswith(b"\x89PNG") else "jpeg"

    @property
    def part(self) -> str:
        """The name of its part, in ``word/``."""
        return f"media/organisation.{self.extension}"


def picture_paragraph(picture: FixedPicture) -> str:
    """A paragraph that shows ``picture``, in the style that templates have for one."""
    size = f'cx="{picture.width}" cy="{picture.height}"'
    named = f'id="1" name="Organisation" descr={quoteattr(picture.description)}'
    shape = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    graphic = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="'
        f'{PICTURE_ID}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>{shape}</pic:spPr></pic:pic>'
    )
    return (
        '<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>'
        f"<wp:inline {_NAMESPACES} {RELATIONSHIP_NAMESPACE}><wp:extent {size}/><wp:docPr {named}/>"
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture">{graphic}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
