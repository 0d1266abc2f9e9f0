"""Makes jdgen run as on Windows as far as another system can: its modules are told that they are there, and do not have
what Python lacks there. Libraries have all. A process with this folder in PYTHONPATH does it before anything else.
"""

from __future__ import annotations

import builtins
import ctypes
import os
import signal
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

_NOT_THERE = frozenset({"fcntl", "resource", "pwd", "grp", "pty", "termios"})
_LACKS = {
    "os": {"fork", "geteuid", "getuid", "uname", "mkfifo", "chown", "killpg", "sched_getaffinity", "wait4"}
    | {"O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK"},
    "signal": {"SIGHUP", "SIGKILL", "pthread_sigmask", "SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK"},
}


class _Lacking(ModuleType):
    """A module as jdgen finds it on Windows."""

    def __init__(self, real: ModuleType, **instead: object) -> None:
        super().__init__(real.__name__)
        self.__dict__.update(_real=real, _instead=instead)

    def __getattr__(self, name: str) -> Any:
        if name in _LACKS.get(self._real.__name__, ()):
            raise AttributeError(f"Windows has no {self._real.__name__}.{name}")
        return self._instead[name] if name in self._instead else getattr(self._real, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._real, name, value)


class _NoJobs:
    """In the place of ctypes.WinDLL: a Windows that gives nobody a job."""

    def __init__(self, name: str) -> None:
        assert name == "kernel32"
        for function in ("CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"):
            setattr(self, function, lambda *_: 0)
        self.GetCurrentProcess = lambda: 0


_INSTEAD = {
    "os": _Lacking(os),
    "signal": _Lacking(signal),
    "sys": _Lacking(sys, platform="win32"),
    "ctypes": _Lacking(ctypes, WinDLL=_NoJobs),
}
_import, _renamed = builtins.__import__, Path.rename


def _imported(name: str, *how: Any, **more: Any) -> ModuleType:
    usual: tuple[Any, ...] = ({}, {}, (), 0)
    asked_in, _, names, level = how + usual[len(how) :]
    if (asked_in or {}).get("__name__", "").partition(".")[0] == "jdgen" and level == 0:
        if name in _NOT_THERE:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        if name in _INSTEAD and not names:
            return _INSTEAD[name]
    return _import(name, *how, **more)


def _rename(self: Path, target: Path) -> Path:
    if target.exists():
        raise FileExistsError(17, "Cannot create a file when that file already exists", str(target))
    return _renamed(self, target)


builtins.__import__ = _imported
Path.rename = _rename  # type: ignore[assignment, method-assign]  # Python's own takes texts too
