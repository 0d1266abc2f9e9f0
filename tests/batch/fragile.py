"""Processes of a batch that die over certain posts, as no real template or row should make them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from jdgen.batch import running
from jdgen.batch.model import BatchSettings
from jdgen.batch.spool import PlannedPost
from jdgen.batch.worker import Attempt, Worker
from jdgen.system.processes import Start
from jdgen.workspace import Workspace

FATAL = "fatal"
DIED = "died"


class Fragile(Worker):
    def make(self, planned: Sequence[PlannedPost]) -> list[Attempt]:
        for post in planned:
            if FATAL in post.post.title:
                (self.settings.output / DIED).touch()
                os._exit(9)
        return super().make(planned)


class InterruptedStart:
    """Begins the work of a process: an interrupt comes before it is ready for that, as this is carried into it, and
    another after."""

    def __reduce__(self) -> Any:
        return _start_after_interrupt, ()

    def __call__(self, workspace: Workspace, settings: BatchSettings) -> None:
        pytest.fail("this is not what is carried into a process")


def _start_after_interrupt() -> Start:
    os.kill(os.getpid(), signal.SIGINT)
    return _start_before_interrupt


def _start_before_interrupt(workspace: Workspace, settings: BatchSettings) -> None:
    running.start_worker(workspace, settings)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.kill(os.getpid(), signal.SIGINT)


def start_fragile(workspace: Workspace, settings: BatchSettings) -> None:
    running.start_worker(workspace, settings)
    sound = running._worker
    assert sound is not None
    running._worker = Fragile(sound.workspace, sound.settings, sound.libraries, sound.templates, sound.known_documents)
