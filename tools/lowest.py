"""Run some tests with the lowest versions of libraries that ``pyproject.toml`` allows, as ``make lowest`` does.

    python tools/lowest.py [OPTIONS OF PYTEST]

The newest are what ``make`` installs, and all tests run with. A bound that nobody has tried is a guess: here each
library has tests of what jdgen does with it, and documents are held to the very bytes that the newest make. uv says
which versions these are; libraries that jdgen does not name are the newest that fit them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "lowest"
EXTRAS = ("fast", "pdf")
#: What runs the tests, and has no part in jdgen.
RUNNERS = ("pytest", "pytest-xdist", "hypothesis", "hatchling", "openxml-audit", "page-validation")
#: For each library, tests of what jdgen does with it: short ones, and such that fail where it does something else.
TESTS = {
    "click": ("tests/acceptance/commands/test_main.py", "tests/acceptance/commands/test_completion.py"),
    "docxtpl": ("tests/template/test_docxtpl_faults.py",),
    "isal": ("tests/word/test_writing.py",),
    "jinja2": ("tests/template/test_dialect.py", "tests/template/test_parsing.py"),
    "jsonschema-rs": ("tests/text_files/test_schemas.py",),
    "lxml": ("tests/word/test_opening.py", "tests/word/test_dangers.py"),
    "markdown-it-py": ("tests/importing/test_markup_files.py",),
    "markupsafe": ("tests/template/test_compiled.py",),
    "openpyxl": ("tests/sheets/test_files.py", "tests/sheets/test_cells.py"),
    "pdfplumber": ("tests/importing/test_ruled.py",),
    # All of that file waits for LibreOffice for minutes; these are those that an older pikepdf fails.
    "pikepdf": (
        "tests/publishing/test_tagged_pdf.py::test_a_chart_is_in_the_tag_that_has_its_words",
        "tests/publishing/test_tagged_pdf.py::test_pictures_with_words_are_in_their_tags",
        "tests/publishing/test_tagged_pdf.py::test_each_picture_on_a_page_has_a_number_of_its_own",
    ),
    "python-docx": ("tests/revision/test_several_processes.py",),
    "pyyaml": ("tests/text_files/test_yaml_reading.py",),
    "rapidfuzz": ("tests/framework/test_comparison.py", "tests/revision/test_matching.py"),
    "rich": ("tests/acceptance/docs/test_docs.py",),
    "xlsxwriter": ("tests/reports",),
}
#: What all of them make together: documents, byte for byte. Kept transcripts have usage errors in Click's own words.
TOGETHER = ("tests/acceptance/golden", "tests/acceptance/kept/test_bytes.py")


def main(options: list[str]) -> None:
    """Make the environment, and run the tests in it. Ends as pytest does."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    versions, python = FOLDER / "versions.txt", FOLDER / "environment" / "bin" / "python"
    about = ["--quiet", *(f"--extra={extra}" for extra in EXTRAS)]
    run_uv("pip", "compile", "pyproject.toml", "--resolution", "lowest-direct", *about, "--output-file", str(versions))
    run_uv("venv", "--quiet", "--clear", "--python", sys.executable, str(FOLDER / "environment"))
    packages = ["--editable", f".[{','.join(EXTRAS)}]", *RUNNERS]
    run_uv("pip", "install", "--quiet", "--python", str(python), "--constraint", str(versions), *packages)
    print(versions.read_text(encoding="utf-8"))
    tests = sorted({test for some in TESTS.values() for test in some}) + list(TOGETHER)
    ran = subprocess.run(
        [str(python), "-m", "pytest", "-p", "no:cacheprovider", *tests, *options], cwd=ROOT, check=False
    )
    sys.exit(ran.returncode)


def run_uv(*arguments: str) -> None:
    """uv, with the Pythons of this machine alone."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    subprocess.run([sys.executable, "-m", "uv", *arguments], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
