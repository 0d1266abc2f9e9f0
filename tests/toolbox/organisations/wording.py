"""What every job description prints, as organisations put it into their templates."""

from __future__ import annotations

from tests.toolbox.markup import heading, paragraph, table

DETAILS = (
    ("Job title", "{{ title }}"),
    ("Band", "{{ band_statement }}"),
    ("Department", "{{ department }}"),
    ("Responsible to", "{{ responsible_to }}"),
    ("Base", "{{ base }}"),
)


def details(widths: tuple[int, int] = (3000, 6000)) -> str:
    """The post's details, a table of two columns."""
    return table(("Detail", "This post"), *DETAILS, widths=widths)


def purpose() -> str:
    return heading("Job purpose") + looped("block in purpose", paragraph("{{ block.text }}"))


def duties() -> str:
    """Duties under their headings, numbered by jdgen."""
    inner = paragraph("{{ heading.title }}", style="Heading2") + looped(
        "duty in heading.duties", paragraph("{{ duty.number }} {{ duty.text }}")
    )
    return heading("Main duties") + looped("heading in duty_headings", inner)


def person_specification() -> str:
    """A heading and a table for each group of criteria."""
    rows = (
        ("Criterion", "Essential or desirable", "How assessed"),
        ("{%tr for criterion in group.criteria %}", "", ""),
        ("{{ criterion.text }}", "{{ criterion.importance }}", "{{ criterion.assessed_by }}"),
        ("{%tr endfor %}", "", ""),
    )
    inner = paragraph("{{ group.title }}", style="Heading2") + table(*rows, widths=(5000, 2000, 2000))
    return heading("Person specification") + looped("group in person_specification.groups", inner)


def general_statements() -> str:
    inner = paragraph("{{ clause.title }}", style="Heading2") + paragraph("{{ clause.text }}")
    return heading("General statements") + looped("clause in clauses", inner)


def looped(over: str, content: str) -> str:
    return paragraph(f"{{%p for {over} %}}") + content + paragraph("{%p endfor %}")


def everything() -> str:
    return heading("Job description") + details() + purpose() + duties() + person_specification() + general_statements()
