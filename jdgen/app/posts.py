"""What people say of posts: files of one post, begun and looked at before there is a document, and the workbook of
many."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jdgen.app.documents import described_post, library_for
from jdgen.configuration import load_common_entries, load_configuration
from jdgen.document.names import refuse_other_names
from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.loading import load_placeholders, outline_problems, pictures_of
from jdgen.drafting.review import RankedNote, Subjects
from jdgen.drafting.review_notes import Rank
from jdgen.errors import JdgenError, Problem, along_with
from jdgen.files import save
from jdgen.post.fields import REQUIRED
from jdgen.post.reading import all_problems, entries_of_options
from jdgen.starters.post_file import post_file
from jdgen.starters.posts_workbook import MAX_ROWS, ROWS, workbook_of_posts
from jdgen.workspace import Workspace

__all__ = ["ROWS", "CheckedPost", "Rank", "check_post", "save_new_post", "save_workbook_of_posts"]

# No note goes by the date of a draft.
_ANY_DAY = datetime.date(2000, 1, 1)


@dataclass(frozen=True)
class CheckedPost:
    """What is wrong with a post file; and, where nothing is, the notes of its draft, and which of the organisation's
    own fields it lacks, by their headings."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[RankedNote, ...] = ()
    missing_headings: tuple[str, ...] = ()

    @property
    def open_count(self) -> int:
        """How many of the notes ask for something: what its document would ask for, and duties that are unclear."""
        return sum(note.rank is Rank.COMPLETE for note in self.notes)


def save_new_post(
    workspace: Workspace, path: Path, options: Mapping[str, Any], places: Mapping[str, str]
) -> tuple[str, ...]:
    """Write a post file that says what ``options`` say, and shows all that else can be said; ``places`` is what
    messages call each option. Gives what every post needs and the file does not say yet, by its keys.

    Raises :class:`JdgenError` for what does not fit, and where there is a file already.
    """
    refuse_other_names(path, "a post file", ".yaml", ".yml")
    if os.path.lexists(path):
        raise JdgenError(Problem(str(path), "exists already, and stays as it is", "choose another name"))
    placeholders = load_placeholders(workspace)
    option_entries = entries_of_options(options, places, workspace.root, placeholders)
    common = load_common_entries(workspace, placeholders)
    entries = common.overridden_by(option_entries) if common else option_entries
    problems = all_problems(entries, "the command line", REQUIRED)
    if problems := (*problems, *outline_problems(entries, lambda post: library_for(post, workspace))):
        raise JdgenError(dict.fromkeys(problems))
    new = post_file(workspace, option_entries, common)
    save(new.text.encode(), path, overwrite=False)
    return new.missing


def check_post(workspace: Workspace, file: Path) -> CheckedPost:
    """Look at the post in ``file`` as a document is made from it, and make none."""
    try:
        post = described_post(workspace, file, {}, {})
        library = library_for(post, workspace)
        with along_with(framework_problems(post, library)):
            draft = draft_job_description(post, library, _ANY_DAY, pictures_of(post))
    except JdgenError as error:
        return CheckedPost(tuple(dict.fromkeys(error.problems)))
    own_headings = load_configuration(workspace).own
    notes = Subjects([library], own_headings).rank_notes(draft.notes)
    return CheckedPost((), notes, tuple(heading for name, heading in own_headings.items() if name not in post.own))


# The workbook of posts that people fill in, for a batch.


def save_workbook_of_posts(
    workspace: Workspace,
    path: Path,
    permissions: Permissions,
    *,
    rows: int = ROWS,
    specialism: str | None = None,
    framework: str | None = None,
) -> None:
    """Write the workbook of posts: see :mod:`jdgen.starters.posts_workbook`.

    Raises :class:`JdgenError` for names that nothing has, and where ``path`` cannot be written.
    """
    refuse_other_names(path, "an Excel workbook", ".xlsx")
    if rows > MAX_ROWS:
        right = f"at most {MAX_ROWS:,}; a sheet of your own may have more, with the same headings"
        raise JdgenError(Problem("--rows", f"{rows:,} rows are more than people fill in", right))
    write([(path, workbook_of_posts(workspace, rows, specialism, framework))], workspace, permissions)
