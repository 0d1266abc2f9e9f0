"""Which template a user means: a file, or the name of one of the workspace's or the shipped."""

from __future__ import annotations

from pathlib import Path

from jdgen.errors import JdgenError, Problem, did_you_mean
from jdgen.workspace import Workspace, is_file, is_folder

DEFAULT_TEMPLATE = "job-description"
_TEMPLATES = "templates"
# Files of Word's that hold parts like those of a .docx file, and yet are none.
_NOT_DOCUMENTS = frozenset({".docm", ".dotm", ".dotx"})
# How files end that somebody may take for templates; other names are those of templates.
_FILES = frozenset({".docx", ".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".ott", ".pdf", ".rtf", ".txt"})


def template_path(workspace: Workspace, named: str, where: str = "--template") -> Path:
    """The template file that ``named`` means: a file, or the name of one of the workspace's or the shipped. ``where``
    is where the user named it, for messages."""
    path = Path(named)
    is_name = path.name == named and path.suffix.lower() not in _FILES
    found = workspace.file(_TEMPLATES, f"{named}.docx") if is_name and named else None
    if found is not None:
        return found
    right = "name a .docx file, or a template by its name"
    if is_file(path):
        if path.suffix.lower() in _NOT_DOCUMENTS:
            raise JdgenError(Problem(named, f"is a {path.suffix.lower()} file", "save it as .docx"))
        return path  # what else it may be is seen when it is opened
    if named and is_folder(path):
        raise JdgenError(Problem(named, "is a folder, not a template", right))
    if not is_name:
        raise JdgenError(Problem(named, "there is no such template file", right))
    raise JdgenError(Problem(where, f"unknown template '{named}'", did_you_mean(named, template_names(workspace))))


def template_names(workspace: Workspace) -> list[str]:
    """Names of the workspace's templates and the shipped ones."""
    return [path.stem for path in template_files(workspace)]


def template_files(workspace: Workspace) -> list[Path]:
    """The workspace's templates and the shipped ones, without what Word keeps of one that is open."""
    return [path for path in workspace.files(_TEMPLATES, "*.docx") if not path.name.startswith("~$")]
