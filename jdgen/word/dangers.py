"""What a template may not hold: programs, other files, what Word would load from elsewhere.

What is in a template goes into every document that is made of it, so whatever Word would run, load or follow by itself
is refused, or taken out with a word. A person's document is theirs: what jdgen does not need of it (charts, embedded
files, links, what an add-in keeps there) is neither run nor followed here, and stays byte for byte.

Two kinds of relationships to the outside are taken out, because they come with many honest files and nothing that is
printed depends on them: the template that a document was once made from, and links that a reader could click but that
lead to no web page or e-mail address (a shared drive, a program). The text of such a link stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from jdgen.errors import Problem
from jdgen.word.field_codes import fields_of
from jdgen.word.file import ANEW, File
from jdgen.word.opening import Fault, damage_of, lacks, refuse_faults, unzip, xml_parts
from jdgen.word.relationships import SCHEME, PartRelationship, owner_of, relations_of, relationships_in
from jdgen.word.usual_form import is_xml
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import Element, W, attributes_of, remove
from jdgen.words import quantity, shorten
from jdgen.zips import PackageError

_FILE_RELATIONS = relations_of("")
_LIBREOFFICE_PROPERTIES = (
    b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)
_PROPERTIES = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_VML = "{urn:schemas-microsoft-com:vml}"
# How files begin that hold other files: OLE, zip. A picture begins otherwise.
_CONTAINERS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"MZ")
_FOLDERS = ("/embeddings/", "/activex/", "/afchunk", "/webextensions/")
_MACRO_TYPES = (b"macroenabled", b"vbaproject", b"vbadata")
#: Fields that load, run or ask something outside the document (ECMA-376 part 1, 17.16.5), and their old names.
_REACHING_OUT = frozenset(
    {
        *("DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "RD"),
        *("EMBED", "ADDIN", "HTMLACTIVEX"),
    }
)
_LINK_TARGET = re.compile(r'HYPERLINK\s+(?!\\)"?([^"\s]+)', re.IGNORECASE)
_DIRECTIONS = "delete the field (Shift+F9 shows it), or put its result in its place (Ctrl+Shift+F9)"
_RELATION_ATTRIBUTE = re.compile(
    r"\{http://(?:schemas\.openxmlformats\.org/officeDocument/2006|purl\.oclc\.org/ooxml/officeDocument)/relationships\}"
)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_SAFE = frozenset({"http", "https", "mailto", "tel"})
_LINK = "hyperlink"
#: What is taken out is told one by one up to here: each is a note on every document that is made of the file.
_MOST_WARNINGS = 20
_SAFE_LINKS = "link to a web page (https:) or an e-mail address"
#: The kind of relationship to the template that a document was once made from.
ATTACHED = "attachedTemplate"
# Kinds of relationships. What holds another file, or a program.
_EMBEDDING = frozenset(
    {"oleObject", "package", "control", "activeXControlBinary", "aFChunk", "subDocument", "attachedToolbars"}
)
_PROGRAMS = frozenset({"vbaProject", "wordVbaData", "extensibility", "webextension", "webextensiontaskpanes"})
#: Elements that mean nothing without their relationship. A link itself holds text, and loses the relationship only.
_TAKEN_OUT = frozenset({"attachedTemplate", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
_EMBEDDING_ELEMENTS = (
    f"{W}altChunk",
    f"{W}subDoc",
    f"{W}control",
    "{urn:schemas-microsoft-com:office:office}OLEObject",
)


@dataclass(frozen=True)
class HarmlessFile:
    """A Word file that documents may be made of, and what was taken out of it, to be told to the user."""

    file: File
    warnings: tuple[Problem, ...] = ()


def open_harmless(content: bytes, name: str) -> HarmlessFile:
    """The template ``content``, called ``name`` in messages, without what Word would load from elsewhere.

    Raises :class:`JdgenError` with every problem of what is no Word document, or is built to harm: sizes beyond
    bounds, macros, embedded files and programs, document types, fields and relationships that reach outside.
    """
    file = unzip(content, name)
    faults: list[Fault] = [*lacks(file), *_in_file(file), *_misnamed_parts(file)]
    unwanted: dict[str, tuple[PartRelationship, ...]] = {}
    for part in xml_parts(file):
        if damage := list(damage_of(file, part)):
            faults += damage
        elif part.endswith(".rels"):
            faults += _of_relationships(file, part)
            unwanted[part] = tuple(filter(_can_go, relationships_in(file.tree(part), owner_of(part))))
        else:
            faults += _in_text(part, file.tree(part))
    refuse_faults(faults, name)
    links = [(link, owner_of(part)) for part, relationships in unwanted.items() for link in relationships]
    warnings = [Problem(name, *_warning_of(*link)) for link in links[:_MOST_WARNINGS]]
    if more := len(links) - len(warnings):
        what = f"{quantity(more, 'more link')} to what is outside {'is' if more == 1 else 'are'} left out, texts stay"
        warnings.append(Problem(name, what, _SAFE_LINKS))
    return HarmlessFile(_with_usual_properties(without_relationships(file, unwanted)), tuple(warnings))


def _in_file(file: File) -> Iterator[Fault]:
    """What can be told from the names of parts, their kinds, and how they begin."""
    types = file.content(CONTENT_TYPES).replace(b"\x00", b"").lower()
    if any(kind in types for kind in _MACRO_TYPES) or any("vbaproject" in part.lower() for part in file):
        yield "holds macros", "save it as a .docx document, which has none"
    elif b"template.main+xml" in types:
        yield "is a .dotx template of Word's", "save it as a .docx document"
    for part in sorted(file):
        if any(folder in f"/{part.lower()}" for folder in _FOLDERS) or file.content(part).startswith(_CONTAINERS):
            yield f"holds an embedded file ({part})", "delete the object from the document"


def _misnamed_parts(file: File) -> Iterator[Fault]:
    """Parts that are declared as XML and not named so: python-docx goes by what is declared."""
    try:
        types = file.tree(CONTENT_TYPES)
    except (KeyError, PackageError):
        return  # told with the other parts
    for declaration in types.iter("{*}Override", "{*}Default"):
        kind = declaration.get("ContentType", "").lower()
        part_name = declaration.get("PartName") or f".{declaration.get('Extension', '')}"
        if kind.endswith("xml") and not kind.startswith("image/") and not is_xml(part_name):
            yield f"declares {part_name} as XML", ANEW


def _in_text(part: str, tree: Element) -> Iterator[Fault]:
    """What a part of the document may not hold."""
    for name in _EMBEDDING_ELEMENTS:
        if next(tree.iter(name), None) is not None:
            what = f"holds an embedded file ({etree.QName(name).localname} in {part})"
            yield what, "delete the object from the document"
    if next(tree.iter(f"{W}mailMerge"), None) is not None:
        right = "choose Mailings, Start Mail Merge, Normal Word Document, then save"
        yield "is bound to a source of data (mail merge)", right
    for element in tree.iter(f"{_VML}imagedata", f"{_VML}fill", f"{_VML}stroke"):
        if any(mark in element.get("src", "") for mark in (":", "\\\\", "//")):
            yield f"loads something from outside ({part})", "embed the picture"
    for what, right in _in_fields(tree):
        yield f"{what} in {part}", right


def _in_fields(tree: Element) -> Iterator[Fault]:
    for field in fields_of(tree):
        if field.name in _REACHING_OUT:
            yield f"has a field that reaches outside the document ({field.name})", _DIRECTIONS
        elif field.is_named_by_another:
            yield "has a field whose kind is the result of another field", _DIRECTIONS
        elif (link := _LINK_TARGET.search(field.code)) and _leads_astray(link[1]):
            yield f"has a link that leads outside the web ({link[1][:80]})", "link to a web page or an e-mail address"


def _of_relationships(file: File, part: str) -> Iterator[Fault]:
    tree = file.tree(part)
    links = tree.iter("{*}Relationship")
    if any(link.get(attribute) is None for link in links for attribute in ("Id", "Type", "Target")):
        yield f"is damaged in {part} (a relationship without id, type or target)", ANEW
        return
    for relationship in relationships_in(tree, owner_of(part)):
        if relationship.kind in _PROGRAMS:
            yield "holds macros", "save it as a .docx document, which has none"
        elif relationship.is_external and relationship.kind not in (_LINK, ATTACHED):
            yield f"loads something from outside ({part})", "embed the picture, or take out what is linked"
        elif relationship.kind in _EMBEDDING:
            yield f"holds an embedded file (named in {part})", "delete the object from the document"


def _can_go(relationship: PartRelationship) -> bool:
    return relationship.is_external and (
        relationship.kind == ATTACHED or (relationship.kind == _LINK and _leads_astray(relationship.target))
    )


def _leads_astray(target: str) -> bool:
    """Whether a link leads to anything but a web page, an e-mail address, a telephone or a place in the document."""
    plain = _INVISIBLE.sub("", target)
    scheme = SCHEME.match(plain)
    if scheme:
        return scheme[1].lower() not in _SAFE
    return plain.startswith(("\\\\", "//"))


def _warning_of(relationship: PartRelationship, part: str) -> Fault:
    """What a user reads of a relationship that was taken out."""
    target = shorten(relationship.target, 80)
    if relationship.kind == ATTACHED:
        return (
            f"the template attached to it ({target}) is left out, since Word would load it",
            "detach it in Word (Developer, Document Template) to see this no more",
        )
    return f"the link to {target} in {part} is left out, its text stays", _SAFE_LINKS


def without_relationships(file: File, unwanted: Mapping[str, tuple[PartRelationship, ...]]) -> File:
    """``file`` without these relationships, by the parts that list them, and without what refers to them."""
    trees: dict[str, Element] = {}
    for part, relationships in unwanted.items():
        ids = frozenset(relationship.id for relationship in relationships)
        if ids:
            trees[part] = file.copy_of(part)
            for link in list(trees[part].iter("{*}Relationship")):
                if link.get("Id") in ids:
                    remove(link)
            if (owner := owner_of(part)) in file:
                trees[owner] = file.copy_of(owner)
                _drop_references(trees[owner], ids)
    return file.with_parts(trees)


def _drop_references(tree: Element, ids: Iterable[str]) -> None:
    for element in list(tree.iter(etree.Element)):
        references = [
            name for name, value in attributes_of(element) if value in ids and _RELATION_ATTRIBUTE.match(name)
        ]
        if references and etree.QName(element).localname in _TAKEN_OUT:
            remove(element)
            continue
        for name in references:
            del element.attrib[name]


def _with_usual_properties(file: File) -> File:
    """LibreOffice calls the relationship to the core properties by a name of its own, by which nobody finds them."""
    relations = file.content(_FILE_RELATIONS)
    usual_relations = relations.replace(_LIBREOFFICE_PROPERTIES, _PROPERTIES)
    return file if usual_relations == relations else file.with_parts({_FILE_RELATIONS: usual_relations})
