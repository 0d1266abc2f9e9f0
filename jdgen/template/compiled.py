"""A compiled template: all that printing a document needs of a Word template, as data.

It is made of a template's file once (:mod:`.compiling`), holds no code, and can be written and read again without
anything that knows Word files or Jinja. Its written form is a zip file: ``template.json`` says what
:class:`CompiledTemplate` has, with the steps of each part as :func:`.steps.data_of` writes them; under ``static/`` are
the parts that are the same in every document, as they are.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, TypeAlias

from jdgen.drafting.texts import PROMPT_OPENING
from jdgen.errors import Problem
from jdgen.record.digests import ITEM, PROPERTIES
from jdgen.record.writing import with_room_for_record
from jdgen.template.expressions import own_field, paths_in
from jdgen.template.properties import PART as CORE_PROPERTIES
from jdgen.template.steps import Repeat, Steps, branches, data_of, expressions_of, from_data, within
from jdgen.word.writing import Member, content_types_first, join_members, member
from jdgen.zips import WORD_FILE, entries, inflate

BODY = "word/document.xml"
#: The number of the written form.
FORM = 2
_FACTS, _STATIC = "template.json", "static/"


@dataclass(frozen=True)
class CompiledPart:
    """One part with tags: its ``steps``, and what stands before and after what they print. ``may_be_emptied`` says
    whether something in it can be printed that holds nothing, ``has_grids`` whether a tag changes how many cells a row
    has."""

    head: str
    steps: Steps
    tail: str
    may_be_emptied: bool
    has_grids: bool

    @property
    def is_repaired(self) -> bool:
        """Whether all of it has to be looked at once it is printed."""
        return self.may_be_emptied or self.has_grids


#: Parts with tags, by their names.
PrintedParts: TypeAlias = Mapping[str, CompiledPart]


class Frame(NamedTuple):
    """All parts of a document that are the same for every draft, deflated, and the order of all parts."""

    members: Mapping[str, Member]
    order: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CompiledTemplate:
    """A checked template, immutable, so that processes and threads may share it. Two are the same only when they are
    one: what is made of a template is remembered for it.

    ``name`` is what messages call it, ``digest`` the SHA-256 of its file, and ``title`` the kind of document that it
    says it is. ``static`` are the parts that are the same for every draft, ``printed_parts`` those with tags.
    ``pictured`` are static parts as they are in a document that shows pictures (:mod:`.picture`). ``texts`` are marks
    of the template's own paragraphs, and ``kept_properties`` its own custom properties. ``organisation`` is the
    one that it is made for and names in its text. ``warnings`` say what was taken out of the file.
    """

    name: str
    digest: str
    title: str
    static: Mapping[str, bytes]
    printed_parts: PrintedParts
    pictured: Mapping[str, bytes]
    has_prompt_style: bool
    texts: str
    kept_properties: tuple[str, ...]
    organisation: str = ""
    warnings: tuple[Problem, ...] = ()

    @functools.cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of the draft that are printed or asked about: ``duty_headings.duties.text``."""
        return tuple(sorted({field for part in self.printed_parts.values() for field in used_fields(part.steps)}))

    @functools.cached_property
    def printed_fields(self) -> frozenset[str]:
        """The fields of the draft itself that are used, whole or in part: ``duty_headings``."""
        return frozenset(field.partition(".")[0] for field in self.fields)

    @functools.cached_property
    def types_prompts(self) -> frozenset[str]:
        """The parts in whose own text are prompts, by their names."""
        typed = (
            name
            for name, part in self.printed_parts.items()
            if any(isinstance(step, str) and PROMPT_OPENING in step for step in within(part.steps))
        )
        return frozenset(typed)

    @functools.cached_property
    def own_fields(self) -> tuple[str, ...]:
        """The organisation's own fields that are printed or asked about, without ``own.``."""
        return tuple(filter(None, map(own_field, self.fields)))

    @functools.cached_property
    def plain(self) -> Frame:
        """The frame of documents without a generation record."""
        return self._frame(self.static, {})

    @functools.cached_property
    def recorded(self) -> Frame:
        """The frame of documents with one."""
        return self._frame(with_room_for_record(self.static), {ITEM, PROPERTIES})

    def _frame(self, static: Mapping[str, bytes], names: Any) -> Frame:
        """The frame of the parts ``static``; ``names`` are parts that each document makes anew, besides the printed."""
        names = {*names, *self.printed_parts, CORE_PROPERTIES}
        fixed = {name: member(name, content) for name, content in static.items() if name not in names}
        return Frame(fixed, content_types_first({*fixed, *names}))


def used_fields(steps: Steps, names: Mapping[str, str] | None = None) -> Iterator[str]:
    """Every field of the draft that ``steps`` name, such as ``title`` and ``duty_headings.duties.text``; some more than
    once. ``names`` are the items of loops around them, each with what it is an item of."""
    names = names or {}
    for step in steps:
        paths = [_path(path, names) for expression in expressions_of(step) for path in paths_in(expression)]
        yield from filter(None, paths)
        inside = {**names, step.name: paths[0], "loop": ""} if isinstance(step, Repeat) else names
        for branch in branches(step):
            yield from used_fields(branch, inside)


def _path(path: tuple[str, ...], names: Mapping[str, str]) -> str:
    """The path from the draft; '' for what is the language's own, such as ``loop.first``."""
    first = names.get(path[0], path[0])
    return ".".join((first, *path[1:])) if first else ""


def written_template(template: CompiledTemplate) -> bytes:
    """The written form of ``template``; the same for equal templates."""
    facts = {name: value for name, value in vars(template).items() if name in _WRITTEN_FIELDS}
    facts |= {
        "form": FORM,
        "printed": {
            name: {**vars(part), "steps": data_of(part.steps)} for name, part in template.printed_parts.items()
        },
        "pictured": {name: content.decode() for name, content in template.pictured.items()},
        "warnings": [asdict(problem) for problem in template.warnings],
    }
    static = {f"{_STATIC}{name}": content for name, content in template.static.items()}
    # In ASCII, since the name of a file need be no text that UTF-8 has.
    parts = {_FACTS: json.dumps(facts).encode(), **static}
    return join_members(member(name, part) for name, part in sorted(parts.items()))


_WRITTEN_FIELDS = ("name", "digest", "title", "has_prompt_style", "texts", "kept_properties", "organisation")


def read_written_template(content: bytes, name: str) -> CompiledTemplate:
    """The template of which ``content`` is the written form; messages call it ``name``.

    Raises :class:`PackageError`, ``ValueError``, ``TypeError`` or ``KeyError`` for any other content.
    """
    parts = {entry.filename: inflate(content, entry) for entry in entries(content, WORD_FILE)}
    facts = json.loads(parts[_FACTS])
    if facts["form"] != FORM:
        raise ValueError(f"a template of form {facts['form']}")
    return CompiledTemplate(
        **{field: facts[field] for field in _WRITTEN_FIELDS if field not in ("name", "kept_properties")},
        name=name,
        kept_properties=tuple(facts["kept_properties"]),
        static={part.removeprefix(_STATIC): parts[part] for part in parts if part.startswith(_STATIC)},
        printed_parts={
            part: CompiledPart(**{**values, "steps": from_data(values["steps"])})
            for part, values in facts["printed"].items()
        },
        pictured={part: text.encode() for part, text in facts["pictured"].items()},
        warnings=tuple(Problem(**problem) for problem in facts["warnings"]),
    )
