"""What the page shows of a draft, and the text of a job advert: what the post says, without prompts, and how long it
is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jdgen.drafting.model import JobDescription, Relationship
from jdgen.page.preview import listing_file, listing_texts, preview
from jdgen.post.fields import FIELDS
from tests.toolbox.drafts import drafted
from tests.toolbox.examples import POSTS, draft_of

LIMITS = [70, 1_500, 1_500, 1_500, 10_000]
#: Fields of the post that a document prints as they are given; the band stands in a statement of its own.
PRINTED = [field.key for field in FIELDS if field.meaning and field.key != "band"]


def with_answer(draft: JobDescription, key: str, answer: str) -> JobDescription:
    """``draft`` with ``answer`` for the field, in its only entry where it is a list."""
    value: Any = getattr(draft, key)
    if isinstance(value, tuple):
        part = "purpose" if isinstance(value[0], Relationship) else "text"
        value = (replace(value[0], **{part: answer}),)
    else:
        value = answer
    changes: dict[str, Any] = {key: value}
    return replace(draft, **changes)


@pytest.mark.parametrize("key", PRINTED)
def test_each_field_of_the_post_that_documents_print_is_in_the_preview(key: str) -> None:
    assert "So it is" in preview(with_answer(drafted("7"), key, "So it is"))


def test_the_band_is_in_the_preview() -> None:
    assert drafted("7").band_statement in preview(drafted("7"))


def test_a_draft_of_one_line_has_its_duties_and_no_prompt() -> None:
    texts = listing_texts(drafted("7"))
    assert [text.limit for text in texts] == LIMITS
    assert "[To complete" not in "".join(text.text for text in texts)
    overview, duties = texts[1], texts[4]
    assert overview.text == ""
    for heading in drafted("7").duty_headings:
        assert heading.title in duties.text
        assert all(f"- {duty.text}\n" in f"{duties.text}\n" for duty in heading.duties)


def test_a_whole_post_has_every_text_without_a_space_at_its_end() -> None:
    for post in POSTS:
        for text in listing_texts(draft_of(post)):
            assert text.text == text.text.strip() != "", (post, text.heading)


def test_what_is_too_long_is_told_and_nothing_is_cut() -> None:
    purpose = "x" * 1_501
    texts = listing_texts(drafted("7", purpose=purpose))
    assert texts[1].text == purpose
    assert "Job overview (1,501 of 1,500 characters, 1 too many)" in listing_file(texts)
    for length, length_text in ((99, "99 of 1,500 characters, 1 too few"), (100, "100 of 1,500 characters")):
        assert f"Job overview ({length_text})" in listing_file(listing_texts(drafted("7", purpose="x" * length)))
