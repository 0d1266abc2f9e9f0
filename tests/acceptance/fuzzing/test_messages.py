"""Whatever people write wrongly in a file of theirs is answered in words that people know.

In each file a value, an entry, a list is put in place of another, left empty, made huge, left out, or given a name that
nothing has; no message may speak as the programs do that read the file.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from jdgen.app.documents import described_post, library_for
from jdgen.app.templates import check_templates
from jdgen.configuration import load_common_entries, load_configuration
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.loading import library_problems, load_placeholders
from jdgen.errors import JdgenError
from jdgen.framework.reading import load_framework
from jdgen.sheets.column_guesses import heading_words_of
from jdgen.sheets.column_map import read_column_map
from jdgen.sheets.heading_row import NO_OWN_COLUMNS
from jdgen.text_files.yaml_reading import read_yaml
from jdgen.workspace import Workspace
from tests.toolbox.data import DATA, shipped_library
from tests.toolbox.soak import IS_SOAK, count, seeds
from tests.toolbox.word import word_file

#: How programs speak, and nobody who fills in a form.
FORBIDDEN = re.compile(
    r"\b(?:None|NoneType|null|str|dict|int|float|bool|tuple|bytes|mapping|sequence|scalar|array|object|string|boolean"
    r"|schema|regex|regular expression|instance|validation|JSON|YAML|TOML|Jinja2?|docxtpl|XML|exception|traceback"
    r"|undefined|callable|iterable|token|parser|Errno|Error|end of (?:statement|print|template)|block tag)\b"
    r"|is not of type|additionalProperties|\^\[|\\S|\[a-z|\{1,|object at 0x|<class|less than the minimum|(?:x{200})",
)
WRONG: dict[str, Any] = {
    "a list": ["first", "second"],
    "an empty list": [],
    "a list of lists": [["first"]],
    "a list of entries": [{"first": 1}],
    "a list of nothing": [None],
    "entries": {"first": "second"},
    "no entries": {},
    "nothing": None,
    "an empty text": "",
    "blanks": "   ",
    "a number": 7,
    "a decimal number": 1.5,
    "a number below nought": -3,
    "yes": True,
    "a huge text": "x" * 5000,
    "many figures": "9" * 30,
    "marks": "{{ % <x> \\ #",
    "no day": "2026-13-45",
    "other words": "Something else",
}
POST = {
    "title": "PMO lead",
    "specialism": "pmo",
    "band": "7",
    "role_category": "specialist",
    "specialist_competences": ["reviews"],
    "entry_route": "project-delivery-professional",
    "readings": {"business-case": "paired-bands"},
    "employer": "North Moorshire NHS Trust",
    "clauses": "general",
    "picture": {"file": "logo.png", "description": "A moor"},
    "values": ["Kind", "Fair"],
    "dimensions": [{"measure": "Staff", "text": "3"}],
    "relationships": [{"who": "Sponsors", "setting": "internal", "purpose": "advise"}],
    "decisions": ["Plans the work"],
    "demands": [{"kind": "mental", "text": "Reads figures", "frequency": "Daily", "duration": "An hour"}],
    "duties": {
        "add": [{"heading": "Leadership", "text": "Chair the forum."}],
        "omit": [{"duty": "pmo.budget.7", "reason": "others do it"}],
        "reword": [{"duty": "pmo.leadership.7.1", "text": "Lead.", "reason": "shorter"}],
    },
    "criteria": {
        "add": [{"text": "Drives", "group": "skills", "importance": "essential", "assessed_by": ["A"], "serves": []}],
        "omit": [{"criterion": "resource-7", "reason": "asked already"}],
    },
    "own": {"division": "Surgery"},
}
SETTINGS = {
    "post": {"employer": "A trust", "specialism": "pmo", "values": ["Kind"], "own": {"division": "Surgery"}},
    "documents": {"template": "job-description", "output": "output", "filename": "{title}", "notes": "short"},
    "own": {"division": "Division"},
    "assessment": {"A": "AF Application form"},
}
COLUMNS = {"sheet": "Posts", "headings_row": 2, "columns": {"Post title": "Job title", "Grade": "own.grade"}}


def shipped(name: str) -> Any:
    """The values of a shipped file, with only the first entries of long lists."""
    return _shortened(yaml.safe_load((DATA / name).read_text(encoding="utf-8")))


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(each) for each in value[:12]]
    return {key: _shortened(each) for key, each in value.items()} if isinstance(value, dict) else value


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(f"{json.dumps(key)} = {_inline(each)}\n" for key, each in value.items())
    return f"{_inline(value)}\n"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return '""' if value is None else json.dumps(value)


def as_yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True))


# Each kind of file: where it lies, its values, how they are written, and what reads it.


def read_post(folder: Path) -> tuple[object, ...]:
    workspace = Workspace(folder)
    post = described_post(workspace, Path("post.yaml"), {}, {})
    return framework_problems(post, library_for(post, workspace))


def read_settings(folder: Path) -> tuple[object, ...]:
    workspace = Workspace(folder)
    load_configuration(workspace)
    common = load_common_entries(workspace, load_placeholders(workspace))
    return common.problems if common else ()


def read_columns(folder: Path) -> None:
    read_column_map(folder / "map.toml", "map.toml", NO_OWN_COLUMNS)


def read_headings(folder: Path) -> None:
    heading_words_of(read_yaml(folder / "framework_data/headings.yaml", "headings.yaml"), NO_OWN_COLUMNS, {})


def read_placeholders(folder: Path) -> None:
    load_placeholders(Workspace(folder))


def read_framework(folder: Path) -> None:
    load_framework(folder / "framework.yaml", "framework.yaml")


def read_added(folder: Path) -> tuple[object, ...]:
    """What is added to a framework: criteria, adaptations, statements, prompts."""
    library = shipped_library()
    return library_problems(Workspace(folder), library.framework, library.specialism)


Reader = Callable[[Path], Any]
FILES: dict[str, tuple[Callable[[], Any], Callable[[Any], str], Reader]] = {
    "post.yaml": (lambda: POST, as_yaml, read_post),
    "jdgen.toml": (lambda: SETTINGS, toml, read_settings),
    "map.toml": (lambda: COLUMNS, toml, read_columns),
    "framework.yaml": (lambda: shipped("frameworks/nhs-pccf.yaml"), as_yaml, read_framework),
    "framework_data/headings.yaml": (lambda: shipped("headings.yaml"), as_yaml, read_headings),
    "framework_data/placeholders.yaml": (lambda: shipped("placeholders.yaml"), as_yaml, read_placeholders),
    **{
        f"framework_data/{name}": (lambda name=name: shipped(name), as_yaml, read_added)  # type: ignore[misc]  # bound
        for name in (
            *("criteria/nhs-pccf-pmo.yaml", "adaptations/nhs-pccf-pmo.yaml", "clauses/general.yaml"),
            "prompts.yaml",
        )
    },
}


def spoilt(value: Any) -> Iterator[tuple[str, Any]]:
    """``value`` in all the ways in which one place of it may be wrong; entries of a list stand for one another."""
    shapes: set[tuple[Any, ...]] = set()
    for place in _places(value):
        shape = tuple("*" if isinstance(key, int) else key for key in place)
        if shape in shapes:
            continue
        shapes.add(shape)
        at = ".".join(map(str, place)) or "all"
        for fault, wrong in WRONG.items():
            yield f"{at}: {fault}", _with(value, place, lambda holder, key, wrong=wrong: holder.update({key: wrong}))  # type: ignore[misc]  # bound
        if place:
            yield f"{at}: left out", _with(value, place, lambda holder, key: holder.pop(key))
        for name in ("unheard_of", "Two Words", "9", "x" * 400):
            yield (
                f"{at}: with {name[:20]}",
                _with(value, (*place, name), lambda holder, key: holder.update({key: "x"})),
            )


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in entries:
        yield from _places(each, (*place, key))


def _with(value: Any, place: tuple[Any, ...], change: Callable[[Any, Any], object]) -> Any:
    """``value`` with a change at ``place``; unchanged where there can be none."""
    holder = {"all": copy.deepcopy(value)}
    keys = ("all", *place)
    at: Any = holder
    for key in keys[:-1]:
        at = at[key]
    if isinstance(at, list) and isinstance(keys[-1], int):
        entries = dict(enumerate(at))
        change(entries, keys[-1])
        at[:] = list(entries.values())
    elif isinstance(at, dict):
        change(at, keys[-1])
    return holder["all"]


def messages_of(reader: Reader, folder: Path) -> list[str]:
    """All that is said against what ``reader`` reads."""
    try:
        return list(map(str, reader(folder) or ()))
    except JdgenError as error:
        return list(map(str, error.problems))


def assert_plain(messages: list[str], how: str) -> None:
    for message in messages:
        assert FORBIDDEN.search(message) is None, f"{how}\n{message}"
        assert len(message) < 1500, f"{how}\n{message}"


@pytest.mark.soak
@pytest.mark.parametrize("name", FILES)
def test_wrong_values_are_told_in_words_that_people_know(folder: Path, name: str) -> None:
    values, writer, reader = FILES[name]
    every = list(spoilt(values()))
    number = len(every) if IS_SOAK else min(count(20), len(every))
    cases = random.Random(seeds(1).start).sample(every, number)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    refusals = 0
    for how, value in cases:
        path.write_text(writer(value), encoding="utf-8")
        messages = messages_of(reader, folder)
        refusals += bool(messages)
        assert_plain(messages, how)
    assert refusals * 4 > len(cases), "hardly anything of it was wrong"


BROKEN = (
    *("title: a: b\n", "title: x\n y: 2\n", "title:\n\tx: 1\n", "title: x\n---\ntitle: y\n", "values: [a,\n"),
    *("title: 'x\n", 'title: "a\\qb"\n', "title: @x\n", "title: &a x\nbase: *b\n", "values:\n- a\n b\n", "- a\nb: c\n"),
    *("title x\n", "? [a]\n: b\n", "{a: b", "!!python/object:os.x {}\n", "title: !x y\n", "%x\n", "'a' 'b': c\n"),
)


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_of_a_post_that_cannot_be_read_is_told_in_words_that_people_know(folder: Path, text: str) -> None:
    (folder / "post.yaml").write_text(text, encoding="utf-8")
    messages = messages_of(read_post, folder)
    assert messages
    assert_plain(messages, text)


UNREADABLE = (
    *(
        "a = b\n",
        "a = 'b\n",
        "a = 'b' c\n",
        "a\n",
        "a = [1,\n",
        "[post\n",
        "= 'x'\n",
        "a = 1\na = 2\n",
        "[post]\n[post]\n",
    ),
    *(
        'a = "\\q"\n',
        'a = "x\ny"\n',
        "a = {b = 'c'\n",
        "a = 2026-13-45\n",
        "a = 'x'\n[a.b]\nc = 1\n",
        "a = 01\n",
        "[]\n",
    ),
    *('a = """x\n', "a.b = 1\na = 2\n", "employer: A trust\n", "“a” = 'b'\n", "a = ‘b’\n", "a = 1__0\n"),
)


@pytest.mark.parametrize(("name", "reader"), [("jdgen.toml", read_settings), ("map.toml", read_columns)])
@pytest.mark.parametrize("text", UNREADABLE)
def test_settings_that_cannot_be_read_are_told_in_words_that_people_know(
    folder: Path, text: str, name: str, reader: Reader
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    messages = messages_of(reader, folder)
    assert messages
    assert_plain(messages, text)


TAGS = (
    *("{{ titel }}", "{{ title", "title }}", "{{ }}", "{{ title.x }}", "{{ title | upper }}", "{{ title() }}"),
    *("{{ 1 / 0 }}", "{{ duty_headings }}", "{{ own }}", "{{ title + 1 }}", "{{ title[0] }}", "{{ 'x }}", "{{ a b }}"),
    *("{% if %}", "{% if title %}", "{% endif %}", "{% for %}", "{% for x %}", "{% for x in title %}{% endfor %}"),
    *("{% for x in duty_headings %}", "{%p for x in duty_headings %}", "{% set x = 1 %}", "{% include 'x' %}"),
    *("{% unheard %}", "{% if title > 5 %}x{% endif %}", "{{ none }}", "{{ None }}", "{{ title if }}", "{{ [1] }}"),
    *(
        "{{ {'a': 1} }}",
        "{{ title | unheard }}",
        "{{ self }}",
        "{{ title is unheard }}",
        "{# title",
        "{%tr if title %}",
    ),
    *(
        "{% raw %}",
        "{{r title }}",
        "{{ x.y.z }}",
        "{{ duty_headings.0 }}",
        "{{ not }}",
        "{{ title ~ }}",
        "{% elif x %}",
    ),
)


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_that_is_none_is_told_in_words_that_people_know(folder: Path, tag: str) -> None:
    (folder / "ours.docx").write_bytes(word_file("{{ title }}", "{{ band }}", tag))
    try:
        (check,) = check_templates(Workspace(folder), ["ours.docx"])
    except JdgenError as error:
        messages = list(map(str, error.problems))
    else:
        messages = [f"{finding.what}: {finding.right}" for finding in check.findings]
    assert messages
    texts = [message.replace(tag, "") for message in messages]
    assert_plain(texts, tag)
