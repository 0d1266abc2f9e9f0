"""A compiled template is data: written, read again where nothing else is at hand, and refused where it was changed."""

from __future__ import annotations

import json

import pytest

from jdgen.drafting.model import JobDescription
from jdgen.template.compiled import CompiledTemplate, read_written_template, written_template
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from jdgen.template.steps import from_data
from tests.toolbox.examples import DRAFTED, TEMPLATES, shipped_template
from tests.toolbox.organisations.templates import TEMPLATES as ORGANISATIONS
from tests.toolbox.word import NAME


def templates() -> dict[str, CompiledTemplate]:
    organisations = {name: compile_template(make(), NAME) for name, make in list(ORGANISATIONS.items())[:4]}
    return {**{name: shipped_template(name) for name in TEMPLATES}, **organisations}


def test_a_template_that_was_written_and_read_makes_the_same_documents(draft: JobDescription) -> None:
    for name, template in templates().items():
        content = written_template(template)
        again = read_written_template(content, template.name)
        assert written_template(again) == content, name
        assert fill(again, draft, DRAFTED) == fill(template, draft, DRAFTED), name
        assert again.fields == template.fields, name


@pytest.mark.parametrize(
    "step",
    [
        {"PrintValue": [{"FieldOf": [{"Name": ["title"]}, "__class__"]}, ""]},
        {"PrintValue": [{"Name": ["__import__"]}, ""]},
        {"PrintValue": [{"Filter": [{"Name": ["title"]}, "attr", []]}, ""]},
        {"PrintValue": [{"Test": [{"Name": ["title"]}, "callable"]}, ""]},
        {"Compare": [{"Name": ["title"]}, [["contains", {"Name": ["band"]}]]]},
        {"Call": [{"Name": ["title"]}]},
        {"PrintValue": [], "Repeat": []},
    ],
)
def test_what_no_template_says_is_not_read(step: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_data(json.loads(json.dumps([step])))
