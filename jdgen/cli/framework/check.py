"""``jdgen framework check``."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from jdgen.app import find_workspace
from jdgen.app.frameworks import NO_FRAMEWORK, CheckedFile, check_frameworks, load_frameworks
from jdgen.cli.command import user_errors
from jdgen.cli.framework.criteria import no_criteria
from jdgen.cli.options import PATH, examples
from jdgen.cli.terminal import warn
from jdgen.errors import refuse
from jdgen.words import quantity


@click.command(epilog=examples("jdgen framework check", "jdgen framework check our-framework.yaml"))
@click.argument("files", nargs=-1, type=PATH)
@user_errors
def check(files: tuple[Path, ...]) -> None:
    """Check FILES (framework files, or ids of frameworks), or, without one, all frameworks with their criteria,
    adaptations and statements."""
    workspace = find_workspace(Path.cwd())
    checked_files = check_frameworks(workspace, files)
    for file in checked_files:
        if not file.problems:
            click.echo(f"{file.name}: sound{_content(file)}")
    for bare in chain.from_iterable(file.unwritten for file in checked_files):
        click.echo(no_criteria(bare))
    refuse(problem for file in checked_files for problem in file.problems)
    if not files and not load_frameworks(workspace):
        warn([NO_FRAMEWORK])


def _content(file: CheckedFile) -> str:
    if file.framework is None:
        return ""
    specialisms = file.framework.specialisms
    count = sum(len(row.statements) for specialism in specialisms for row in specialism.rows)
    source = "every text held against its source" if file.is_compared else "its source is not at hand"
    return f": {quantity(len(specialisms), 'specialism')}, {count} statements, {source}"
