"""``jdgen framework list``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.app import find_workspace
from jdgen.app.frameworks import NO_FRAMEWORK, Specialism, load_frameworks
from jdgen.cli.command import user_errors
from jdgen.cli.options import examples
from jdgen.cli.terminal import warn


@click.command("list", epilog=examples("jdgen framework list"))
@user_errors
def list_frameworks() -> None:
    """List the frameworks and their specialisms, with the bands or other levels that each describes."""
    frameworks = load_frameworks(find_workspace(Path.cwd()))
    if not frameworks:
        warn([NO_FRAMEWORK])
    for framework in frameworks:
        click.echo(f"{framework.id}: {framework.title}, {framework.publisher}")
        click.echo(f"  version: {framework.version}. {framework.version_basis}")
        if framework.supersedes:
            click.echo(f"  supersedes: {framework.supersedes}")
        click.echo(f"  licence: {framework.licence}")
        for specialism in framework.specialisms:
            levels = specialism.levels.description or "no levels"
            click.echo(f"  specialism {specialism.id}: {specialism.title}, {levels}{_own_version(specialism)}")


def _own_version(specialism: Specialism) -> str:
    """The version of a chapter that has one of its own."""
    imprint = specialism.imprint
    version = f", version {imprint.version}" if imprint.version else ""
    return version + (f", supersedes {imprint.supersedes}" if imprint.supersedes else "")
