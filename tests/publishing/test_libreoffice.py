"""LibreOffice as a program that may be lacking, fall silent or die, and that is to fetch nothing."""

from __future__ import annotations

import http.server
import io
import shutil
import stat
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from jdgen.errors import JdgenError
from jdgen.publishing import libreoffice
from jdgen.publishing.libreoffice import Failure, find_office, print_each
from tests.toolbox.word import W, bytes_of, open_document, png, word_file

pytestmark = pytest.mark.slow

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
#: A program that behaves as LibreOffice does: says what it begins with, and writes a PDF that {PDF} is; what becomes of
#: a document is what stands in it.
LIKE_OFFICE = """#!{python}
import os, pathlib, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
for name in (each for each in sys.argv if each.endswith(".docx")):
    print("convert", name, "as a Writer document -> somewhere", flush=True)
    said = pathlib.Path(name).read_bytes()
    if said == b"dies":
        os.kill(os.getpid(), 9)
    elif said == b"sleeps":
        time.sleep(600)
    elif said != b"refused":
        (folder / pathlib.Path(name).with_suffix(".pdf").name).write_bytes(pathlib.Path("{pdf}").read_bytes())
"""


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A PDF of a page that says nothing."""
    blank = pikepdf.new()
    blank.add_blank_page()
    blank.save(tmp_path / "blank.pdf")
    return tmp_path / "blank.pdf"


@pytest.fixture
def like_office(tmp_path: Path, pdf: Path) -> str:
    program = tmp_path / "office"
    program.write_text(LIKE_OFFICE.format(python=sys.executable, pdf=pdf))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def print_all(office: str, *contents: bytes, silence: float = 60) -> list[bytes | Failure]:
    documents = [(Path(f"{number}.docx"), content) for number, content in enumerate(contents)]
    results = list(print_each(documents, office, silence))
    assert [path for path, _ in results] == [path for path, _ in documents]
    return [each for _, each in results]


def kinds(results: list[bytes | Failure]) -> list[str]:
    return [each.name if isinstance(each, Failure) else each[:4].decode() for each in results]


def test_what_ends_the_program_keeps_no_other_from_being_printed(like_office: str) -> None:
    results = print_all(like_office, b"sound", b"dies", b"sound", b"refused", b"dies", b"sound")
    assert kinds(results) == ["%PDF", "DIED", "%PDF", "REFUSED", "DIED", "%PDF"]


def test_one_that_falls_silent_is_stopped(like_office: str) -> None:
    start = time.monotonic()
    assert kinds(print_all(like_office, b"sound", b"sleeps", b"sound", silence=2)) == ["%PDF", "SILENT", "%PDF"]
    assert time.monotonic() - start < 60


def test_a_long_list_is_shared_out(like_office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "AT_ONCE", 2)
    assert kinds(print_all(like_office, b"sound", b"dies", b"refused", b"sound", b"sound")) == [
        *("%PDF", "DIED", "REFUSED", "%PDF", "%PDF"),
    ]


def test_a_program_that_says_nothing_and_fails_does_not_start() -> None:
    with pytest.raises(JdgenError, match=r"PDF: LibreOffice does not start: see what .*false says by itself"):
        print_all(shutil.which("false") or "", b"sound")


def test_a_program_that_is_gone_is_told() -> None:
    with pytest.raises(JdgenError, match="/nowhere/soffice: cannot be started"):
        print_all("/nowhere/soffice", b"sound")


@pytest.mark.parametrize(
    ("platform", "command"), [("linux", "apt install"), ("darwin", "brew install"), ("win32", "winget install")]
)
def test_where_it_is_lacking_the_command_to_install_it_is_told(platform: str, command: str) -> None:
    with pytest.raises(JdgenError, match=f"^PDF: LibreOffice, which makes it, is not here: install it: .*{command}"):
        find_office({"PATH": ""}, platform)


def test_where_the_extra_is_lacking_its_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(JdgenError, match=r"extra jdgen\[pdf\], which is not here: install it with: .* install "):
        find_office()


HEARD: list[str] = []


class _Listening(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        HEARD.append(self.path)
        self.send_error(404)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_OPTIONS(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server on this machine, which hears whatever is asked of it."""
    HEARD.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Listening) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def reaching_out(server: str) -> bytes:
    """A document with a picture, a text and a field that lie on ``server``."""
    document = open_document(word_file("A text"))
    paragraph = document.paragraphs[0]
    for code in (f'INCLUDEPICTURE "{server}/field.png" \\\\d', f'INCLUDETEXT "{server}/text.docx"'):
        for kind in ("begin", "instr", "separate", "text", "end"):
            run = paragraph.add_run()._r
            if kind == "instr":
                element = run.makeelement(f"{W}instrText", {})
                element.text = f" {code} "
            elif kind == "text":
                element = run.makeelement(f"{W}t", {})
                element.text = "as it was"
            else:
                element = run.makeelement(f"{W}fldChar", {f"{W}fldCharType": kind})
            run.append(element)
    document.add_picture(io.BytesIO(png()))
    [picture] = document.element.iter(f"{A}blip")
    picture.set(f"{R}link", document.part.relate_to(f"{server}/picture.png", f"{R[1:-1]}/image", is_external=True))
    del picture.attrib[f"{R}embed"]
    return bytes_of(document)


@needs_office
def test_nothing_is_fetched(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = reaching_out(server)
    assert kinds(print_all(find_office(), content)) == ["%PDF"]
    assert HEARD == []
    # What keeps it from fetching is what it is told, and not what the document says.
    monkeypatch.setattr(libreoffice, "_SETTINGS", ())
    assert kinds(print_all(find_office(), content)) == ["%PDF"]
    assert HEARD != []


@needs_office
def test_documents_come_back_in_order(tmp_path: Path) -> None:
    contents = [word_file(f"Document {number}") for number in range(3)]
    for number, content in enumerate(print_all(find_office(), *contents)):
        assert isinstance(content, bytes)
        path = tmp_path / "made.pdf"
        path.write_bytes(content)
        with pdfplumber.open(path) as pdf:
            assert pdf.pages[0].extract_text() == f"Document {number}"
