"""``jdgen docs``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markdown import Markdown

from jdgen.app import Permissions, find_workspace
from jdgen.app.documentation import InstalledPage, copy_shipped, find_page, pages, save_page
from jdgen.cli.command import user_errors
from jdgen.cli.options import PATH, examples, output_option, replacing
from jdgen.cli.terminal import control_stream, suggest


@click.command(
    epilog=examples(
        "jdgen docs spreadsheet",
        "jdgen docs examples/posts.csv --output posts.csv",
        "jdgen docs --copy shipped",
    )
)
@click.argument("page", required=False)
@click.option("--open", "is_opened", is_flag=True, help="Open it in the program that opens such files.")
@output_option("Write a copy to this file.")
@click.option("--copy", type=PATH, help="Copy all that documents are made from to this new folder.")
@replacing("Replace a file that is there, as jdgen wrote it.")
@user_errors
def docs(page: str | None, is_opened: bool, output: Path | None, copy: Path | None, permissions: Permissions) -> None:
    """Show PAGE, one of the pages and files that come with jdgen; without one, list them.

    Examples are copied with --output, such as `jdgen docs examples/posts.csv --output posts.csv`. --copy gives the
    shipped frameworks, criteria, statements and templates, to look at and to begin your own from.
    """
    if copy:
        if page or is_opened or output:
            raise click.UsageError("--copy copies all that is shipped: give no PAGE, --open or --output with it.")
        for path in copy_shipped(find_workspace(Path.cwd()), copy):
            click.echo(path)
        suggest("change what you need, and lay it at the same place in your workspace, where it wins")
        return
    if page is None:
        if is_opened or output:
            raise click.UsageError("--open and --output take a PAGE: `jdgen docs` lists them.")
        _show_list(pages())
        return
    installed_page = find_page(page)
    if output:
        save_page(find_workspace(Path.cwd()), installed_page, output, permissions)
        click.echo(output)
    if is_opened:
        click.launch(str(installed_page.path))
    if not output and not is_opened:
        _show(installed_page)


def _show_list(installed_pages: Sequence[InstalledPage]) -> None:
    _show_group("Pages (jdgen docs PAGE)", [page for page in installed_pages if not page.is_example and not page.home])
    _show_group(
        "\nExamples (jdgen docs PAGE --output FILE copies one)", [page for page in installed_pages if page.is_example]
    )
    _show_group(
        "\nFiles of which a copy of yours wins (jdgen docs --copy FOLDER copies all)",
        [page for page in installed_pages if page.home],
    )


def _show_group(heading: str, group: Sequence[InstalledPage]) -> None:
    click.echo(heading)
    width = max(len(page.name) for page in group) + 2
    for page in group:
        click.echo(f"  {page.name}" if page.is_example else f"  {page.name:{width}}{page.title}")
        if page.home:
            click.echo(f"  {'':{width}}{page.home}")


def _show(page: InstalledPage) -> None:
    """The page as text; on a terminal with its headings and tables laid out."""
    if page.path.suffix == ".md" and sys.stdout.isatty():
        Console(file=control_stream(sys.stdout)).print(Markdown(page.text))
    else:
        click.echo(page.text, nl=False)
