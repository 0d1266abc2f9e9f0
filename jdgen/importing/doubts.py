"""What is wrong with a publication as a whole, and what a person must look at of it; how that is told, and the sheet
that lists it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from jdgen.errors import Problem, list_words
from jdgen.framework.chapters import chapters_of
from jdgen.framework.model import Framework, Specialism, Statement
from jdgen.framework.transcription import without_markup
from jdgen.importing.column_meaning import Expected
from jdgen.importing.grid import CellPlace, Doubt, Grid, Prose, Publication
from jdgen.importing.headings import MOSTLY, share_kept
from jdgen.importing.lines import footnote_marks, is_listed, is_tick, note_marks
from jdgen.importing.list_heads import is_outline
from jdgen.importing.pages import pages
from jdgen.importing.table_rows import Row, Subject, Table
from jdgen.importing.titles import is_notice
from jdgen.levels import AFC, Scale, list_levels
from jdgen.reports.workbook import Column, one_sheet_workbook
from jdgen.words import encoding_fault


def equal_rows(all_tables: Sequence[Table]) -> Iterator[Doubt]:
    """Rows that stand in several chapters word for word."""
    first: dict[tuple[str, tuple[str, ...]], tuple[Table, Row]] = {}
    for table in all_tables:
        for row in table.rows:
            other, same = first.setdefault(row.key, (table, row))
            if other is not table:
                what = f"the same row stands in '{other.title}' too, at {same.title.place}"
                yield Doubt(what, row.title.place, row.title.text)


def specialisms_gone(framework: Framework, earlier: Framework | None, name: str) -> Iterator[Doubt]:
    """Specialisms of the earlier version that ``framework`` does not have. It weighs of those that were published in
    one text with some that it has anew, and of those most of whose statements a new one has; a chapter by itself is no
    sign that others end."""
    if earlier is None or earlier.id != framework.id:
        return
    ids = {specialism.id for specialism in framework.specialisms}
    renewed_digests = {chapter.sha256 for chapter in renewed_chapters(ids, earlier)}
    earlier_ids = {specialism.id for specialism in earlier.specialisms}
    new_specialisms = [specialism for specialism in framework.specialisms if specialism.id not in earlier_ids]
    for chapter in chapters_of(earlier):
        (specialism,) = chapter.specialisms
        if specialism.id in ids:
            continue
        statements = _statements(specialism)
        successor = next((new for new in new_specialisms if share_kept(statements, _texts(new)) > MOSTLY), None)
        remark = f", and '{successor.title}' says most of what it said" if successor else ""
        today = successor.title if successor else "NEW TITLE"
        title = specialism.title
        right = f"if it has a new name, --renamed '{title}={today}'; if it ends, write withdraws: [{specialism.id}]"
        what = f"the earlier version's specialism '{title}' is not in {name}{remark}; it stays as it was: {right}"
        weighs = chapter.sha256 in renewed_digests or successor is not None
        titles = tuple(new_specialism.title for new_specialism in new_specialisms)
        option = "--renamed" if new_specialisms else ""
        place = CellPlace("", "", "", name)
        yield Doubt(what, place, title, " | ".join(titles), option=option, answers=titles, weighs=weighs)


def _statements(specialism: Specialism) -> list[Statement]:
    return [statement for row in specialism.rows for statement in row.statements]


def _texts(specialism: Specialism) -> list[str]:
    return [statement.full_text for statement in _statements(specialism)]


def renewed_chapters(ids: Collection[str], earlier: Framework | None) -> tuple[Framework, ...]:
    """The chapters of the earlier version that are published anew, by the ``ids`` of their specialisms."""
    return tuple(chapter for chapter in (chapters_of(earlier) if earlier else ()) if chapter.specialisms[0].id in ids)


def footnote_doubts(publication: Publication, expected: Expected) -> Iterator[Doubt]:
    """Texts in tables with what looks like the mark of a footnote, which is printed with them: heads are not, nor
    ticks."""
    table_pages = filter(None, pages(publication.blocks, expected))
    heads = {cell.place for page in table_pages if page.start for cell in page.head.cells.values()}
    notes = note_marks(paragraph.text for paragraph in publication.prose)
    for cell in (cell for grid in publication.grids for cell in grid.cells):
        marks = footnote_marks(cell.text, notes)
        if marks and not is_tick(cell.text) and cell.place not in heads:
            what = f"'{list_words(marks)}' looks like the mark of a footnote, and is printed with the text"
            yield Doubt(
                f"{what}: if it is one, take it out of the file that is imported",
                cell.place,
                text=cell.text,
                weighs=True,
            )


#: A question mark within a word, at its beginning, or alone between words: addresses of pages have others.
_LOST_LETTER = re.compile(r"(?<![^\s(])(?:[^\W\d_]+(?:['’-][^\W\d_]+)*\?[^\W\d_]|\?[^\W\d_]|\?(?=\s+[^\W\d_]))")


#: Words with which questions begin, and those that make one of any sentence.
_ASKING_WORDS = frozenset(
    ("are", "can", "could", "did", "do", "does", "has", "have", "is", "should", "was", "were", "will")
)
_ASKING = frozenset(("how", "if", "what", "when", "where", "whether", "which", "who", "whom", "whose", "why"))
_SENTENCE = re.compile(r"[.!:;] ")


def _is_lost_at_end(text: str) -> bool:
    """Whether a question mark stands at the end of a word where no question ends: within a sentence, or behind one that
    asks nothing."""
    for before, after in pairwise(text.split("?")):
        words = _SENTENCE.split(before)[-1].casefold().split()
        is_within = after[:1] == " " and after[1:2].islower()
        is_end = before[-1:].isalpha() and (is_within or not after.strip(" .,;)"))
        if is_end and words and words[0] not in _ASKING_WORDS and not _ASKING & set(words):
            return True
    return False


def letters_lost(publication: Publication) -> Iterator[Doubt]:
    """Texts in which a program has lost letters that its encoding has not (caf?s), or has made others of them
    (cafÃ©s)."""
    texts = [(paragraph.place, paragraph.text) for paragraph in publication.prose]
    texts += [(cell.place, cell.text) for grid in publication.grids for cell in grid.cells]
    for place, text in texts:
        if "?" in text and (_LOST_LETTER.search(text) or _is_lost_at_end(text)):
            what = "a question mark stands where a program may have lost a letter or a dash, and is printed: save the"
            yield Doubt(f"{what} file anew as UTF-8 from one that is still right", place, text=text, weighs=True)
        elif unsound := encoding_fault(text):
            yield Doubt("; ".join(unsound), place, text=text, weighs=True)


def prose_left_out(publication: Publication, expected: Expected, framework: Framework) -> Iterator[Doubt]:
    """Paragraphs outside the tables that become nothing. Those of an outline are told where it is made, and headings
    say nothing themselves. It weighs of entries of lists, and of what stands below the first table: what stands above
    that is mostly about the publication."""
    table_pages = list(filter(None, pages(publication.blocks, expected)))
    if any(is_outline(page.grid) for page in table_pages):
        return
    titles = {title for page in table_pages for title in (page.above, page.group) if title}
    printed_texts = {
        framework.title,
        *(specialism.description.text for specialism in framework.specialisms if specialism.description),
    }
    is_below = False
    for block in publication.blocks:
        if isinstance(block, Grid):
            is_below = is_below or any(page.grid is block for page in table_pages)
        elif _says_something(block) and block not in titles and without_markup(block.text) not in printed_texts:
            what = "a paragraph outside the tables is printed nowhere"
            yield Doubt(what, block.place, text=block.text, weighs=is_below or is_listed(block.text))
            printed_texts.add(block.text)


#: Words that a paragraph has at least that says something, where it is no sentence.
_FEWEST_WORDS = 5


def _says_something(prose: Prose) -> bool:
    text = prose.text
    is_said = is_listed(text) or text.endswith(".") or len(text.split()) >= _FEWEST_WORDS
    return is_said and not (prose.is_heading or is_notice(text))


def levels_unsaid(all_tables: Sequence[Table], scale: Scale, name: str) -> Iterator[Doubt]:
    """Levels that somebody has named, and of which no table says anything."""
    table_levels = [table.levels for table in all_tables if table.subject is not Subject.SKILLS]
    unsaid = (
        [level for level in scale.levels if not any(level in levels for levels in table_levels)] if scale != AFC else []
    )
    if unsaid and any(levels.scale == scale for levels in table_levels):
        what = f"nothing is said of {scale.word if len(unsaid) == 1 else scale.words} {list_levels(unsaid)}"
        yield Doubt(f"{what}: look whether its column was read", CellPlace("", "", "", name), weighs=True)


def weighing_problems(doubts: Iterable[Doubt], name: str) -> list[Problem]:
    """What weighs among ``doubts`` about the file called ``name``, if it is one: one line for each cause, with its
    first place."""
    alike: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        if doubt.weighs:
            alike.setdefault(doubt.what, []).append(doubt)
    return [
        Problem(
            f"{f'{name}, ' if name not in ('', str(same[0].place)) else ''}{same[0].place}{_and_more(len(same) - 1)}",
            what,
            "look at it in the review sheet",
        )
        for what, same in alike.items()
    ]


def _and_more(count: int) -> str:
    return f" (and {count:,} more like it)" if count else ""


def guessed_doubts(publication: Publication, expected: Expected) -> Iterator[Doubt]:
    """Tables without a row of levels of their own, and what was made of each."""
    words = expected.roles.words or "heads"
    before = (None, *publication.blocks)
    is_apart = [
        isinstance(above, Prose)
        for above, block in zip(before, publication.blocks, strict=False)
        if isinstance(block, Grid)
    ]
    for grid, page, apart in zip(publication.grids, pages(publication.blocks, expected), is_apart, strict=True):
        first = next((cell for cell in grid.cells if cell.text), None)
        if first and page is None:
            what = f"a table without a row of {words} was passed over"
            yield Doubt(what, first.place, text=first.text, weighs=True)
        elif first and page and page.start == 0:
            what = f"a table without a row of {words} is read as the next page"
            yield Doubt(what, first.place, text=first.text, weighs=apart and not publication.is_from_pdf)


# The sheet of what a person must look at.

HEADINGS = ("Look at", "Page", "Row", "Cell", "Heading", "Text", "Range", "Confidence")
_SHEET = "To look at"


def review_sheet(doubts: Sequence[Doubt]) -> bytes:
    """A workbook with a row for each of ``doubts``, no cell of which a spreadsheet program would run."""
    rows = (
        (doubt.what, place.page, place.row, place.cell, doubt.heading, doubt.text, doubt.levels, doubt.confidence)
        for doubt, place in ((doubt, doubt.place) for doubt in doubts)
    )
    return one_sheet_workbook(_SHEET, [Column(heading, 24) for heading in HEADINGS], rows)
