"""A comparison of two versions of a framework as a page for a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jdgen.framework.comparison import Comparison, StatementChange
from jdgen.levels import list_levels
from jdgen.reports.html_page import escape, html_page, table
from jdgen.word_changes import WordChange
from jdgen.words import with_capital


def comparison_page(
    comparison: Comparison, *, beginning: str = "", beneath: Callable[[StatementChange], str] = lambda _: ""
) -> str:
    """The whole page. Words taken out are struck through and words put in underlined, so that no one needs colours.

    ``beginning`` is HTML before the changes, and ``beneath`` gives that under each of them.
    """
    counts = (
        f"<p>From “{escape(comparison.old.version)}” to “{escape(comparison.new.version)}”: "
        f"{len(comparison.changes)} statements changed, {comparison.unchanged} as before; "
        f"headings: {len(comparison.renamed_headings)} renamed, "
        f"{len(comparison.moved_headings)} moved.</p>\n"
    )
    headings = (
        _heading_table(
            "Renamed headings",
            "Now called",
            [(heading.before, heading.after) for heading in comparison.renamed_headings],
        ),
        _heading_table(
            "Moved headings",
            "Now after",
            [(heading.title, heading.after or "(first)") for heading in comparison.moved_headings],
        ),
    )
    untouched = f"Not in it, and as before: {', '.join(comparison.untouched)}." if comparison.untouched else ""
    sentences = (untouched, comparison.scale_change, *(rows.sentence for rows in comparison.elsewhere))
    scale = "".join(f"<p>{escape(sentence)}</p>\n" for sentence in sentences if sentence)
    body = "".join((counts, scale, beginning, *headings, *_section_htmls(comparison.changes, beneath)))
    return html_page(f"{comparison.new.title}: what has changed", body)


def _heading_table(title: str, second: str, rows: Sequence[tuple[str, str]]) -> str:
    """Headings, and what has become of each; nothing where there are none."""
    table_html = table(f"{title}, each in a row", ("Heading", second), rows)
    return f"<h2>{title}</h2>\n{table_html}" if rows else ""


def _section_htmls(changes: Sequence[StatementChange], beneath: Callable[[StatementChange], str]) -> list[str]:
    titles = dict.fromkeys(change.passage.title for change in changes)
    return [
        f"<h2>{escape(title)}</h2>\n"
        + "".join(_change_html(change, beneath(change)) for change in changes if change.passage.title == title)
        for title in titles
    ]


def _change_html(change: StatementChange, beneath: str) -> str:
    levels = f", {change.levels[0].scale.words} {list_levels(change.levels)}" if change.levels else ""
    guess = "<p>This is a guess: it was matched by its words.</p>\n" if change.is_guess else ""
    what = f"{' and '.join(change.kinds).capitalize()}{levels}"
    text = f"<blockquote>{_text_html(change)}</blockquote>\n"
    return f"<h3>{escape(what)}</h3>\n{guess}{_levels_html(change)}{text}{beneath}"


def _levels_html(change: StatementChange) -> str:
    before, after = change.before, change.after
    if before is None or after is None or str(before.levels) == str(after.levels):
        return ""
    scale = next(passage.levels.scale for passage in (after, before) if passage.levels)
    word = with_capital(scale.words)
    then, now = (escape(str(passage.levels or "none")) for passage in (before, after))
    return f"<p>{word} before: {then}. {word} now: {now}.</p>\n"


def _text_html(change: StatementChange) -> str:
    if change.words:
        return "".join(_words_html(part) for part in change.words)
    text = escape(change.passage.text)
    if change.before is None:
        return f"<ins>{text}</ins>"
    return f"<del>{text}</del>" if change.after is None else text


def _words_html(part: WordChange) -> str:
    if part.is_same:
        return escape(part.new)
    deletion, insertion = escape(part.old), escape(part.new)
    return (f"<del>{deletion}</del>" if deletion else "") + (f"<ins>{insertion}</ins>" if insertion else "")
