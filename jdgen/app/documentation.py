"""Pages and files that are installed with jdgen, to be read and to be copied."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.errors import JdgenError, Problem, did_you_mean, refuse
from jdgen.workspace import Workspace, shipped_folder

__all__ = ["InstalledPage", "copy_shipped", "find_page", "pages", "save_page"]

#: Pages to be read, by the names that people call them, with what each is about.
_PAGES = {
    "readme": ("README.md", "What jdgen does, and how to begin"),
    "installing": ("docs/installing.md", "How to install jdgen, and what else to install for more"),
    "windows": ("docs/windows.md", "Windows and macOS: what is different there, and what was never tried"),
    "tutorials/manager": ("docs/tutorials/manager.md", "For who recruits: your first job description"),
    "tutorials/workbook": ("docs/tutorials/workbook.md", "For HR: from your own workbook to a folder of documents"),
    "tutorials/release": ("docs/tutorials/release.md", "After a release: from reading it to redlines"),
    "recruiting": ("docs/recruiting.md", "If you recruit: drafts, review notes, what to know"),
    "hr": ("docs/hr.md", "If you work in HR: batches, templates, statements, what is never lost"),
    "frameworks": ("docs/frameworks.md", "If you look after a framework, and what a document knows of it"),
    "workspace": ("docs/workspace.md", "A workspace: what your organisation says once, and fields of its own"),
    "post-files": ("docs/post-files.md", "One post in a file: how to write it, and what jdgen makes of it"),
    "what-it-holds": ("docs/what-it-holds.md", "What a job description holds, who asks for it, and which field it is"),
    "spreadsheet": ("docs/spreadsheet.md", "Many posts in one spreadsheet, and the workbook of posts"),
    "page": ("docs/page.md", "A page for managers who can install nothing"),
    "own-template": ("docs/own-template.md", "Your own template in Word, in five steps"),
    "templates": ("templates/README.md", "Word templates: their tags and styles"),
    "template-checks": ("docs/template-checks.md", "All that a check of a template finds"),
    "levels": ("docs/levels.md", "Frameworks whose levels are not bands"),
    "skills": ("docs/skills.md", "What a framework asks of the person: kinds of rows, groups, skills with levels"),
    "criteria": ("docs/criteria.md", "Criteria of the person specification: how to begin, write and carry them over"),
    "importing": ("docs/importing.md", "Importing a published framework"),
    "releases": ("docs/releases.md", "A release of a framework, decided on once for all documents"),
    "up-to-date": ("docs/up-to-date.md", "Documents brought up to date: what becomes of each text"),
    "publishing": ("docs/publishing.md", "From draft to applicant: PDF, and the final copy"),
    "records": ("docs/records.md", "What travels in a document"),
    "offline": ("docs/offline.md", "On a machine without internet: what to copy, and how to install from it"),
    "kept-between-runs": ("docs/kept-between-runs.md", "What is kept between runs"),
    "security": ("SECURITY.md", "Files from strangers: what bounds there are, and how to tell of a hole"),
    "notice": ("NOTICE", "Whose the code, the wordings and the framework's text are, and what they may be used for"),
}
#: Files of the workspace that win over those that are shipped, with what each is.
_FILES = {
    "statements": ("framework_data/clauses/general.yaml", "General statements for England"),
    "statements-scotland": ("framework_data/clauses/scotland.yaml", "General statements for Scotland"),
    "statements-wales": ("framework_data/clauses/wales.yaml", "General statements for Wales"),
    "statements-northern-ireland": (
        "framework_data/clauses/northern-ireland.yaml",
        "General statements for Northern Ireland",
    ),
    "criteria-file": ("framework_data/criteria/nhs-pccf-pmo.yaml", "Criteria of the person specification"),
    "usual-criteria": ("framework_data/criteria.yaml", "Groups and codes where no file of criteria has any"),
    "adaptations": ("framework_data/adaptations/nhs-pccf-pmo.yaml", "Changes of a framework's wording"),
    "doubts": ("framework_data/doubts/nhs-pccf-pmo.yaml", "Duties that are unclear, or may not fit a role category"),
    "prompts": ("framework_data/prompts.yaml", "What documents ask for where a post says nothing"),
    "placeholders": ("framework_data/placeholders.yaml", "Words that are no answer"),
    "headings": ("framework_data/headings.yaml", "What people call the columns of their own workbooks"),
}
_EXAMPLES = "examples"


@dataclass(frozen=True)
class InstalledPage:
    """A page or a file: what people call it, what it is, and where it is installed. ``home`` is where a copy of it wins
    over it in a workspace, if it does."""

    name: str
    title: str
    path: Path
    home: str = ""

    @property
    def is_example(self) -> bool:
        """Whether it is a file to begin with."""
        return self.name.startswith(f"{_EXAMPLES}/")

    @property
    def text(self) -> str:
        """All that it says."""
        return self.path.read_text(encoding="utf-8")


def pages() -> tuple[InstalledPage, ...]:
    """Pages to be read, examples to begin with, and files that an organisation may replace, in this order."""
    folder = shipped_folder()
    reading_pages = [InstalledPage(name, title, folder / path) for name, (path, title) in _PAGES.items()]
    examples = sorted(path for path in (folder / _EXAMPLES).rglob("*") if path.is_file())
    example_pages = [
        InstalledPage(path.relative_to(folder).as_posix(), "An example to begin with", path) for path in examples
    ]
    file_pages = [InstalledPage(name, title, folder / path, home=path) for name, (path, title) in _FILES.items()]
    # What belongs to a framework goes with it, where jdgen is passed on without any.
    return (*reading_pages, *example_pages, *(page for page in file_pages if page.path.is_file()))


def find_page(name: str) -> InstalledPage:
    """The page that people call ``name``, with or without its folder and what its name ends with.

    Raises :class:`JdgenError` where there is none.
    """
    all_pages = pages()
    bare_name = name.strip().casefold().removeprefix("docs/").removesuffix(".md")
    page = next((page for page in all_pages if bare_name in (page.name, page.home, Path(page.name).stem)), None)
    if page is None:
        raise JdgenError(
            Problem("PAGE", f"there is no page '{name}'", did_you_mean(name, [page.name for page in all_pages]))
        )
    return page


def save_page(workspace: Workspace, page: InstalledPage, path: Path, permissions: Permissions) -> None:
    """Write a copy of ``page``, as it is."""
    write([(path, page.path.read_bytes())], workspace, permissions)


#: What documents are made from, as it lies in jdgen's own folder; a copy lies likewise in a workspace.
_SHIPPED = ("framework_data/**/*", "templates/*.docx", "templates/*.md")


def copy_shipped(workspace: Workspace, folder: Path) -> tuple[Path, ...]:
    """Write a copy of the shipped frameworks with their sources, criteria, adaptations, statements, schemas and
    templates into ``folder``; gives their paths. Raises :class:`JdgenError` with each that is there already: a copy
    replaces nothing."""
    shipped = shipped_folder()
    files = sorted({path for pattern in _SHIPPED for path in shipped.glob(pattern) if path.is_file()})
    copies = {folder / path.relative_to(shipped): path for path in files}
    right = "name a new folder: a copy replaces nothing"
    refuse(Problem(str(copy), "exists already", right) for copy in copies if os.path.lexists(copy))
    write([(copy, path.read_bytes()) for copy, path in copies.items()], workspace, Permissions())
    return tuple(copies)
