"""Whatever happens to a batch while it runs, files are whole, the message is clear, and the same command goes on."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from jdgen.batch.model import BatchedDocument, BatchOutcome, BatchSettings
from jdgen.batch.running import make_documents
from jdgen.batch.spool import PlannedPost, PostChunk, pack
from jdgen.batch.worker import Attempt, Worker, open_worker
from jdgen.document.making import make_document
from jdgen.errors import JdgenError
from jdgen.leftovers import remove_leftovers
from jdgen.levels import Band
from jdgen.post.model import Post
from jdgen.system.processes import Processes, Start
from jdgen.workspace import Workspace
from tests.batch.fragile import DIED, FATAL, InterruptedStart, start_fragile
from tests.toolbox.posts import batch, csv_file, documents, row, rows, settings
from tests.toolbox.processes import HANGS, command_of, started, wait_for
from tests.toolbox.word import open_document, word_file

FULL = Path("/dev/full")


def planned(count: int, *fatal: int) -> Iterator[PlannedPost]:
    for number in range(count):
        title = f"{FATAL if number in fatal else 'Manager'} {number}"
        names = (f"Job description {title} band 7.docx",)
        yield PlannedPost(number, f"posts.csv:{number}", Post(title, "pmo", Band.parse("7")), names)


def in_processes(
    posts: Iterator[PlannedPost], folder: Path, settings: BatchSettings, start: Start, chunk: int = 32
) -> Iterator[Attempt]:
    chunks = (PostChunk(pack(some)) for some in iter(lambda: [*itertools.islice(posts, chunk)], []))
    workspace = Workspace(folder)
    with Processes(settings.jobs or 1, start, (workspace, settings)) as processes:
        yield from make_documents(chunks, open_worker(workspace, settings), processes)


def whole(folder: Path) -> int:
    """How many documents there are, all of which can be opened."""
    for path in documents(folder).values():
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None, path
    return len(documents(folder))


def test_a_process_that_dies_takes_no_other_post_with_it(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    posts = planned(40, 1, 34)
    documents_made = [
        document for document, *_ in in_processes(posts, tmp_path, settings(tmp_path, jobs=2), start_fragile)
    ]
    assert [document.row for document in documents_made] == [f"posts.csv:{number}" for number in range(40)]
    failed = [document for document in documents_made if document.outcome is BatchOutcome.FAILED]
    assert [document.row for document in failed] == ["posts.csv:1", "posts.csv:34"]
    assert [problem.what for document in failed for problem in document.problems] == [
        "the process that made this document died"
    ] * 2
    assert whole(tmp_path / "output") == 38
    assert [Path(document.path).exists() for document in documents_made] == [
        number not in (1, 34) for number in range(40)
    ]


def test_a_process_that_dies_while_nobody_waits_for_it_stops_nothing(tmp_path: Path) -> None:
    # The pool is broken when the next posts are handed to it.
    (tmp_path / "output").mkdir()
    documents: list[BatchedDocument] = []
    dry = settings(tmp_path, jobs=2, dry_run=True)
    for document, *_ in in_processes(planned(20, 9), tmp_path, dry, start_fragile, chunk=2):
        documents.append(document)
        if len(documents) == 1:
            wait_for((tmp_path / "output" / DIED).exists)
            time.sleep(0.3)
    assert [document.row for document in documents] == [f"posts.csv:{number}" for number in range(20)]
    assert [document.row for document in documents if document.outcome is BatchOutcome.FAILED] == ["posts.csv:9"]


def test_a_row_that_nobody_foresaw_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    making = Worker._attempt

    def failing(self: Worker, document: BatchedDocument, task: Any) -> Any:
        if document.title == "PMO manager 1":
            raise ZeroDivisionError("nothing to divide")
        return making(self, document, task)

    monkeypatch.setattr(Worker, "_attempt", failing)
    result, _ = batch(tmp_path, csv_file(tmp_path / "posts.csv", rows(3)))
    assert result.summary.counts == {BatchOutcome.WRITTEN: 2, BatchOutcome.FAILED: 1}
    (problem,) = result.problems
    assert problem.where.endswith("posts.csv:3")
    assert problem.what == "could not be made (ZeroDivisionError: nothing to divide)"


@pytest.mark.parametrize(("is_theirs", "outcome"), [(True, BatchOutcome.LEFT_ALONE), (False, BatchOutcome.WRITTEN)])
def test_a_file_that_comes_between_look_and_save_is_looked_at_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_theirs: bool, outcome: BatchOutcome
) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(1))
    earlier, _ = batch(tmp_path, posts, verbatim=True)
    (path,) = documents(tmp_path / "output").values()
    content = word_file("Somebody's own.") if is_theirs else path.read_bytes()
    path.unlink()

    def while_somebody_saves(*arguments: Any) -> Any:
        document = make_document(*arguments)
        path.write_bytes(content)
        return document

    monkeypatch.setattr("jdgen.batch.worker.make_document", while_somebody_saves)
    result, _ = batch(tmp_path, posts)
    assert (earlier.summary.counts, result.summary.counts) == ({BatchOutcome.WRITTEN: 1}, {outcome: 1})
    assert (path.read_bytes() == content) is is_theirs
    assert [problem.where for problem in result.left_alone] == [str(path)] * is_theirs


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_is_answered_in_a_line_and_the_same_command_goes_on(tmp_path: Path, jobs: str) -> None:
    if sys.platform == "win32":
        pytest.skip("signals of POSIX")
    csv_file(tmp_path / "posts.csv", rows(600))
    arguments = ("batch", "posts.csv", "--jobs", jobs)
    with started(*arguments, folder=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        wait_for(lambda: len(documents(tmp_path / "output")) >= 20)
        os.killpg(running.pid, signal.SIGINT)
        stdout, stderr = running.communicate(timeout=HANGS)
    assert (running.returncode, stdout) == (1, "")
    assert stderr == "error: interrupted: run the same command again to go on where it stopped\n"
    count = whole(tmp_path / "output")
    assert 20 <= count < 600
    assert {path.suffix for path in (tmp_path / "output").iterdir()} == {".docx"}
    again = subprocess.run(command_of(*arguments), cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"{600 - count} written" in again.stdout
    assert f"{count} unchanged" in again.stdout
    assert whole(tmp_path / "output") == 600


def test_processes_of_a_batch_leave_an_interrupt_to_the_one_that_started_them(tmp_path: Path) -> None:
    outcomes = in_processes(planned(5), tmp_path, settings(tmp_path, jobs=2), InterruptedStart())
    assert [document.outcome for document, *_ in outcomes] == [BatchOutcome.WRITTEN] * 5


def test_an_interrupted_archive_leaves_nothing(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("signals of POSIX")
    csv_file(tmp_path / "posts.csv", rows(600))
    arguments = ("batch", "posts.csv", "--archive", "all.zip")
    with started(*arguments, folder=tmp_path, stderr=subprocess.PIPE) as running:
        wait_for(lambda: any(path.stat().st_size > 100_000 for path in tmp_path.glob(".jdgen-*.tmp")))
        os.killpg(running.pid, signal.SIGINT)
        _, stderr = running.communicate(timeout=HANGS)
    assert stderr == "error: interrupted: run the same command again to go on where it stopped\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "posts.csv", "records"]
    assert list((tmp_path / "output").iterdir()) == []


def test_a_batch_killed_with_all_its_processes_leaves_whole_files_and_goes_on(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("signals of POSIX")
    csv_file(tmp_path / "posts.csv", rows(600))
    arguments = ("batch", "posts.csv", "--jobs", "2")
    with started(*arguments, folder=tmp_path) as running:
        wait_for(lambda: len(documents(tmp_path / "output")) >= 20)
        os.killpg(running.pid, signal.SIGKILL)
    count = whole(tmp_path / "output")
    assert 20 <= count < 600
    leftovers = [path.name for path in (tmp_path / "output").iterdir() if path.suffix != ".docx"]
    assert all(name.startswith(".jdgen-") and name.endswith(".tmp") for name in leftovers)
    again = subprocess.run(command_of(*arguments), cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"{600 - count} written" in again.stdout
    assert f"{count} unchanged" in again.stdout


def test_what_a_killed_batch_left_is_removed_when_it_is_an_hour_old(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    old, new, other = output / ".jdgen-old.tmp", output / ".jdgen-new.tmp", output / "mine.tmp"
    for path in (old, new, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (time.time() - 3700,) * 2)
    batch(tmp_path, csv_file(tmp_path / "posts.csv", rows(1)))
    assert [path.exists() for path in (old, new, other)] == [False, True, True]


def test_what_cannot_be_removed_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / ".jdgen-folder.tmp"
    folder.mkdir()
    os.utime(folder, (0, 0))
    remove_leftovers(tmp_path)
    assert folder.exists()


@pytest.fixture
def full_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes the disk full after so many files: what is written next goes to a device that is always full."""
    if not FULL.exists():
        pytest.skip("this system has no /dev/full")

    def fill_up(files: int) -> None:
        real = Path.open
        count = -1  # the first only tries whether one can be made there

        def open_until_full(path: Path, mode: str = "r", *arguments: Any, **keywords: Any) -> IO[Any]:
            nonlocal count
            stream: IO[Any] = real(path, mode, *arguments, **keywords)
            if mode != "xb":
                return stream
            count += 1
            if count <= files:
                return stream
            stream.close()
            return real(FULL, "wb")

        monkeypatch.setattr(Path, "open", open_until_full)

    return fill_up


def test_a_full_disk_stops_the_batch_which_says_how_to_go_on(
    tmp_path: Path, full_after: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(6))
    full_after(3)
    with pytest.raises(JdgenError) as raised:
        batch(tmp_path, posts)
    (problem,) = raised.value.problems
    assert problem.where.endswith("Job description PMO manager 3 band 7.docx")
    assert problem.what == "cannot be written (No space left on device)"
    assert problem.right == "make room on the disk, and run the same command again: it goes on where it stopped"
    assert whole(tmp_path / "output") == len(list((tmp_path / "output").iterdir())) == 3
    monkeypatch.undo()
    result, _ = batch(tmp_path, posts)
    assert result.summary.counts == {BatchOutcome.UNCHANGED: 3, BatchOutcome.WRITTEN: 3}


def test_a_full_disk_leaves_no_half_archive(tmp_path: Path, full_after: Callable[[int], None]) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(6))
    full_after(0)
    with pytest.raises(JdgenError, match=r"No space left on device.*make room"):
        batch(tmp_path, posts, archive=tmp_path / "all.zip")
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "output", posts]


def test_an_output_that_cannot_be_written_is_an_error_before_any_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(2))

    real = Path.open

    def read_only(path: Path, mode: str = "r", *arguments: Any, **keywords: Any) -> Any:
        if path.parent != tmp_path / "output":
            return real(path, mode, *arguments, **keywords)
        raise PermissionError(13, "Permission denied")

    # Whoever runs the tests may be allowed to write everywhere.
    monkeypatch.setattr(Path, "open", read_only)
    monkeypatch.setattr(Worker, "make", lambda *arguments: pytest.fail("a document was made"))
    with pytest.raises(JdgenError) as raised:
        batch(tmp_path, posts)
    assert str(raised.value).startswith(f"{tmp_path / 'output'}: cannot be written (Permission denied): ")


def test_an_archive_that_cannot_be_written_is_an_error_before_any_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(2))
    monkeypatch.setattr(Worker, "make", lambda *arguments: pytest.fail("a document was made"))
    with pytest.raises(JdgenError, match=r"all\.zip: cannot be written"):
        batch(tmp_path, posts, archive=posts / "all.zip")


def test_several_processes_make_what_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jdgen.batch.batch.WORTH_IT", 40)
    posts = csv_file(tmp_path / "posts.csv", [row(f"Manager {number}", Employer="Trust") for number in range(50)])
    by_one_process, alone = batch(tmp_path, posts, output=tmp_path / "one")
    by_two, several = batch(tmp_path, posts, output=tmp_path / "two", jobs=2)
    assert by_one_process.summary.counts == by_two.summary.counts == {BatchOutcome.WRITTEN: 50}
    assert [document.row for document in several.documents] == [document.row for document in alone.documents]
    assert [document.notes for document in several.documents] == [document.notes for document in alone.documents]
    content = {name: path.read_bytes() for name, path in documents(tmp_path / "one").items()}
    assert {name: path.read_bytes() for name, path in documents(tmp_path / "two").items()} == content
    assert open_document(next(iter(content.values()))).paragraphs


DRIVER = """
import resource, sys
from jdgen.cli.main import main
try:
    main(["batch", sys.argv[1], "--jobs", "1", "--dry-run"])
except SystemExit as end:
    assert not end.code
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_posts(tmp_path: Path) -> None:
    def started(count: int) -> subprocess.Popen[str]:
        posts = csv_file(tmp_path / f"{count}.csv", rows(count))
        command = [sys.executable, "-c", DRIVER, str(posts)]
        return subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)

    few, many = (process.communicate()[0].split() for process in [started(300), started(3000)])
    assert (few[0], many[0]) == ("300", "3,000")
    assert int(many[-1]) < 1.1 * int(few[-1])
