"""The comparison of two versions of a framework as a page for a browser."""

from __future__ import annotations

from collections.abc import Sequence

from jdgen.framework.comparison import Comparison, StatementChange
from jdgen.levels import list_levels
from jdgen.reports.page import escape, html_page, table
from jdgen.words import WordChange


def comparison_page(found: Comparison) -> str:
    """The whole page. Words taken out are struck through and words put in underlined, so that no one needs colours."""
    said = (
        f"<p>From “{escape(found.old.version)}” to “{escape(found.new.version)}”: {len(found.changes)} changed, "
        f"{found.unchanged} as before, {len(found.renamed)} headings renamed, {len(found.moved)} moved.</p>\n"
    )
    headings = (
        _table("Renamed headings", "Now called", [(one.before, one.after) for one in found.renamed]),
        _table("Moved headings", "Now after", [(one.title, one.after or "(first)") for one in found.moved]),
    )
    scale = f"<p>{escape(found.scale_change)}</p>\n" if found.scale_change else ""
    body = "".join((said, scale, *headings, *_sections(found.changes)))
    return html_page(f"{found.new.title}: what has changed", body)


def _table(title: str, second: str, rows: Sequence[tuple[str, str]]) -> str:
    """Headings, and what has become of each; nothing where there are none."""
    return f"<h2>{title}</h2>\n{table(title, ('Heading', second), rows)}" if rows else ""


def _sections(changes: Sequence[StatementChange]) -> list[str]:
    titles = dict.fromkeys(change.passage.title for change in changes)
    return [
        f"<h2>{escape(title)}</h2>\n" + "".join(_change(change) for change in changes if change.passage.title == title)
        for title in titles
    ]


def _change(change: StatementChange) -> str:
    levels = f", {change.levels[0].scale.words} {list_levels(change.levels)}" if change.levels else ""
    guess = " This is a guess: it was matched by its words." if change.guessed else ""
    said = f"{' and '.join(change.kinds).capitalize()}{levels}.{guess}"
    return (
        f"<h3>{escape(change.passage.id)}</h3>\n<p>{escape(said)}</p>\n{_levels(change)}"
        f"<blockquote>{_text(change)}</blockquote>\n"
    )


def _levels(change: StatementChange) -> str:
    before, after = change.before, change.after
    if before is None or after is None or str(before.levels) == str(after.levels):
        return ""
    scale = next(one.levels.scale for one in (after, before) if one.levels)
    word = scale.words[0].upper() + scale.words[1:]
    then, now = (escape(str(one.levels or "none")) for one in (before, after))
    return f"<p>{word} before: {then}. {word} now: {now}.</p>\n"


def _text(change: StatementChange) -> str:
    if change.words:
        return "".join(_mark_words(part) for part in change.words)
    text = escape(change.passage.text)
    if change.before is None:
        return f"<ins>{text}</ins>"
    return f"<del>{text}</del>" if change.after is None else text


def _mark_words(part: WordChange) -> str:
    if part.same:
        return escape(part.put)
    out, put = escape(part.out), escape(part.put)
    return (f"<del>{out}</del>" if out else "") + (f"<ins>{put}</ins>" if put else "")
