"""The text of a job advert: what the post says, without prompts, and how long it is."""

from __future__ import annotations

from jdgen.page.preview import listing_file, listing_texts
from tests.toolbox.drafts import drafted
from tests.toolbox.examples import POSTS, draft_of

LIMITS = [70, 1_500, 1_500, 1_500, 10_000]


def test_a_draft_of_one_line_has_its_duties_and_no_prompt() -> None:
    texts = listing_texts(drafted("7"))
    assert [one.limit for one in texts] == LIMITS
    assert "[To complete" not in "".join(one.text for one in texts)
    overview, duties = texts[1], texts[4]
    assert overview.text == ""
    for heading in drafted("7").duty_headings:
        assert heading.title in duties.text
        assert all(f"- {duty.text}\n" in f"{duties.text}\n" for duty in heading.duties)


def test_a_whole_post_has_every_text_without_a_space_at_its_end() -> None:
    for post in POSTS:
        for one in listing_texts(draft_of(post)):
            assert one.text == one.text.strip() != "", (post, one.heading)


def test_what_is_too_long_is_told_and_nothing_is_cut() -> None:
    purpose = "x" * 1_501
    texts = listing_texts(drafted("7", purpose=purpose))
    assert texts[1].text == purpose
    assert "Job overview (1,501 of 1,500 characters, 1 too many)" in listing_file(texts)
    for length, told in ((99, "99 of 1,500 characters, 1 too few"), (100, "100 of 1,500 characters")):
        assert f"Job overview ({told})" in listing_file(listing_texts(drafted("7", purpose="x" * length)))
