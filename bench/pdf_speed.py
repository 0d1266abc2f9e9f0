"""Documents as accessible PDF: what completing the tags costs beside LibreOffice's own time, many in one process."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from material import TEMPLATE, compiled, drafts_for, fill_drafted
from measure import alternating, per_document, process_seconds
from tables import at_most, ms, table

from jdgen.publishing.libreoffice import EXPORT, office_program
from jdgen.publishing.tagged_pdf import complete_tags
from jdgen.word.writing import standard_deflate

#: How often each of the six example documents is printed in one process of LibreOffice.
_TIMES = 10
_GOAL = 0.2
_HEADER = """## PDF

The documents of the six example posts in `templates/job-description.docx`, {count} files printed by one process of
LibreOffice, and the tags of each PDF completed (PDF/UA). Medians of {rounds} alternating rounds in one run.

"""
_MISSING = "## PDF\n\nNot measured: LibreOffice is not installed.\n\n"


def section(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    office, _ = office_program()
    if not office:
        return _MISSING
    template = compiled(TEMPLATE.read_bytes())
    contents = [fill_drafted(template, each, standard_deflate(2), True) for each in drafts_for(template)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{number}.docx" for number in range(len(contents) * _TIMES)]
        for number, file in enumerate(files):
            file.write_bytes(contents[number % len(contents)])
        settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
        command = (office, settings, "--headless", "--convert-to", EXPORT, "--outdir", name, *map(str, files))
        process_seconds(command)
        pdfs = [file.with_suffix(".pdf") for file in files[: len(contents)]]
        medians = alternating(
            {
                "LibreOffice": lambda: process_seconds(command) / len(files),
                "tags completed": per_document(functools.partial(map, complete_tags, pdfs), 2),
            },
            rounds,
        )
    share = medians["tags completed"] / medians["LibreOffice"]
    rows = (
        ("LibreOffice", ms(medians["LibreOffice"]), "", ""),
        ("tags completed", ms(medians["tags completed"]), f"{share:.2f}", at_most(share, _GOAL)),
    )
    header = _HEADER.format(count=len(files), rounds=rounds)
    return header + table(("case", "a document", "of LibreOffice's time", "goal"), rows)
