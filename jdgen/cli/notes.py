"""Review notes at a terminal: what must be decided in full, the rest in a line, in lines that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from jdgen.app.notes import Rank, RankedNote, counts_in_words, lines_for_post, names_in_line, options_for_post
from jdgen.cli.terminal import STANDARD_ERROR, terminal_width
from jdgen.harmless import wrap_line
from jdgen.system.shells import quoted

#: What may be shown: every note; those to be decided, and the others in a line each; only those to be decided; none.
ALL, SHORT, _DECIDE, NONE = CHOICES = ("all", "short", "decide", "none")
_BY_OPTIONS = "As options, with your own words and reasons"
_SETTLED = "For the post file, with your own words and reasons (see `jdgen docs post-files`)"
_INDENTED = "  "
# What has to be chosen for notes of each rank to be shown.
_SHOWING = {Rank.DECIDE: (ALL, SHORT, _DECIDE), Rank.COMPLETE: (ALL, SHORT), Rank.KNOW: (ALL, SHORT)}


def notes_option(command: Any) -> Any:
    """``--notes``: how much is shown of the notes of what a command makes."""
    text = "Review notes to show: short is those to be decided, and the others in a line; decide those alone."
    option = click.option("--notes", type=click.Choice(CHOICES), default=SHORT, show_default=True, help=text)
    return option(command)


def ranked_note_json(note: RankedNote) -> dict[str, Any]:
    """The note as JSON."""
    return {
        "rank": note.rank,
        "topic": note.topic,
        "subject": note.subject,
        "about": note.about,
        "text": note.text,
        "fields": note.fields,
    }


def notes_shown(notes: Sequence[RankedNote], choice: str) -> list[RankedNote]:
    """Those of ``notes`` that are shown, one by one or in a line."""
    return [note for note in notes if choice in _SHOWING[note.rank]]


def note_lines(notes: Sequence[RankedNote], choice: str, width: int, *, by_options: bool = False) -> Iterator[str]:
    """The lines that show ``notes``, each at most ``width`` wide, but for a word that is longer, and for options, which
    are copied as they stand: they settle notes where the post is given ``by_options``."""
    in_full: list[RankedNote] = []
    for rank in Rank:
        ranked_notes = [note for note in notes_shown(notes, choice) if note.rank is rank]
        if not ranked_notes:
            continue
        if choice == ALL or rank is Rank.DECIDE:
            in_full += ranked_notes
            yield f"{len(ranked_notes)} to {rank}"
            for note in ranked_notes:
                yield from wrap_line(f"{note.about}: {note.sentence}", width, "  ", "    ")
        else:
            is_by_name = rank is Rank.COMPLETE
            words = ", ".join(names_in_line(ranked_notes)) if is_by_name else counts_in_words(ranked_notes)
            yield from wrap_line(f"{len(ranked_notes)} to {rank}: {words}", width, "", "  ")
    if options := options_for_post(in_full) if by_options else []:
        yield from wrap_line(f"{_BY_OPTIONS}:", width, "", "  ")
        yield from (f"{_INDENTED}{flag} {quoted(value)}" for flag, value in options)
    # In one piece: a post file has each key once.
    if lines := lines_for_post(in_full, width - len(_INDENTED), by_options=by_options):
        yield from wrap_line(f"{_SETTLED}:", width, "", "  ")
        yield from (f"{_INDENTED}{line}" for line in lines)


def show_notes(notes: Sequence[RankedNote], choice: str, rest: str, *, by_options: bool) -> None:
    """Show ``notes`` on standard error; ``rest`` is the command that shows all of them, and ``by_options`` says that
    the post is given by options."""
    lines = list(note_lines(notes, choice, terminal_width(STANDARD_ERROR), by_options=by_options))
    for line in lines:
        click.echo(line, err=True)
    if lines and choice != ALL:
        click.echo(f"All {len(notes)} review notes in full: {rest}", err=True)
