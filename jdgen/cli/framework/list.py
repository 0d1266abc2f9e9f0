"""``jdgen framework list``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.app.frameworks import frameworks
from jdgen.cli.framework.levels import said
from jdgen.cli.seam import user_errors
from jdgen.workspace import Workspace


@click.command("list", short_help="Frameworks and their specialisms.")
@user_errors
def list_frameworks() -> None:
    """List the frameworks and their specialisms, with the bands or other levels that each describes."""
    for framework in frameworks(Workspace(Path.cwd())):
        click.echo(f"{framework.id}: {framework.title}, {framework.publisher}")
        click.echo(f"  version: {framework.version}. {framework.version_basis}")
        if framework.supersedes:
            click.echo(f"  supersedes: {framework.supersedes}")
        click.echo(f"  licence: {framework.licence}")
        for specialism in framework.specialisms:
            click.echo(f"  specialism {specialism.id}: {specialism.title}, {said(specialism.levels)}")
