"""The post file that people begin with: all that a post can say stands in it, and whatever it says is read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.loading import load_library
from jdgen.post.field import Field, FieldKind, Group
from jdgen.post.fields import FIELDS
from jdgen.post.reading import PostEntries, entries_of_options, entries_of_yaml, post_of
from jdgen.starters.post_file import NewPostFile, post_file
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.workspace import Workspace
from tests.post.test_fields import MADE_UP
from tests.toolbox.examples import ROOT
from tests.toolbox.other_levels import DATA, SPECIALISMS
from tests.toolbox.soak import budget

SHIPPED = Workspace(ROOT)
LEAST: dict[str, Any] = {"title": "PMO manager", "specialism": "pmo", "band": "7"}


def entries(**values: Any) -> PostEntries:
    return entries_of_options(values, {name: f"--{name}" for name in values}, Path())


def new(workspace: Workspace = SHIPPED, **values: Any) -> NewPostFile:
    return post_file(workspace, entries(**values), None)


def read(text: str) -> PostEntries:
    return entries_of_yaml(parse_yaml(text.encode(), "post.yaml"), Path())


def uncommented(text: str) -> str:
    """The text with all its examples as answers; what has none stays away."""
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    return "\n".join(line for line in lines if not re.fullmatch(r"level:|skills:", line))


def keys_in(text: str) -> set[str]:
    """The keys that stand in it, as answers or as examples, with those that they are in."""
    parents: list[str] = []
    keys: set[str] = set()
    for line in text.splitlines():
        if match := re.match(r"(?:# )?((?:  )*)(\w+):", line):
            depth = len(match[1]) // 2
            parents = [*parents[:depth], match[2]]
            keys.add(".".join(parents))
    return keys


def test_every_field_stands_in_it_in_the_order_of_its_groups() -> None:
    text = new().text
    assert {field.key for field in FIELDS} <= keys_in(text)
    assert re.findall(r"^##### (.+)$", text, re.MULTILINE) == [group.value for group in Group]


def test_a_field_that_is_new_in_the_table_appears_by_itself() -> None:
    text = post_file(SHIPPED, entries(**LEAST), None, (*FIELDS, MADE_UP)).text
    assert "## The kite that is flown.\n# kite: A red one\n" in text
    assert "kite" not in new(**LEAST).text


def test_what_is_known_is_filled_in_and_what_is_needed_is_told() -> None:
    assert new().missing == ("title", "band")
    file = new(**LEAST, hours="37.50", specialist_competences=["Reviews"])
    assert file.missing == ()
    assert read(file.text).values == {**LEAST, "hours": "37.50", "specialist_competences": ["Reviews"]}


def test_all_its_examples_are_sound() -> None:
    entries_of_examples = read(uncommented(new(**LEAST).text))
    assert entries_of_examples.problems == ()
    post = post_of(entries_of_examples)
    assert framework_problems(post, load_library(SHIPPED, post.specialism)) == ()
    answered = {field.key for field in FIELDS if getattr(post, field.name)}
    assert {field.key for field in FIELDS} - answered == {"level", "skills"}
    assert (post.own["post_number"], post.added_criteria[0].assessed_by) == ("0071", ("A", "I"))


@pytest.mark.parametrize("framework", SPECIALISMS)
def test_its_examples_are_of_the_framework_that_is_meant(framework: str) -> None:
    workspace = Workspace(DATA.parent)
    text = new(workspace, title="x", band="7", specialism=SPECIALISMS[framework]).text
    lines = [line.removeprefix("# ") for line in text.splitlines() if not re.fullmatch(r"# +\w+:", line)]
    entries_of_examples = read(
        "\n".join(line for line in lines if not line.startswith(("duties:", "criteria:", "readings:", "  ")))
    )
    post = post_of(
        PostEntries(
            {**LEAST, "specialism": SPECIALISMS[framework], "level": entries_of_examples.values["level"]}, {}, Path()
        )
    )
    assert framework_problems(post, load_library(workspace, post.specialism)) == ()


def test_what_every_post_has_is_told_as_an_example(tmp_path: Path) -> None:
    (tmp_path / "jdgen.toml").write_text("[own]\ndivision = 'Division'\npost_number = 'Post number'\n")
    common = PostEntries(
        {"specialism": "pmo", "employer": "A trust", "duties": {"add": []}, "own": {"division": "Surgery"}}, {}, Path()
    )
    file = post_file(Workspace(tmp_path), entries(title="x"), common)
    assert file.missing == ("band",)
    assert "jdgen.toml says it for every post: A trust. Write it here only where this post differs.\n# emp" in file.text
    assert file.text.endswith(
        "# own:\n## Division. jdgen.toml says it for every post.\n#   division: Surgery\n"
        "## Post number.\n#   post_number:\n"
    )


LINES = [field for field in FIELDS if field.option and field.kind is FieldKind.LINE]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80)
WRITTEN = st.one_of(
    TEXTS.filter(str.strip),
    st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,3})?", fullmatch=True),
    st.sampled_from(["yes", "~", "null", "1e3", "0x1f", "2026-11-28", "08", "#1", "-"]),
)


@given(st.sampled_from(LINES), WRITTEN, TEXTS.filter(str.strip))
@budget(60)
def test_whatever_is_filled_in_is_read_as_it_was_given(field: Field, typed_text: str, purpose: str) -> None:
    values = {**LEAST, field.key: typed_text, "purpose": f"{purpose}\n\n{purpose}"}
    entries_read, entries_meant = read(new(**values).text), entries(**values)
    assert entries_meant.problems == ()
    assert entries_read.problems == ()
    assert post_of(entries_read) == post_of(entries_meant)
