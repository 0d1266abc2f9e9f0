"""``jdgen``: the commands, each loaded only when it is called."""

from __future__ import annotations

import importlib
from typing import Any

import click

from jdgen import __version__
from jdgen.cli.terminal import harmless_streams

# Short help is said here, so that `jdgen --help` need not import what the commands import.
_COMMANDS = {
    "generate": ("jdgen.cli.generate", "Make a job description and person specification in Word."),
    "batch": ("jdgen.cli.batch", "Make the documents of a whole spreadsheet of posts."),
    "template": ("jdgen.cli.template", "Make, check and explain Word templates."),
    "framework": ("jdgen.cli.framework", "Show, check, compare and import the published frameworks."),
    "show": ("jdgen.cli.show", "Show what a document was made from."),
    "why": ("jdgen.cli.why", "Say where a sentence of a document comes from."),
    "status": ("jdgen.cli.status", "Tell which documents are out of date."),
    "regenerate": ("jdgen.cli.regenerate", "Bring documents up to date, as tracked changes."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command that the arguments name, with all that it says shown harmless."""
        with harmless_streams():
            return super().main(*args, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which people need them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The section of ``--help`` that lists the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "JDGEN"})
@click.version_option(__version__, prog_name="jdgen")
def main() -> None:
    """NHS job descriptions and person specifications from a published capability framework.

    A first draft takes one line:

      jdgen generate --specialism pmo --band 7 --title "PMO manager"
    """
