"""``jdgen``: the commands, each loaded only when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click

from jdgen import __version__
from jdgen.cli.terminal import harmless_streams, usage_errors

# Where each command is, and what its group says of it, so that help need not import what the commands import; under
# what a person wants to do.
_Commands = Mapping[str, Mapping[str, tuple[str, str]]]
_COMMANDS: _Commands = {
    "Begin": {
        "start": ("jdgen.cli.start:start", "Begin your organisation's workspace."),
        "post": ("jdgen.cli.main:post", "Begin and check the file of one post."),
        "page": ("jdgen.cli.page:page", "Make a page in which managers make job descriptions in a browser."),
        "workbook": ("jdgen.cli.workbook:workbook", "Make a workbook in which people describe posts, for batch."),
    },
    "Make documents": {
        "generate": ("jdgen.cli.generate:generate", "Make a job description and person specification in Word."),
        "batch": ("jdgen.cli.batch:batch", "Make the documents of a whole spreadsheet of posts."),
    },
    "Look after documents": {
        "status": ("jdgen.cli.status:status", "Tell which documents are out of date."),
        "release": ("jdgen.cli.release:release", "Show what a release changes in documents, and decide on it once."),
        "regenerate": ("jdgen.cli.regenerate:regenerate", "Bring documents up to date, as tracked changes."),
        "show": ("jdgen.cli.show:show", "Show what a document was made from."),
        "why": ("jdgen.cli.why:why", "Say where a sentence of a document comes from."),
    },
    "Hand over documents": {
        "pdf": ("jdgen.cli.pdf:pdf", "Print documents as PDF that everybody can read."),
        "publish": ("jdgen.cli.publish:publish", "Write the final copies, for applicants and NHS Jobs."),
    },
    "Frameworks and templates": {
        "framework": ("jdgen.cli.main:framework", "Show, check, compare and import the published frameworks."),
        "template": ("jdgen.cli.main:template", "Make, check and explain Word templates."),
    },
    "Help": {
        "doctor": ("jdgen.cli.doctor:doctor", "Say what is found where, and whether your files are sound."),
        "docs": ("jdgen.cli.docs:docs", "Show the pages and examples that come with jdgen."),
    },
}
_POST_COMMANDS: _Commands = {
    "Commands": {
        "new": ("jdgen.cli.post.new:new", "Begin a post file: all that it can say, with guidance and examples."),
        "check": ("jdgen.cli.post.check:check", "Find all that is wrong with post files, and what is still to come."),
    }
}
_TEMPLATE_COMMANDS: _Commands = {
    "Commands": {
        "new": ("jdgen.cli.template.new:new", "Make a template to edit in Word."),
        "check": ("jdgen.cli.template.check:check", "Find all that is wrong with a template, and where."),
        "fields": ("jdgen.cli.template.fields:fields", "All that a template may print, or what one template uses."),
    }
}
_FRAMEWORK_COMMANDS: _Commands = {
    "Read": {
        "list": ("jdgen.cli.framework.list:list_frameworks", "Frameworks and their specialisms."),
        "show": ("jdgen.cli.framework.show:show", "What a specialism offers, and what it says at a band or level."),
        "ladder": ("jdgen.cli.framework.ladder:ladder", "Bands or other levels side by side."),
    },
    "Keep": {
        "import": ("jdgen.cli.framework.import_:import_", "Read a published framework into a framework file."),
        "export": ("jdgen.cli.framework.export:export", "Write a framework in the long form, as a table of rows."),
        "check": ("jdgen.cli.framework.check:check", "Check framework files and what is added to them."),
        "criteria": ("jdgen.cli.framework.criteria:criteria", "Begin the criteria for a specialism: a first draft."),
        "diff": ("jdgen.cli.framework.diff:diff", "What differs between two versions of a framework."),
        "carry-over": (
            "jdgen.cli.framework.carry_over:carry_over_",
            "Carry over to a new version what you have written for the old one.",
        ),
    },
}


class LazyGroup(click.Group):
    """A group of commands that are imported when they are called; ``lazy`` names them, in the sections of its help."""

    def __init__(self, *args: Any, lazy: _Commands, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.sections = lazy
        self._lazy = {name: command for section in lazy.values() for name, command in section.items()}

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command that the arguments name, with all that it says shown harmless, and end the program with its
        exit code."""
        with harmless_streams(), usage_errors():
            code = super().main(*args, **{**extra, "standalone_mode": False})
            sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which the group has them."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self._lazy:
            return None
        module, _, name = self._lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is left of ``args`` for the command that they name; with none, say how the group is used."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that ``args`` name; for a name that none has, the one that is meant."""
        name = args[0]
        if name not in self._lazy and not name.startswith("-"):
            from jdgen.errors import did_you_mean  # noqa: PLC0415  # a twentieth of the time that help takes

            ctx.fail(f"'{name}' is no command: {did_you_mean(name, list(self._lazy))}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sections of ``--help`` that list the commands."""
        width = max(map(len, self._lazy))
        for title, commands in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), short) for name, (_, short) in commands.items()])


@click.group(
    cls=LazyGroup,
    lazy=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "JDGEN"},
)
@click.version_option(__version__, prog_name="jdgen")
def main() -> None:
    """NHS job descriptions and person specifications from a published capability framework.

    A first draft takes one line:

      jdgen generate --specialism pmo --band 7 --title "PMO manager"
    """


@click.group(cls=LazyGroup, lazy=_POST_COMMANDS)
def post() -> None:
    """Begin and check post files, which say what only you know of one job."""


@click.group(cls=LazyGroup, lazy=_TEMPLATE_COMMANDS)
def template() -> None:
    """Make, check and explain Word templates."""


@click.group(cls=LazyGroup, lazy=_FRAMEWORK_COMMANDS)
def framework() -> None:
    """Show, check, compare and import the published frameworks."""
