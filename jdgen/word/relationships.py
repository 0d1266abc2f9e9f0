"""Which parts of a Word file relate to which, and what kind each part is of. The one reader and the one writer of both.

Programs rename and renumber parts when they save, so parts are found by what relates to them and never by their names.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from lxml import etree

from jdgen.word.xml import Element

#: What the names of all kinds of relationships begin with that Word files have of their own.
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EMPTY = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'
#: How an address begins.
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALWAYS_DECLARED = (("xml", "application/xml"), ("rels", "application/vnd.openxmlformats-package.relationships+xml"))


@dataclass(frozen=True)
class PartRelationship:
    """One relationship of a part: where it leads, whether that is outside the file, and the name of its kind.

    ``part`` is the part that it leads to, '' where that is outside. ``mode`` is what the file itself says of that:
    ``External``, or '' for a part.
    """

    id: str
    type: str
    target: str
    is_external: bool
    part: str
    mode: str

    @property
    def kind(self) -> str:
        """The last word of the name of its kind: ``header``."""
        return self.type.rpartition("/")[2]


def relations_of(part: str) -> str:
    """The part that holds the relationships of ``part``; '' for the file itself."""
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner_of(relations: str) -> str:
    """The part whose relationships are in the part ``relations``: ``word/settings.xml``; '' for the file's own."""
    folder, _, name = relations.rpartition("_rels/")
    return folder + name.removesuffix(".rels")


def inside(folder: str, target: str) -> str:
    """The part that ``target`` means, in a part that lies in ``folder``."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def relationships_in(tree: Element, owner: str) -> Iterator[PartRelationship]:
    """The relationships of the part ``owner``, which ``tree`` lists."""
    for link in tree.iter("{*}Relationship"):
        target = link.get("Target", "")
        # Word follows an address whatever its mode says.
        is_address = bool(SCHEME.match(target)) or target.startswith(("\\\\", "//"))
        mode = link.get("TargetMode", "")
        is_external = is_address or mode.lower() == "external"
        part = "" if is_external else inside(posixpath.dirname(owner), target)
        yield PartRelationship(link.get("Id", ""), link.get("Type", ""), target, is_external, part, mode)


def no_relationships() -> Element:
    """The list of a part that relates to nothing."""
    return etree.fromstring(_EMPTY)


def relate(tree: Element, kind: str, target: str, name: str) -> None:
    """Add a relationship of the ``kind`` to the list in ``tree``, with ``name`` for its id, or ``name2`` and so on
    where another has that."""
    ids = {link.get("Id") for link in tree.iterchildren("{*}Relationship")}
    new_id = next(
        candidate for number in count(1) if (candidate := name if number == 1 else f"{name}{number}") not in ids
    )
    etree.SubElement(tree, _beside(tree, "Relationship"), {"Id": new_id, "Type": kind, "Target": target})


def declare(types: Element, part: str, kind: str) -> None:
    """Say in ``types`` that ``part`` is of the ``kind``, where nothing is said of it yet; and what all XML is."""
    if all(declaration.get("PartName") != f"/{part}" for declaration in types.iterchildren("{*}Override")):
        etree.SubElement(types, _beside(types, "Override"), {"PartName": f"/{part}", "ContentType": kind})
    extensions = {declaration.get("Extension", "").lower() for declaration in types.iterchildren("{*}Default")}
    for extension, of_extension in _ALWAYS_DECLARED:
        if extension not in extensions:
            default = types.makeelement(
                _beside(types, "Default"), {"Extension": extension, "ContentType": of_extension}
            )
            types.insert(0, default)


def kinds_in(types: Element, parts: Iterable[str]) -> dict[str, str]:
    """What kind each of ``parts`` is of, by ``types``; without those of which nothing is said."""
    kinds_by_name = {
        declaration.get("PartName", "").lower(): declaration.get("ContentType", "")
        for declaration in types.iter("{*}Override")
    }
    kinds_by_ending = {
        declaration.get("Extension", "").lower(): declaration.get("ContentType", "")
        for declaration in types.iter("{*}Default")
    }
    kinds = {part: kinds_by_name.get(f"/{part}".lower(), kinds_by_ending.get(_ending(part))) for part in parts}
    return {part: kind for part, kind in kinds.items() if kind is not None}


def _ending(part: str) -> str:
    return posixpath.splitext(part)[1].removeprefix(".").lower()


def _beside(tree: Element, name: str) -> str:
    """The name of an element of the same vocabulary as ``tree``."""
    return f"{{{etree.QName(tree).namespace}}}{name}"
