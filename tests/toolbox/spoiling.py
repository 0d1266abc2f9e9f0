"""Strategies that spoil sound templates, posts and framework files."""

from __future__ import annotations

import zlib
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.organisations.templates import TEMPLATES as ORGANISATIONS
from tests.toolbox.word import W, parts_of, zipped

_BODY = "word/document.xml"


class File(bytes):
    """A file's content, which a failing test does not print whole."""

    def __repr__(self) -> str:
        return f"<{len(self):,} bytes, CRC {zlib.crc32(self):08x}>"


SNIPPETS = (
    *(
        "{{ title }}",
        "{{ band }}",
        "{{ titel }}",
        "{{title}}",
        "{{ title",
        "title }}",
        "{ title }",
        "{{",
        "}}",
        "{%",
        "%}",
    ),
    *("{%p if title %}", "{%p endif %}", "{% if title %}", "{% endif %}", "{%p else %}", "{%p for duty in duties %}"),
    *("{%p for block in purpose %}", "{{ block.text }}", "{%p endfor %}", "{%tr for d in demands %}", "{%tr endfor %}"),
    *("{%tc for v in values %}", "{%tc endfor %}", "{% for v in values %}{{ v.text }}{% endfor %}", "{% colspan 2 %}"),
    *(
        "{% hm %}",
        "{% vm %}",
        "{%r if title %}",
        "{%r endif %}",
        "{# note #}",
        "{#p note #}",
        "{% raw %}",
        "{{ picture }}",
    ),
    *(
        "{% set x = 1 %}",
        "{{ 1/0 }}",
        "{{ title.upper() }}",
        "{{ title|upper }}",
        "{{ title|safe }}",
        "{% include 'x' %}",
    ),
    *(
        "{{ cycler.__init__.__globals__ }}",
        "{{ title ~ title }}",
        "{{ 'x' * 9 }}",
        "{{ '{0.__class__}'.format(title) }}",
    ),
    *(
        "«Title»",
        "[insert title]",
        "R&D",
        "“{{ title }}”",
        "{{ “title” }}",
        "{{\u00a0title\u00a0}}",
        "{_{ x }_}",
        "\u200b",
    ),
    *(
        "{% if band > 5 %}",
        "{% if title == 'x' %}",
        "{% if title is prompt %}",
        "{%- if title -%}",
        "&amp;",
        "<w:p/>",
        "]]>",
    ),
)
_TEMPLATES = {
    **ORGANISATIONS,
    **{name: (ROOT / "templates" / f"{name}.docx").read_bytes for name in TEMPLATES},
}


@st.composite
def spoilt_templates(draw: st.DrawFn) -> File:
    """A template in which some paragraphs were written over, moved, copied or taken out."""
    content = _TEMPLATES[draw(st.sampled_from(sorted(_TEMPLATES)))]()
    parts = parts_of(content)
    name = draw(
        st.sampled_from([_BODY, _BODY, _BODY, *(part for part in parts if "header" in part and part.endswith("xml"))])
    )
    tree = etree.fromstring(parts[name])
    for _ in range(draw(st.integers(1, 4))):
        _spoil(draw, tree)
    spoilt = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return File(zipped(parts | {name: spoilt}))


def _spoil(draw: st.DrawFn, tree: Any) -> None:
    texts = [text for text in tree.iter(f"{W}t") if text.text]
    holders = [element for tag in ("p", "r", "tr", "tc", "tbl") for element in tree.iter(f"{W}{tag}")]
    way = draw(st.sampled_from(("write", "write", "write", "insert", "cut", "copy", "move", "drop")))
    if way in ("write", "insert", "cut") and texts:
        text = draw(st.sampled_from(texts))
        words = "".join(draw(st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=3)))
        at = draw(st.integers(0, len(text.text)))
        text.text = {"write": words, "insert": text.text[:at] + words + text.text[at:], "cut": text.text[:at]}[way]
    elif holders:
        element = draw(st.sampled_from(holders))
        if way == "copy":
            element.addnext(deepcopy(element))
        elif way == "move":
            other = draw(st.sampled_from([holder for holder in holders if holder.tag == element.tag]))
            if (
                other is not element
                and element not in list(other.iterancestors())
                and other not in list(element.iterancestors())
            ):
                other.addnext(element)
        elif element.getparent() is not None:
            element.getparent().remove(element)


@st.composite
def damaged_files(draw: st.DrawFn, content: bytes) -> File:
    """A file with some bytes changed, cut out or repeated."""
    spoilt = bytearray(content)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(0, len(spoilt) - 1)))
        size = draw(st.integers(1, 64))
        way = draw(st.sampled_from(("change", "cut", "repeat", "end")))
        if way == "change":
            spoilt[at : at + 1] = bytes([draw(st.integers(0, 255))])
        elif way == "cut":
            del spoilt[at : at + size]
        elif way == "repeat":
            spoilt[at:at] = spoilt[at : at + size]
        else:
            del spoilt[at + 1 :]
    return File(spoilt)


@st.composite
def damaged_parts(draw: st.DrawFn, content: bytes) -> File:
    """A sound zip with one damaged part in it: what a damaged file that is still a zip looks like inside."""
    parts = parts_of(content)
    name = draw(st.sampled_from(sorted(parts)))
    return File(zipped(parts | {name: draw(damaged_files(parts[name]))}))


@st.composite
def spoilt_lines(draw: st.DrawFn, text: str) -> str:
    """A text file in which lines were taken out, repeated, moved to another depth, or written over."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        way = draw(st.sampled_from(("drop", "repeat", "indent", "outdent", "value", "key", "noise")))
        if way == "drop":
            del lines[at : at + draw(st.integers(1, 3))]
        elif way == "repeat":
            lines[at:at] = lines[at : at + 2]
        elif way == "indent":
            lines[at] = f"  {lines[at]}"
        elif way == "outdent":
            lines[at] = lines[at].removeprefix("  ")
        elif way == "noise":
            lines[at] = draw(st.text(max_size=30))
        else:
            key, colon, value = lines[at].partition(":")
            words = draw(
                st.sampled_from(("", "null", "7", "[]", "{}", "yes", "2026-01-05", "&a *a", "*a", "!!python/x y", "8"))
            )
            lines[at] = f"{key}{colon} {words}" if way == "value" else f"{words}:{value}"
        lines = lines or [""]
    return "\n".join(lines)
