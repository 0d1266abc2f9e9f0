"""``jdgen framework ladder``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click

from jdgen.app import find_workspace
from jdgen.app.frameworks import Step, StepLikeness, find_specialism_named, steps
from jdgen.cli.command import user_errors
from jdgen.cli.options import FRAMEWORK, SPECIALISM, examples
from jdgen.cli.tables import show_ladder

_SUMMARY = {
    StepLikeness.ONE_STATEMENT: "no difference (one statement for both)",
    StepLikeness.MORE: "the statements of the lower, and more",
    StepLikeness.SAME_WORDS: "no difference in words (only marks or capitals)",
    StepLikeness.NEARLY_SAME: "nearly the same",
    StepLikeness.DIFFERENT: "different",
}


@click.command(epilog=examples("jdgen framework ladder pmo"))
@click.argument("specialism", type=SPECIALISM)
@click.option("--framework", type=FRAMEWORK, help="Framework, where several have the specialism.")
@user_errors
def ladder(specialism: str, framework: str | None) -> None:
    """Show the bands (or other levels) of SPECIALISM side by side, and where two neighbouring ones do not differ."""
    source_framework, pathway = find_specialism_named(find_workspace(Path.cwd()), specialism, framework)
    show_ladder(source_framework, pathway)
    if len(list(pathway.levels)) == 1:
        has_name = bool(pathway.levels.full_name)
        click.echo(f"There is one level: {pathway.levels}." if has_name else "The framework has no levels.")
        return
    click.echo(f"Where neighbouring {pathway.scale.words} do not differ")
    for (lower, upper), between in groupby(steps(pathway), key=lambda step: (step.lower, step.upper)):
        click.echo(f"\n{lower} and {upper}")
        _show_steps(list(between))


def _show_steps(between: list[Step]) -> None:
    silent = [step for step in between if step.likeness is StepLikeness.SILENT]
    for level in (between[0].lower, between[0].upper):
        if titles := [step.heading.title for step in silent if not step.heading.statements_for(level)]:
            click.echo(f"  nothing is said of {level.full_name}: {', '.join(titles)}")
    for likeness, summary in _SUMMARY.items():
        alike = [step for step in between if step.likeness is likeness]
        if alike:
            click.echo(f"  {summary}: {', '.join(step.heading.title for step in alike)}")
        if likeness is StepLikeness.NEARLY_SAME:
            for step in alike:
                click.echo(f"    {step.heading.title}: {'; '.join(_name_changes(*pair) for pair in step.word_pairs)}")


def _name_changes(lower: str, upper: str) -> str:
    if not lower:
        return f"the upper adds '{upper}'"
    return f"'{lower}' becomes '{upper}'" if upper else f"the upper leaves out '{lower}'"
