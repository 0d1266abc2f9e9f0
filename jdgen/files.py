"""Files: read with bounds, saved whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from jdgen.errors import JdgenError, Problem, refuse
from jdgen.leftovers import lock, remove_leftovers, unfinished_name
from jdgen.system.windows_paths import place_problem, refuse_place

# The content of a file that a person has named: looked at before it is read, and never more of it than it may have.

MEGABYTE = 2**20
#: The most bytes that a file may have where nothing else is said of it: a Word file of twenty megabytes is a large one.
_MOST = 20 * MEGABYTE


def content_of(
    path: Path,
    subject: str = "",
    right: str = "name a file that you may read",
    *,
    most: int = _MOST,
    smaller: str = "",
    where: str = "",
    length: int | None = None,
) -> bytes:
    """The content of the file at ``path``, of at most ``most`` bytes, or only its first ``length``.

    A device or a pipe is no such file: reading one may never end. Raises :class:`JdgenError` where the file cannot be
    read, or is larger: at ``where`` (else at its path). ``subject`` is what messages call it ("the template"),
    ``right`` what would be right, and ``smaller`` how such a file is made smaller.
    """
    length = most if length is None else length
    where = where or str(path)
    try:
        state = path.stat()
        kind, size, content = _kind(state.st_mode), state.st_size, b""
        if not kind and size <= most:
            with path.open("rb") as stream:
                # One byte more tells of a file that grows, or has more in it than its folder says.
                content = stream.read(length + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        if problem := place_problem(path):  # in Windows' own words it is not there
            raise JdgenError(replace(problem, where=where)) from error
        if isinstance(error, PermissionError) and (problem := owner_file_problem(path.name)):
            raise JdgenError(replace(problem, where=where)) from error
        reason = getattr(error, "strerror", None) or error
        raise JdgenError(Problem(where, f"{subject} cannot be read ({reason})".lstrip(), right)) from error
    if kind:
        raise JdgenError(Problem(where, f"{subject} cannot be read ({kind})".lstrip(), right))
    if max(size, len(content)) > most:
        what = f"{subject} is too large ({max(size, len(content)) / MEGABYTE:,.0f} MB)".lstrip()
        raise JdgenError(Problem(where, what, "; ".join(filter(None, (f"at most {most // MEGABYTE} MB", smaller)))))
    return content[:length]


def is_endless(path: Path) -> bool:
    """Whether a pipe or a device stands at ``path``, of which nobody knows where it ends. Raises :class:`OSError` where
    that cannot be seen."""
    mode = path.stat().st_mode
    return not stat.S_ISDIR(mode) and bool(_kind(mode))


def _kind(mode: int) -> str:
    """What stands in the place of a file, '' for a file."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISDIR(mode):
        return "Is a directory"
    return "it is a pipe" if stat.S_ISFIFO(mode) else "it is a device"


# Saving files: whole or not at all, nothing overwritten unasked.


class NoMoreFilesError(JdgenError):
    """A file cannot be written, and neither can those that follow it: no run goes on from here."""


class DiskFullError(NoMoreFilesError):
    """There is no room for a file."""


class FolderGoneError(NoMoreFilesError):
    """Somebody has removed the folder that a run writes to. It is not made again: they may have had their reasons."""

    def __init__(self, folder: Path) -> None:
        right = "ask who removed it; the same command makes it anew"
        super().__init__(Problem(str(folder), "was removed while documents were written to it", right))
        self.folder = folder

    def __reduce__(self) -> tuple[type[JdgenError], tuple[object, ...]]:
        return type(self), (self.folder,)


class FileIsThereError(JdgenError):
    """A file that was not to be replaced has the name already."""


class ChangedMeanwhileError(JdgenError):
    """A file that was to be replaced is not as it was when it was looked at."""


class OpenElsewhereError(JdgenError):
    """A file cannot be replaced, since another program has it open. ``path`` is where it is."""

    def __init__(self, problems: Problem | Iterable[Problem], path: Path) -> None:
        super().__init__(problems)
        self.path = path

    def __reduce__(self) -> tuple[type[JdgenError], tuple[object, ...]]:
        return type(self), (self.problems, self.path)


class FileState(NamedTuple):
    """By what a file is known to be the one that was looked at: its size in bytes, when it was last written in
    nanoseconds, and its number in the file system. Programs that save a file change one of them."""

    size: int
    mtime: int
    number: int


def state_of(path: Path) -> FileState | None:
    """The state of what stands at ``path``; nothing where nothing does, or it cannot be seen."""
    try:
        state = path.stat()
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None
    return FileState(state.st_size, state.st_mtime_ns, state.st_ino)


#: Whether a file that is there is replaced: whatever it is, or only while it is as it was seen.
Overwrite = bool | FileState | None


def save(content: bytes, path: Path, overwrite: Overwrite, *, durable: bool = True, prepared: bool = False) -> None:
    """Write ``content`` to ``path``, whole or not at all; folders are made as needed.

    With a :class:`FileState` as ``overwrite`` a file is replaced only if it is still in that state, so that nothing is
    lost that somebody has saved since it was looked at.

    ``durable`` waits until the disk has it, so that a power cut cannot take it back; a batch that can be run again
    need not wait for each of thousands. ``prepared`` says that the run began with :func:`prepare` for the folder.

    Raises :class:`FileIsThereError` when the file exists and ``overwrite`` is false, :class:`ChangedMeanwhileError`
    when it is in another state, :class:`JdgenError` when it cannot be written, and :class:`NoMoreFilesError` where no
    other file can be either.
    """
    with whole_file(path, overwrite, durable=durable, prepared=prepared) as stream:
        stream.write(content)


def save_together(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write all of ``files``, each by its path, or none: what was written is gone where another cannot be, or somebody
    interrupts. Folders are made as needed. Files that are there, with whatever content, stay as they are.

    Raises :class:`JdgenError` as :func:`save` does.
    """
    refuse(place_problem(path) for path, _ in files)
    # Those whose folders are to be made, the innermost first.
    folders = sorted({folder for path, _ in files for folder in path.parents if not folder.exists()}, reverse=True)
    new = [(path, content) for path, content in files if not os.path.lexists(path)]
    try:
        for path, content in files:
            save(content, path, overwrite=False)
    except BaseException:
        for path, content in new:
            with suppress(OSError):
                # Somebody else may have written to the same place meanwhile.
                if path.read_bytes() == content:
                    path.unlink()
        for folder in {path.parent for path, _ in files}:
            remove_leftovers(folder)
        for folder in folders:
            with suppress(OSError):  # somebody else's files are in it
                folder.rmdir()
        raise


@contextmanager
def whole_file(path: Path, overwrite: Overwrite, *, durable: bool = True, prepared: bool = False) -> Iterator[BinaryIO]:
    """A stream whose content gets the name ``path`` when the block ends well, and is gone when it does not.

    Raises :class:`JdgenError` as :func:`save` does.
    """
    refuse_place(path)
    if not prepared:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:  # FileExistsError too: a file stands where a folder is needed
            raise JdgenError(_write_problem(path, error)) from error
        remove_leftovers(path.parent)
    try:
        with _named_when_whole(path, overwrite, durable) as stream:
            yield stream
    except FileExistsError as error:
        raise FileIsThereError(_taken_problem(path)) from error
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(_write_problem(path, error)) from error
        if prepared and not path.parent.is_dir():
            raise FolderGoneError(path.parent) from error
        raise JdgenError(_write_problem(path, error)) from error


def prepare_within(folder: Path, inner: Path) -> None:
    """Make ``inner``, which is ``folder`` or lies in it, if need be, and never ``folder`` itself: whoever removed that
    may have had their reasons.

    Raises :class:`FolderGoneError` where ``folder`` is there no more, and :class:`JdgenError` where ``inner`` cannot be
    made.
    """
    if inner == folder:
        return
    prepare_within(folder, inner.parent)
    try:
        inner.mkdir(exist_ok=True)
    except FileNotFoundError as error:
        raise FolderGoneError(folder) from error
    except OSError as error:
        raise JdgenError(_write_problem(inner, error)) from error


def prepare(folder: Path) -> None:
    """Ready ``folder`` for many files: it is made if need be, and rid of what dead runs left in it.

    Raises :class:`JdgenError` when no file can be written into it.
    """
    refuse_place(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _try_to_write_in(folder)
    except (OSError, ValueError) as error:
        raise JdgenError(_write_problem(folder, error)) from error
    remove_leftovers(folder)


def _try_to_write_in(folder: Path) -> None:
    """Raise :class:`OSError` where no file can be made in ``folder``. By hand: every start of generate would wait for
    :mod:`tempfile`, and all that it loads."""
    probe = folder / unfinished_name()
    try:
        probe.open("xb").close()
    finally:
        # As in _named_when_whole(): what a virus scanner holds, the next run removes.
        with suppress(PermissionError):
            probe.unlink(missing_ok=True)


def _write_problem(path: Path, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or error
    return Problem(str(path), f"cannot be written ({reason})", "choose a folder that you can write to")


def _taken_problem(path: Path) -> Problem:
    return Problem(str(path), "exists already", "use --overwrite to replace it, or choose another --output")


@contextmanager
def _named_when_whole(path: Path, overwrite: Overwrite, durable: bool) -> Iterator[BinaryIO]:
    # The name is known before there is a file, so that an interrupt at any moment leaves none behind.
    temporary = path.parent / unfinished_name()
    try:
        with temporary.open("xb") as stream:
            # Held from before anything is written until the file has its name: see leftovers.py.
            lock(stream)
            yield stream
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
            if sys.platform != "win32":
                _give_name(temporary, path, overwrite)
        if sys.platform == "win32":  # an open file gets no other name there
            _give_name(temporary, path, overwrite)
    finally:
        # Where a virus scanner holds it, the next run removes it.
        with suppress(PermissionError):
            temporary.unlink(missing_ok=True)


def _give_name(temporary: Path, path: Path, overwrite: Overwrite) -> None:
    if overwrite:
        # Last, so that there is hardly a moment left in which somebody could save.
        if isinstance(overwrite, FileState) and state_of(path) not in (overwrite, None):
            raise ChangedMeanwhileError(_changed_problem(path))
        _replace(temporary, path)
    else:
        _put_new(temporary, path)


def _replace(temporary: Path, path: Path) -> None:
    """Give the finished file the name of another, unless a program has that one open: it would write over it again."""
    if owner := owner_file_of(path):
        raise OpenElsewhereError(_open_problem(path, f" (if it is open nowhere, delete {owner.name})"), path)
    try:
        _patiently(lambda: temporary.replace(path))
    except PermissionError as error:
        # The folder takes files, since the finished one is in it: it is the other file that is held, as Windows does.
        if path.is_file():
            problem = _open_problem(path) if os.access(path, os.W_OK) else _read_only_problem(path)
            raise OpenElsewhereError(problem, path) from error
        raise


#: Seconds to wait before a file is tried again that Windows does not let go of: virus scanners and what synchronises
#: folders look at new files for a moment.
_PAUSES = (0.05, 0.2, 0.75)


def _patiently(rename: Callable[[], object]) -> None:
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            rename()
        except PermissionError:
            time.sleep(pause)
        else:
            return
    rename()


def owner_file_of(path: Path) -> Path | None:
    """The file by which Word, Excel or LibreOffice tells that somebody has the file at ``path`` open, if there is one.

    Word leaves out the first letters of a long name.
    """
    names = (f"~${path.name}", f"~${path.name[1:]}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return next((lock for name in names if (lock := path.with_name(name)).is_file()), None) if path.is_file() else None


#: How the files are called by which programs tell that another is open, and what each program calls its own.
_OWNER_FILE = re.compile(r"~\$(?P<office>[^/\\]+)|\.~lock\.(?P<libre>[^/\\]+)#")
_OFFICE = {".xlsx": ("Excel", "workbook"), ".docx": ("Word", "document")}


def owner_file_problem(name: str) -> Problem | None:
    """That a file of this ``name`` is the one by which Word, Excel or LibreOffice tells that somebody has another open,
    and which other is meant; nothing for any other name."""
    match = _OWNER_FILE.fullmatch(Path(name).name)
    if match is None:
        return None
    other = match["office"] or match["libre"]
    program, kind = _OFFICE.get(Path(other).suffix.lower(), ("Office", "file"))
    # Word leaves out the first letters of a long name.
    other_name = f"the one whose name ends with '{other}'" if match["office"] and program == "Word" else f"'{other}'"
    what = f"is the lock file by which {program if match['office'] else 'LibreOffice'} tells that a {kind} is open"
    return Problem(name, f"{what}, and holds nothing of it", f"name the {kind} beside it: {other_name}")


def _open_problem(path: Path, otherwise: str = "") -> Problem:
    what = "is open in another program, so it was not replaced"
    return Problem(str(path), what, f"close it in Word, Excel or LibreOffice{otherwise}, and run the command again")


def _changed_problem(path: Path) -> Problem:
    what = "was saved by somebody while a new one was made, so it was not replaced"
    return Problem(str(path), what, "run the command again: it looks at what is there now")


def _read_only_problem(path: Path) -> Problem:
    right = "allow changes to it (on Windows: Properties, Read-only), or choose another name"
    return Problem(str(path), "is read-only, so it was not replaced", right)


def _put_new(temporary: Path, path: Path) -> None:
    """Give the finished file its name only if nobody has it: a hard link fails where a rename would replace, except on
    Windows, whose network drives may have no hard links."""
    if sys.platform == "win32":
        _patiently(lambda: temporary.rename(path))
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as FAT on a memory stick
        if path.exists():
            raise FileExistsError(path) from None
        temporary.replace(path)
