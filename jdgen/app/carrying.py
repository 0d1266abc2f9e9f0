"""What people have written for a framework, carried over to its next version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jdgen.carrying.carrying import CarriedEntry, carried_file
from jdgen.carrying.release import Release, Verdict
from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.drafting.frameworks_here import find_specialism, load_framework_named, load_frameworks, load_two_versions
from jdgen.drafting.named_parts import is_named
from jdgen.errors import JdgenError, Problem, gather, list_words, refuse
from jdgen.files import MEGABYTE, content_of
from jdgen.framework.chapters import chapters_of, current, is_called, join_chapters
from jdgen.framework.model import Framework
from jdgen.places import FilePlace, column_range
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.yaml_reading import parse_yaml, read_yaml
from jdgen.words import decode
from jdgen.workspace import Workspace, display_path, is_folder

__all__ = [
    "CarriedCopy",
    "CarriedEntry",
    "CarriedWork",
    "Verdict",
    "carry_over",
    "names_for_carrying",
    "newest_two",
    "post_files",
    "save_carried",
    "two_versions",
]

_FOLDER = "framework_data"
_MOST = 16 * MEGABYTE


@dataclass(frozen=True)
class CarriedCopy:
    """What has become of one file: where its copy is, and whether it has to be written, because it is not as the file
    that is there."""

    path: Path
    entries: tuple[CarriedEntry, ...]
    content: bytes
    is_new: bool

    @property
    def same(self) -> str:
        """Where the entries are that are as they were; '' where none is."""
        lines = [entry.line for entry in self.entries if entry.verdict is Verdict.CARRIED and not entry.why]
        return column_range(FilePlace(str(self.path), lines[0]), lines) if lines else ""


@dataclass(frozen=True)
class CarriedWork:
    """All that was carried over from one version to the next. ``others`` are things to decide that are in none of the
    files: readings that posts chose, or that the old version's file offered, and files of what is withdrawn."""

    old: Framework
    new: Framework
    copies: tuple[CarriedCopy, ...]
    others: tuple[Problem, ...]

    def entries(self, verdict: Verdict) -> Iterator[tuple[CarriedCopy, CarriedEntry]]:
        """The entries of which this has become, each with its file."""
        return ((copy, entry) for copy in self.copies for entry in copy.entries if entry.verdict is verdict)


def two_versions(workspace: Workspace, old: Path, new: Path) -> tuple[Framework, Framework]:
    """The two versions that a person names: files, or ids of frameworks. Raises :class:`JdgenError`."""
    before, after = load_two_versions(old, new, workspace)
    if before.id != after.id:
        what = f"is a version of '{after.id}', and OLD one of '{before.id}'"
        raise JdgenError(Problem("NEW", what, "name two versions of one framework"))
    return before, after


def newest_two(workspace: Workspace, name: str) -> tuple[Framework, Framework]:
    """The newest version of the framework or specialism called ``name``, behind the one that it follows. Raises
    :class:`JdgenError` where there is none."""
    versions = load_frameworks(workspace)
    newest = current(versions)
    chapters = [chapter for chapter in newest if is_named(name, chapter.id, chapter.title)]
    chapters = chapters or [find_specialism(newest, name, None, "OLD")[0]]
    earlier = [chapter for version in versions for chapter in chapters_of(version)]
    pairs = [(old, new) for new in chapters for old in earlier if _follows(new, old)]
    if not pairs:
        what = f"the workspace has no version of '{name}' that its newest one follows"
        raise JdgenError(Problem("OLD", what, "name two versions, OLD and NEW, by their files"))
    before, after = join_chapters([old for old, _ in pairs]), join_chapters([new for _, new in pairs])
    publishing = (version for version in versions if version.id == after.id and version.version == after.version)
    return before, replace(after, withdrawn=tuple(name for version in publishing for name in version.withdrawn))


def names_for_carrying(workspace: Workspace, new: Framework, path: Path) -> tuple[str, ...]:
    """How to name to the command that carries over the version ``new``, which is in the file at ``path``, and the one
    before it; nothing where the workspace has none before it."""
    with suppress(JdgenError):
        if newest_two(workspace, new.id)[1].version == new.version:
            return (new.id,)
    with suppress(JdgenError):
        if load_framework_named(Path(new.id), workspace, "OLD").version != new.version:
            return new.id, str(path)
    return ()


def _follows(new: Framework, old: Framework) -> bool:
    """Whether ``new`` is the version of a chapter that comes after ``old``."""
    is_same = old.id == new.id and is_called(new.specialisms[0], old.specialisms[0])
    return is_same and old.version == new.supersedes


def carry_over(
    workspace: Workspace, old: Framework, new: Framework, folder: Path | None, posts: Sequence[Path]
) -> CarriedWork:
    """What has become of all that is written for ``old`` in ``new``. Copies are for ``folder``, else for the
    workspace's own data. ``posts`` are files or folders of them, of which readings are looked at.

    Nothing is written; see :func:`save_carried`. Raises :class:`JdgenError` for files that cannot be read.
    """
    release = Release(old, new)
    target = folder or Path(display_path(workspace.root / _FOLDER))
    file_names = [*_file_names(release)]
    files = [(kind, name, workspace.file(f"{_FOLDER}/{kind}", before)) for kind, before, name in file_names]
    copies = gather(
        partial(_copy, kind, path, target / kind / name, release) for kind, name, path in files if path is not None
    )
    others = (*_withdrawn(release, workspace), *_lost_readings(release), *_post_readings(release, posts))
    return CarriedWork(old, new, tuple(copy for copy in copies if copy.entries or copy.is_new), others)


def save_carried(work: CarriedWork, workspace: Workspace, permissions: Permissions) -> None:
    """Write the copies that are not as what is there. Raises :class:`JdgenError` for files that somebody has worked on,
    and then writes none."""
    write([(copy.path, copy.content) for copy in work.copies if copy.is_new], workspace, permissions)


def _file_names(release: Release) -> Iterator[tuple[str, str, str]]:
    """The files of which copies are made: their folder, their name, and that of the copy."""
    old, new = release.old.id, release.new.id
    for pathway in release.pathways:
        for kind in ("adaptations", "criteria", "doubts"):
            yield kind, f"{old}-{pathway.old.id}.yaml", f"{new}-{pathway.new.id}.yaml"
    yield "criteria", f"{old}.yaml", f"{new}.yaml"
    yield "levels", f"{old}.yaml", f"{new}.yaml"


def _copy(kind: str, path: Path, target: Path, release: Release) -> CarriedCopy:
    name = display_path(path)
    content = content_of(path, most=_MOST, where=name)
    file, text = parse_yaml(content, name), decode(content, name)
    refuse(schema_problems(file, kind))
    if kind == "criteria" and "specialism" in file.value and path.stem == release.old.id:
        return CarriedCopy(target, (), content, False)  # another framework's: see read_criteria()
    copy = carried_file(kind, file, text, release)
    _refuse_unfit(copy.text, kind, name)
    is_new = copy.text != text or target.name != path.name
    return CarriedCopy(target, copy.entries, copy.text.encode(), is_new)


def _refuse_unfit(text: str, kind: str, name: str) -> None:
    """Refuse a copy that could not be read: what is written in lines that entries share cannot be taken apart."""
    try:
        fits = not schema_problems(parse_yaml(text.encode(), name), kind)
    except JdgenError:
        fits = False
    if not fits:
        right = "give each entry lines of its own, or go through the file by hand"
        raise JdgenError(Problem(name, "cannot be carried over: entries share their lines", right))


def _withdrawn(release: Release, workspace: Workspace) -> Iterator[Problem]:
    for specialism in release.withdrawn:
        for kind in ("adaptations", "criteria", "doubts"):
            if path := workspace.file(f"{_FOLDER}/{kind}", f"{release.old.id}-{specialism.id}.yaml"):
                what = f"{specialism.title} is withdrawn"
                yield Problem(display_path(path), what, "delete the file, or keep it for documents that are there")


def _lost_readings(release: Release) -> Iterator[Problem]:
    for pathway, row, readings in release.lost_readings():
        what = (
            f"the old version can be read in other ways at '{row.title}' ({list_words(readings)}), the new one cannot"
        )
        right = "look whether the new publication leaves that doubt; its framework file says so under 'readings'"
        yield Problem(f"{release.new.id}, {pathway.new.title}", what, right)


def _post_readings(release: Release, posts: Iterable[Path]) -> Iterator[Problem]:
    """The readings that posts chose and the new version does not offer."""
    rows = {row.id: row for specialism in release.new.specialisms for row in specialism.rows}
    ours = {
        name
        for pathway in release.pathways
        for name in (pathway.old.id, pathway.old.title, pathway.new.id, pathway.new.title)
    }
    for path in posts:
        file = read_yaml(path, display_path(path))
        post = file.value if isinstance(file.value, dict) else {}
        readings = post.get("readings")
        if not isinstance(readings, dict) or post.get("specialism", next(iter(ours), "")) not in ours:
            continue
        for heading, reading in readings.items():
            offered = [each.id for each in rows[heading].readings] if heading in rows else []
            if reading not in offered:
                where: FilePlace = file.where(("readings", heading))
                what = f"the reading '{reading}' of '{heading}' is not in the new version"
                right = f"choose one of {list_words(offered)}, or delete the line" if offered else "delete the line"
                yield Problem(where, what, right)


def post_files(workspace: Workspace, places: Sequence[Path]) -> tuple[Path, ...]:
    """The post files in ``places``, which are files or folders; else those in the workspace's ``posts``.

    Raises :class:`JdgenError` for what is named and is none, or holds none."""
    usual_folder = workspace.root / "posts"
    if not places:
        return tuple(sorted(usual_folder.rglob("*.yaml"))) if is_folder(usual_folder) else ()
    return tuple(path for paths in gather(partial(_posts_at, place) for place in places) for path in paths)


def _posts_at(place: Path) -> tuple[Path, ...]:
    paths = tuple(sorted(place.rglob("*.yaml"))) if is_folder(place) else (place,)
    if not paths:
        raise JdgenError(Problem(str(place), "holds no post file (.yaml)", "name a folder that holds some, or a file"))
    if not is_folder(place) and not isinstance(read_yaml(place, str(place)).value, dict):
        raise JdgenError(Problem(str(place), "is no post file", "name one that says something of a post"))
    return paths
