"""What of a workspace is in a page: libraries, templates and settings, as data that a browser reads without files."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jdgen.drafting.data import read_data, written_data
from jdgen.drafting.library import Library
from jdgen.placeholders import Placeholders
from jdgen.template.compiled import CompiledTemplate, read_written_template, written_template

#: The number of the written form.
_FORM = 1


@dataclass(frozen=True)
class PageTemplate:
    """A template of the page: what people call it, compiled, and whether it prints the framework's own wording."""

    title: str
    compiled: CompiledTemplate
    is_verbatim: bool


@dataclass(frozen=True)
class PagePost:
    """A post that managers may start from, with the values of its post file."""

    title: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class PageMaterial:
    """All that a page makes documents of. ``libraries`` are one a specialism, ``common`` are the fields that every post
    has, ``own_headings`` those of the organisation's own fields, ``pattern`` that of file names, and ``posts`` those
    that managers may start from."""

    organisation: str
    libraries: tuple[Library, ...]
    templates: tuple[PageTemplate, ...]
    placeholders: Placeholders
    pattern: str
    common: Mapping[str, Any] = field(default_factory=dict)
    own_headings: Mapping[str, str] = field(default_factory=dict)
    posts: tuple[PagePost, ...] = ()


def written_material(material: PageMaterial) -> bytes:
    """The written form of ``material``."""
    return json.dumps(
        {
            "form": _FORM,
            "organisation": material.organisation,
            "pattern": material.pattern,
            "common": material.common,
            "own": material.own_headings,
            "posts": [{"title": each.title, "values": each.values} for each in material.posts],
            "placeholders": written_data(material.placeholders).decode(),
            "libraries": [written_data(library).decode() for library in material.libraries],
            "templates": [
                {
                    "name": each.compiled.name,
                    "title": each.title,
                    "is_verbatim": each.is_verbatim,
                    "content": base64.b64encode(written_template(each.compiled)).decode(),
                }
                for each in material.templates
            ],
        },
        ensure_ascii=False,
    ).encode()


def read_material(content: bytes) -> PageMaterial:
    """The material of which ``content`` is the written form. Raises ``ValueError`` for any other content."""
    values = json.loads(content)
    if values["form"] != _FORM:
        raise ValueError(f"a page of form {values['form']}")
    return PageMaterial(
        organisation=values["organisation"],
        pattern=values["pattern"],
        common=values["common"],
        own_headings=values["own"],
        posts=tuple(PagePost(each["title"], each["values"]) for each in values["posts"]),
        placeholders=read_data(values["placeholders"].encode(), Placeholders),
        libraries=tuple(read_data(each.encode(), Library) for each in values["libraries"]),
        templates=tuple(
            PageTemplate(
                each["title"],
                read_written_template(base64.b64decode(each["content"]), each["name"]),
                each["is_verbatim"],
            )
            for each in values["templates"]
        ),
    )
