"""Templates with the layouts that organisations give to duties and criteria, each printing the same."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tests.toolbox.markup import heading, paragraph, table, word_template
from tests.toolbox.organisations.templates import TEMPLATES
from tests.toolbox.organisations.wording import details, duties, looped, person_specification

_GROUPS, _CRITERIA = "group in person_specification.groups", "criterion in group.criteria"
_GROUP, _TEXT = "{{ group.title }}", "{{ criterion.text }}"
_IMPORTANCE, _ASSESSED = "{{ criterion.importance }}", "{{ criterion.assessed_by }}"


def _every_row(*cells: str) -> str:
    """A table with a row for each criterion of every group."""
    rest = [""] * (len(cells) - 1)
    loops = (f"{{%tr for {_GROUPS} %}}", f"{{%tr for {_CRITERIA} %}}"), ("{%tr endfor %}", "{%tr endfor %}")
    head = [f"Column {number}" for number in range(len(cells))]
    rows = [head, *([tag, *rest] for tag in loops[0]), list(cells), *([tag, *rest] for tag in loops[1])]
    return heading("Person specification") + table(*rows)


def _document(specification: str) -> bytes:
    return word_template(details() + duties() + specification + paragraph("Agreed by the manager."))


def factor_first() -> bytes:
    """The commonest: ``Factor | Criterion | E/D | Assessed by``."""
    return _document(_every_row(_GROUP, _TEXT, _IMPORTANCE, _ASSESSED))


def merged_groups() -> bytes:
    """The name of a group in one cell beside all its criteria."""
    return _document(_every_row(f"{{% vm %}}{_GROUP}", _TEXT, _IMPORTANCE, _ASSESSED))


def factor_last() -> bytes:
    return _document(_every_row(_TEXT, _IMPORTANCE, _ASSESSED, _GROUP))


def factor_between() -> bytes:
    return _document(_every_row(_IMPORTANCE, _GROUP, _TEXT))


def importance_first() -> bytes:
    return _document(_every_row(_IMPORTANCE, _TEXT, _ASSESSED))


def factor_and_chapter() -> bytes:
    """Two labels in each row."""
    return _document(_every_row("{{ specialism }}", _GROUP, _TEXT, _IMPORTANCE))


def in_one_cell() -> bytes:
    """A criterion and its importance as two paragraphs of a cell."""
    return _document(_every_row(_GROUP, paragraph(_TEXT) + paragraph(_IMPORTANCE), _ASSESSED))


def heading_rows() -> bytes:
    """The name of a group in a row of its own."""
    rows = [["Criterion", "E/D"], [f"{{%tr for {_GROUPS} %}}", ""], [_GROUP, ""], [f"{{%tr for {_CRITERIA} %}}", ""]]
    rows += [[_TEXT, _IMPORTANCE], ["{%tr endfor %}", ""], ["{%tr endfor %}", ""]]
    return _document(heading("Person specification") + table(*rows))


def duties_in_cells() -> bytes:
    """A row for each heading, with all its duties in one cell."""
    return _with_duties("{{ heading.title }}", looped("duty in heading.duties", paragraph("{{ duty.text }}")))


def numbered_duties_in_cells() -> bytes:
    text = paragraph("{{ duty.number }} {{ duty.text }}", style="ListParagraph")
    return _with_duties("{{ heading.title }}", looped("duty in heading.duties", text))


def _with_duties(*cells: str) -> bytes:
    rows = [["Area", "What you do"], ["{%tr for heading in duty_headings %}", ""], list(cells), ["{%tr endfor %}", ""]]
    return word_template(heading("Duties") + table(*rows) + person_specification())


def duties_in_rows() -> bytes:
    """A row for each duty, with its heading beside it."""
    loops = ["{%tr for heading in duty_headings %}", "{%tr for duty in heading.duties %}"]
    rows = [["Area", "Duty"], *([tag, ""] for tag in loops), ["{{ heading.title }}", "{{ duty.text }}"]]
    rows += [["{%tr endfor %}", ""]] * 2
    return word_template(heading("Duties") + table(*rows) + person_specification())


def duties_at_the_end() -> bytes:
    """Nothing after the duties: the last of them is the last paragraph of the text."""
    return word_template(details() + person_specification() + duties())


def all_in_one_cell() -> bytes:
    """The whole document in a cell, for the layout; a duty is its last paragraph."""
    return word_template(table([details() + person_specification() + duties()], header=False))


def side_by_side() -> bytes:
    """Essential criteria beside desirable ones, as lists in two cells."""
    lists = [_side("essential"), _side("desirable")]
    return _document(looped(_GROUPS, heading(_GROUP) + table(["Essential", "Desirable"], lists)))


def _side(side: str) -> str:
    criteria = looped(f"criterion in group.{side}", paragraph(f"{_TEXT} ({_ASSESSED})"))
    none = (f"{{%p if group.no_{side} %}}", f"{{{{ group.no_{side} }}}}", "{%p endif %}")
    return criteria + "".join(paragraph(each) for each in none)


#: Those of ``tests/toolbox/organisations`` and those above, by name.
LAYOUTS: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        **TEMPLATES,
        **{
            layout.__name__: functools.cache(layout)
            for layout in (
                factor_first,
                factor_last,
                factor_between,
                importance_first,
                factor_and_chapter,
                in_one_cell,
                heading_rows,
                duties_in_cells,
                numbered_duties_in_cells,
                duties_in_rows,
                duties_at_the_end,
                all_in_one_cell,
                side_by_side,
            )
        },
    }
)
