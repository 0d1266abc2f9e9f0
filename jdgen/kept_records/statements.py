"""The tables of the copies of records, and what is asked of them, in SQL."""

from __future__ import annotations

#: A copy is told by its document, and by the CRC-32 and the size of the record; a later one has a higher number.
#: ``ended`` names folders of which every document has its copy, since the last run into them came to its end.
RECORDS = (
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
ADD = "INSERT OR REPLACE INTO records (document_id, crc, size, item) VALUES (?, ?, ?, ?)"
HAS = "SELECT 1 FROM records WHERE document_id = ? AND crc = ? AND size = ?"
OF_DOCUMENT = "SELECT item FROM records WHERE document_id = ? ORDER BY number DESC"
HAS_INDEX = "SELECT 1 FROM sqlite_master WHERE name = 'indexed'"
UNINDEXED = """
    SELECT number, item FROM records WHERE number > (SELECT coalesce(max(number), 0) FROM indexed)
    ORDER BY number LIMIT ?
"""
#: A text counts the more, the fewer records have it. Texts of records that have been replaced find nothing.
LIKELY = """
    WITH wanted AS (
        SELECT digest, count(*) AS many FROM texts JOIN records USING (number)
        WHERE digest IN (SELECT value FROM json_each(?)) GROUP BY digest),
    weighed AS (
        SELECT number, sum(1.0 / many) AS weight FROM texts JOIN wanted USING (digest) GROUP BY number)
    SELECT item FROM records JOIN weighed USING (number) ORDER BY weight DESC, number DESC LIMIT ?
"""
