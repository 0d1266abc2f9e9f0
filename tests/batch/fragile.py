"""Processes of a batch that die over certain posts, as no real template or row should make them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from jdgen.batch import running
from jdgen.batch.model import BatchSettings
from jdgen.batch.spool import PlannedPost
from jdgen.batch.worker import Attempt, Worker
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


def start_interrupted(workspace: Workspace, settings: BatchSettings) -> None:
    """An interrupt comes before the process is ready for it, and another after."""
    os.kill(os.getpid(), signal.SIGINT)
    running.start_worker(workspace, settings)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.kill(os.getpid(), signal.SIGINT)


def start_fragile(workspace: Workspace, settings: BatchSettings) -> None:
    running.start_worker(workspace, settings)
    sound = running._worker
    assert sound is not None
    running._worker = Fragile(sound.workspace, sound.settings, sound.libraries, sound.templates, sound.known_documents)
