"""``jdgen template check``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.app import Permissions, find_workspace
from jdgen.app.templates import CheckedTemplate, check_templates, save_annotated
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.options import PATH, TEMPLATE, examples, replacing


@click.command(
    epilog=examples("jdgen template check our-jd.docx", "jdgen template check our-jd.docx --annotate remarks.docx")
)
@click.argument("templates", type=TEMPLATE, nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--annotate", type=PATH, metavar="OUT.docx", help="Write a copy with comments.")
@replacing("Replace a copy that is there, as jdgen wrote it.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@user_errors
def check(
    templates: tuple[str, ...], as_json: bool, annotate: Path | None, permissions: Permissions, strict: bool
) -> None:
    """Check FILEs: .docx files, or names of templates.

    An error stops documents from being made. A warning is what nobody wants in a document. Advice is about people who
    could not read it well. With --annotate each finding is a Word comment in a copy of the template.

    Exit codes: 0 no error, 1 errors (with --strict also warnings), 2 wrong use of the command.
    """
    if annotate and len(templates) > 1:
        raise click.UsageError("--annotate takes one template: name one FILE.")
    workspace = find_workspace(Path.cwd())
    checked_templates = check_templates(workspace, templates)
    if as_json:
        click.echo(_as_json(checked_templates))
    else:
        for template in checked_templates:
            _report(template)
    if annotate:
        save_annotated(workspace, checked_templates[0], annotate, permissions)
        click.echo(annotate, err=as_json)
    if any(template.errors or (strict and template.warnings) for template in checked_templates):
        raise click.exceptions.Exit(1)


def _report(template: CheckedTemplate) -> None:
    """The findings of one template, each with its severity, place and remedy."""
    others = len(template.findings) - template.errors - template.warnings
    counts = (("error", template.errors), ("warning", template.warnings), ("piece of advice", others))
    summary = ", ".join(_count_findings(word, count) for word, count in counts if count)
    click.echo(f"{template.name}: {summary or 'sound'}")
    for finding in template.findings:
        place = str(finding.place) or "the whole file"
        click.echo(f"  {finding.severity} [{finding.code}] {place}\n    {finding.what}: {finding.right}")


def _count_findings(word: str, count: int) -> str:
    return f"{count} {word if count == 1 else word.replace('piece', 'pieces') if 'piece' in word else f'{word}s'}"


def _as_json(checked_templates: tuple[CheckedTemplate, ...]) -> str:
    reports = [
        {
            "template": template.name,
            "errors": template.errors,
            "warnings": template.warnings,
            "findings": [finding.as_plain_values() for finding in template.findings],
        }
        for template in checked_templates
    ]
    return json_text(reports)
