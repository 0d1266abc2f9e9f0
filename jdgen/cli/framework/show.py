"""``jdgen framework show``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.app import find_workspace
from jdgen.app.frameworks import Framework, Level, RoleCategory, Specialism, find_level, find_specialism_named, profile
from jdgen.cli.names import FRAMEWORK, SPECIALISM
from jdgen.cli.options import examples
from jdgen.cli.terminal import user_errors


@click.command(epilog=examples("jdgen framework show pmo", "jdgen framework show pmo --band 7"))
@click.argument("specialism", type=SPECIALISM)
@click.option("--band", help="Agenda for Change band: 7 or 8a.")
@click.option("--level", help="Level of a framework that has levels of its own.")
@click.option("--framework", type=FRAMEWORK, help="Framework, where several have the specialism.")
@user_errors
def show(specialism: str, band: str | None, level: str | None, framework: str | None) -> None:
    """Show what SPECIALISM offers a post; with --band or --level, every statement that holds there."""
    chosen, pathway = find_specialism_named(find_workspace(Path.cwd()), specialism, framework)
    named = find_level(band, level, pathway.scale)
    if named is None:
        _show_choices(chosen, pathway)
    else:
        _show_level(pathway, named, "--band" if band else "--level")


def _show_choices(framework: Framework, specialism: Specialism) -> None:
    click.echo(f"{specialism.title} ({framework.title}), {specialism.levels.described}\n")
    if specialism.description:
        click.echo(specialism.description.text)
    if specialism.role_categories:
        click.echo("\nrole categories (--role-category)")
    for category in specialism.role_categories:
        click.echo(f"  {category.id}: {category.title}")
        _show_rule(framework, category)
    if specialism.entry_routes:
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


def _show_level(specialism: Specialism, level: Level, where: str) -> None:
    shown = profile(specialism, level, where)
    click.echo(f"{specialism.title} at {level.named}, as published")
    for held in shown.held:
        statement = held.statement
        doubt = f", {statement.basis.confidence}" if statement.basis else ""
        levels = statement.levels.named if statement.levels else f"every {specialism.scale.word}"
        click.echo(f"\n{held.heading.title} [{statement.id}; {levels}; {statement.source}{doubt}]")
        for text in statement.entries or (statement.text,):
            click.echo(f"  {text}")
