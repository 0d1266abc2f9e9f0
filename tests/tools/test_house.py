"""The check of the house names what is new and what is listed for nothing: each rule is broken on purpose."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import house
import pytest

from tests.toolbox.examples import ROOT

SOUND = {
    "__init__.py": "",
    "base.py": "class Thing: ...\n",
    "one/__init__.py": "",
    "one/reading.py": "import jdgen.base\nfrom jdgen.one import writing\n",
    "one/writing.py": "from jdgen.base import Thing\n\n\ndef later():\n    import jdgen.two  # noqa: PLC0415  # slow\n",
    "two/__init__.py": "from jdgen.one import reading, writing\n",
    "two/use.py": "from jdgen.one.reading import x\n",
    "cli/__init__.py": "from jdgen.cli import command\n",
    "cli/command.py": "",
}


Listed = dict[str, dict[str, str]]


def said_of(
    folder: Path,
    changes: Mapping[str, str] = {},  # never changed
    exceptions: Listed | None = None,
) -> list[str]:
    for name, text in (SOUND | changes).items():
        path = folder / "jdgen" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return house.faults(folder, exceptions or {})


def test_the_package_is_in_order() -> None:
    assert house.faults(ROOT, tomllib.loads((ROOT / "tools/house.toml").read_text(encoding="utf-8"))) == []


def test_a_sound_package_has_no_faults(tmp_path: Path) -> None:
    assert said_of(tmp_path) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"two/alone.py": "", "two/use.py": "import jdgen.two.alone\nimport jdgen.one.reading\n"},
            "two.alone serves only",
        ),
        (
            {"cli/helper.py": "", "cli/command.py": "import jdgen.cli.helper\n"},
            "cli.helper serves only jdgen.cli.command",
        ),
        ({"base.py": "import jdgen.two\n\n\nclass Thing: ...\n"}, "jdgen.two import each other: turn one import round"),
        (
            {"two/use.py": "import jdgen.one.reading\n\n\nclass Thing: ...\n"},
            "class Thing is in jdgen.base and",
        ),
        (
            {"two/use.py": "import jdgen.one.reading\n\n\ndef f():\n    import json  # noqa: PLC0415\n"},
            "jdgen.two.use has 1 import(s) inside functions without a reason",
        ),
        (
            {"two/use.py": "import jdgen.one.reading\n\n\ndef f(page):\n    found = page\n    return found\n"},
            "jdgen.two.use: found (line 5) says a state: name what the thing is",
        ),
        ({"base.py": "class Thing:\n    told: str\n"}, "jdgen.base: told (line 2) says a state"),
        ({"base.py": "class Thing: ...\n\n\ndef made(): ...\n"}, "jdgen.base: made (line 4) says a state"),
        ({"base.py": "class Thing: ...\n\n\ndef f(_held): ...\n"}, "jdgen.base: _held (line 4) says a state"),
        ({"base.py": "class Thing: ...\n\n\nclass _Said: ...\n"}, "jdgen.base: _Said (line 4) says a state"),
        ({"base.py": "class Thing: ...\n\n\n_LOST = 3\n"}, "jdgen.base: _LOST (line 4) says a state"),
    ],
)
def test_what_is_new_is_named_until_it_is_listed(changes: dict[str, str], fault: str, tmp_path: Path) -> None:
    faults = said_of(tmp_path, changes)
    assert len(faults) == 1
    assert fault in faults[0]


def test_a_word_that_says_what_a_thing_is_beside_its_state_is_a_name_and_so_is_a_verb(tmp_path: Path) -> None:
    text = "class Thing:\n    EDITED = 1\n\n\ndef read(kept_rows): ...\n\n\ndef _put(is_found): ...\n"
    assert said_of(tmp_path, {"base.py": text}) == []


def test_what_is_listed_is_let_be_and_an_entry_for_nothing_is_named(tmp_path: Path) -> None:
    changes = {"two/use.py": "import jdgen.one.reading\n\n\nclass Thing: ...\n"}
    assert said_of(tmp_path, changes, {"doubled-classes": {"Thing": "for now"}}) == []
    assert said_of(tmp_path, changes, {"doubled-classes": {"Thing": " "}}) == [
        "tools/house.toml: doubled-classes: Thing: has no reason"
    ]
    assert said_of(tmp_path, changes, {"doubled-classes": {"Thing": "for now"}, "circles": {"a b": "types"}}) == [
        "tools/house.toml: circles: a b: is so no longer: delete the entry"
    ]


def test_a_reason_may_stand_in_a_comment_above_several_imports(tmp_path: Path) -> None:
    text = "import jdgen.one.reading\n\n\ndef f():\n    # Slow to import.\n    import json\n    import xml\n"
    assert said_of(tmp_path, {"two/use.py": text}) == []


def test_a_list_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="single: is no list of this check"):
        said_of(tmp_path, exceptions={"single": {}})
