"""Zip files joined of members are what every reader of zips expects."""

from __future__ import annotations

import io
import platform
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jdgen.word.writing import (
    QUICK,
    STANDARD,
    Compressor,
    Deflate,
    DeflatedStretch,
    fastest_deflate,
    in_one_piece,
    join_members,
    member,
    quick_marks,
)
from tests.toolbox.examples import document_of

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\\"), min_size=1, max_size=40)
FILES = st.dictionaries(NAMES, st.binary(max_size=3000), max_size=8)
DEFLATES = (STANDARD, fastest_deflate(), QUICK)
PIECES = st.lists(st.binary(max_size=3000) | st.binary(max_size=3000).map(DeflatedStretch), max_size=8)


def zip_of(files: dict[str, bytes], deflate: Deflate = STANDARD) -> bytes:
    return join_members(member(name, content, deflate) for name, content in files.items())


def read(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@pytest.mark.parametrize("deflate", DEFLATES)
@given(FILES)
@example({})
@example({"word/Überschrift — \U0001f600.xml": b"", "a": b"x" * 100_000})
def test_zipfile_reads_what_was_joined_in_its_order(deflate: Deflate, files: dict[str, bytes]) -> None:
    assert list(read(zip_of(files, deflate)).items()) == list(files.items())


def test_unzip_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    if not shutil.which("unzip"):
        pytest.skip("unzip is not installed")
    (tmp_path / "a.zip").write_bytes(zip_of({"[Content_Types].xml": b"<a/>", "é/ü.xml": b"x" * 5000, "empty": b""}))
    tested = subprocess.run(["unzip", "-t", "a.zip"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "No errors detected" in tested.stdout


def test_the_headers_of_a_member_agree() -> None:
    content = zip_of({"plain.xml": b"abc" * 99, "é.xml": b"d"})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        plain, accented = archive.infolist()
    assert (plain.date_time, plain.compress_type, plain.file_size) == ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED, 297)
    assert zlib.crc32(b"abc" * 99) == plain.CRC
    assert (plain.flag_bits, accented.flag_bits) == (0, 0x800)
    # A streaming reader sees the local headers only.
    assert content[26:28] == len("plain.xml").to_bytes(2, "little")
    assert content[14:26] == content[content.index(b"PK\x01\x02") + 16 :][:12]


def test_equal_files_give_equal_bytes_and_another_order_others() -> None:
    files = {"a": b"1", "b": b"2"}
    assert zip_of(files) == zip_of(dict(files))
    assert zip_of(files) != zip_of(dict(reversed(files.items())))


def test_a_member_may_stand_in_many_files() -> None:
    shared = member("shared", b"same")
    for others in ((), ("a",), ("a", "bb")):
        content = join_members([*(member(name, b"x") for name in others), shared])
        assert read(content)["shared"] == b"same"


def test_a_changed_byte_is_found() -> None:
    content = bytearray(zip_of({"a": bytes(range(256))}))
    content[40] ^= 1
    with zipfile.ZipFile(io.BytesIO(content)) as archive, pytest.raises((zipfile.BadZipFile, zlib.error)):
        archive.read("a")


@pytest.mark.parametrize("deflate", DEFLATES)
@given(PIECES)
@example([])
@example([DeflatedStretch(b"same again and again " * 900), b"same again and again " * 900, DeflatedStretch(b"")])
def test_content_in_pieces_is_read_as_one(deflate: Deflate, pieces: list[bytes | DeflatedStretch]) -> None:
    content = b"".join(piece.content if isinstance(piece, DeflatedStretch) else piece for piece in pieces)
    for _ in range(2):  # a stretch is deflated the first time only
        assert read(join_members([member("a", pieces, deflate)]))["a"] == in_one_piece(pieces) == content


def test_a_stretch_is_deflated_once_whatever_it_is_written_with() -> None:
    stretch = DeflatedStretch(b"text " * 100)
    packed = [member("a", [b"some ", stretch], deflate).packed for deflate in (STANDARD, QUICK, STANDARD)]
    assert all(stretch.packed in each for each in packed)
    assert stretch.packed is stretch.packed


def test_the_mark_of_a_member_is_what_the_zip_says() -> None:
    packed = member("a", [b"some ", DeflatedStretch(b"text")])
    with zipfile.ZipFile(io.BytesIO(join_members([packed]))) as archive:
        entry = archive.getinfo("a")
    assert packed.mark == (entry.CRC, entry.file_size) == (zlib.crc32(b"some text"), 9)


@pytest.mark.parametrize("deflate", DEFLATES)
def test_every_deflate_packs_a_document(deflate: Deflate) -> None:
    with zipfile.ZipFile(io.BytesIO(document_of("band-6-portfolio-analyst", "job-description"))) as archive:
        content = archive.read("word/document.xml")
    assert len(member("a", content, deflate).packed) < len(content) / 5


def test_the_fast_deflate_is_isa_l_s_where_it_is_installed_and_the_standard_library_s_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("isal")
    assert fastest_deflate() is not QUICK
    fastest_deflate.cache_clear()
    monkeypatch.setitem(sys.modules, "isal", None)
    assert fastest_deflate() is QUICK
    fastest_deflate.cache_clear()


#: Fifty contents, in each of which it is worth a match to know where the second byte and the first are.
CONTENTS = [start + start[1:7] + b"." + start for start in (Random(number).randbytes(300) for number in range(50))]


def outcomes_at_many_addresses(begin: Callable[[], Compressor]) -> set[bytes]:
    """What compressors at 3,000 places in memory make of the same contents."""
    outcomes: set[bytes] = set()
    compressors: list[Compressor] = []  # or each would be where the one before was
    for _ in range(3000):
        compressors.append(begin())
        packed = b"".join(
            compressors[-1].compress(each) + compressors[-1].flush(zlib.Z_FULL_FLUSH) for each in CONTENTS
        )
        outcomes.add(packed + compressors[-1].flush())
    return outcomes


@pytest.mark.slow
def test_isa_l_packs_the_same_content_in_the_same_bytes_wherever_in_memory_it_is() -> None:
    isal = pytest.importorskip("isal")
    (packed,) = outcomes_at_many_addresses(fastest_deflate().begin)
    assert zlib.decompress(packed, -zlib.MAX_WBITS) == b"".join(CONTENTS)
    # Left alone it does not, some ten times of these.
    if isal.__version__ <= "1.9.1" and platform.machine() in ("x86_64", "AMD64"):
        assert len(outcomes_at_many_addresses(partial(isal.isal_zlib.compressobj, 2, 8, -15))) > 1


@given(FILES)
def test_marks_are_told_without_inflating(files: dict[str, bytes]) -> None:
    content = zip_of(files)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert quick_marks(content) == {entry.filename: (entry.CRC, entry.file_size) for entry in archive.infolist()}


@given(st.binary(max_size=80), FILES, st.integers(0, 400))
def test_marks_of_what_is_no_zip_of_ours_are_none_or_some_and_never_an_error(
    rest: bytes, files: dict[str, bytes], at: int
) -> None:
    content = zip_of(files)
    quick_marks(content[:at] + rest + content[at:])
    quick_marks(content[at:])
    quick_marks(rest)
