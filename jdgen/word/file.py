"""A Word file as a value: its parts, each parsed once, when it is first needed, and written only where it was changed.

A tree is shared by all who read it. Who wants to change one takes a copy of it, and makes the file that has the copy:
``file.with_parts({name: tree})``. All other parts are the same, and stay byte for byte what they were.
"""

from __future__ import annotations

import copy
import functools
import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from lxml import etree

from jdgen.word.paragraphs import ParagraphContent, paragraphs_of
from jdgen.word.relationships import (
    PartRelationship,
    declare,
    no_relationships,
    owner_of,
    relate,
    relations_of,
    relationships_in,
)
from jdgen.word.writing import (
    CONTENT_TYPES,
    Mark,
    Member,
    content_types_first,
    join_members,
    mark_of,
    member,
    packed_member,
)
from jdgen.word.xml import Element, document, parse
from jdgen.zips import PackageError, declares_document_type, refuse_encoding

#: The part with the main text, by its usual name.
MAIN_PART = "word/document.xml"
#: What a person is to do with a damaged file.
ANEW = "open it in a word processor and save it anew"
_STORY, _NAME, _KIND = "story", "part", "kind"


class Story(StrEnum):
    """What kind of text a part holds. "Story" is Word's word."""

    MAIN = "text"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTES = "footnotes"
    ENDNOTES = "endnotes"


#: By the kind of their relationship, in the order in which a template's parts are printed.
_BESIDE = {
    "header": Story.HEADER,
    "footer": Story.FOOTER,
    "footnotes": Story.FOOTNOTES,
    "endnotes": Story.ENDNOTES,
}


class FilePart:
    """One part: its content, its tree, or how it lies in a zip. Each is made of another once, when somebody asks for
    it."""

    __slots__ = ("_content", "_mark", "_packed", "_relationships", "_tree", "name")

    def __init__(
        self,
        name: str,
        content: bytes | Element | None = None,
        *,
        mark: Mark | None = None,
        packed: bytes | None = None,
    ) -> None:
        """``mark`` and ``packed`` are how the content lies in a zip: its mark, and what is deflated of it. One without
        a content has them both, from jdgen itself."""
        self.name = name
        self._content = content if isinstance(content, bytes) else None
        self._tree = None if isinstance(content, bytes) else content
        self._mark, self._packed = mark, packed
        self._relationships: tuple[PartRelationship, ...] | None = None

    @property
    def content(self) -> bytes:
        """What lies in the file."""
        if self._content is None and self._tree is not None:
            self._content = document(self._tree)
        elif self._content is None:
            assert self._packed is not None, "a part has a content, a tree, or what is deflated of it"
            self._content = zlib.decompress(self._packed, -zlib.MAX_WBITS)
        return self._content

    @property
    def tree(self) -> Element:
        """The content parsed. Raises :class:`PackageError` for what declares a document type, or is damaged."""
        if self._tree is None:
            self._tree = _checked_tree(self.name, self.content)
        return self._tree

    @property
    def relationships(self) -> tuple[PartRelationship, ...]:
        """Those that the part lists, where it is one of relationships."""
        if self._relationships is None:
            self._relationships = tuple(relationships_in(self.tree, owner_of(self.name)))
        return self._relationships

    @property
    def mark(self) -> Mark:
        """The mark of the content."""
        if self._mark is None:
            self._mark = mark_of(self.content)
        return self._mark

    def member(self) -> Member:
        """The part as it is written into a zip."""
        if self._packed is None:
            return member(self.name, self.content)
        return packed_member(self.name, self._packed, self.mark)


def _checked_tree(part: str, content: bytes) -> Element:
    """The tree of an XML part. Raises :class:`PackageError` for what declares a document type, or is damaged."""
    if declares_document_type(content):
        raise PackageError(f"declares a document type in {part}", ANEW)
    refuse_encoding(content, part)
    try:
        tree = parse(content)
    except etree.XMLSyntaxError as error:
        raise PackageError(f"is damaged in {part} ({error.msg})", ANEW) from error
    if tree.getroottree().docinfo.doctype:  # type: ignore[attr-defined]  # its stubs lack doctype
        raise PackageError(f"declares a document type in {part}", ANEW)
    return tree


@dataclass(frozen=True, eq=False)
class File:
    """A Word file: its parts by name, in their usual form (:mod:`jdgen.word.usual_form`)."""

    _parts: Mapping[str, FilePart]

    @classmethod
    def of(cls, contents: Mapping[str, bytes]) -> Self:
        """The file with these parts, by name."""
        return cls({name: FilePart(name, content) for name, content in contents.items()})

    @classmethod
    def of_members(cls, members: Mapping[str, Member]) -> Self:
        """The file of which these are the parts, deflated; each is inflated when somebody looks at it."""
        return cls({name: FilePart(name, mark=part.mark, packed=part.packed) for name, part in members.items()})

    @classmethod
    def read(cls, content: bytes) -> Self:
        """A file that jdgen or python-docx has written; of others nothing is believed (:mod:`jdgen.word.opening`)."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return cls.of({entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()})

    def __contains__(self, part: object) -> bool:
        return part in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def contents(self) -> dict[str, bytes]:
        """The content of each part, by its name."""
        return {name: part.content for name, part in self._parts.items()}

    def content(self, part: str) -> bytes:
        """The content of ``part``; '' where there is no such part."""
        file_part = self._parts.get(part)
        return b"" if file_part is None else file_part.content

    def tree(self, part: str) -> Element:
        """The tree of ``part``, which is shared. Raises ``KeyError`` where there is no such part, and
        :class:`PackageError` where it is damaged, which one that was opened strictly is not."""
        return self._parts[part].tree

    def copy_of(self, part: str) -> Element:
        """A copy of the tree of ``part``, to be changed."""
        return copy.deepcopy(self.tree(part))

    @property
    def marks(self) -> dict[str, Mark]:
        """The mark of each part, by its name."""
        return {name: part.mark for name, part in self._parts.items()}

    def with_parts(self, contents: Mapping[str, bytes | Element]) -> Self:
        """The file with other parts, or more of them: contents, or trees that nobody changes any more."""
        return type(self)({**self._parts, **{name: FilePart(name, content) for name, content in contents.items()}})

    def without(self, parts: Iterable[str]) -> Self:
        """The file without these parts: without what they relate to others by, and with nothing left that relates to
        them or says of what kind they are."""
        names = {name for part in parts for name in (part, relations_of(part)) if name in self._parts}
        rest = type(self)({name: part for name, part in self._parts.items() if name not in names})
        trees: dict[str, Element] = {}
        for relations in [name for name in rest if name.endswith(".rels")]:
            ids = [link.id for link in rest.relationships(owner_of(relations)) if link.part in names]
            if ids:
                trees[relations] = rest.copy_of(relations)
                _drop(trees[relations], "Id", ids)
        if names and CONTENT_TYPES in rest:
            trees[CONTENT_TYPES] = rest.copy_of(CONTENT_TYPES)
            _drop(trees[CONTENT_TYPES], "PartName", [f"/{name}" for name in names])
        return rest.with_parts(trees)

    def to_bytes(self) -> bytes:
        """The file as it is saved. Equal parts give equal bytes."""
        return join_members(self._parts[name].member() for name in content_types_first(self._parts))

    def relationships(self, owner: str = "") -> tuple[PartRelationship, ...]:
        """What the part ``owner`` relates to, or the file itself."""
        relations = self._parts.get(relations_of(owner))
        return () if relations is None else relations.relationships

    def related(self, kind: str, owner: str = MAIN_PART) -> Iterator[str]:
        """The parts that ``owner`` relates to as ``kind``, such as ``header``, as far as they are there."""
        return (link.part for link in self.relationships(owner) if link.kind == kind and link.part in self._parts)

    def with_related(self, kind: str, target: str, name: str, owner: str = MAIN_PART) -> Self:
        """The file in which ``owner`` relates to ``target`` as the ``kind`` of this full name, by the id ``name`` or
        one like it; the same file where it does already."""
        if any(
            relationship.type == kind and relationship.target.removeprefix("/") == target
            for relationship in self.relationships(owner)
        ):
            return self
        relations = relations_of(owner)
        tree = self.copy_of(relations) if relations in self else no_relationships()
        relate(tree, kind, target, name)
        return self.with_parts({relations: tree})

    def with_types(self, kinds: Mapping[str, str]) -> Self:
        """The file in which each of these parts is declared to be of its kind."""
        types = self.copy_of(CONTENT_TYPES)
        for part, kind in kinds.items():
            declare(types, part, kind)
        return self.with_parts({CONTENT_TYPES: types})

    def story_parts(self) -> Iterator[tuple[str, Story]]:
        """The parts with text, each with its story, the main text first. Comments are none: they are about the text."""
        yield MAIN_PART, Story.MAIN
        for kind, story in _BESIDE.items():
            yield from ((part, story) for part in dict.fromkeys(self.related(kind)))

    @functools.cached_property
    def stories(self) -> Element:
        """The trees of all parts with text under one root, each in an element that names it: one tree of all text, so
        that what was printed is found wherever that was. It is shared, as each of them is."""
        root = etree.Element("stories")
        for part, story in self.story_parts():
            etree.SubElement(root, _STORY, {_NAME: part, _KIND: story}).append(self.tree(part))
        return root

    @functools.cached_property
    def paragraphs(self) -> Mapping[Element, ParagraphContent]:
        """Every paragraph of the :attr:`stories`, in order, with what is in it: read once, since a document is compared
        with what its record says, matched, and changed by it."""
        return {paragraph: ParagraphContent(paragraph) for paragraph in paragraphs_of(self.stories)}

    def with_stories(self, stories: Element) -> Self:
        """The file with the texts of ``stories``, a copy of its :attr:`stories`. What is as it was stays byte for
        byte."""
        trees = {str(story.get(_NAME)): story[0] for story in stories}
        return self.with_parts(
            {
                part: document(tree)
                for part, tree in trees.items()
                if not (part in self and _are_same(tree, self.tree(part)))
            }
        )


_ELEMENTS = etree.XPath("count(.//*)")


def _are_same(tree: Element, other: Element) -> bool:
    """Whether two trees are written alike. Marks of changes are elements, so that most that differ are told by their
    number, without writing both."""
    return _ELEMENTS(tree) == _ELEMENTS(other) and document(tree) == document(other)


def _drop(tree: Element, attribute: str, values: Collection[str]) -> None:
    """Take the entries out of a list whose attribute ``attribute`` is one of ``values``."""
    for entry in [entry for entry in tree if entry.get(attribute) in values]:
        tree.remove(entry)


def story_of(element: Element) -> Story:
    """The story that ``element`` stands in; what stands in none of a file's stories stands in the main text."""
    story = next(element.iterancestors(_STORY), None)
    return Story.MAIN if story is None else Story(story.get(_KIND, ""))
