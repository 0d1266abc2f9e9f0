"""A second version of the chapter with every kind of change, and what an organisation mends for it.

It is made up for this trial: no publisher has said any of it.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.toolbox.data import DATA, SOURCE_TEXT, change_text

#: Sentences of one statement, changed, withdrawn, added; and one that goes under another heading.
_SENTENCES = (
    ("Contribute to the programme / project in", "Contribute actively to the programme / project in"),
    ("Establish the project processes and standards for", "Establish lasting project processes and standards for"),
    ("Lead to support the project", "Lead the support of the project"),
    (" Build strong networks both internally and externally", ""),
    ("Draft and sign-off correspondence", "Draft and sign-off correspondence. Keep a record of what was agreed."),
    ("managing stakeholder relationships. Provide assurance.", "managing stakeholder relationships."),
    ("to account for delivery.", "to account for delivery. Provide assurance."),
    ("• APM Project Fundamentals \t", "• APM Project Fundamentals  • A certificate of the trial \t"),
    ("\tBusiness Case\tContribute", "\tBusiness Cases\tContribute"),
)
_NEW_ROW = (
    "Sustainability",
    "Count what each project costs the climate.",
    "Set out what each project may cost the climate.",
    "Lead the office's work for projects that cost the climate less.",
)
_SPLIT = "Direct the Project Manager's specialists in the development of the Business Case"


def second_version() -> str:
    """The published text of the second version, with tabs."""
    text = SOURCE_TEXT
    for old, new in _SENTENCES:
        text = change_text(text, old, new)
    text = text.replace("\tLow\tModerate", "\tLow to Moderate\tModerate")
    lines = text.split("\n")
    del lines[_row(lines, "Change Management")]
    lines.insert(_row(lines, "Guidance & Support"), "\t".join(("", *_NEW_ROW, "", "", "")))
    _swap(lines, "Project Performance & Controls", "Guidance & Support")
    # One statement for 7 and 8A becomes two; one for 8A to 8B ends at 8A.
    _put(lines, "Business Cases", 4, _SPLIT)
    _put(lines, "Budget", 5, lines[_row(lines, "Budget")].split("\t")[6])
    _put(lines, "Budget", 6, "")
    return "\n".join(lines)


def write_mended(folder: Path) -> None:
    """Criteria and adaptations that fit the second version, as the import asks for them, in a workspace's ``folder``:
    those of the withdrawn heading go, and one criterion is new."""
    name = "nhs-pccf-pmo.yaml"
    adaptations = (DATA / "adaptations" / name).read_text(encoding="utf-8").split("\n")
    stale = ("pmo.change-management.", "pmo.leadership.8a-8d, append", "pmo.stakeholder-management.7, append")
    kept_lines = [line for line in adaptations if not any(each in line for each in stale)]
    criteria = (DATA / "criteria" / name).read_text(encoding="utf-8")
    criteria = criteria.replace("[performance-controls, change-management]", "[performance-controls]")
    withdrawn_criteria = re.compile(r"  - id: change-management-[^\n]*\n(?:(?!  - |  #|\n).*\n)+")
    assert len(withdrawn_criteria.findall(criteria)) == 2
    criteria = withdrawn_criteria.sub("", criteria).replace("[change-management]", "[performance-controls]")
    new = (
        "  - id: sustainability-6-8d\n    bands: '6-8d'\n    serves: [sustainability]\n    group: knowledge\n"
        "    importance: desirable\n    assessed_by: [A, I]\n"
        "    text: Knowledge of how the climate cost of a project is estimated\n"
    )
    for kind, content in (("adaptations", "\n".join(kept_lines)), ("criteria", f"{criteria.rstrip()}\n{new}")):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (folder / kind / name).write_text(content, encoding="utf-8")


def _row(lines: list[str], title: str) -> int:
    return next(at for at, line in enumerate(lines) if line.split("\t")[1:2] == [title])


def _put(lines: list[str], title: str, cell: int, text: str) -> None:
    at = _row(lines, title)
    cells = lines[at].split("\t")
    cells[cell] = text
    lines[at] = "\t".join(cells)


def _swap(lines: list[str], first: str, second: str) -> None:
    """Put ``second`` before ``first``; the label of the group stays in the row on top."""
    above, below = lines[_row(lines, first)].split("\t"), lines.pop(_row(lines, second)).split("\t")
    below[0], above[0] = above[0], below[0]
    at = _row(lines, first)
    lines[at : at + 1] = ["\t".join(below), "\t".join(above)]
