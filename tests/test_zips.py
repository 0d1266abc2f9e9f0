"""Zips in which one thing is said and another is so."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.zips import Bounds, NotAPackageError, PackageError, TooLargeError, entries, inflate

BOUNDS = Bounds(file=100_000, unpacked=3 * 2**20, parts=20)
PARTS = {"a.xml": b"<a/>" * 50, "b/c.xml": b"<c/>" * 50}


def zip_of(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def central(content: bytes, number: int) -> int:
    position = -1
    for _ in range(number + 1):
        position = content.index(b"PK\x01\x02", position + 1)
    return position


def patched(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


def overlapping() -> bytes:
    """The second entry begins where the first does, under the same name as the header there."""
    content = zip_of({"a.xml": PARTS["a.xml"], "A.xm_": PARTS["a.xml"]})
    second = central(content, 1)
    return patched(content, second + 42, struct.pack("<L", 0))


def quoted() -> bytes:
    """A part that lies whole inside another: David Fifield's way to the densest bomb, in small."""
    inner = zip_of({"b.xml": b"<b/>"}, zipfile.ZIP_STORED)
    header = inner[: inner.index(b"PK\x01\x02")]
    content = zip_of({"a.bin": header, "b.xml": b"<b/>"}, zipfile.ZIP_STORED)
    inside = content.index(header)
    return patched(content, central(content, 1) + 42, struct.pack("<L", inside))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "parts that overlap": (overlapping, "contradicts itself about A.xm_"),
    "a part inside a part": (quoted, "holds parts that lie over one another"),
    "names that differ in case": (
        lambda: zip_of({"a.xml": b"1", "A.XML": b"2"}),
        "holds two parts with one name (A.XML)",
    ),
    "names that differ in the slash": (
        lambda: zip_of({"b/c.xml": b"1", "b_c.xml": b"2"}).replace(b"b_c.xml", b"b\\c.xml"),
        "holds two parts with one name",
    ),
    "a name from the root": (lambda: zip_of({"/a.xml": b"1"}), "holds a part with a name that no office file has"),
    "a name upwards": (lambda: zip_of({"b/../../a.xml": b"1"}), "holds a part with a name that no office file has"),
    "a drive": (lambda: zip_of({"C:/a.xml": b"1"}), "holds a part with a name that no office file has"),
    "a zero in a name": (
        lambda: zip_of({"a.xml_.exe": b"1"}).replace(b"a.xml_", b"a.xml\x00"),
        "holds a part with a name that no office file has",
    ),
    "another name before the part": (
        lambda: patched(zip_of(PARTS), 30, b"z"),
        "contradicts itself about a.xml",
    ),
    "another method before the part": (
        lambda: patched(zip_of(PARTS), 8, b"\x00\x00"),
        "contradicts itself about a.xml",
    ),
    "another size before the part": (lambda: patched(zip_of(PARTS), 22, b"\x01"), "contradicts itself about a.xml"),
    "another checksum before the part": (lambda: patched(zip_of(PARTS), 14, b"\x01"), "contradicts itself about a.xml"),
    "a part that unpacks to much": (
        lambda: zip_of({"a.xml": bytes(2 * 2**20)}),
        "unpacks to more than 200 times its size in a.xml",
    ),
    "something behind the end": (lambda: zip_of(PARTS) + b"more", "holds something behind its end"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_zip_that_contradicts_itself_is_refused(case: str) -> None:
    content, what = REFUSED[case]
    with pytest.raises(PackageError) as raised:
        entries(content(), BOUNDS)
    assert raised.value.what.startswith(what)


@pytest.mark.parametrize(
    "content",
    [
        zip_of({f"{number}.xml": b"" for number in range(21)}),
        zip_of({"a.bin": bytes(3 * 2**20 + 1)}),
        zip_of(PARTS) + bytes(100_000),
    ],
    ids=["parts", "unpacked", "file"],
)
def test_what_is_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(TooLargeError):
        entries(content, BOUNDS)


def test_a_directory_without_end_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = zip_of(PARTS)[central(zip_of(PARTS), 0) :][: 46 + len("a.xml")]
    content = bytearray(zip_of({"a.xml": b""}))
    start, end = content.index(b"PK\x01\x02"), len(content) - 22
    directory = entry * 1_900
    content[start:end] = directory
    content[-10:-6] = struct.pack("<L", len(directory))
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(TooLargeError):
        entries(bytes(content), BOUNDS)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"MZ" + zip_of(PARTS), zip_of(PARTS)[:-30]])
def test_what_is_no_zip_or_begins_as_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPackageError):
        entries(content, BOUNDS)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_office_files_do_not_have_are_refused(method: int) -> None:
    with pytest.raises(NotAPackageError):
        entries(zip_of(PARTS, method), BOUNDS)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_honest_zip_is_read_whole(method: int) -> None:
    content = zip_of(PARTS | {"folder/": b"", "ä.xml": b"<a/>"}, method)
    contents = {entry.filename: inflate(content, entry) for entry in entries(content, BOUNDS)}
    assert contents == PARTS | {"ä.xml": b"<a/>"}


def test_sizes_may_follow_the_part_as_in_a_zip_that_was_written_to_a_stream() -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *place: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", PARTS["a.xml"])
    (entry,) = entries(stream.getvalue(), BOUNDS)
    assert entry.flag_bits & 8
    assert inflate(stream.getvalue(), entry) == PARTS["a.xml"]


def test_more_than_a_part_is_said_to_hold_is_never_unpacked() -> None:
    content = zip_of({"a.bin": bytes(2**20)})
    small = content.replace(struct.pack("<L", 2**20), struct.pack("<L", 10))
    (entry,) = entries(small, BOUNDS)
    with pytest.raises(NotAPackageError):
        inflate(small, entry)


@given(st.data())
def test_a_byte_that_changes_does_no_harm(data: st.DataObject) -> None:
    content = zip_of(PARTS)
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = patched(content, at, bytes([data.draw(st.integers(0, 255))]))
    try:
        contents = {entry.filename: inflate(damaged, entry) for entry in entries(damaged, BOUNDS)}
    except PackageError:
        return
    # What is not refused is whole; a name may have changed, alike in both places, or been left out of the list.
    assert set(contents.values()) <= set(PARTS.values())
