"""The page for managers: from opening the file to the finished first draft, beside the bare start of Python in the
same browser; and the next draft."""

from __future__ import annotations

import base64
import gzip
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from measure import FOLDER, alternating
from playwright.sync_api import Browser, Page, sync_playwright
from tables import at_most, ms, table

from jdgen.app import Permissions
from jdgen.app.page import PageChoices, save_page
from jdgen.page.shell import ASSETS, WEB
from jdgen.workspace import Workspace

_FILES = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "python_stdlib.zip", "pyodide-lock.json")
_SLOWER, _NEXT = 1.5, 0.3
_OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
_PATIENCE = 180_000  # milliseconds
_HEADER = """## The page for managers

A page of the shipped workspace with all templates ({size:.1f} MB), opened from its file in Chromium without a network,
and beside it a page that starts the same Python from the same kind of file and adds 1 and 1. Medians of {rounds}
alternating rounds, each in a browser that keeps nothing.

"""
_MISSING = "## The page for managers\n\nNot measured: {what}.\n\n"
# The bare start: Pyodide's own files, and nothing of jdgen's.
# Pyodide starts in such a worker only where a policy keeps it from finding out that it is no module.
_BARE = """<!DOCTYPE html><meta charset="utf-8"><title>Bare</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:">
{files}<script>
async function content(name) {{
  const packed = Uint8Array.from(atob(document.getElementById(name).textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}}
(async () => {{
  const names = {names};
  const found = await Promise.all(names.map(content));
  const files = Object.fromEntries(names.map((name, at) => [name, found[at]]));
  files["pyodide-lock.json"] = new TextDecoder().decode(files["pyodide-lock.json"]);
  const source = new TextDecoder().decode(await content("bare.js"));
  const address = URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }}));
  const worker = new Worker(address);
  worker.onmessage = ({{ data }}) => {{
    const answer = document.createElement("p");
    document.body.append(Object.assign(answer, {{ id: "done", textContent: data }}));
  }};
  worker.postMessage(files);
}})();
</script>"""


def section(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    program = shutil.which("chromium")
    if not program:
        return _MISSING.format(what="Chromium is not installed")
    if not (ASSETS / _FILES[0]).is_file():
        return _MISSING.format(what="what browsers need is not here (`make page-assets`)")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        page, bare = Path(name) / "page.html", Path(name) / "bare.html"
        size = save_page(Workspace(FOLDER), page, PageChoices(), Permissions())
        bare.write_text(_bare(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=list(_OPTIONS))
        nexts: list[float] = []
        medians = alternating(
            {
                "bare": lambda: _until(browser, bare, "#done"),
                "draft": lambda: _until(browser, page, ".paper", nexts),
            },
            rounds,
        )
        browser.close()
    ratio, following = medians["draft"] / medians["bare"], sorted(nexts)[len(nexts) // 2]
    rows = (
        ("Python started, bare", ms(medians["bare"]), "", ""),
        ("the first draft is there", ms(medians["draft"]), f"{ratio:.2f}", at_most(ratio, _SLOWER)),
        ("the next draft", ms(following), "", f"≤ 300 ms: {'met' if following <= _NEXT else 'not met'}"),
    )
    return _HEADER.format(size=size / 1e6, rounds=rounds) + table(("case", "time", "of the bare start", "goal"), rows)


def _until(browser: Browser, file: Path, selector: str, nexts: list[float] | None = None) -> float:
    """Seconds from opening ``file`` until ``selector`` is there; then how long Python takes for other answers."""
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    started = time.perf_counter()
    page.goto(file.as_uri())
    page.wait_for_selector(selector)
    seconds_taken = time.perf_counter() - started
    if nexts is not None:
        nexts.append(_next_draft(page))
    context.close()
    return seconds_taken


def _next_draft(page: Page) -> float:
    """Seconds in which Python answers with the draft of another title."""
    (worker,) = page.workers
    answers: dict[str, Any] = {"specialism": "pmo", "band": "7", "title": "Another"}
    script = (
        "([values]) => { const from = performance.now(); ask('draft', [values, 0]); return performance.now() - from; }"
    )
    worker.evaluate(script, [answers])  # another band has to be drafted first
    return float(worker.evaluate(script, [{**answers, "title": "One more"}])) / 1000


def _bare() -> str:
    contents = {name: (ASSETS / name).read_bytes() for name in _FILES}
    contents["bare.js"] = _bare_worker().encode()
    files = "".join(
        f'<script type="text/plain" id="{name}">{base64.b64encode(gzip.compress(content, 9)).decode()}</script>'
        for name, content in contents.items()
    )
    return _BARE.format(files=files, names=list(_FILES))


def _bare_worker() -> str:
    """The page's worker up to where Python has started."""
    worker = (WEB / "worker.js").read_text(encoding="utf-8")
    start, _, rest = worker.partition('  step("Reading the framework");')
    assert rest, "the worker tells this step"
    module = rest[rest.index("async function module") :].partition("\n}\n")[0] + "\n}\n"
    begin = start[start.index("async function begin") :] + '  return python.runPython("1 + 1");\n}\n'
    home = next(line for line in worker.splitlines() if line.startswith("const HOME"))
    answering = "self.onmessage = async ({ data }) => self.postMessage(String(await begin(data)));\n"
    return f"{home}\nconst step = () => {{}};\n{answering}{begin}{module}"
