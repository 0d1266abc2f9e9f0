"""For every code a template with that fault at a known place, and one that comes near it and is sound."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.toolbox.examples import ROOT
from tests.toolbox.markup import (
    NAMESPACES,
    RELATIONS,
    SETTINGS,
    control,
    field_code,
    heading,
    paragraph,
    run,
    table,
    word_template,
)
from tests.toolbox.word import change_part, with_part

Make = Callable[[], bytes]
MARKED = '<w:highlight w:val="yellow"/>'


@dataclass(frozen=True)
class Case:
    """``fault`` is found with ``code`` at ``place``; ``sound`` is a near miss, without that code."""

    code: str
    place: str
    fault: Make
    sound: Make


def text(*bodies: str) -> Make:
    """A template of these paragraphs: plain texts, or XML."""
    xml = "".join(body if body.startswith("<") else paragraph(body) for body in bodies)
    return lambda: word_template(xml)


def headed(*texts: str) -> Make:
    return lambda: word_template(paragraph("x"), header=texts)


def link(inside: str) -> str:
    return f'<w:hyperlink w:anchor="a">{run(inside)}</w:hyperlink>'


def part_changed(name: str, pattern: str, new: str) -> Make:
    make = text("{{ title }}")
    return lambda: change_part(make(), name, lambda old: re.sub(pattern.encode(), new.encode(), old, count=1))


def protected(edit: str, enforcement: str) -> Make:
    mark = f'<w:documentProtection w:edit="{edit}" w:enforcement="{enforcement}"/>'
    return part_changed(SETTINGS, r"(<w:settings[^>]*>)", rf"\1{mark}")


def tracking(value: str) -> Make:
    return part_changed(SETTINGS, r"(<w:settings[^>]*>)", rf"\1<w:trackRevisions{value}/>")


def cell(body: str) -> str:
    return table(("Head",), (body,))


def merged_cells(cells: str) -> str:
    return table(("One", "Two"), ("a", "b")).replace("<w:tcPr>", cells, 1)


def drawing(description: str) -> str:
    return paragraph(
        '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
        f'<wp:docPr id="7" name="Picture 7" descr="{description}"/><a:graphic><a:graphicData uri="u"/></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def box(inside: str) -> str:
    return paragraph(
        f'<w:r><w:pict><v:shape alt="x"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape>'
        "</w:pict></w:r>"
    )


def bold(words: str) -> str:
    return paragraph(run(words, "<w:b/>"))


def side_by_side(beside: str) -> str:
    """A row for each group, its desirable criteria in a cell of their own."""
    tags = ("{%p for c in g.criteria %}", "{%p if c.importance == 'Desirable' %}", "{{ c.text }}", "{%p endif %}")
    desirable = "".join(paragraph(tag) for tag in (*filter(None, (beside,)), *tags, "{%p endfor %}"))
    loop = "{%tr for g in person_specification.groups %}"
    return table(("Group", "Desirable"), (loop, ""), ("{{ g.title }}", desirable), ("{%tr endfor %}", ""))


VALUES = "".join(map(paragraph, ("{%p for value in values %}", "{{ value.text }}", "{%p endfor %}")))


def divided(beside: str) -> str:
    """A row that may be split over two pages: a list that is repeated, with another cell before it."""
    head, rest = table(("Values", "Values"), (beside, VALUES)).split("</w:tr>", 1)
    return f"{head}</w:tr>{rest.replace('<w:cantSplit/>', '')}"


def shipped_with(old: bytes, new: bytes) -> Make:
    """The shipped template of a job description, with something in its text replaced."""
    content = (ROOT / "templates/job-description.docx").read_bytes()
    return lambda: change_part(content, "word/document.xml", lambda xml: xml.replace(old, new))


IN_CELL = "(table 1, row 2, column 1, paragraph 2)"
TRACKED = 'w:id="9" w:author="a"'
SECTION = "<w:sectPr/>"
DUTIES = "{%p for heading in duty_headings %}", "{%p for duty in heading.duties %}", "{{ duty.text }}"
LINK = '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'


def linked(address: str) -> Make:
    new = f'{LINK} Target="{address}" TargetMode="External"/></Relationships>'
    return part_changed(RELATIONS, "</Relationships>", new)


def in_footnotes(inside: str) -> Make:
    return lambda: with_part(word_template(paragraph("{{ title }}")), "word/footnotes.xml", inside.encode())


def comment(author: str) -> bytes:
    comments = f'<w:comment w:id="1" w:author="{author}">{paragraph("{{ title }}")}</w:comment>'
    return f"<w:comments {NAMESPACES}>{comments}</w:comments>".encode()


def bookmark(name: str) -> str:
    return paragraph(f'<w:bookmarkStart w:id="5" w:name="{name}"/>{run("x")}<w:bookmarkEnd w:id="5"/>')


CASES = (
    Case("unknown-field", "'{{ titel }}' (paragraph 2)", text("x", "{{ titel }}"), text("x", "{{ title }}")),
    Case(
        "unknown-field",
        "'{{ c.txt }}' (paragraph 2)",
        text("{%p for c in clauses %}", "{{ c.txt }}", "{%p endfor %}"),
        text("{%p for c in clauses %}", "{{ c.text }}", "{%p endfor %}"),
    ),
    Case("unknown-field", "header, '{{ bse }}' (paragraph 2)", headed("{{ bse }}"), headed("{{ base }}")),
    Case("unknown-field", f"'{{{{ bse }}}}' {IN_CELL}", text(cell("{{ bse }}")), text(cell("{{ base }}"))),
    Case("prints-no-text", "'{{ clauses }}' (paragraph 1)", text("{{ clauses }}"), text("{{ clauses|length }}")),
    Case(
        "never-equal",
        "'{% if band == 7 %}x{% endif %}' (paragraph 1)",
        text("{% if band == 7 %}x{% endif %}"),
        text("{% if band == '7' %}x{% endif %}"),
    ),
    Case(
        "may-be-missing",
        "'{{ picture }}' (paragraph 1)",
        text("{{ picture }}"),
        text("{%p if picture %}", "{{ picture }}", "{%p endif %}"),
    ),
    Case(
        "no-list",
        "'{%p for x in title %}' (paragraph 1)",
        text("{%p for x in title %}", "x", "{%p endfor %}"),
        text("{%p for x in values %}", "x", "{%p endfor %}"),
    ),
    Case(
        "unanswerable",
        "'{% if band > 5 %}x{% endif %}' (paragraph 1)",
        text("{% if band > 5 %}x{% endif %}"),
        text("{% if band > '5' and clauses|length > 5 %}x{% endif %}"),
    ),
    Case("beyond-dialect", "'{{ title|safe }}' (paragraph 1)", text("{{ title|safe }}"), text("{{ title|upper }}")),
    Case("beyond-dialect", "'{% set x = 1 %}' (paragraph 1)", text("{% set x = 1 %}"), text("{# set x = 1 #}")),
    Case("unreadable-tag", "'{{ title. }}' (paragraph 1)", text("{{ title. }}"), text("{{ title }}.")),
    Case("unclosed-block", "'{%p if title %}' (paragraph 2)", text("x", "{%p if title %}", "y"), text("x")),
    Case(
        "unclosed-block",
        "'y{% endif %}' (paragraph 2)",
        text("{% if title %}x{% endif %}", "y{% endif %}"),
        text("{% if title %}x{% endif %}", "{% if title %}y{% endif %}"),
    ),
    Case(
        "crossed-blocks",
        "'{% if title %}{% for v in values %}{% endif %}{% endfor %}' (paragraph 1)",
        text("{% if title %}{% for v in values %}{% endif %}{% endfor %}"),
        text("{% if title %}{% for v in values %}{% endfor %}{% endif %}"),
    ),
    Case(
        "mixed-block",
        "'{%p if title %}' (paragraph 1)",
        text("{%p if title %}", "x", "{% endif %}"),
        text("{%p if title %}", "x", "{%p endif %}"),
    ),
    Case(
        "block-across-containers",
        "'{%p if title %}' (paragraph 1)",
        text("{%p if title %}", cell("{%p endif %}")),
        text("{%p if title %}", cell("x"), "{%p endif %}"),
    ),
    Case(
        "half-in-link",
        "'{{ title }}' (paragraph 1)",
        text(f"<w:p>{link('{{ ti')}{run('tle }}')}</w:p>"),
        text(f"<w:p>{link('{{ title }}')}{run(' x')}</w:p>"),
    ),
    Case(
        "half-in-link",
        "'{% if title %}ab{% endif %}' (paragraph 1)",
        text(f"<w:p>{link('{% if title %}a')}{run('b{% endif %}')}</w:p>"),
        text(f"<w:p>{run('{% if title %}')}{link('a')}{run('b{% endif %}')}</w:p>"),
    ),
    Case(
        "half-in-link",
        "'{{ title }}' (paragraph 1)",
        text(f"<w:p>{control(run('{{ ti'), 'x', 7)}{run('tle }}')}</w:p>"),
        text(f"<w:p>{control(run('{{ ti') + run('tle }}'), 'x', 7)}</w:p>"),
    ),
    Case(
        "half-in-link",
        "'{% if title %}ab{% endif %}' (paragraph 1)",
        text(f"<w:p>{field_code('REF a', '{% if title %}a')}{run('b{% endif %}')}</w:p>"),
        text(f"<w:p>{run('{% if title %}')}{field_code('REF a', 'a')}{run('b{% endif %}')}</w:p>"),
    ),
    Case(
        "blank-line-left",
        "'{% if title %}' (paragraph 1)",
        text("{% if title %}", "x", "{% endif %}"),
        text("{% if title %}x{% endif %}"),
    ),
    Case(
        "block-over-paragraphs",
        "'a{% if title %}' (paragraph 1)",
        text("a{% if title %}", "x", "{% endif %}b"),
        text("a{% if title %}x{% endif %}b"),
    ),
    Case("unclosed-tag", "'{{ title }' (paragraph 2)", text("x", "{{ title }"), text("x", "{ title }")),
    Case("unfit-tag", "'{{p title }}' (paragraph 1)", text("{{p title }}"), text("{{ title }}p")),
    Case(
        "unfit-tag",
        "'{% raw %}' (paragraph 1)",
        text("{% raw %}", "{{ x }}", "{% endraw %}"),
        text("{% raw %}{{ x }} {%p if %} {% endif %}{% endraw %}"),
    ),
    Case(
        "unfit-tag",
        "'{% hm %}a' (table 1, row 1, column 1, paragraph 2)",
        text("{{ title }}", table(("{% hm %}a", "b"))),
        text("{{ title }}", table(("{%tc for v in values %}", "{% hm %}a", "{%tc endfor %}"))),
    ),
    Case(
        "unfit-tag",
        "'{% vm %}a' (table 1, row 1, column 1, paragraph 2)",
        text("{{ title }}", table(("{% vm %}a", "b"))),
        text("{{ title }}", table(("{%tr for v in values %}", ""), ("{% vm %}a", "b"), ("{%tr endfor %}", ""))),
    ),
    Case(
        "unfit-tag",
        "'{% colspan title %}a' (table 1, row 1, column 1, paragraph 2)",
        text("{{ title }}", table(("{% colspan title %}a", "b"))),
        text("{{ title }}", table(("{% colspan values|length %}a", "b"))),
    ),
    Case(
        "beyond-dialect",
        "'{% cellbg 'FF0000' %}a' (table 1, row 1, column 1, paragraph 2)",
        text("{{ title }}", table(("{% cellbg 'FF0000' %}a", "b"))),
        text("{{ title }}", table(("{% cellbg band %}a", "b"))),
    ),
    Case("tag-outside-table", "'{% vm %}a' (paragraph 2)", text("x", "{% vm %}a"), text("x", "{# vm #}a")),
    Case(
        "joins-lines",
        "'{%- if title %}x{% endif -%}' (paragraph 1)",
        text("{%- if title %}x{% endif -%}"),
        text("a {%- if title -%} x {%- endif -%} b"),
    ),
    Case(
        "percent-in-tag",
        "'{%p if title % band %}' (paragraph 1)",
        text("{%p if title % band %}", "x", "{%p endif %}"),
        text("{%p if title == '5%' or title == '{}' %}", "x", "{%p endif %}"),
    ),
    Case(
        "unclosed-tag",
        "'{{ title }}{% if title == '%' x' (paragraph 1)",
        text("{{ title }}{% if title == '%' x"),
        text("{% if title == '%}' %}{{ title if title != '}}' else band }}{% endif %}{# {{ x }} {% if #}"),
    ),
    Case(
        "lost-with-tag",
        "'{%p if title %}{# only 8a #} x' (paragraph 1)",
        text("{%p if title %}{# only 8a #} x", "x", "{%p endif %}"),
        text("{%p if title %}{# only 8a #}", "x", "{# {{ x }} #}{%p endif %} {# end #}"),
    ),
    Case(
        "tag-outside-table",
        "'{%tr for v in values %}' (paragraph 1)",
        text("{%tr for v in values %}", "x", "{%tr endfor %}"),
        text(table(("Head",), ("{%tr for v in values %}",), ("x",), ("{%tr endfor %}",))),
    ),
    Case(
        "lost-with-tag",
        "'a {%p if title %}' (paragraph 1)",
        text("a {%p if title %}", "x", "{%p endif %}"),
        text("a", "{%p if title %}", "x", "{%p endif %}"),
    ),
    Case(
        "lost-with-tag",
        "'{%tr for v in values %}x' (table 1, row 2, column 1, paragraph 3)",
        text(table(("A", "B"), ("{%tr for v in values %}", "x"), ("a", "b"), ("{%tr endfor %}", ""))),
        text(table(("A", "B"), ("{%tr for v in values %}", ""), ("a", "b"), ("{%tr endfor %}", ""))),
    ),
    Case(
        "section-break-lost",
        "'{#p x #}' (paragraph 1)",
        text(paragraph("{#p x #}", properties=SECTION)),
        text(paragraph("{# x #}", properties=SECTION)),
    ),
    Case("never-filled", RELATIONS, linked("https://example.org/%7B%7B%20base"), linked("https://example.org/%7Bx")),
    Case(
        "never-filled",
        "comments",
        lambda: with_part(word_template(paragraph("{{ title }}")), "word/comments.xml", comment("A manager")),
        lambda: with_part(word_template(paragraph("{{ title }}")), "word/comments.xml", comment("jdgen")),
    ),
    Case("never-filled", "footnotes", in_footnotes("<a>{{ title }}</a>"), in_footnotes("<a>{ title }</a>")),
    Case(
        "never-filled",
        SETTINGS,
        part_changed(SETTINGS, "</w:settings>", '<w:docVars><w:docVar w:val="{{ x }}"/></w:docVars></w:settings>'),
        text("{{ title }}"),
    ),
    Case(
        "tracked-changes",
        "'y' (paragraph 2)",
        text("x", f"<w:p><w:moveTo {TRACKED}>{run('y')}</w:moveTo></w:p>"),
        text("x", "y"),
    ),
    Case(
        "tracked-changes",
        f"'y' {IN_CELL}",
        text(
            cell("y").replace(
                '</w:tcPr><w:p><w:r><w:t xml:space="preserve">y',
                f'<w:cellIns {TRACKED}/></w:tcPr><w:p><w:r><w:t xml:space="preserve">y',
            )
        ),
        text(cell("y")),
    ),
    Case(
        "comment-left",
        "'x' (paragraph 1)",
        text(f'<w:p>{run("x")}<w:r><w:commentReference w:id="1"/></w:r></w:p>'),
        text("x"),
    ),
    Case(
        "highlighted",
        "'x' (paragraph 1)",
        text(paragraph(run("x", MARKED))),
        text(paragraph(run("{{ title }}", MARKED), run("x"))),
    ),
    Case("no-tags", "", text("x"), text("{{ title }}")),
    Case(
        "repeated-bookmark",
        "'x' (paragraph 2)",
        text("{%p for v in values %}", bookmark("own"), "{%p endfor %}"),
        text("{%p for v in values %}", "x", "{%p endfor %}", bookmark("own")),
    ),
    Case("other-dialect", "'«Job_Title»' (paragraph 1)", text("«Job_Title»"), text("« »")),
    Case(
        "other-dialect",
        "'<<base>>' (paragraph 1)",
        text(paragraph("<w:r><w:t>&lt;&lt;base&gt;&gt;</w:t></w:r>")),
        text("5 << 6"),
    ),
    Case("stray-brace", "'{{ title }}}' (paragraph 1)", text("{{ title }}}"), text("{see {{ title }}}")),
    Case("other-dialect", "'${title}' (paragraph 1)", text("${title}"), text("$5 {1}")),
    Case("other-dialect", "'{title}' (paragraph 1)", text("{title}"), text("{see the note on page 5}")),
    Case(
        "other-dialect",
        "'old' (paragraph 1)",
        text(f"<w:p>{field_code('MERGEFIELD Job_Title', 'old')}</w:p>"),
        text(f"<w:p>{field_code('REF Job_Title', 'old')}</w:p>"),
    ),
    Case("left-to-fill", "'[insert job title]' (paragraph 1)", text("[insert job title]"), text("[inserts are sold]")),
    Case(
        "missing-field",
        "",
        text("{{ band }}"),
        text("{{ title }}{{ band }}", *DUTIES, "{%p endfor %}", "{%p endfor %}"),
    ),
    Case(
        "unknown-own-field", "'{{ own.divison }}' (paragraph 1)", text("{{ own.divison }}"), text("{{ own.division }}")
    ),
    Case(
        "cell-may-be-empty",
        f"'{{% if clauses %}}x{{% endif %}}' {IN_CELL}",
        text(cell("{% if clauses %}x{% endif %}")),
        text(cell("{% if clauses %}x{% else %}None{% endif %}")),
    ),
    Case(
        "cell-may-be-empty",
        "'{%p if c.importance == 'Desirable' %}' (table 1, row 3, column 2, paragraph 7)",
        text(side_by_side("")),
        text(side_by_side("Desirable, if any:")),
    ),
    Case(
        "numbers-go-on",
        "under '{{ heading.title }}', '{{ duty.text }}' (paragraph 85)",
        shipped_with(b'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', b""),
        shipped_with(b'<w:pStyle w:val="Duty"/>', b'<w:pStyle w:val="ListBullet"/>'),
    ),
    Case(
        "heading-by-look",
        "'Main duties' (paragraph 2)",
        text("x", bold("Main duties"), cell(bold("Job title")), bold("Base"), "Leeds."),
        text("x", bold("Leads."), heading("Main duties"), bold("Base: Leeds"), cell(bold("Job title")), "y", bold("z")),
    ),
    Case(
        "curly-quotes",
        "'{% if band == “7” %}x{% endif %}' (paragraph 1)",
        text("{% if band == “7” %}x{% endif %}"),
        text("“{% if band == '7' %}x{% endif %}”"),
    ),
    Case("no-break-space", "'{{\u00a0title }}' (paragraph 1)", text("{{\u00a0title }}"), text("\u00a0{{ title }}")),
    Case("no-title", "", part_changed("docProps/core.xml", "Job description", " "), text("x")),
    Case(
        "language",
        "'x' (paragraph 1)",
        text(paragraph(run("x", '<w:lang w:val="fr-FR"/>'))),
        text(paragraph(run("x", '<w:lang w:val="en-GB"/>'))),
    ),
    Case("is-protected", "", protected("forms", "1"), protected("forms", "0")),
    Case("is-protected", "", protected("trackedChanges", "true"), protected("none", "1")),
    Case("tracks-changes", "", tracking(""), tracking(' w:val="0"')),
    Case("language", "", part_changed("word/styles.xml", '<w:lang w:val="en-GB"', '<w:lang w:val="en-US"'), text("x")),
    Case(
        "heading-skipped",
        "under 'a', 'b' (paragraph 2)",
        text(heading("a"), heading("b", 3)),
        text(heading("a"), heading("b", 2), heading("c", 3), heading("d", 1)),
    ),
    Case("blank-paragraph", "a line without words (paragraph 2)", text("a", "<w:p/>", "<w:p/>", "b"), text("a", "b")),
    Case("typed-bullet", "'- b' (paragraph 2)", text("a", "- b", "- c"), text("a – b", "-5")),
    Case("typed-number", "'1. b' (paragraph 1)", text("1. b"), text("24 July 2026", "37.5 hours")),
    Case("typed-page-number", "header, 'Page 1 of 2' (paragraph 2)", headed("Page 1 of 2"), headed("Page title")),
    Case(
        "no-header-row",
        "'a' (table 1, row 1, column 1, paragraph 1)",
        text(table(("a",), header=False)),
        text(table(("a",))),
    ),
    Case(
        "row-may-split",
        "'a' (table 1, row 1, column 1, paragraph 1)",
        text(table(("a",)).replace("<w:cantSplit/>", "")),
        text(table(("a",))),
    ),
    Case(
        "row-may-split",
        "'Values' (table 1, row 2, column 1, paragraph 3)",
        text(divided("Values")),
        text(divided(VALUES)),
    ),
    Case(
        "merged-cells",
        "'One' (table 1, row 1, column 1, paragraph 1)",
        text(merged_cells('<w:tcPr><w:gridSpan w:val="2"/>')),
        text(merged_cells("<w:tcPr>")),
    ),
    Case("empty-cell", f"a line without words {IN_CELL}", text(cell("")), text(cell("Not applicable"))),
    Case("no-alt-text", "a line without words (paragraph 1)", text(drawing("")), text(drawing("A map"))),
    Case("text-box", "a line without words (paragraph 1)", text(box(paragraph("x"))), text(drawing("x"))),
    Case(
        "small-text",
        "'x' (paragraph 1)",
        text(paragraph(run("x", '<w:sz w:val="22"/>'))),
        text(paragraph(run("x", '<w:sz w:val="24"/>'))),
    ),
    Case(
        "low-contrast",
        "'x' (paragraph 1)",
        text(paragraph(run("x", '<w:color w:val="768692"/>'))),
        text(paragraph(run("x", '<w:color w:val="425563"/>'))),
    ),
    Case("unfit-file", "", lambda: b"no zip", text("x")),
    Case("field-list", "", (ROOT / "templates/pieces/fields.docx").read_bytes, text("x")),
)
