"""The façade: what jdgen does, for the command line, a web page and tests alike."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jdgen.checking.frameworks import CheckedFile, check_framework_file, check_workspace, unfitting
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.levels import level_name
from jdgen.drafting.library import Library
from jdgen.drafting.loading import find_specialism, load_frameworks, load_library, shown
from jdgen.drafting.model import JobDescription
from jdgen.drafting.profile import RoleProfile, role_profile
from jdgen.errors import JdgenError, Problem, did_you_mean
from jdgen.file_names import DEFAULT_PATTERN, file_name, name_fields
from jdgen.framework.loading import load_framework
from jdgen.framework.model import Framework, Specialism
from jdgen.framework.versions import current
from jdgen.pictures import picture_content, picture_of
from jdgen.post.model import Post
from jdgen.reading.content import content_of
from jdgen.saving import refuse_existing, save
from jdgen.scales import Level, levels_listed
from jdgen.workspace import Workspace, is_file

if TYPE_CHECKING:  # slow to import
    from jdgen.batch.batch import BatchResult
    from jdgen.batch.listener import Listener
    from jdgen.batch.settings import BatchSettings
    from jdgen.building.choices import StarterChoices
    from jdgen.filling.checks.findings import Finding
    from jdgen.filling.template import CompiledTemplate
    from jdgen.filling.usage import Usage
    from jdgen.framework.comparison import Comparison
    from jdgen.importing.files import Files
    from jdgen.importing.importing import About
    from jdgen.post.bulk.reading import PostStream
    from jdgen.record.model import GenerationRecord

DEFAULT_TEMPLATE = "job-description"
_TEMPLATES = "templates"


@dataclass(frozen=True)
class Settings:
    """How documents are made: template (a name or a file), where to, by which name, and what may be replaced.

    ``dated`` says that the user named the date.
    """

    template: str = DEFAULT_TEMPLATE
    output: Path = Path("output")
    pattern: str = DEFAULT_PATTERN
    verbatim: bool = False
    dated: bool = False
    overwrite: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Generated:
    """A document that was made (or, on a dry run, would have been), and the draft in it with its notes. ``problems``
    are those that did not keep it from being made."""

    path: Path
    job_description: JobDescription
    written: bool
    problems: tuple[Problem, ...] = ()


def draft(post: Post, workspace: Workspace, drafted: datetime.date, verbatim: bool = False) -> JobDescription:
    """The draft for ``post``, dated ``drafted``."""
    library = library_for(post, workspace)
    return draft_job_description(post, library.verbatim() if verbatim else library, drafted, picture_of(post))


def generate(post: Post, workspace: Workspace, drafted: datetime.date, settings: Settings) -> Generated:
    """Draft ``post``, fill the template and save the document. Raises :class:`JdgenError`; then nothing is written."""
    # docxtpl and lxml are slow to import, and the rest of what jdgen does needs neither.
    from jdgen.documents import Making, make_document  # noqa: PLC0415
    from jdgen.kept_records.keeping import keeping  # noqa: PLC0415
    from jdgen.record.copies import copy_in  # noqa: PLC0415
    from jdgen.record.replaced import replaced_id  # noqa: PLC0415
    from jdgen.vetting.opening import open_vetted  # noqa: PLC0415

    library = library_for(post, workspace)
    source = template_path(workspace, settings.template)
    making = Making(
        library.verbatim() if settings.verbatim else library,
        open_vetted(content_of(source, "the template"), shown(source)),
        drafted,
        settings.dated,
    )
    path = output_path(settings, source, post, drafted, level_name(post, library))
    document_id = replaced_id(path, post, making.template.name) if settings.overwrite else None
    document = make_document(post, making, picture_of(post), document_id=document_id)
    if not settings.overwrite:
        refuse_existing(path)
    if settings.dry_run:
        return Generated(path, document.job_description, written=False)
    save(document.content, path, settings.overwrite)
    with keeping(workspace) as keeper:
        keeper.keep(copy_in(document.content, document.document_id))
    return Generated(path, document.job_description, True, (keeper.problem,) if keeper.problem else ())


def generate_batch(
    posts: Path,
    workspace: Workspace,
    settings: BatchSettings,
    *,
    sheet: str | None = None,
    keep_going: bool = False,
    listener: Listener | None = None,
) -> BatchResult:
    """Make the documents of all posts in the file ``posts``; see :func:`jdgen.batch.batch.make_batch`."""
    # What a single draft does not need.
    from jdgen.batch.batch import make_batch  # noqa: PLC0415
    from jdgen.post.bulk.reading import open_posts  # noqa: PLC0415

    given = settings.given.values if settings.given else ()

    def opener() -> PostStream:
        return open_posts(posts, shown(posts), sheet, given)

    return make_batch(opener, workspace, settings, keep_going=keep_going, listener=listener)


def library_for(post: Post, workspace: Workspace) -> Library:
    """Everything besides the post that its draft is made from."""
    return load_library(workspace, post.specialism, post.framework, post.clauses, post.where("specialism"))


def template_path(workspace: Workspace, named: str) -> Path:
    """The template file that ``named`` means: a file, or the name of one of the workspace's or the shipped."""
    if named.lower().endswith(".docx") or "/" in named:
        path = Path(named)
        if is_file(path):
            return path
        raise JdgenError(
            Problem(named, "there is no such template file", "name a .docx file, or a template by its name")
        )
    found = workspace.file(_TEMPLATES, f"{named}.docx")
    if found is None:
        known = [path.stem for path in workspace.files(_TEMPLATES, "*.docx") if not path.name.startswith("~$")]
        raise JdgenError(Problem("--template", f"unknown template '{named}'", did_you_mean(named, known)))
    return found


def output_path(settings: Settings, template: Path, post: Post, drafted: datetime.date, level: str = "") -> Path:
    """Where the document goes: ``output`` itself when it names a .docx file, else a file in that folder. ``level`` is
    what :func:`jdgen.drafting.levels.level_name` gives."""
    if settings.output.suffix.lower() == ".docx":
        return settings.output
    return settings.output / file_name(settings.pattern, name_fields(post, template.stem, drafted, level))


def frameworks(workspace: Workspace) -> tuple[Framework, ...]:
    """All frameworks of the workspace, in all their versions."""
    return load_frameworks(workspace)


def specialism_named(workspace: Workspace, specialism: str, framework: str | None) -> tuple[Framework, Specialism]:
    """The specialism called ``specialism``, and the framework that has it."""
    return find_specialism(current(load_frameworks(workspace)), specialism, framework)


def profile(specialism: Specialism, level: Level, where: str) -> RoleProfile:
    """What ``specialism`` says at ``level``, which the user named at ``where``. Raises :class:`JdgenError` where it
    says nothing."""
    if level not in specialism.levels:
        what = f"the framework says nothing of {specialism.title} at {level.named}"
        raise JdgenError(Problem(where, what, f"choose from {levels_listed(specialism.levels)}"))
    return role_profile(specialism, level)


def template_named(workspace: Workspace, named: str) -> CompiledTemplate:
    """The template that ``named`` means, opened and checked."""
    from jdgen.vetting.opening import open_vetted  # noqa: PLC0415  # slow to import

    source = template_path(workspace, named)
    return open_vetted(content_of(source, "the template"), shown(source))


def template_usage(workspace: Workspace, named: str) -> Usage:
    """Which fields the template that ``named`` means uses, and what it repeats."""
    from jdgen.filling.usage import usage_of  # noqa: PLC0415  # slow to import

    return usage_of(template_named(workspace, named))


def save_field_list(path: Path, overwrite: bool) -> None:
    """Write the Word document that lists all fields of templates, to copy from."""
    from jdgen.building.field_list import field_list  # noqa: PLC0415  # one command needs it

    save(field_list(), path, overwrite)


def save_new_template(path: Path, choices: StarterChoices, picture: Path | None, overwrite: bool) -> None:
    """Write a template to start from, with the picture in the file ``picture``.

    Raises :class:`JdgenError` with every choice that cannot be met; then nothing is written.
    """
    from jdgen.building.starter import starter  # noqa: PLC0415  # one command needs it

    _refuse_other_names(path)
    pictured = (
        replace(choices, picture=picture_content(picture, "--picture", "name a PNG or JPEG file"))
        if picture
        else choices
    )
    save(starter(pictured), path, overwrite)


@dataclass(frozen=True)
class CheckedTemplate:
    """A template file as it was asked for, and everything that a check finds in it."""

    name: str
    content: bytes
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings stop documents from being made."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings let documents be made that nobody wants so."""
        return sum(finding.severity == "warning" for finding in self.findings)


def check_templates(workspace: Workspace, named: Sequence[str]) -> tuple[CheckedTemplate, ...]:
    """Check the templates that ``named`` means. Raises :class:`JdgenError` for those that are not there."""
    sources: list[Path] = []
    problems: list[Problem] = []
    for name in named:
        try:
            sources.append(template_path(workspace, name))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    contents = [(shown(source), content_of(source, "the template")) for source in sources]
    return tuple(CheckedTemplate(name, content, _findings(content, name)) for name, content in contents)


def _findings(content: bytes, name: str) -> tuple[Finding, ...]:
    """What a check finds in a template, or that it takes too much for one."""
    from jdgen.filling.checks.check import about_file, check_template  # noqa: PLC0415  # slow to import
    from jdgen.vetting.opening import vet  # noqa: PLC0415  # slow to import
    from jdgen.vetting.process import StoppedError  # noqa: PLC0415  # slow to import

    try:
        vet(content, name)
    except StoppedError as error:
        return tuple(about_file(problem, name) for problem in error.problems)
    except JdgenError:  # the same faults are found below, with more about each
        pass
    return check_template(content, name)


def save_annotated(checked: CheckedTemplate, path: Path, overwrite: bool) -> None:
    """Write a copy of the template with a Word comment at each finding.

    Raises :class:`JdgenError` when the template is no file that can be opened, or ``path`` cannot be written.
    """
    from jdgen.filling.annotating import annotated  # noqa: PLC0415  # one command needs it

    _refuse_other_names(path)
    save(annotated(checked.content, checked.name, checked.findings), path, overwrite)


def check_frameworks(workspace: Workspace, files: Sequence[Path]) -> tuple[CheckedFile, ...]:
    """Check ``files``, or everything in the workspace where none is named."""
    return tuple(check_framework_file(path, workspace) for path in files) if files else check_workspace(workspace)


def compare_frameworks(old: Path, new: Path) -> Comparison:
    """What differs between two versions of a framework. Raises :class:`JdgenError` with the problems of both files."""
    from jdgen.framework.comparison import compare  # noqa: PLC0415  # rapidfuzz, which nothing else needs

    loaded: list[Framework] = []
    problems: list[Problem] = []
    for path in (old, new):
        try:
            loaded.append(load_framework(path, shown(path)))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return compare(*loaded)


def import_published(
    path: Path, workspace: Workspace, about: About, out: Path, *, previous: Path | None = None, overwrite: bool = False
) -> Files:
    """Read the published framework at ``path`` into the framework file ``out``: see :func:`jdgen.importing.files`.

    ``previous`` is an earlier version, whose ids are kept; without it, the workspace's framework of the same id.
    """
    from jdgen.importing.files import import_file  # noqa: PLC0415  # nothing else needs it

    if previous:
        earlier: Framework | None = load_framework(previous, shown(previous))
    else:
        same = [one for one in load_frameworks(workspace) if one.id == about.id]
        earlier = next(iter(current(same)), None)
    return import_file(path, about, earlier, out, overwrite)


def unfitting_entries(framework: Framework, workspace: Workspace) -> tuple[Problem, ...]:
    """What has to be mended in criteria and adaptations before documents are drafted from ``framework``."""
    return unfitting(framework, workspace)


def framework_of_record(record: GenerationRecord, workspace: Workspace) -> Framework | None:
    """The version of the framework that a document was made from, where the workspace has it."""
    facts = (record.framework, record.framework_version, record.framework_sha256)
    known = load_frameworks(workspace)
    return next((one for one in known if (one.id, one.version, one.sha256) == facts), None)


def framework_file(path: Path) -> Framework:
    """The framework in the file at ``path``. Raises :class:`JdgenError` with all its problems."""
    return load_framework(path, shown(path))


def _refuse_other_names(path: Path) -> None:
    if path.suffix.lower() != ".docx":
        raise JdgenError(Problem(str(path), "is no name for a Word document", f"write {path.name}.docx"))
