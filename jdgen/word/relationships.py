"""What a Word file relates to: which relationships stay, which are taken out with a word, which are refused.

A relationship to the outside is refused where Word would follow it by itself. Two kinds are taken out instead,
because they come with many honest files and nothing that is printed depends on them: the template that a document
was once made from, and links that a reader could click but that lead to no web page or e-mail address (a shared
drive, a program). The text of such a link stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jdgen.word.xml import W
from jdgen.words import shortened

_RELATION_ATTRIBUTE = re.compile(
    r"\{http://(?:schemas\.openxmlformats\.org/officeDocument/2006|purl\.oclc\.org/ooxml/officeDocument)/relationships\}"
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_SAFE = frozenset({"http", "https", "mailto", "tel"})
_LINK, _ATTACHED = "hyperlink", "attachedTemplate"
# Kinds by the last word of their type. What holds another file, or a program.
_EMBEDDING = frozenset(
    {"oleObject", "package", "control", "activeXControlBinary", "aFChunk", "subDocument", "attachedToolbars"}
)
_PROGRAMS = frozenset({"vbaProject", "wordVbaData", "extensibility", "webextension", "webextensiontaskpanes"})
#: Elements that mean nothing without their relationship. A link itself holds text, and loses the relationship only.
_TAKEN_OUT = frozenset({"attachedTemplate", "hlinkClick", "hlinkHover", "hlinkMouseOver"})


@dataclass(frozen=True)
class Relationship:
    """One relationship of a part: what kind it is, where it leads, and whether that is outside the file."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Judged:
    """Relationships sorted: faults (what is wrong, what would be right), and those to be taken out."""

    faults: tuple[tuple[str, str], ...]
    taken_out: tuple[Relationship, ...]


def judged(tree: Any, part: str, anew: str) -> Judged:
    """What to do about the relationships in ``tree``, the content of ``part``."""
    links = list(tree.iter("{*}Relationship"))
    if any(link.get(needed) is None for link in links for needed in ("Id", "Type", "Target")):
        return Judged(((f"is damaged in {part} (a relationship without id, type or target)", anew),), ())
    relationships = [_relationship(link) for link in links]
    taken_out = tuple(each for each in relationships if each.external and _can_go(each))
    return Judged(tuple(dict.fromkeys(_faults(relationships, part))), taken_out)


def leads_astray(target: str) -> bool:
    """Whether a link leads to anything but a web page, an e-mail address, a telephone or a place in the document."""
    plain = _INVISIBLE.sub("", target)
    scheme = _SCHEME.match(plain)
    if scheme:
        return scheme[1].lower() not in _SAFE
    return plain.startswith(("\\\\", "//"))


def owner_of(relations: str) -> str:
    """The part whose relationships are in the part ``relations``: ``word/settings.xml``; '' for the file's own."""
    folder, _, name = relations.rpartition("_rels/")
    return folder + name.removesuffix(".rels")


def without(tree: Any, ids: frozenset[str]) -> None:
    """Take relationships out of a part of relationships."""
    for link in list(tree.iter("{*}Relationship")):
        if link.get("Id") in ids:
            link.getparent().remove(link)


def without_references(tree: Any, ids: frozenset[str]) -> None:
    """Take what refers to relationships that are taken out from the part that they belong to."""
    for element in list(tree.iter(etree.Element)):
        named = [name for name, value in element.attrib.items() if value in ids and _RELATION_ATTRIBUTE.match(name)]
        if named and etree.QName(element).localname in _TAKEN_OUT:
            element.getparent().remove(element)
            continue
        for name in named:
            del element.attrib[name]


def said(relationship: Relationship, part: str) -> tuple[str, str]:
    """What a user reads of a relationship that was taken out."""
    target = shortened(relationship.target, 80)
    if relationship.kind == _ATTACHED:
        return (
            f"the template attached to it ({target}) is left out, since Word would load it",
            "detach it in Word (Developer, Document Template) to see this no more",
        )
    return (
        f"the link to {target} in {part} is left out, its text stays",
        "link to a web page (https:) or an e-mail address",
    )


def _relationship(link: Any) -> Relationship:
    target = str(link.get("Target"))
    # Word follows an address whatever its mode says.
    external = str(link.get("TargetMode", "")).lower() == "external" or bool(_SCHEME.match(target))
    external = external or target.startswith(("\\\\", "//"))
    return Relationship(str(link.get("Id")), str(link.get("Type")).rpartition("/")[2], target, external)


def _can_go(relationship: Relationship) -> bool:
    return relationship.kind == _ATTACHED or (relationship.kind == _LINK and leads_astray(relationship.target))


def _faults(relationships: list[Relationship], part: str) -> Iterator[tuple[str, str]]:
    for each in relationships:
        if each.kind in _PROGRAMS:
            yield "holds macros", "save it as a .docx document, which has none"
        elif each.external and each.kind not in (_LINK, _ATTACHED):
            yield f"loads something from outside ({part})", "embed the picture, or take out what is linked"
        elif each.kind in _EMBEDDING:
            yield f"holds an embedded file (named in {part})", "delete the object from the document"


def embedding_elements(tree: Any) -> Iterator[str]:
    """Names of elements that bring another file, or a program, into the text."""
    for name in (f"{W}altChunk", f"{W}subDoc", f"{W}control", "{urn:schemas-microsoft-com:office:office}OLEObject"):
        if next(tree.iter(name), None) is not None:
            yield etree.QName(name).localname
