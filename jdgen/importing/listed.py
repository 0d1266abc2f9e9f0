"""Lists: each of their rows says what it is about and of which level it speaks, as those of the long form do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jdgen.errors import JdgenError, Problem, did_you_mean
from jdgen.framework.declared_levels import make_scale
from jdgen.framework.model import RowKind
from jdgen.importing.column_meaning import Expected, Head, Role, is_of_texts, plain
from jdgen.importing.grid import Cell, CellPlace, Doubt, FileChoices
from jdgen.importing.heads import levels_named, names_every_level
from jdgen.importing.lines import is_gap
from jdgen.importing.pages import Page, cell_of, page_doubts, unread_above
from jdgen.importing.table_rows import CellStatement, Row, Subject, Table, as_list, at_levels, run_of, whole_row_doubt
from jdgen.importing.titles import is_sentence
from jdgen.levels import AFC, NO_LEVELS, LevelRange, Scale

# A list line by line.


@dataclass(frozen=True)
class _Line:
    """One line of a list, or of what a list says under one of its columns: the cell of each role that it fills, its
    place, and the title of the table that it stands in. ``lacks_level`` says that the list has a column of levels,
    which is blank here, and ``is_long_form`` that it is one, in which a blank one says every level."""

    cells: Mapping[Role, Cell]
    place: CellPlace
    title: str
    lacks_level: bool = False
    is_long_form: bool = True

    def text(self, role: Role) -> str:
        """What it says as ``role``."""
        return self.cells[role].text if role in self.cells else ""

    def has(self, *roles: Role) -> bool:
        """Whether it says something as each of ``roles``."""
        return all(self.text(role) for role in roles)


def _lines(pages: Iterable[Page]) -> Iterator[_Line]:
    """The lines of lists; a title that is left blank is that of the line above."""
    above: dict[Role, Cell] = {}
    for page in pages:
        above = _group_above(page) if page.start else above
        for row in range(page.start, page.grid.height):
            over = [cell for cell in page.grid.over(row) if cell.text]
            if not over or {cell.column: cell.text for cell in over} == _texts(page.head.cells):
                continue
            if whole_row := _over_whole(page, row):
                if _is_group(whole_row, page):
                    above = {role: cell for role, cell in above.items() if role is Role.SPECIALISM}
                    above[Role.GROUP] = whole_row
                continue
            every = [cell for cell in over if _says_every(cell, page.head)]
            for line in _lines_of_row(page, [cell for cell in over if cell not in every], over[0].place):
                whole = line if page.head.is_long_form else _with_titles(line, above)
                if every:
                    whole = replace(
                        whole, cells={role: cell for role, cell in whole.cells.items() if role != Role.LEVEL}
                    )
                carried_roles = _carried_roles(page.head.roles)
                above = {role: whole.cells[role] for role in carried_roles if role in whole.cells}
                has_levels = Role.LEVEL in page.head.roles.values() and not page.head.is_long_form
                lacks_level = has_levels and not (every or whole.has(Role.LEVEL))
                yield replace(whole, lacks_level=lacks_level, is_long_form=page.head.is_long_form)


def _over_whole(page: Page, row: int) -> Cell | None:
    """The text that stands in a row by itself, over several columns, if there is one."""
    over = [cell for cell in page.grid.over(row) if cell.text]
    return over[0] if len(over) == 1 and over[0].columns > 1 else None


def _is_group(whole_row: Cell, page: Page) -> bool:
    """Whether a text over a whole row is the title of the rows below it: in the long form a column has these."""
    return not (page.head.is_long_form or is_sentence(whole_row))


def _group_above(page: Page) -> dict[Role, Cell]:
    """The group of the rows of a page: the heading above it, unless that is their heading, or a column has groups."""
    roles = page.head.roles
    is_heading = not (
        _title_roles(roles) or any(_own_heading(page, column) for column, role in roles.items() if role is Role.TEXT)
    )
    if page.group is None or is_heading or Role.GROUP in roles.values():
        return {}
    return {Role.GROUP: cell_of(page.group)}


def _says_every(cell: Cell, head: Head) -> bool:
    """Whether a cell says of which levels its row speaks: of all, as one that is left blank does."""
    return head.roles.get(cell.column) is Role.LEVEL and names_every_level(cell.text)


def _texts(cells: Mapping[int, Cell]) -> dict[int, str]:
    return {column: cell.text for column, cell in cells.items() if cell.text}


def _carried_roles(roles: Mapping[int, Role]) -> list[Role]:
    """What a line that leaves it blank has from the line above: titles, but for a heading that is the head of a column,
    and levels where they stand before all titles."""
    read_columns = [column for column, role in roles.items() if role is not Role.IGNORE]
    carried_roles = [Role.SPECIALISM, Role.KIND, Role.GROUP, *_title_roles(roles)]
    return [*carried_roles, Role.LEVEL] if roles[min(read_columns)] is Role.LEVEL else carried_roles


def _title_roles(roles: Mapping[int, Role]) -> list[Role]:
    """Which of headings and skills have a column."""
    return [role for role in (Role.HEADING, Role.SKILL) if role in roles.values()]


def _with_titles(line: _Line, above: Mapping[Role, Cell]) -> _Line:
    """The line with the titles that it leaves blank, from the line above."""
    is_of_skill = line.has(Role.SKILL) or Role.HEADING not in above
    title_role = Role.SKILL if is_of_skill else Role.HEADING
    carried_roles = [Role.SPECIALISM]
    if not line.has(title_role):
        carried_roles += [title_role, Role.KIND, Role.GROUP]
    elif Role.GROUP in above:
        carried_roles.append(Role.GROUP)
    carried_roles.append(Role.LEVEL)
    titles_above = {role: above[role] for role in carried_roles if role in above and not line.has(role)}
    return replace(line, cells={**line.cells, **titles_above})


def _lines_of_row(page: Page, over: Sequence[Cell], place: CellPlace) -> Iterator[_Line]:
    """A line, or one for each column of texts, where their heads are the headings; an empty one of a row in which
    nothing stands but that it is of all levels."""
    roles = page.head.roles
    cells: dict[Role, Cell] = {}
    texts: list[tuple[int, Cell]] = []
    for cell in over:
        for column in (column for column in range(cell.column, cell.end) if column in roles):
            if roles[column] is Role.TEXT:
                texts.append((column, cell))
            elif roles[column] is not Role.IGNORE:
                cells[roles[column]] = cell
    for column, cell in texts:
        heading = {} if _title_roles(roles) else _heading_of(page, column)
        yield _Line({**cells, **heading, Role.TEXT: cell}, place, page.title)
    if not texts and (cells or not over):
        yield _Line(cells, place, page.title)


def _heading_of(page: Page, column: int) -> dict[Role, Cell]:
    """The heading of what stands in a column, where no column has headings: its head, or the heading above the table
    where the head only says that texts stand there; none where there is none."""
    if head := _own_heading(page, column):
        return {Role.HEADING: head}
    return {Role.HEADING: cell_of(page.group)} if page.group else {}


def _own_heading(page: Page, column: int) -> Cell | None:
    """The head of a column of texts, as the heading of what stands there: not one that only says that texts stand
    there, unless others beside it have texts too, as "Behaviours" beside "Knowledge"."""
    head = page.head.cells.get(column)
    is_alone = sum(role is Role.TEXT for role in page.head.roles.values()) == 1
    return head if head is not None and head.text and not (is_alone and is_of_texts(head.text)) else None


# Lines gathered: what a heading, a skill and a specialism say.


@dataclass
class _Rows:
    """What lines say under one title, as far as they are read."""

    title: Cell
    group: str
    kind: RowKind | None
    statements: list[CellStatement] = field(default_factory=list)
    gaps: list[CellStatement] = field(default_factory=list)
    about: Cell | None = None
    further_entries: int = 0
    of_every_level: list[Cell] = field(default_factory=list)
    may_overlap: bool = False

    def add(self, cell: Cell, levels: LevelRange | None) -> None:
        """Add what a cell says at ``levels``: as a further entry of what is said there already, or as a cell that
        reaches over several lines."""
        for number, statement in enumerate(self.statements):
            if levels and statement.levels and statement.cell.place == cell.place:
                self.statements[number] = replace(statement, levels=run_of((statement.levels, levels)))
                return
            if levels and statement.levels == levels and not levels.scale.adds_up:
                self.statements[number] = replace(statement, cell=as_list((statement.cell, cell)))
                self.further_entries += 1
                return
        self.statements.append(CellStatement(cell, levels))

    @property
    def overlaps(self) -> bool:
        """Whether lines of a list, which is no long form, speak of levels that others speak of too."""
        levels = [level for statement in self.statements for level in statement.levels or ()]
        is_mixed = bool(levels) and not all(statement.levels for statement in self.statements)
        return self.may_overlap and (is_mixed or len(set(levels)) < len(levels))

    def row(self, whole: LevelRange) -> Row:
        """The row of a table that these lines make together: at each level of the ``whole``, where they overlap, the
        entries of all that speak of it."""
        statements = tuple(self.statements)
        if self.overlaps:
            statements = tuple(at_levels((whole.scale.between(level, level) for level in whole), self._cells_at))
        return Row(self.title, self.group, statements, gaps=tuple(self.gaps), kind=self.kind, about=self.about)

    def _cells_at(self, levels: LevelRange) -> list[Cell]:
        return [
            statement.cell
            for statement in self.statements
            if statement.levels is None or levels.lowest in statement.levels
        ]

    @property
    def doubts(self) -> Iterator[Doubt]:
        """What has to be looked at."""
        if self.overlaps:
            what = "its rows speak of levels that overlap: each level has the entries of all rows that name it"
            yield Doubt(what, self.title.place, self.title.text, weighs=True)
        if self.further_entries:
            what = "several rows speak of one level: they are taken as the entries of a list"
            yield Doubt(what, self.title.place, self.title.text)
        for cell in self.of_every_level:
            what = "its level is left blank: it is taken to hold at every level"
            yield Doubt(what, cell.place, self.title.text, cell.text, weighs=True)


@dataclass
class _Chapter:
    """What lines say of one specialism, as far as they are read."""

    title: str
    place: CellPlace
    rows: dict[tuple[str, str, str], _Rows] = field(default_factory=dict)
    requirements: dict[str, _Rows] = field(default_factory=dict)
    levels: LevelRange | None = None
    description: Cell | None = None


class _Gathering:
    """Lines as they are gathered: chapters and skills by their titles, and what is wrong; and ``further_texts`` that
    describe what is described already, each with the title of that."""

    def __init__(self, roles: Scale, skills: Mapping[str, Scale], choices: FileChoices, name: str) -> None:
        self.roles, self.skill_scales, self.choices, self.name = roles, skills, choices, name
        self.chapters: dict[str, _Chapter] = {}
        self.skills: dict[str, _Rows] = {}
        self.problems: list[Problem] = []
        self.further_texts: list[tuple[str, Cell]] = []

    def add(self, line: _Line) -> None:
        """Add what a line says."""
        levels = self._levels(line, Role.LEVEL, self.roles)
        skill_levels = self._levels(line, Role.SKILL_LEVEL, self.skill_scales.get(plain(line.text(Role.SKILL))))
        kind = self._kind(line)
        self._describe(line, line.cells.get(Role.DESCRIPTION))
        if line.has(Role.SKILL):
            self._add_skill(line, levels, skill_levels)
        elif kind == DESCRIPTION:
            self._describe(line, line.cells.get(Role.TEXT))
            chapter = self._chapter(line)
            chapter.levels = levels or chapter.levels
        elif line.has(Role.HEADING, Role.TEXT):
            key = plain(line.text(Role.KIND)), plain(line.text(Role.GROUP)), plain(line.text(Role.HEADING))
            new_rows = _Rows(line.cells[Role.HEADING], line.text(Role.GROUP), RowKind(kind) if kind else None)
            new_rows.may_overlap = not (line.is_long_form or self.roles.adds_up)
            rows = self._chapter(line).rows.setdefault(key, new_rows)
            if self.choices.is_gap(line.text(Role.TEXT)):
                rows.gaps.append(CellStatement(line.cells[Role.TEXT], levels))
            else:
                rows.add(line.cells[Role.TEXT], levels)
                if line.lacks_level:
                    rows.of_every_level.append(line.cells[Role.TEXT])
        elif line.has(Role.TEXT):
            self._tell(line, "the text stands under no heading", "write the heading, or the skill, that it belongs to")
        elif levels and not line.has(Role.HEADING):
            self._chapter(line).levels = levels
        else:
            self._tell(line, "the row says nothing", "write its text, or take the row out")

    def _describe(self, line: _Line, cell: Cell | None) -> None:
        """Take what describes a specialism, which several lines may repeat; a second description is told."""
        if cell is not None and cell.text:
            chapter = self._chapter(line)
            chapter.description = chapter.description or cell
            if plain(cell.text) != plain(chapter.description.text):
                self.further_texts.append((chapter.title, cell))

    def tell_mixed_levels(self) -> None:
        """Tell what has a blank level where other texts under its heading have levels, at which it would hold too."""
        if self.roles.adds_up:
            return
        for rows in (rows for chapter in self.chapters.values() for rows in chapter.rows.values()):
            for cell in rows.of_every_level if any(statement.levels for statement in rows.statements) else ():
                what = (
                    f"'{rows.title.text}' says something without a {self.roles.word} here, and something else at some"
                )
                right = f"write at which {self.roles.words} this text holds"
                self.problems.append(Problem(cell.place.within(self.name), what, right))

    def _add_skill(self, line: _Line, levels: LevelRange | None, skill_levels: LevelRange | None) -> None:
        title = line.cells[Role.SKILL]
        is_of_role = bool(line.text(Role.LEVEL)) or (line.has(Role.SPECIALISM) and not line.has(Role.TEXT))
        if is_of_role:
            requirement = self._chapter(line).requirements.setdefault(
                plain(title.text), _Rows(title, "", RowKind.SKILL)
            )
            if skill_levels:
                requirement.statements.append(CellStatement(line.cells[Role.SKILL_LEVEL], levels))
            elif not line.has(Role.SKILL_LEVEL) and line.has(Role.LEVEL):
                self._tell(line, f"the skill '{title.text}' has no level here", "write the skill level that is needed")
        skill = self.skills.setdefault(plain(title.text), _Rows(title, line.text(Role.GROUP), None))
        skill.group = skill.group or line.text(Role.GROUP)
        text = line.cells.get(Role.TEXT)
        if text is None or not text.text:
            if not is_of_role and not line.has(Role.GROUP):
                self._tell(line, "the row says nothing", "write what the skill means, or which level needs it")
        elif skill_levels is None:
            skill.about = skill.about or text
            if plain(text.text) != plain(skill.about.text):
                self.further_texts.append((title.text, text))
        elif all(
            statement.cell.text != text.text for statement in skill.statements if statement.levels == skill_levels
        ):
            skill.add(text, skill_levels)

    def _chapter(self, line: _Line) -> _Chapter:
        title = line.text(Role.SPECIALISM) or line.title
        return self.chapters.setdefault(plain(title), _Chapter(title, line.place))

    def _levels(self, line: _Line, role: Role, scale: Scale | None) -> LevelRange | None:
        """The levels that a line names as ``role``. What names none is told."""
        if not line.has(role):
            return None
        cell = line.cells[role]
        if scale is None or scale.is_empty:
            self._tell(line, f"'{cell.text}' is a {role}, and the framework has none", "take it out", cell)
            return None
        levels = levels_named(cell.text, scale)
        if levels is None and not is_gap(cell.text):
            right = did_you_mean(cell.text, scale.names)
            self._tell(line, f"'{cell.text}' is no {scale.word}", right, cell)
        return levels

    def _kind(self, line: _Line) -> str:
        word = plain(line.text(Role.KIND)).replace(" ", "-")
        if word and word not in _KINDS:
            right = did_you_mean(word, _KINDS)
            self._tell(line, f"'{line.text(Role.KIND)}' is no kind of row", right, line.cells[Role.KIND])
            return ""
        return word

    def _tell(self, line: _Line, what: str, right: str, cell: Cell | None = None) -> None:
        self.problems.append(Problem((cell.place if cell else line.place).within(self.name), what, right))


#: What is told of a text beyond the first, where only that is printed.
_SECOND_DESCRIPTION = "it describes what another text describes already, and is printed nowhere"
#: The kind of the row that describes a specialism, and may tell its levels.
DESCRIPTION = "description"
_KINDS = [*map(str, RowKind), DESCRIPTION]


# The tables that lists are.


def list_tables(pages: Sequence[Page], expected: Expected, choices: FileChoices, name: str) -> list[Table]:
    """What lists say, as a table for each subject and specialism. Where nobody has told the levels, they are those that
    the lists name, in the order in which they do so first: each is told.

    Raises :class:`JdgenError` for all rows that say nothing, or what cannot be.
    """
    lines = list(_lines(pages))
    roles, level_doubts = _scale(lines, Role.LEVEL, "level", expected.roles if expected.roles != AFC else None, AFC)
    skills, skill_doubts = _skill_scales(lines, expected.skills)
    gathering = _Gathering(roles or NO_LEVELS, skills, choices, name)
    for line in lines:
        gathering.add(line)
    if lacking := next((rows.title for skill, rows in gathering.skills.items() if skill not in skills), None):
        what = "nothing says which levels the skills have"
        right = "name them, lowest first, with --skill-levels"
        gathering.problems.append(Problem(lacking.place.within(name), what, right))
    gathering.tell_mixed_levels()
    if gathering.problems:
        raise JdgenError(_fold(gathering.problems))
    of_pages = [
        *level_doubts,
        *skill_doubts,
        *(
            Doubt(_SECOND_DESCRIPTION, cell.place, title, cell.text, weighs=True)
            for title, cell in gathering.further_texts
        ),
        *(doubt for page in pages for doubt in (*page_doubts(page), *unread_above(page, None), *_unread(page))),
    ]
    tables = [table for chapter in gathering.chapters.values() for table in _chapter_tables(chapter, gathering.roles)]
    for scale in dict.fromkeys(skills[skill] for skill in gathering.skills):
        tables.append(_skill_table([rows for skill, rows in gathering.skills.items() if skills[skill] == scale], scale))
    first, *others = tables
    return [replace(first, doubts=(*of_pages, *first.doubts)), *others]


#: More rows with which the same is wrong are told as one.
_TOLD_APART = 3


def _fold(problems: Sequence[Problem]) -> Iterator[Problem]:
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.what, problem.right), []).append(problem)
    for same in alike.values():
        more = f" (and {len(same) - 1:,} more such rows)"
        yield from same if len(same) <= _TOLD_APART else [replace(same[0], what=f"{same[0].what}{more}")]


def _scale(
    lines: Iterable[_Line], role: Role, word: str, told_scale: Scale | None, usual: Scale | None
) -> tuple[Scale | None, list[Doubt]]:
    """The scale of the levels that ``lines`` name as ``role``: ``told_scale``, else the ``usual`` one, if it has any
    of them; else the levels in the order in which they are named first, which has to be looked at."""
    cells = [line.cells[role] for line in lines if line.has(role) and not is_gap(line.text(role))]
    if told_scale is not None:
        return told_scale, []
    if not cells:
        return None, []
    if usual and any(levels_named(cell.text, usual) for cell in cells):
        return usual, []
    level_names: dict[str, str] = {}
    for cell in cells:
        level_names.setdefault(plain(cell.text), cell.text)
    whole = make_scale(word, list(level_names.values()))
    # What is written as a run of others is none itself.
    names = [name for name in whole.names if whole.ends_of_run(name) is None]
    names_in_order = ", ".join(names)
    option = "--levels" if role is Role.LEVEL else "--skill-levels"
    what = (
        f"nothing says which {word} is above which: they are taken in the order in which they stand, {names_in_order}"
    )
    doubt = Doubt(f"{what} ({option} names them)", cells[0].place, text=names_in_order, weighs=True)
    return make_scale(word, names), [doubt]


def _skill_scales(lines: Sequence[_Line], told_scale: Scale | None) -> tuple[dict[str, Scale], list[Doubt]]:
    """The scale of each skill: ``told_scale``, or that of all; one of its own where it names nothing of that."""
    by_skill: dict[str, list[_Line]] = {}
    # What a skill means is said in the order of its levels, which what is needed of it may not be.
    for line in sorted(lines, key=lambda line: not line.has(Role.TEXT)):
        if line.has(Role.SKILL):
            by_skill.setdefault(plain(line.text(Role.SKILL)), []).append(line)
    usual, doubts = _scale(
        [line for skill_lines in by_skill.values() for line in skill_lines],
        Role.SKILL_LEVEL,
        "skill level",
        told_scale,
        None,
    )
    scales: dict[str, Scale] = {}
    for skill, skill_lines in by_skill.items():
        level_texts = [line.text(Role.SKILL_LEVEL) for line in skill_lines if line.has(Role.SKILL_LEVEL)]
        own_scale: Scale | None = None
        if usual and level_texts and not any(levels_named(text, usual) for text in level_texts):
            own_scale, scale_doubts = _scale(skill_lines, Role.SKILL_LEVEL, "skill level", None, None)
            doubts += scale_doubts
        if scale := own_scale or usual:
            scales[skill] = scale
    return scales, doubts


def _unread(page: Page) -> Iterator[Doubt]:
    """Columns of a list that are not read, and what became of texts over whole rows."""
    head = page.head
    for cell in filter(None, (_over_whole(page, row) for row in range(page.start, page.grid.height))):
        yield whole_row_doubt(cell, is_group=_is_group(cell, page))
    if page.start and not head.is_long_form and head.shape is None:
        codes = [cell for cell in page.grid.cells if head.roles.get(cell.column) is Role.IGNORE and cell.row > head.row]
        for cell in codes[:1]:
            yield Doubt("a column of codes was passed over", cell.place, text=" | ".join(cell.text for cell in codes))
    unread = [cell for column, cell in head.cells.items() if head.roles.get(column) is Role.IGNORE and cell.text]
    for cell in unread if page.start and head.is_long_form else ():
        yield Doubt(
            f"the column '{cell.text}' is none of the long form, and is not read", cell.place, weighs=not head.note
        )


def _chapter_tables(chapter: _Chapter, roles: Scale) -> Iterator[Table]:
    statement_levels = [
        statement.levels
        for rows in (*chapter.rows.values(), *chapter.requirements.values())
        for statement in rows.statements
    ]
    all_levels = [levels for levels in (chapter.levels, *statement_levels) if levels]
    levels = chapter.levels or (run_of(all_levels) if all_levels else roles.between(roles.levels[0], roles.levels[-1]))
    table = Table(chapter.title, levels, (), (), chapter.place, description=chapter.description)
    if chapter.rows or not chapter.requirements:
        doubts = tuple(doubt for rows in chapter.rows.values() for doubt in rows.doubts)
        yield replace(table, rows=tuple(rows.row(levels) for rows in chapter.rows.values()), doubts=doubts)
    if chapter.requirements:
        rows = tuple(rows.row(levels) for rows in chapter.requirements.values())
        yield replace(table, rows=rows, subject=Subject.REQUIREMENTS)


def _skill_table(skills: Sequence[_Rows], scale: Scale) -> Table:
    levels = scale.between(scale.levels[0], scale.levels[-1])
    doubts = tuple(doubt for rows in skills for doubt in rows.doubts)
    rows = tuple(rows.row(levels) for rows in skills)
    return Table("", levels, rows, (), skills[0].title.place, doubts=doubts, subject=Subject.SKILLS)
