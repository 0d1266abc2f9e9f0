"""``jdgen framework show``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.bands import Band
from jdgen.cli.options import band_of
from jdgen.cli.seam import user_errors
from jdgen.framework.model import Framework, RoleCategory, Specialism
from jdgen.generation import profile, specialism_named
from jdgen.workspace import Workspace


@click.command(short_help="What a specialism offers, and what it says at a band.")
@click.argument("specialism")
@click.option("--band", help="Agenda for Change band: 7 or 8a.")
@click.option("--framework", help="Framework, where several have the specialism.")
@user_errors
def show(specialism: str, band: str | None, framework: str | None) -> None:
    """Show what SPECIALISM offers a post; with --band, every statement that holds at that band."""
    chosen, pathway = specialism_named(Workspace(Path.cwd()), specialism, framework)
    if band is None:
        _show_choices(chosen, pathway)
    else:
        _show_band(pathway, band_of(band))


def _show_choices(framework: Framework, specialism: Specialism) -> None:
    click.echo(f"{specialism.title} ({framework.title}), bands {specialism.bands}\n")
    click.echo(specialism.description.text)
    click.echo("\nrole categories (--role-category)")
    for category in specialism.role_categories:
        click.echo(f"  {category.id}: {category.title}")
        _show_rule(framework, category)
    click.echo("\nentry routes (--entry-route)")
    for route in specialism.entry_routes:
        click.echo(f"  {route.id}: {route.title}")
    click.echo("\nheadings of the responsibilities")
    for heading in specialism.headings:
        click.echo(f"  {heading.id}: {heading.title}")
        for reading in heading.readings:
            click.echo(f"    --reading {heading.id}={reading.id}: {reading.reason}")


def _show_rule(framework: Framework, category: RoleCategory) -> None:
    if category.competence_rule is None:
        return
    names = {competence.id: competence.name for competence in framework.competences}
    click.echo(f"    always: {', '.join(names[competence] for competence in category.competence_rule.all_of)}")
    click.echo("    and at least one (--competence):")
    for competence in category.competence_rule.at_least_one_of:
        click.echo(f"      {competence}: {names[competence]}")


def _show_band(specialism: Specialism, band: Band) -> None:
    shown = profile(specialism, band)
    click.echo(f"{specialism.title} at band {band}, as published")
    for held in shown.held:
        statement = held.statement
        doubt = f", {statement.basis.confidence}" if statement.basis else ""
        click.echo(f"\n{held.heading.title} [{statement.id}; bands {statement.bands}; {statement.source}{doubt}]")
        for text in statement.entries or (statement.text,):
            click.echo(f"  {text}")
