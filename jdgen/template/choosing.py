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


def template_path(workspace: Workspace, name_or_path: str, where: str = "--template") -> Path:
    """The template file that ``name_or_path`` means: a file, or the name of one of the workspace's or the shipped.
    ``where`` is where the user named it, for messages."""
    path = Path(name_or_path)
    is_name = path.name == name_or_path and path.suffix.lower() not in _FILES
    file = workspace.file(_TEMPLATES, f"{name_or_path}.docx") if is_name and name_or_path else None
    if file is not None:
        return file
    right = "name a .docx file, or a template by its name"
    if is_file(path):
        if path.suffix.lower() in _NOT_DOCUMENTS:
            raise JdgenError(Problem(name_or_path, f"is a {path.suffix.lower()} file", "save it as .docx"))
        return path  # what else it may be is seen when it is opened
    if name_or_path and is_folder(path):
        raise JdgenError(Problem(name_or_path, "is a folder, not a template", right))
    if not is_name:
        raise JdgenError(Problem(name_or_path, "there is no such template file", right))
    raise JdgenError(
        Problem(where, f"unknown template '{name_or_path}'", did_you_mean(name_or_path, template_names(workspace)))
    )


def template_names(workspace: Workspace) -> list[str]:
    """Names of the workspace's templates and the shipped ones."""
    return [path.stem for path in template_files(workspace)]


def template_files(workspace: Workspace) -> list[Path]:
    """The workspace's templates and the shipped ones, without what Word keeps of one that is open."""
    return [path for path in workspace.files(_TEMPLATES, "*.docx") if not path.name.startswith("~$")]
