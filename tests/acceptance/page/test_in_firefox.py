"""The page in Firefox, driven by puppeteer: the same file, the same bytes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.toolbox.commands import Run
from tests.toolbox.examples import POSTS, ROOT, post_file

SCRIPT = Path(__file__).with_name("firefox.mjs")
PUPPETEER = ROOT / "build/npm/node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js"


def test_firefox_makes_the_document_that_generate_makes(page_file: Path, run: Run, folder: Path) -> None:
    firefox, node = shutil.which("firefox-esr") or shutil.which("firefox"), shutil.which("node")
    assert firefox, "the test needs Firefox: apt-get install firefox-esr"
    assert node, "the test needs Node.js: apt-get install nodejs"
    words = (node, SCRIPT, PUPPETEER, firefox, page_file, post_file(POSTS[0]), "from Firefox.docx")
    answer = subprocess.run([*map(str, words)], capture_output=True, text=True, timeout=400, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert run("generate", "--post", str(post_file(POSTS[0])), "--output", "out").exit_code == 0
    (path,) = Path("out").glob("*.docx")
    assert Path("from Firefox.docx").read_bytes() == path.read_bytes()
    report = json.loads(answer.stdout)
    assert [
        url[:80] for url in report["asked"] if url != page_file.as_uri() and not url.startswith(("blob:", "data:"))
    ] == []
    # Pyodide tries whether it may import a script from a data: address, and the page allows none.
    assert [complaint for complaint in report["complaints"] if "data:text/javascript" not in complaint] == []
