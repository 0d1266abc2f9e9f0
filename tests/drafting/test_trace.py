"""Each printed text of the examples is the source's, a listed adaptation's, our marked data's or the post's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
import yaml

from jdgen.drafting.model import JobDescription
from tests.toolbox.data import SOURCE_TEXT, shipped_library
from tests.toolbox.drafts import adapted, data
from tests.toolbox.examples import POSTS, draft_of, post_file

#: Not printed as text, or checked elsewhere: ids and references, the numbers of duties, and what is drawn.
UNPRINTED = {"id", "serves", "statement", "number", "notes", "origin", "organisation_chart"}
#: The only words that the code itself prints: kinds of effort, the two settings of a contact, the two importances, that
#: there is no criterion of one of them, and how posts stand to each other.
LABELS = {
    *("Physical effort", "Mental effort", "Emotional effort", "Working conditions"),
    *("Internal", "External", "Essential", "Desirable", "None"),
    *("Accountable to", "Responsible to", "This post", "Posts with the same manager"),
    *("Posts managed", "Responsible for"),
    *("as published", "as published, but for what was changed for this post"),
    *("adapted", "adapted, and changed for this post"),
}


def printed_texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Enum):
        yield path, str(value.value)
    elif isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in UNPRINTED:
                yield from printed_texts(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from printed_texts(part, f"{path}.{index}")
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from printed_texts(part, f"{path}.{name}")
    else:
        assert value is None or isinstance(value, bool | bytes), (path, value)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    else:
        yield str(value)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def of_the_post(post: str) -> set[str]:
    """All texts of a post file, whole and by paragraph."""
    texts = list(strings(yaml.load(post_file(post).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)))
    return {flat(part) for text in texts for part in (text, *re.split(r"\n\s*\n", text))}


def of_the_adaptations() -> str:
    """Every statement after the changes that are listed for it."""
    rows = shipped_library().specialism.rows
    return "\n".join(
        adapted(statement.id, text)
        for row in rows
        for statement in row.statements
        for text in (statement.text, *statement.entries)
        if text
    )


def of_our_data() -> set[str]:
    criteria, prompts, framework = (
        data("criteria/nhs-pccf-pmo.yaml"),
        data("prompts.yaml"),
        data("frameworks/nhs-pccf.yaml"),
    )
    specialism = framework["specialisms"][0]
    return {
        *(flat(text) for text in strings(data("clauses/general.yaml"))),
        *(f"[To complete: {flat(prompt['ask'])}]" for prompt in prompts["prompts"]),
        *(flat(criterion["text"]) for criterion in criteria["criteria"] + criteria["competences"]),
        *(part for method in criteria["assessment"] for part in (method["code"], method["name"])),
        *(group["title"] for group in criteria["groups"]),
        *(category["title"] for category in specialism["role_categories"]),
        *(framework[name] for name in ("title", "publisher", "version")),
        *(prompt["meanwhile"] for prompt in prompts["prompts"] if "meanwhile" in prompt),
        *prompts["phrases"].values(),
    }


OUR_DATA = of_our_data()
ADAPTED = of_the_adaptations()
CODES = {method["code"] for method in data("criteria/nhs-pccf-pmo.yaml")["assessment"]}


def filled_phrases(post: str) -> set[str]:
    fields = yaml.load(post_file(post).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    phrases = data("prompts.yaml")["phrases"]
    values = {"band": str(fields["band"]), "reference": str(fields.get("je_reference", ""))}
    return {phrases[name].format(**values) for name in ("band", "evaluated_band")}


def is_qualification_wording(text: str) -> bool:
    """Our wording around entries of the source's lists, and nothing else in it."""
    wording = data("criteria/nhs-pccf-pmo.yaml")["qualifications"]
    for form, separator in ((wording["one"], None), (wording["several"], "; ")):
        before, _, after = re.sub(r"\{\w+\}", "\0", form).partition("\0")
        if text.startswith(before) and text.endswith(after):
            words = text[len(before) : len(text) - len(after)]
            return all(entry in ADAPTED.split("\n") for entry in (words.split(separator) if separator else [words]))
    return False


def stands_in(text: str, whole: str) -> bool:
    """Whether ``text`` is a line or cell of ``whole``, or several of its words without a broken one."""
    if text in re.split(r"[\t\n]", whole):
        return True
    return " " in text and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", whole) is not None


def origin(text: str, post: str) -> str | None:
    whole = flat(text)
    if stands_in(whole, SOURCE_TEXT):
        return "source"
    if stands_in(whole, ADAPTED):
        return "adaptation"
    if whole in OUR_DATA | LABELS | filled_phrases(post) or is_qualification_wording(whole):
        return "ours"
    if whole in of_the_post(post):
        return "post"
    if set(whole.split(", ")) <= CODES:
        return "ours"
    label, _, posts = whole.partition(": ")
    is_labelled = label in LABELS and {origin(each, post) for each in posts.split("; ")} <= {"post", "ours"}
    return "post" if is_labelled else None


@pytest.mark.parametrize("post", POSTS)
def test_every_text_of_an_example_draft_has_an_origin(post: str) -> None:
    draft = draft_of(post)
    untraced = [(path, text) for path, text in printed_texts(draft) if origin(text, post) is None]
    assert untraced == [(".date", "24 November 2026"), (".framework.level", f"band {draft.band}")]


@pytest.mark.parametrize("post", POSTS)
def test_every_origin_is_used_in_every_draft(post: str) -> None:
    assert {origin(text, post) for _, text in printed_texts(draft_of(post))} >= {"source", "adaptation", "ours", "post"}


@pytest.mark.parametrize(
    "text", ["Lead the hospital.", "Excellent skills", "[To complete: shoe size]", "A, Z", "Manag", "roject contro"]
)
def test_a_text_from_nowhere_has_no_origin(text: str) -> None:
    assert origin(text, POSTS[0]) is None


@pytest.mark.parametrize("post", POSTS)
def test_no_text_is_printed_that_nobody_wrote(post: str) -> None:
    for path, text in printed_texts(draft_of(post)):
        # The levels of the shipped framework are bands, and it has no others; a side with criteria has no None.
        # Nor has it groups of headings.
        assert text.strip() or path in (".level", ".level_word") or ".no_" in path or path.endswith(".group"), path
        assert "{" not in text, path


def test_every_field_of_a_draft_is_walked() -> None:
    draft: JobDescription = replace(draft_of(POSTS[0]), own={"division": "Surgery"})
    walked = {path.split(".")[1] for path, _ in printed_texts(draft)}
    assert {field.name for field in fields(draft)} - walked == {
        "picture",
        "organisation_chart",
        "notes",
        "requirements",
    }
