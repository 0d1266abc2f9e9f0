"""What costs time to make and can be made again, kept for later runs by the digest of all that it was made from.

Entries lie in a folder that only the user may enter, and none is read that somebody else could have written: the folder
and each file have to be the user's own, the file no link, and its content what its first line says. They are data, and
whoever reads one checks it again. Whatever is wrong with the folder or a file, it is as though nothing were kept.

``JDGEN_CACHE=off`` keeps and reads nothing.
"""

from __future__ import annotations

import functools
import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from jdgen import __version__
from jdgen.workspace import cache_folder, shipped_folder

#: The environment variable by which a user turns it off, and what it says then.
_SWITCH, _OFF = "JDGEN_CACHE", frozenset({"off", "no", "false", "0"})
_FOLDER = "kept"
_PACKAGE = Path(__file__).resolve().parent
#: Where Python's programs find what is installed; the names of folders there tell its versions.
_PACKAGE_FOLDERS = frozenset({"site-packages", "dist-packages"})
#: More than an organisation has of templates and frameworks; the oldest go first.
MOST_ENTRIES = 500
MOST_BYTES = 100_000_000
#: What is larger is not worth it.
LARGEST = 10_000_000
#: The digest in the first line of a file, and the end of the line.
_HEAD = 65
#: Flags that Windows does not have: a link is not followed, and a pipe not waited for.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BYTES = getattr(os, "O_BINARY", 0)


class Entry(NamedTuple):
    """The place of one thing that is kept. Its ``key`` is the digest of all that decides what it is."""

    key: str

    def read(self) -> bytes | None:
        """What is kept there; nothing where it is not, or where it cannot be trusted."""
        try:
            with _own_folder() as folder:
                content = _content_of_own(folder, self.key)
        except _FAILURES:
            return None
        payload = content[_HEAD:]
        return payload if content[:_HEAD] == self._head(payload) else None

    def write(self, content: bytes) -> None:
        """Keep ``content`` there, if that can be done."""
        if len(content) > LARGEST:
            return
        with suppress(*_FAILURES), _own_folder(make=True) as folder:
            _save(folder, self.key, self._head(content) + content)
            _remove_oldest(folder)

    def _head(self, content: bytes) -> bytes:
        return hashlib.sha256(self.key.encode() + content).hexdigest().encode() + b"\n"


#: RuntimeError is a user without a home, NotImplementedError a system without what is asked of its folders.
_FAILURES = (OSError, ValueError, RuntimeError, NotImplementedError)


def entry(kind: str, *inputs: str | bytes) -> Entry:
    """The place of what the program as it is makes of ``inputs``; ``kind`` tells apart what is made of the same."""
    sha = hashlib.sha256(_program_state())
    for part in (kind, *inputs):
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        sha.update(len(content).to_bytes(8, "big"))
        sha.update(content)
    return Entry(sha.hexdigest())


@functools.cache
def _program_state() -> bytes:
    """A digest of what else decides what is made: jdgen's own files, the schemas, Python, and what is installed. A file
    counts by its size and when it was written, so that a developer's change is never hidden."""
    files = (*_files(_PACKAGE, ".py"), *_files(shipped_folder() / "framework_data" / "schemas", ".json"))
    folders = [folder for folder in sys.path if Path(folder).name in _PACKAGE_FOLDERS]
    state = (__version__, sys.version, sorted(files), [(folder, _distributions(folder)) for folder in folders])
    return hashlib.sha256(repr(state).encode("utf-8", "surrogatepass")).digest()


def _files(folder: Path | str, ending: str) -> Iterator[tuple[str, int, int]]:
    """Name, size and time of each file of ``folder`` and the folders in it; none where it cannot be read."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path, ending)
            elif entry.name.endswith(ending):
                state = entry.stat()
                yield entry.path, state.st_size, state.st_mtime_ns


def _distributions(folder: str) -> list[str]:
    """The names and versions of what is installed in ``folder``, by which they call its folders."""
    with suppress(OSError), os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
    return []


# The folder and its files, looked at once they are open: what a name means may change between two looks.


class _Folder(NamedTuple):
    """The open folder; without a descriptor on Windows, which opens none."""

    path: Path
    descriptor: int | None

    def name(self, file: str) -> str | Path:
        """How functions that take the descriptor beside it call a ``file``."""
        return self.path / file if self.descriptor is None else file


@contextmanager
def _own_folder(*, make: bool = False) -> Iterator[_Folder]:
    """The folder. Raises :class:`OSError` where there is none that only the user may enter."""
    if os.environ.get(_SWITCH, "").strip().lower() in _OFF:
        raise OSError("turned off")
    path = cache_folder(os.environ, sys.platform, Path.home()) / _FOLDER
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
    if sys.platform == "win32":
        if not _is_in_profile(path):
            raise PermissionError(f"nothing says that others may not enter {path}")
        yield _Folder(path, None)
    else:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK)
        try:
            if not _is_own(os.fstat(descriptor), 0o077):
                raise PermissionError(f"others may enter {path}")
            yield _Folder(path, descriptor)
        finally:
            os.close(descriptor)


def _is_in_profile(path: Path) -> bool:
    """Whether Windows keeps others out of ``path``, as it does of a user's profile. Who owns a file says nothing there:
    those of an administrator are owned by all of them."""
    local = os.environ.get("LOCALAPPDATA", "")
    profiles = (Path.home(), *([Path(local)] if local else ()))
    return any(path.resolve().is_relative_to(profile.resolve()) for profile in profiles)


def _is_own(state: os.stat_result, others: int) -> bool:
    """Whether a file or folder is the user's, who gives nobody the rights ``others``. On Windows its place says so."""
    if sys.platform == "win32":
        return True
    return state.st_uid == os.geteuid() and not state.st_mode & others


def _open(folder: _Folder, name: str, flags: int) -> int:
    return os.open(folder.name(name), flags | _NO_LINK | _BYTES, 0o600, dir_fd=folder.descriptor)


def _content_of_own(folder: _Folder, name: str) -> bytes:
    """The content of a file that the user alone can have written. Raises :class:`OSError` for any other."""
    with os.fdopen(_open(folder, name, os.O_RDONLY), "rb") as stream:
        state = os.fstat(stream.fileno())
        if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST + _HEAD:
            raise OSError(f"{name} is nothing that is kept here")
        if not _is_own(state, 0o022):
            raise PermissionError(f"others may write to {name}")
        return stream.read(LARGEST + _HEAD + 1)


def _save(folder: _Folder, name: str, content: bytes) -> None:
    """Give the file ``name`` this ``content``, whole or not at all."""
    unfinished, descriptor = f"{name}.{os.urandom(8).hex()}", folder.descriptor
    try:
        with os.fdopen(_open(folder, unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as stream:
            stream.write(content)
        os.replace(folder.name(unfinished), folder.name(name), src_dir_fd=descriptor, dst_dir_fd=descriptor)
    except BaseException:
        _remove(folder, unfinished)
        raise


def _remove_oldest(folder: _Folder) -> None:
    """Remove what is more than is kept, the oldest first; what dead runs left unfinished is among it one day."""
    with os.scandir(folder.path if folder.descriptor is None else folder.descriptor) as entries:
        files = [(entry.stat(follow_symlinks=False), entry.name) for entry in entries]
    size = 0
    for number, (state, name) in enumerate(sorted(files, key=_age_key, reverse=True), 1):
        size += state.st_size
        if number > MOST_ENTRIES or size > MOST_BYTES:
            _remove(folder, name)


def _age_key(file: tuple[os.stat_result, str]) -> tuple[int, str]:
    return file[0].st_mtime_ns, file[1]


def _remove(folder: _Folder, name: str) -> None:
    with suppress(OSError):
        os.unlink(folder.name(name), dir_fd=folder.descriptor)
