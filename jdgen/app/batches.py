"""Many posts: what the headings of their file mean, and the documents of all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.batch.batch import make_batch
from jdgen.batch.model import BatchedDocument, BatchOutcome, BatchResult, BatchSettings, Listener
from jdgen.configuration import load_common_entries, load_configuration
from jdgen.drafting.frameworks_here import load_frameworks
from jdgen.drafting.loading import load_placeholders
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of, save
from jdgen.post.reading import PostEntries, entries_of_options
from jdgen.sheets.column_guesses import ColumnGuess, HeadingWords, SheetGuess, guess_sheet, heading_words_of
from jdgen.sheets.column_map import (
    CHOICES,
    DECIDE,
    IGNORE,
    ColumnMap,
    amend_map,
    column_map_of,
    is_word,
    list_fields,
    map_text,
    read_column_map,
    right_meaning,
)
from jdgen.sheets.heading_row import OwnColumns, find_column, own_columns_of, own_name
from jdgen.sheets.reading import PostStream, open_posts, sheets_of
from jdgen.template.choosing import DEFAULT_TEMPLATE, template_path
from jdgen.text_files.toml_reading import parse_toml
from jdgen.text_files.yaml_reading import read_yaml
from jdgen.words import bare_words
from jdgen.workspace import Workspace, display_path

__all__ = [
    "CHOICES",
    "DECIDE",
    "BatchOutcome",
    "BatchResult",
    "BatchSettings",
    "BatchedDocument",
    "ColumnGuess",
    "ColumnMap",
    "ColumnSurvey",
    "Listener",
    "entries_for_all",
    "generate_batch",
    "list_fields",
    "survey_columns",
    "template_files",
]


def template_files(names: Sequence[str], workspace: Workspace) -> tuple[Path, ...]:
    """The files of the templates with these ``names``; that of a whole job description where there is none."""
    return tuple(template_path(workspace, name) for name in names or (DEFAULT_TEMPLATE,))


def entries_for_all(options: Mapping[str, str], workspace: Workspace) -> PostEntries | None:
    """Fields that all posts have whose rows lack them, given as options or by the workspace; nothing where none is.

    Raises :class:`JdgenError` with what does not fit.
    """
    placeholders = load_placeholders(workspace)
    entries = entries_of_options(options, {name: f"--{name}" for name in options}, workspace.root, placeholders)
    if common := load_common_entries(workspace, placeholders):
        entries = common.overridden_by(entries)
    if entries.problems:
        raise JdgenError(entries.problems)
    return entries if entries.values else None


def generate_batch(
    posts: Path,
    workspace: Workspace,
    settings: BatchSettings,
    *,
    sheet: str | None = None,
    columns: Path | ColumnMap | None = None,
    keep_going: bool = False,
    listener: Listener | None = None,
    pdf: bool = False,
) -> BatchResult:
    """Make the documents of all posts in the file ``posts``; see :func:`jdgen.batch.batch.make_batch`. ``columns`` is
    the file that says what its headings mean, where they are the organisation's own, or what it would say. With ``pdf``
    each document that is written is printed too, and so is one that is as it was where its PDF is lacking.

    Raises :class:`JdgenError` as that does, and where there is nothing to print with.
    """
    common_fields = settings.common_entries.values if settings.common_entries else ()
    placeholders = load_placeholders(workspace)
    configuration = load_configuration(workspace)
    own_columns = own_columns_of(configuration.own)
    column_map = read_column_map(columns, display_path(columns), own_columns) if isinstance(columns, Path) else columns

    def opener() -> PostStream:
        return open_posts(
            posts, display_path(posts), sheet, common_fields, placeholders, own_columns=own_columns, columns=column_map
        )

    settings = replace(settings, own_headings=configuration.own, share_limit=configuration.share_limit)
    if not pdf:
        return make_batch(opener, workspace, settings, keep_going=keep_going, listener=listener, source=posts)
    # lxml is slow to import, and few want PDF.
    from jdgen.app.publications import BatchPrinting  # noqa: PLC0415

    printing = BatchPrinting(listener or Listener(), settings)
    result = make_batch(opener, workspace, settings, keep_going=keep_going, listener=printing, source=posts)
    if settings.dry_run:
        return result
    return replace(result, problems=(*result.problems, *printing.problems(workspace)))


# What the headings of an organisation's own workbook mean: looked at once, said yes to, and kept in a file.

_OWN_FIELDS = "own"


@dataclass(frozen=True)
class ColumnSurvey:
    """What the columns of the sheet of posts are taken for. ``column_map`` is the file that says it, where there is
    one; then ``columns`` are only those of which it does not. ``own_columns`` are the organisation's own fields."""

    posts: Path
    path: Path
    own_columns: OwnColumns
    guess: SheetGuess
    column_map: ColumnMap | None
    columns: tuple[ColumnGuess, ...]

    @property
    def place(self) -> str:
        """What messages call the sheet, and where its headings are."""
        return f"{self.guess.sheet.places.name}, headings in row {self.guess.row}"

    @property
    def guesses(self) -> tuple[ColumnGuess, ...]:
        """Those that somebody has to say yes to."""
        return tuple(column for column in self.columns if column.is_guess)

    def meaning_of(self, label: str, answer: str) -> str | None:
        """What somebody means who answers ``answer`` for the column ``label``, as the file says it; nothing where it
        is no answer. Only ``own`` is the field of its own that the heading names."""
        if is_word(answer, IGNORE) or is_word(answer, DECIDE):
            return bare_words(answer)
        if is_word(answer, _OWN_FIELDS):
            name = own_name(label)
            return f"{_OWN_FIELDS}.{name}" if name else None
        column = find_column(answer, self.own_columns)
        return right_meaning(column) if column else None

    def save(self, meanings: Mapping[str, str]) -> None:
        """Write the file, or put ``meanings`` into the one that is there. What somebody has said is no guess any more.

        Raises :class:`JdgenError` where it cannot be written.
        """
        if self.column_map:
            text = content_of(self.path).decode("utf-8-sig")
            save(amend_map(text, self.column_map, meanings).encode(), self.path, overwrite=True)
            return
        save(self._text(meanings).encode(), self.path, overwrite=False)

    def _text(self, meanings: Mapping[str, str]) -> str:
        """A new file, in which the columns have these ``meanings``, and the others what they are taken for."""
        lines = [
            (column.label, meanings.get(column.label, column.meaning), _remark(column, meanings))
            for column in self.columns
        ]
        sheet = self.guess.sheet.title if self.guess.sheet.places.worksheet else None
        row = None if self.guess.is_first_row else self.guess.row
        return map_text(display_path(self.posts), display_path(self.path), sheet, row, lines)

    @property
    def planned_lines(self) -> tuple[str, ...]:
        """What the file would say that is not there, without the remarks at its beginning."""
        return tuple(line for line in self._text({}).splitlines() if line and not line.startswith("#"))

    def planned_map(self) -> ColumnMap:
        """The same file, read, without being written; what is still to be decided is passed over in it."""
        text = self._text({column.label: IGNORE for column in self.columns if column.is_open})
        return column_map_of(parse_toml(text.encode(), display_path(self.path)), self.own_columns)

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What somebody would have to do before the file that is not there would count."""
        name = display_path(self.path)
        labels = (column.label for column in self.columns if column.is_open)
        still = [Problem(name, f"'{label}' would be left to be decided", CHOICES) for label in labels]
        return (*still, *self._unseen_guesses("without --dry-run the file is written: look at each of them there"))

    def _unseen_guesses(self, right: str) -> tuple[Problem, ...]:
        """That nobody has said yes to the guesses, where there are any."""
        count = len(self.guesses)
        what = "one of its lines is a guess" if count == 1 else f"{count} of its lines are guesses"
        return (Problem(display_path(self.path), f"{what}, marked with the reason", right),) if count else ()

    def problems(self, common_fields: Collection[str]) -> tuple[Problem, ...]:
        """What somebody has to do before the file that was written counts; ``common_fields`` are fields that all posts
        are given elsewhere."""
        column_map = read_column_map(self.path, display_path(self.path), self.own_columns)
        sheet = self.guess.sheet.title if self.guess.sheet.places.worksheet else None
        problems = open_posts(
            self.posts, display_path(self.posts), sheet, common_fields, own_columns=self.own_columns, columns=column_map
        ).problems
        right = "look at each, mend what is wrong, and run the same command again"
        return (*problems, *self._unseen_guesses(right))


def survey_columns(posts: Path, path: Path, workspace: Workspace, sheet: str | None) -> ColumnSurvey:
    """What the columns of the file ``posts`` are; ``path`` is the file that is to say it, and ``sheet`` the worksheet
    meant. Of rows only the first are read.

    Raises :class:`JdgenError` for files that cannot be read, and where no row has headings.
    """
    own_columns = own_columns_of(load_configuration(workspace).own)
    column_map = read_column_map(path, display_path(path), own_columns) if path.exists() else None
    words = load_heading_words(workspace, own_columns)
    wanted_sheet = sheet or (column_map.sheet if column_map else None)
    guess = guess_sheet(sheets_of(posts, display_path(posts), wanted_sheet), display_path(posts), words)
    columns = guess.columns
    if column_map:
        columns = tuple(column for column in columns if column_map.is_open(column.label))
    return ColumnSurvey(posts, path, own_columns, guess, column_map, columns)


def load_heading_words(workspace: Workspace, own_columns: OwnColumns) -> HeadingWords:
    """By which words columns are guessed: the workspace's own file of them, else the shipped one. Raises
    :class:`JdgenError` for a file with problems."""
    path = workspace.file("framework_data", "headings.yaml")
    assert path is not None, "headings.yaml is shipped"
    return heading_words_of(read_yaml(path, display_path(path)), own_columns, _choices(workspace))


def _choices(workspace: Workspace) -> dict[str, set[str]]:
    """What the framework has for cells to name, by fields, as bare words and as ids."""
    specialisms = [specialism for framework in load_frameworks(workspace) for specialism in framework.specialisms]
    categories = [category for specialism in specialisms for category in specialism.role_categories]
    choices = {"specialism": specialisms, "role_category": categories}
    return {
        key: {word for each in entries for word in (each.id, bare_words(each.title))}  # type: ignore[attr-defined]  # both have them
        for key, entries in choices.items()
    }


def _remark(column: ColumnGuess, meanings: Mapping[str, str]) -> str:
    if column.label in meanings:
        return ""
    if column.is_open:
        samples = ", ".join(f"'{text}'" for text in column.samples)
        return f"cells: {samples}" if samples else "its first cells are empty"
    return f"guess: {column.reason}" if column.reason else ""
