"""Every command that README and pages show is one that jdgen has, with options that it has."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from jdgen.app.documentation import InstalledPage, pages
from jdgen.cli.main import main

_FENCED = re.compile(r"```[^\n`]*\n(.*?)```", re.DOTALL)
_INLINE = re.compile(r"`(jdgen [^`]+)`")
PAGES = [page for page in pages() if page.path.suffix == ".md"]


def commands_in(text: str) -> Iterator[str]:
    """The commands in a page, blocks of them and those within sentences."""
    for block in _FENCED.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if line.startswith("jdgen "):
                yield line.partition("  #")[0].partition("   ")[0]
    for command in _INLINE.findall(_FENCED.sub("", text)):
        yield " ".join(command.split())


def faults(line: str) -> list[str]:
    """What of a command there is not."""
    lexer = shlex.shlex(line.replace("…", ""), posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, "#"
    words = list(lexer)[1:]
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        context = click.Context(command)
        if (subcommand := command.get_command(context, words[0])) is None:
            return [f"{line}: no command {words[0]}"]
        command, words = subcommand, words[1:]
    # A command keeps the first help option that somebody asks it for.
    context = click.Context(command, **main.context_settings)
    names = {name for parameter in command.get_params(context) for name in parameter.opts}
    names |= {name for parameter in command.params for name in parameter.secondary_opts}
    options = (word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word))
    return [f"{line}: no option {name}" for name in options if name not in names]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_is_one_that_there_is(page: InstalledPage) -> None:
    assert [fault for line in commands_in(page.text) for fault in faults(line)] == []


def test_most_pages_show_commands() -> None:
    assert sum(bool(list(commands_in(page.text))) for page in PAGES) >= 8


@pytest.mark.parametrize(
    "line", ["jdgen genrate x", "jdgen batch x --out-of", "jdgen template chek x", "jdgen show -z"]
)
def test_what_there_is_not_is_seen(line: str) -> None:
    assert faults(line)
