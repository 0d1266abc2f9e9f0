"""What is kept for later runs changes nothing but how long one takes: ``jdgen generate`` says and writes the same with
it, without it and while it is made; and then needs none of what reads templates and frameworks."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from jdgen.drafting.data import written_data
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_library, pictures_of
from jdgen.post.model import Post
from jdgen.post.reading import entries_of_file, post_of
from jdgen.template.compiled import written_template
from jdgen.template.compiling import compile_template
from jdgen.template.properties import is_verbatim
from jdgen.workspace import Workspace, display_path
from tests.toolbox.commands import Run
from tests.toolbox.examples import POSTS, ROOT, TEMPLATES, post_file
from tests.toolbox.word import png

DATE = datetime.date(2026, 11, 24)
#: What drafting and printing do not need, and with what is kept not even ``jdgen generate`` does.
READERS = ("lxml", "docxtpl", "docx", "jinja2", "markupsafe", "jsonschema_rs", "openpyxl", "rapidfuzz", "xlsxwriter")
WITHOUT = """
import sys

class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ImportError(name)

sys.meta_path.insert(0, Without())
"""


@pytest.fixture
def posts(folder: Path) -> tuple[Path, ...]:
    """The example posts, and one with a picture."""
    for name in POSTS:
        (folder / f"{name}.yaml").write_bytes(post_file(name).read_bytes())
    text = post_file(POSTS[0]).read_text(encoding="utf-8") + 'picture: {file: logo.png, description: "A logo"}\n'
    (folder / "pictured.yaml").write_text(text, encoding="utf-8")
    (folder / "logo.png").write_bytes(png(90, 40))
    return tuple(sorted(folder.glob("*.yaml")))


def arguments(post: Path, template: str, output: str) -> tuple[str, ...]:
    options = ("--output", f"{output}/{post.stem} {template}.docx", "--date", DATE.isoformat(), "--overwrite")
    return ("generate", "--post", post.name, "--template", template, *options)


@pytest.mark.parametrize("template", TEMPLATES)
def test_all_is_said_and_written_the_same_with_what_is_kept_and_without(
    run: Run, posts: tuple[Path, ...], template: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything() -> list[tuple[str, str, bytes]]:
        outcomes = []
        for post in posts:
            result = run(*arguments(post, template, "output"))
            assert result.exit_code == 0, result.output
            document = Path("output") / f"{post.stem} {template}.docx"
            outcomes.append((result.stdout, result.stderr, document.read_bytes()))
        return outcomes

    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("JDGEN_CACHE", "off")
    without = everything()
    assert not [*folder.glob("cache/jdgen/kept")]
    monkeypatch.setenv("JDGEN_CACHE", "on")
    assert everything() == without
    file_times = {file.name: file.stat().st_mtime_ns for file in folder.glob("cache/jdgen/kept/*")}
    assert len(file_times) == 3  # library, placeholders, template: nothing of a post
    assert everything() == without
    assert {file.name: file.stat().st_mtime_ns for file in folder.glob("cache/jdgen/kept/*")} == file_times


def test_a_second_run_needs_none_of_what_reads_templates_and_frameworks(run: Run, posts: tuple[Path, ...]) -> None:
    commands = [arguments(post, template, "{}") for post in posts for template in TEMPLATES]
    for line in commands:
        assert run(*(word.format("first") for word in line)).exit_code == 0
    again = [[word.format(folder) for word in line] for folder in ("first", "second") for line in commands]
    script = WITHOUT.format(names=READERS) + (
        "from jdgen.cli.main import main\n"
        f"for line in {again!r}:\n"
        "    try:\n"
        "        main(line, prog_name='jdgen')\n"
        "    except SystemExit as end:\n"
        "        assert not end.code\n"
    )
    contents = {path.name: path.read_bytes() for path in Path("first").iterdir()}
    assert len(contents) == len(commands)
    subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert {path.name: path.read_bytes() for path in Path("first").iterdir()} == contents
    assert {path.name: path.read_bytes() for path in Path("second").iterdir()} == contents


def test_a_second_batch_reads_no_framework_even_for_its_report(run: Run) -> None:
    Path("posts.csv").write_text("Job title,Specialism,Band\nAnalyst,PMO,6\nLead,PMO,8a\n", encoding="utf-8")
    commands = [
        ("batch", "posts.csv", "--output", folder, "--date", DATE.isoformat()) for folder in ("first", "second")
    ]
    assert run(*commands[0]).exit_code == 0
    script = WITHOUT.format(names=("jsonschema_rs",)) + (
        f"from jdgen.cli.main import main\nmain({commands[1]!r}, prog_name='jdgen')\n"
    )
    subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    first, second = ([*Path(folder).glob("*.docx")] for folder in ("first", "second"))
    assert len(first) == len(second) == 2
    assert (Path("second") / "report.html").is_file()


MIDDLE = (
    WITHOUT.format(names=(*READERS, "yaml", "click", "rich"))
    + """
import pickle
from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.data import read_data
from jdgen.drafting.library import Library
from jdgen.template.compiled import read_written_template

drafted, library, templates, posts = pickle.load(sys.stdin.buffer)
library = read_data(library, Library)
made = []
for name, content, is_verbatim in templates:
    sources = DocumentSources(
        library.verbatim() if is_verbatim else library, read_written_template(content, name), drafted, dated=True
    )
    made.append([make_document(post, sources, picture).content for post, picture in posts])
pickle.dump(made, sys.stdout.buffer)
"""
)


def test_drafting_and_printing_need_nothing_but_the_standard_library(run: Run, posts: tuple[Path, ...]) -> None:
    """From a library and templates as data, and posts, to the very documents that ``jdgen generate`` writes."""
    templates = []
    for template in TEMPLATES:
        path = ROOT / "templates" / f"{template}.docx"
        compiled = compile_template(path.read_bytes(), display_path(path))
        templates.append((compiled.name, written_template(compiled), is_verbatim(path.read_bytes())))
    parsed_posts: list[Post] = [post_of(entries_of_file(post)) for post in posts]
    library: Library = load_library(Workspace(Path()), "pmo")
    inputs = (DATE, written_data(library), templates, [(post, pictures_of(post)) for post in parsed_posts])
    middle = subprocess.run([sys.executable, "-c", MIDDLE], input=pickle.dumps(inputs), capture_output=True, check=True)
    for template, documents in zip(TEMPLATES, pickle.loads(middle.stdout), strict=True):
        for post, document in zip(posts, documents, strict=True):
            assert run(*arguments(post, template, "output")).exit_code == 0
            document_path = Path("output") / f"{post.stem} {template}.docx"
            assert document == document_path.read_bytes(), (template, post.name)
