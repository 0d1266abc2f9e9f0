"""Builds the shipped Word templates, and the list of fields, beside this file: ``python templates/build_templates.py``.

With ``--check`` nothing is written; it fails if a template differs from what would be built, for instance
because somebody edited the Word file and not the script.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from building.field_list import FIELDS
from building.package import template_bytes
from building.texts import JOB_DESCRIPTION, NUMBERED, PERSON_SPECIFICATION, ROLE_PROFILE, SIDE_BY_SIDE

FOLDER = Path(__file__).resolve().parent
_FILES = {
    "job-description.docx": JOB_DESCRIPTION,
    "job-description-side-by-side.docx": SIDE_BY_SIDE,
    "job-description-numbered.docx": NUMBERED,
    "person-specification.docx": PERSON_SPECIFICATION,
    "role-profile.docx": ROLE_PROFILE,
    # No template, so that it is not among them.
    "pieces/fields.docx": FIELDS,
}


def built_templates() -> dict[str, bytes]:
    """The shipped files, by the name of each."""
    return {name: template_bytes(template) for name, template in _FILES.items()}


def write_templates(folder: Path) -> None:
    """Write every template into ``folder``."""
    for name, content in built_templates().items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def changed_templates(folder: Path) -> list[str]:
    """The names of the templates that are missing from ``folder`` or are not what would be built."""
    return [name for name, content in built_templates().items() if not _holds(folder / name, content)]


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def main(arguments: list[str] | None = None) -> int:
    """Build or check the templates; the result is the exit code."""
    parser = argparse.ArgumentParser(description="Build the Word templates that jdgen ships.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if a template is not what would be built"
    )
    if not parser.parse_args(arguments).check:
        write_templates(FOLDER)
        return 0
    changed_names = changed_templates(FOLDER)
    for name in changed_names:
        print(f"{FOLDER / name} is not what build_templates.py makes: run it again", file=sys.stderr)
    return 1 if changed_names else 0


if __name__ == "__main__":
    sys.exit(main())
