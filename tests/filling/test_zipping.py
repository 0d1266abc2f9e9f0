"""Zip files joined of members are what every reader of zips expects."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jdgen.filling import zipping
from jdgen.filling.zipping import Deflate, deflated, fastest_deflate, joined, member
from tests.examples import document_of

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\\"), min_size=1, max_size=40)
FILES = st.dictionaries(NAMES, st.binary(max_size=3000), max_size=8)
DEFLATES = (deflated, fastest_deflate(), zipping._quickly_deflated)


def zip_of(files: dict[str, bytes], deflate: Deflate = deflated) -> bytes:
    return joined(member(name, content, deflate) for name, content in files.items())


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
        content = joined([*(member(name, b"x") for name in others), shared])
        assert read(content)["shared"] == b"same"


def test_a_changed_byte_is_found() -> None:
    content = bytearray(zip_of({"a": bytes(range(256))}))
    content[40] ^= 1
    with zipfile.ZipFile(io.BytesIO(content)) as archive, pytest.raises((zipfile.BadZipFile, zlib.error)):
        archive.read("a")


@pytest.mark.parametrize("deflate", DEFLATES)
def test_every_deflate_gives_the_content_back_and_packs_it(deflate: Deflate) -> None:
    with zipfile.ZipFile(io.BytesIO(document_of("band-6-portfolio-analyst", "job-description"))) as archive:
        content = archive.read("word/document.xml")
    packed = deflate(content)
    assert zlib.decompress(packed, -zlib.MAX_WBITS) == content
    assert len(packed) < len(content) / 5


def test_the_fast_deflate_is_isa_l_s_where_it_is_installed_and_the_standard_library_s_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = b"some text " * 500
    pytest.importorskip("isal")
    assert fastest_deflate() is not zipping._quickly_deflated
    fast = fastest_deflate()(content)
    monkeypatch.setitem(sys.modules, "isal", None)
    assert fastest_deflate() is zipping._quickly_deflated
    assert zlib.decompress(fast, -zlib.MAX_WBITS) == content
