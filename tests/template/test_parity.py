"""What jdgen's compiled templates print is what docxtpl prints: canonical XML of every part, template by template."""

from __future__ import annotations

import dataclasses
import functools
import io
import itertools
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
from docxtpl import DocxTemplate
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from lxml import etree

from jdgen.drafting.model import JobDescription, Picture
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from jdgen.template.finishing import with_line_breaks
from jdgen.words import forbidden_characters
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, TEMPLATES, UNREPAIRED, draft_of, shipped_template
from tests.toolbox.soak import budget
from tests.toolbox.word import NAME, W, parts_of, png, word_file

OWN = "docProps/core.xml"  # docxtpl doubles an ampersand there; jdgen writes it itself (test_document.py)
# docxtpl takes {_{ for an escaped brace, which test_text.py shows jdgen not to do: no braces here.
characters = st.characters(codec="utf-8", exclude_characters="{}_%").filter(lambda char: not forbidden_characters(char))
texts = st.text(characters, min_size=1, max_size=20).filter(lambda text: "[To complete: " not in text)

# One template for each tag that docxtpl documents and the dialect takes.
TAGS = {
    "field": word_file("{{ title }}", "Band {{ band }}.", header=["{{ employer }}"], footer=["{{ reference }}"]),
    "paragraph loop": word_file("{%p for block in purpose %}", "{{ block.text }}", "{%p endfor %}"),
    "paragraph choice": word_file("{%p if clauses %}", "yes {{ title }}", "{%p else %}", "no", "{%p endif %}"),
    "loop in a line": word_file(
        "{% for value in values %}{{ value.text }}{% if not loop.last %}; {% endif %}{% endfor %}"
    ),
    "run choice": word_file("{%r if title %}x {%r endif %}{{ band }}"),
    "row loop": word_file(
        table=[["{%tr for d in dimensions %}", ""], ["{{ d.measure }}", "{{ d.text }}"], ["{%tr endfor %}", ""]]
    ),
    "column loop": word_file(
        table=[["{%tc for value in values %}", "{{ value.text }}", "{%tc endfor %}"], ["a", "{{ band }}", "c"]]
    ),
    "column span": word_file(table=[["{% colspan values|length %}{{ title }}", "x"], ["a", "b"]]),
    "cell background": word_file(table=[["{% cellbg band %}{{ title }}", "x"]]),
    "vertical merge": word_file(
        table=[["{%tr for d in dimensions %}", ""], ["{% vm %}{{ title }}", "{{ d.text }}"], ["{%tr endfor %}", ""]]
    ),
    "horizontal merge": word_file(table=[["{%tc for value in values %}", "{% hm %}{{ title }}", "{%tc endfor %}"]]),
    "comment": word_file("a {# not printed #} b", "{#p gone #}", "{{ title }}"),
    "raw": word_file("{{ title }} {% raw %}{{ title }} and {% if %}{% endraw %}"),
}


def by_docxtpl(template: bytes, draft: JobDescription) -> dict[str, bytes]:
    document = DocxTemplate(io.BytesIO(template))
    context = {field.name: getattr(draft, field.name) for field in dataclasses.fields(draft)}
    document.render(context, Environment(autoescape=True, undefined=StrictUndefined))
    stream = io.BytesIO()
    document.save(stream)
    return parts_of(stream.getvalue())


def canonical(name: str, content: bytes) -> Any:
    if not name.endswith((".xml", ".rels")):
        return content
    tree = etree.fromstring(content)
    if name == "[Content_Types].xml" or name.endswith(".rels"):
        return {tuple(sorted(entry.attrib.items())) for entry in tree if entry.get("Extension") not in ("xml", "rels")}
    for mark in [mark for mark in tree.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd") if _is_anchor(mark)]:
        mark.getparent().remove(mark)
    return etree.tostring(tree, method="c14n2")


def _is_anchor(mark: Any) -> bool:
    return mark.get(f"{W}name", "_jd_").startswith("_jd_") and int(mark.get(f"{W}id")) >= 1_000_000


def assert_same(template: bytes, draft: JobDescription) -> None:
    ours, theirs = parts_of(fill(compile_template(template, NAME), draft, DRAFTED)), by_docxtpl(template, draft)
    assert ours.keys() - {OWN} == theirs.keys() - {OWN}
    for name in theirs.keys() - {OWN}:
        assert canonical(name, ours[name]) == canonical(name, theirs[name]), name


def retold(value: Any, texts: Iterator[str]) -> Any:
    """``value`` with every text in it another one."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return next(texts)
    if isinstance(value, tuple):
        return tuple(retold(part, texts) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value)(
            **{
                field.name: retold(getattr(value, field.name), texts)
                for field in dataclasses.fields(value)
                if field.init
            }
        )
    return value


@st.composite
def drafts(draw: Any) -> JobDescription:
    # docxtpl draws no chart.
    draft = dataclasses.replace(draft_of(draw(st.sampled_from(POSTS))), notes=(), organisation_chart=None)
    few = {name: getattr(draft, name)[:2] for name in ("clauses", "decisions", "relationships")}
    retold_draft: JobDescription = retold(
        dataclasses.replace(draft, **few), _cycled(draw(st.lists(texts, min_size=9, max_size=9)))
    )
    return retold_draft


def _cycled(few: list[str]) -> Iterator[str]:
    """Texts that all differ, made of a few: ids among them must stay unique."""
    return (f"{few[number % len(few)]}{number}" for number in itertools.count())


@pytest.mark.parametrize("template", TEMPLATES)
@budget(3)
@given(draft=drafts())
def test_a_shipped_template_prints_what_docxtpl_prints(template: str, draft: JobDescription) -> None:
    assert_same((ROOT / "templates" / f"{template}.docx").read_bytes(), draft)


@pytest.mark.parametrize("tag", TAGS)
@budget(2)
@given(draft=drafts())
def test_a_documented_tag_prints_what_docxtpl_prints(tag: str, draft: JobDescription) -> None:
    assert_same(TAGS[tag], draft)


@pytest.mark.parametrize("template", UNREPAIRED)
def test_nothing_is_repaired_in_a_shipped_template(template: str) -> None:
    assert not any(part.is_repaired for part in shipped_template(template).printed_parts.values())


def test_a_picture_changes_nothing_else_in_a_document() -> None:
    template, draft = shipped_template("job-description"), draft_of(POSTS[0])
    with_picture = dataclasses.replace(draft, picture=Picture(png(), "A square"))
    plain, pictured = (texts_of(fill(template, each, DRAFTED)) for each in (draft, with_picture))
    assert pictured == plain


@budget(100)
@given(st.lists(st.text(st.sampled_from("ab\n\t &"), max_size=6), min_size=1, max_size=4), st.booleans())
def test_line_feeds_and_tabs_are_what_docxtpl_makes_of_them(texts: list[str], bold: bool) -> None:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    runs = "".join(f'<w:r w:rsidR="1">{properties}<w:t>{text.replace("&", "&amp;")}</w:t></w:r>' for text in texts)
    xml = f"<w:p><w:pPr><w:b/></w:pPr>{runs}</w:p>\n<w:p/>"
    assert with_line_breaks(xml) == DocxTemplate.resolve_listing(None, xml)


@functools.cache
def texts_of(content: bytes) -> tuple[str, ...]:
    tree = etree.fromstring(parts_of(content)["word/document.xml"])
    return tuple(text for paragraph in tree.iter(f"{W}p") if (text := "".join(map(str, paragraph.itertext(f"{W}t")))))


def test_the_comparison_sees_a_single_changed_letter() -> None:
    draft = draft_of(POSTS[0])
    theirs = by_docxtpl(TAGS["field"], dataclasses.replace(draft, title=draft.title + "x"))
    ours = parts_of(fill(compile_template(TAGS["field"], NAME), draft, DRAFTED))
    differing = [name for name in theirs.keys() - {OWN} if canonical(name, ours[name]) != canonical(name, theirs[name])]
    assert differing == ["word/document.xml"]
