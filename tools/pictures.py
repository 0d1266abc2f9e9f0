"""The pictures of the README, made anew of real files: ``make pictures``.

A document and a redline are printed by LibreOffice and drawn by poppler; the page is what Chromium shows of it. Each is
cut to what the text beside it speaks of, and has few colours, so that it stays small. LibreOffice writes the number of
a paragraph with a tracked deletion in brackets; Word does not.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
_COLOURS = 96
_DOTS_PER_INCH = 110
_MARGIN = 18
_TITLE = "Programme office manager"
_EMPLOYER = "North Moorshire Ambulance Service NHS Trust"
_DRAFTED = "2026-11-24"
#: A release that is made up: what it words otherwise at band 8a.
_REWORDED = (
    ("version: transcribed 24 November 2026", "version: '2'"),
    ("Provide visible and effective leadership,", "Provide visible, kind and effective leadership,"),
    ("Lead the PMO, develop clear vision and standards and", "Lead the PMO, agree a clear vision and standards and"),
)


class Place(NamedTuple):
    """Where words stand in a PDF: the page, and how far down it, in pixels of the picture."""

    page: int
    top: int


def main() -> None:
    """Write all of them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _save(_document(folder), "document.png")
        _save(_redline(folder), "redline.png")
        _save(_page(folder), "page.png")


def _save(picture: Image.Image, name: str) -> None:
    few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / name, optimize=True)
    print(f"docs/pictures/{name}: {(PICTURES / name).stat().st_size:,} bytes, {few.width} × {few.height}")


def _jdgen(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "jdgen", *arguments], cwd=folder, check=True, capture_output=True)


def _document(folder: Path) -> Image.Image:
    """The head of a draft: what is known, and prompts for what is not."""
    post = ("--specialism", "pmo", "--band", "8a", "--title", _TITLE, "--employer", _EMPLOYER, "--hours", "37.5")
    _jdgen(folder, "generate", *post, "--date", _DRAFTED, "--output", "document.docx")
    return _cut(_print(folder, "document.docx"), "Job description and", "Accountable to")


def _redline(folder: Path) -> Image.Image:
    """Duties of that document, brought up to date with a release."""
    framework = (ROOT / "framework_data/frameworks/nhs-pccf.yaml").read_text(encoding="utf-8")
    for old, new in _REWORDED:
        assert framework.count(old) == 1, old
        framework = framework.replace(old, new)
    (folder / "release.yaml").write_text(framework, encoding="utf-8")
    release = ("--framework", "release.yaml", "--date", _DRAFTED)
    _jdgen(folder, "regenerate", "document.docx", *release, "--output", "redlined")
    return _cut(_print(folder, "redlined/document.docx"), "Main duties and", "Budget")


def _print(folder: Path, document: str) -> Path:
    """A Word file as it is printed."""
    pdf = (folder / document).with_suffix(".pdf")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(pdf.parent),
        str(folder / document),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return pdf


def _cut(pdf: Path, first: str, after: str) -> Image.Image:
    """What stands from the words ``first`` to the words ``after`` on one page."""
    top, end = _place(pdf, first), _place(pdf, after)
    assert top.page == end.page, f"{first} and {after} stand on two pages"
    target = pdf.with_name(f"{pdf.stem}-{top.page}")
    page = [str(top.page)]
    command = [
        "pdftoppm",
        "-png",
        "-r",
        str(_DOTS_PER_INCH),
        "-f",
        *page,
        "-l",
        *page,
        "-singlefile",
        str(pdf),
        str(target),
    ]
    subprocess.run(command, check=True, capture_output=True)
    picture = Image.open(target.with_suffix(".png")).convert("RGB")
    return picture.crop((_MARGIN * 3, top.top - _MARGIN, picture.width - _MARGIN * 3, end.top - _MARGIN // 2))


def _place(pdf: Path, words: str) -> Place:
    layout = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    for number, page in enumerate(layout.split("<page ")[1:], start=1):
        words_there = re.findall(r'yMin="([\d.]+)"[^>]*>([^<]*)</word>', page)
        words_sought = words.split()
        for at in range(len(words_there)):
            if [word for _, word in words_there[at : at + len(words_sought)]] == words_sought:
                return Place(number, round(float(words_there[at][0]) * _DOTS_PER_INCH / 72))
    raise AssertionError(f"{pdf.name} does not say: {words}")


def _page(folder: Path) -> Image.Image:
    """The page for managers with a draft in it."""
    _jdgen(folder, "page", "page.html")
    program = shutil.which("chromium")
    assert program, "Chromium is needed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        browser_page = browser.new_page(viewport={"width": 1000, "height": 1500})
        browser_page.set_default_timeout(180_000)
        browser_page.goto((folder / "page.html").as_uri())
        browser_page.wait_for_selector(".paper")
        browser_page.select_option("#field-band", "8a")
        browser_page.fill("#field-title", _TITLE)
        browser_page.locator(".paper", has_text=_TITLE).wait_for()
        browser_page.screenshot(path=folder / "page.png")
        browser.close()
    picture = Image.open(folder / "page.png").convert("RGB")
    return picture.resize((picture.width * 7 // 10, picture.height * 7 // 10), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
