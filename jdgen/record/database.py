"""The file of a workspace that holds copies of records: an SQLite database, and all that knows SQL.

It has a rollback journal rather than a write-ahead log, since workspaces lie on network drives. A run that is killed
leaves its journal, and the next that opens the file takes back what was half written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePath
from typing import Self
from urllib.parse import quote

from jdgen.errors import JdgenError, Problem
from jdgen.record.untouched import RecordCopy

# The tables of the copies of records, and what is asked of them, in SQL.

#: A copy is told by its document, and by the CRC-32 and the size of the record; a later one has a higher number.
#: ``ended`` names folders of which every document has its copy, since the last run into them came to its end.
_RECORDS = (
    """
    CREATE TABLE IF NOT EXISTS records (
        number INTEGER PRIMARY KEY AUTOINCREMENT, document_id TEXT NOT NULL,
        crc INTEGER NOT NULL, size INTEGER NOT NULL, item BLOB NOT NULL, UNIQUE (document_id, crc, size))
    """,
    "CREATE TABLE IF NOT EXISTS ended (output TEXT PRIMARY KEY) WITHOUT ROWID",
)
#: What records are found by. It is made when somebody first looks for one, so that thousands are written quickly.
INDEX = (
    """
    CREATE {kind} TABLE IF NOT EXISTS texts (
        digest INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (digest, number)) WITHOUT ROWID
    """,
    "CREATE {kind} TABLE IF NOT EXISTS indexed (number INTEGER PRIMARY KEY)",
)
#: What documents are known by: their bytes, and what they were made of (:func:`jdgen.record.digests.file_digest`).
WRITTEN_FILES = "CREATE TABLE IF NOT EXISTS written (digest BLOB PRIMARY KEY) WITHOUT ROWID"
_NOTE = "INSERT OR IGNORE INTO written VALUES (?)"
_HAS_WRITTEN = "SELECT 1 FROM written WHERE digest = ?"
_ADD = "INSERT OR REPLACE INTO records (document_id, crc, size, item) VALUES (?, ?, ?, ?)"
_HAS = "SELECT 1 FROM records WHERE document_id = ? AND crc = ? AND size = ?"
_OF_DOCUMENT = "SELECT item FROM records WHERE document_id = ? ORDER BY number DESC"
DOCUMENTS = "SELECT count(DISTINCT document_id) FROM records"
_HAS_TABLE = "SELECT 1 FROM sqlite_master WHERE name = ?"
_UNINDEXED = """
    SELECT number, item FROM records WHERE number > (SELECT coalesce(max(number), 0) FROM indexed)
    ORDER BY number LIMIT ?
"""
#: A text counts the more, the fewer records have it. Texts of records that have been replaced find nothing.
_LIKELY = """
    WITH wanted AS (
        SELECT digest, count(*) AS many FROM texts JOIN records USING (number)
        WHERE digest IN (SELECT value FROM json_each(?)) GROUP BY digest),
    weighed AS (
        SELECT number, sum(1.0 / many) AS weight FROM texts JOIN wanted USING (digest) GROUP BY number)
    SELECT item FROM records JOIN weighed USING (number) ORDER BY weight DESC, number DESC LIMIT ?
"""


#: Where the file is in a workspace.
FILE = Path("records/records.sqlite3")
_FORM = 1
# Seconds to wait for another run of jdgen, which writes for a moment at a time.
_PATIENCE = 20.0
# Copies that are read at once to be indexed.
_TOGETHER = 256
# Nothing for version control: it changes with every document, and holds what all of them say.
_IGNORED = "*\n"

#: From the bytes of a copy to the digests of the texts that it is to be found by.
DigestsOf = Callable[[bytes], Iterable[int]]


class RecordDatabase:
    """The copies of a workspace. Every method raises :class:`JdgenError` where the file cannot be used."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def to_write(cls, path: Path) -> Self:
        """The database at ``path``, made where it is not there yet."""
        with _database_problem(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            gitignore = path.with_name(".gitignore")
            if not gitignore.exists():
                gitignore.write_text(_IGNORED, encoding="utf-8")
            return cls(path, _open_database(path, "rwc"))

    @classmethod
    def to_read(cls, path: Path) -> Self | None:
        """The database at ``path``; nothing where there is none."""
        with _database_problem(path):
            return cls(path, _open_database(path, "rw")) if path.is_file() else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def add(self, copies: Sequence[RecordCopy], file_digests: Sequence[bytes] = ()) -> None:
        """Keep ``copies``, and note files by their ``file_digests``, all or none. A copy that is kept already
        becomes the newest."""
        with self._transaction():
            self._connection.executemany(_ADD, copies)
            if file_digests:
                self._connection.execute(WRITTEN_FILES)
                self._connection.executemany(_NOTE, ((digest,) for digest in file_digests))

    def has(self, copy: RecordCopy) -> bool:
        """Whether ``copy`` is kept."""
        with _database_problem(self._path):
            return self._connection.execute(_HAS, copy[:3]).fetchone() is not None

    @cached_property
    def _notes_written(self) -> bool:
        return self._has_table("written")

    def has_written(self, digest: bytes) -> bool:
        """Whether a file with this digest was noted. Where no file ever was, none is asked for again."""
        with _database_problem(self._path):
            return self._notes_written and self._connection.execute(_HAS_WRITTEN, (digest,)).fetchone() is not None

    def begin(self, output: str) -> bool:
        """Note that documents are made in ``output``; whether the last run that made some there came to its end."""
        with self._transaction():
            count = self._connection.execute("DELETE FROM ended WHERE output = ?", (output,)).rowcount
        return count > 0

    def end(self, output: str) -> None:
        """Note that all documents in ``output`` are made."""
        with self._transaction():
            self._connection.execute("INSERT OR IGNORE INTO ended VALUES (?)", (output,))

    def of_document(self, document_id: str) -> list[bytes]:
        """The copies of the records of one document, the newest first."""
        with _database_problem(self._path):
            return [item for (item,) in self._connection.execute(_OF_DOCUMENT, (document_id,))]

    def documents(self) -> int:
        """How many documents there are copies for."""
        with _database_problem(self._path):
            (count,) = self._connection.execute(DOCUMENTS).fetchone()
        return int(count)

    def likely(self, digests: Iterable[int], most: int) -> list[bytes]:
        """Copies of records that have texts with these ``digests``, those with the rarest first; at most so many."""
        json_digests = f"[{','.join(map(str, digests))}]"
        with _database_problem(self._path):
            return [item for (item,) in self._connection.execute(_LIKELY, (json_digests, most))]

    def bring_index_up_to_date(self, digests_of: DigestsOf) -> None:
        """Have every copy found by the digests of its texts. Where the file cannot be written, the index lasts as long
        as the connection."""
        if self._is_indexed():
            return
        try:
            with self._transaction():
                self._index("", digests_of)
        except JdgenError as error:
            if not isinstance(error.__cause__, sqlite3.OperationalError):
                raise
            with _database_problem(self._path):
                self._index("TEMP", digests_of)

    def _has_table(self, name: str) -> bool:
        return self._connection.execute(_HAS_TABLE, (name,)).fetchone() is not None

    def _is_indexed(self) -> bool:
        with _database_problem(self._path):
            if not self._has_table("indexed"):
                return False
            return self._connection.execute(_UNINDEXED, (1,)).fetchone() is None

    def _index(self, kind: str, digests_of: DigestsOf) -> None:
        for statement in INDEX:
            self._connection.execute(statement.format(kind=kind))
        while rows := self._connection.execute(_UNINDEXED, (_TOGETHER,)).fetchall():
            for number, item in rows:
                texts = ((digest, number) for digest in digests_of(item))
                self._connection.executemany("INSERT OR IGNORE INTO texts VALUES (?, ?)", texts)
            self._connection.execute("INSERT INTO indexed VALUES (?)", (rows[-1][0],))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _database_problem(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")


def database_uri(path: PurePath, mode: str) -> str:
    """How SQLite is told of the file at the whole ``path``, and whether it may make it (https://sqlite.org/uri.html).

    It refuses a URI that names another machine, as Python writes a path of a Windows network (``//server/users$``): to
    SQLite that name is a part of the path.
    """
    name = path.as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(os.fsencode(name), safe='/:')}?mode={mode}"


def _open_database(path: Path, mode: str) -> sqlite3.Connection:
    uri = database_uri(path.absolute(), mode)
    connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)
    try:
        _make_tables(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables where there are none. Two runs may do so at once, and one of them finds them made."""
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form > _FORM:
        right = "use that version, or move the file away: a new one is begun"
        raise JdgenError(Problem(str(path), "was written by a newer version of jdgen", right))
    if form == 0:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _RECORDS:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_FORM}")
        connection.execute("COMMIT")


@contextmanager
def _database_problem(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        right = "let jdgen write there, and have room on the disk"
        raise JdgenError(Problem(str(path), f"cannot be used for copies of records ({error})", right)) from error
    except sqlite3.Error as error:
        right = "move the file away: a new one is begun"
        raise JdgenError(Problem(str(path), f"is damaged ({error})", right)) from error
    except OSError as error:
        right = "let jdgen write there"
        reason = error.strerror or error
        raise JdgenError(Problem(str(path), f"cannot be used for copies of records ({reason})", right)) from error
