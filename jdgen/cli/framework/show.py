"""``jdgen framework show``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from jdgen.app import find_workspace
from jdgen.app.frameworks import (
    Framework,
    Heading,
    HeldSkill,
    Level,
    RoleCategory,
    Specialism,
    Statement,
    find_level,
    find_specialism_named,
    profile,
)
from jdgen.cli.command import user_errors
from jdgen.cli.options import FRAMEWORK, SPECIALISM, examples


@click.command(epilog=examples("jdgen framework show pmo", "jdgen framework show pmo --band 7"))
@click.argument("specialism", type=SPECIALISM)
@click.option("--band", help="Agenda for Change band: 7 or 8a.")
@click.option("--level", help="Level of a framework that has levels of its own.")
@click.option("--framework", type=FRAMEWORK, help="Framework, where several have the specialism.")
@user_errors
def show(specialism: str, band: str | None, level: str | None, framework: str | None) -> None:
    """Show what SPECIALISM offers a post; with --band or --level, every statement that holds there."""
    source_framework, pathway = find_specialism_named(find_workspace(Path.cwd()), specialism, framework)
    chosen_level = find_level(band, level, pathway.scale)
    if chosen_level is None:
        _show_choices(source_framework, pathway)
        if pathway.scale.is_empty:
            click.echo("")
            _show_level(source_framework, pathway, pathway.levels.lowest, "SPECIALISM")
    else:
        _show_level(source_framework, pathway, chosen_level, "--band" if band else "--level")


def _show_choices(framework: Framework, specialism: Specialism) -> None:
    levels = f", {specialism.levels.description}" if specialism.levels.description else ""
    click.echo(f"{specialism.title} ({framework.title}){levels}")
    if specialism.description:
        click.echo(f"\n{specialism.description.text}")
    if specialism.role_categories:
        click.echo("\nrole categories (--role-category)")
    for category in specialism.role_categories:
        click.echo(f"  {category.id}: {category.title}")
        _show_rule(framework, category)
    if specialism.entry_routes:
        click.echo("\nentry routes (--entry-route)")
    for route in specialism.entry_routes:
        click.echo(f"  {route.id}: {route.title}")
    _show_chosen_skills(framework, specialism)
    if specialism.headings:
        click.echo("\nheadings of the responsibilities")
    _show_headings(specialism.headings)
    if specialism.person_rows:
        click.echo("\nrows about the person")
    _show_headings(specialism.person_rows)
    _show_required_skills(framework, specialism)


def _show_chosen_skills(framework: Framework, specialism: Specialism) -> None:
    if specialism.chosen_skills:
        click.echo("\nskills of which the post chooses the level (--skill)")
    for skill in map(framework.skill, specialism.chosen_skills):
        click.echo(f"  {skill.id}: {skill.title} ({', '.join(skill.scale.names)})")


def _show_required_skills(framework: Framework, specialism: Specialism) -> None:
    if specialism.required_skills:
        click.echo("\nskills that it needs")
    for skill in framework.skills:
        if needs := [requirement for requirement in specialism.required_skills if requirement.skill == skill.id]:
            levels = "; ".join(
                f"{requirement.levels}: {requirement.at}" if requirement.levels else str(requirement.at)
                for requirement in needs
            )
            click.echo(f"  {skill.id}: {skill.title} ({levels})")


def _show_headings(headings: Sequence[Heading]) -> None:
    """Headings, each with its readings, in their groups."""
    for group, rows in groupby(headings, key=lambda heading: heading.group):
        if group:
            click.echo(f"  {group}")
        before = "    " if group else "  "
        for heading in rows:
            kind = f", {heading.kind}" if heading.kind else ""
            click.echo(f"{before}{heading.id}: {heading.title}{kind}")
            for reading in heading.readings:
                click.echo(f"{before}  --reading {heading.id}={reading.id}: {reading.reason}")


def _show_rule(framework: Framework, category: RoleCategory) -> None:
    if category.competence_rule is None:
        return
    names = {competence.id: competence.name for competence in framework.competences}
    click.echo(f"    always: {', '.join(names[competence] for competence in category.competence_rule.all_of)}")
    click.echo("    and at least one (--competence):")
    for competence in category.competence_rule.at_least_one_of:
        click.echo(f"      {competence}: {names[competence]}")


def _show_level(framework: Framework, specialism: Specialism, level: Level, where: str) -> None:
    role_profile, skills = profile(framework, specialism, level, where)
    at_level = f" at {level.full_name}" if level.full_name else ""
    click.echo(f"{specialism.title}{at_level}, as published")
    group = ""
    for entry in role_profile.entries:
        if entry.heading.group != group:
            group = entry.heading.group
            click.echo(f"\n== {group or 'in no group'} ==")
        statement = entry.statement
        doubt = f", {statement.basis.confidence}" if statement.basis else ""
        levels = f"; {_levels_of(statement, specialism)}" if not specialism.scale.is_empty else ""
        kind = f"; {entry.heading.kind}" if entry.heading.kind else ""
        click.echo(f"\n{entry.heading.title} [{statement.id}{levels}; {statement.source}{doubt}{kind}]")
        for text in statement.entries or (statement.text,):
            click.echo(f"  {text}")
    for skill in skills:
        _show_skill(skill, specialism)
    if silent := [row.title for row in specialism.rows if level in row.silent_levels(specialism.levels)]:
        click.echo(f"\nnothing is said of {level.full_name}: {', '.join(silent)}")


def _levels_of(statement: Statement, specialism: Specialism) -> str:
    return statement.levels.full_name if statement.levels else f"every {specialism.scale.word}"


def _show_skill(held_skill: HeldSkill, specialism: Specialism) -> None:
    """A skill that the level needs, and what its own level means."""
    descriptor = held_skill.descriptor
    source = f"; {descriptor.source}" if descriptor else ""
    level = held_skill.at.full_name if held_skill.at else ""
    click.echo(f"\n{held_skill.skill.title}, {level} [{held_skill.skill.id_in(specialism)}{source}]")
    for text in filter(
        None, (held_skill.skill.text, *(descriptor.entries or (descriptor.text,) if descriptor else ()))
    ):
        click.echo(f"  {text}")
