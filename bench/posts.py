"""Generated posts by the thousand, the same each time: bands, categories, competences, awkward names, long texts.

``python bench/posts.py posts-2000.xlsx --rows 2000`` writes a workbook (or a .csv file) of them.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from jdgen.word.writing import join_members, member

HEADINGS = (
    *("Job title", "Specialism", "Band", "Role category", "Specialist competences", "Entry route", "Readings"),
    *("Employer", "Department", "Base", "Hours", "Contract", "Responsible to", "Accountable to", "Responsible for"),
    *("Reference", "Version", "JE reference", "About the organisation", "Job purpose", "Values", "Dimensions"),
    *("Relationships", "Decisions", "Physical effort", "Physical effort: how often", "Physical effort: how long"),
    *("Mental effort", "Working conditions", "Duties to add", "Criteria to add"),
)
Row = tuple[str, ...]

_BANDS = ("6", "7", "8a", "8b", "8c", "8d")
_SPECIALIST = "PMO Specialist"
_CATEGORIES = (
    "PMO Administrator or Analyst",
    _SPECIALIST,
    "Project or Programme or Portfolio Management Office Manager",
)
_COMPETENCES = (
    *("Schedule management", "Budgeting and cost control", "Risk, opportunity and issue management"),
    *("Stakeholder and communications management", "Reviews", "Change control", "Independent assurance"),
    *("Business case", "Capability development"),
)
_POSTS = ("Portfolio analyst", "Benefits specialist", "Programme office manager", "Planning & controls lead", "Analyst")
_TEAMS = (
    *(
        "Cardiology",
        "Théâtres & recovery",
        'The "Front Door"',
        "Women's health",
        "Gwasanaethau'r Gogledd",
        "R&D <trials>",
    ),
    *(
        "Children’s services",
        "Übergangspflege",
        "Soins aigus – nuit",
        "Łódź partnership",
        "Estates / capital",
        "Ōtautahi link",
    ),
)
_EMPLOYERS = (
    *("Thornmere & Eastwold Hospitals NHS Foundation Trust", "St Brannoc's NHS Trust", "Ynys Bryn Health Board"),
    *(
        'The "Old Mill" Community NHS Trust',
        "Aber–Nant Ambulance Service <North>",
        "Curaçao Road Partnership NHS Trust",
    ),
)
_PEOPLE = ("finance partners", "ward managers", "clinicians", "the trust's board", "suppliers", "staff-side colleagues")
_VERBS = ("Agree", "Challenge", "Explain", "Plan", "Report", "Review", "Support")
_THINGS = ("budgets", "risks & issues", "costs < £5,000", "plans", "benefits > 10%", "the café’s rebuilding", "lessons")
_LONG = 40  # one post in so many has a text of many paragraphs


def posts(count: int) -> Iterator[Row]:
    """``count`` posts as cells under :data:`HEADINGS`. The first posts are the same whatever the count."""
    chance = random.Random(20261124)
    return (_post(number, chance) for number in range(1, count + 1))


def write_csv(path: Path, count: int) -> None:
    """A CSV file of ``count`` posts."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(HEADINGS)
        rows.writerows(posts(count))


def write_workbook(path: Path, count: int) -> None:
    """A workbook of ``count`` posts, with a title above the headings and a blank row; equal counts, equal bytes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Posts")
    sheet.append(["Posts to be drafted"])
    sheet.append([])
    sheet.append(HEADINGS)
    for row in posts(count):
        sheet.append([cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(_timeless(stream))


def _timeless(workbook: io.BytesIO) -> bytes:
    """The workbook without the time at which it was written."""
    with zipfile.ZipFile(workbook) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-24T00:00:00Z", parts[core])
    return join_members(member(name, content) for name, content in parts.items())


def _post(number: int, chance: random.Random) -> Row:
    pick = chance.choice
    band, category, team = pick(_BANDS), pick(_CATEGORIES), pick(_TEAMS)
    competences = chance.sample(_COMPETENCES, chance.randint(1, 3)) if category == _SPECIALIST else []
    return (
        f"{pick(_POSTS)}, {team} {number}",
        pick(("PMO", "pmo", " PMO ")),
        pick((band, f"Band {band}", band.upper())),
        category,
        pick(("\n", "; ")).join(competences),
        pick(("Project Delivery Professional", "")),
        "business-case: boundary-8b-8c" if band == "8b" and chance.random() < 0.5 else "",
        pick(_EMPLOYERS),
        team,
        f"{pick(('Moorgate Cross', 'Ty Glas', 'Eastwold House'))}, floor {chance.randint(0, 9)}",
        pick(("37.5 hours a week", "30", "18.75")),
        pick(("Permanent", "Fixed term, 12 months", "")),
        pick(("Head of planning & change", "Programme director", "")),
        pick(("Director of strategy", "Chief executive")),
        f"{chance.randint(2, 30)} project officers" if chance.random() < 0.6 else "No direct reports",
        f"REF/{number:06d}",
        pick(("1.0", "2.1", "")),
        f"JE-{number:06d}" if chance.random() < 0.7 else "",
        _paragraphs(chance, 12 if number % _LONG == 0 else chance.randint(1, 2)),
        _paragraphs(chance, 1),
        "• Kindness\n- Honesty & care\nO'r galon",
        f"Staff: {chance.randint(0, 40)}\nBudget: £{chance.randint(10, 900)},000\nProjects: {chance.randint(1, 60)}",
        f"Internal | {pick(_PEOPLE)} | {_sentence(chance)}\nExternal | {pick(_PEOPLE)} | {_sentence(chance)}",
        "\n".join(_sentence(chance) for _ in range(chance.randint(1, 4))),
        "Sits at a desk & uses a keyboard",
        pick(("Daily", "Most days", "")),
        pick(("Up to 4 hours", "2 hours > twice a day", "")),
        pick(("Concentrates on reports; is interrupted", "")),
        pick(("Office, with a screen", "")),
        f"Leadership: {_sentence(chance)}" if chance.random() < 0.4 else "",
        f"essential | experience | A, I | {_sentence(chance)}" if chance.random() < 0.3 else "",
    )


def _sentence(chance: random.Random) -> str:
    things, people = chance.choice(_THINGS), chance.choice(_PEOPLE)
    return f"{chance.choice(_VERBS)} {things} with {people} in week {chance.randint(1, 52)}."


def _paragraphs(chance: random.Random, count: int) -> str:
    return "\n\n".join(" ".join(_sentence(chance) for _ in range(chance.randint(2, 5))) for _ in range(count))


def main() -> None:
    """Write a workbook or a CSV file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=2000)
    options = parser.parse_args()
    write = write_csv if options.path.suffix.lower() == ".csv" else write_workbook
    write(options.path, options.rows)


if __name__ == "__main__":
    main()
