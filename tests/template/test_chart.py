"""The organisation chart as it is drawn: every post in a box, letters that can be read, lines to the manager."""

from __future__ import annotations

import re
from typing import Any

import pytest

from jdgen.drafting.model import OrganisationChart
from jdgen.template.chart import MOST_BELOW, MOST_BESIDE, draw_chart
from tests.toolbox.metafiles import ReadMetafile, read

Box = tuple[int, int, int, int]
POST, MANAGER, ABOVE = "Programme office manager", "Head of planning and change", "Director of strategy"
LONG = "Deputy director of transformation, communications and integrated community services (Rheolwr ŵ ŷ’r é)"
#: Between margins of one inch on A4: 210 mm less 50.8 mm.
TEXT_WIDTH = (210 - 50.8) / 25.4


def chart(**answers: Any) -> OrganisationChart:
    usual = {"post": POST, "responsible_to": MANAGER, "accountable_to": ABOVE, "peers": (), "posts_managed": ()}
    return OrganisationChart(**{**usual, "manages": "", "description": "x"} | answers)


def drawn_chart(**answers: Any) -> ReadMetafile:
    return read(draw_chart(chart(**answers)).content)


def names(what: str, count: int) -> tuple[str, ...]:
    return tuple(f"{what} {chr(65 + number)}" for number in range(count))


def holds(outer: Box, inner: Box) -> bool:
    """Whether a box lies within another, which is a frame."""
    return (
        outer != inner
        and all(a <= b for a, b in zip(outer[:2], inner[:2], strict=True))
        and (outer[2] >= inner[2] and outer[3] >= inner[3])
    )


def framed(drawing: ReadMetafile) -> tuple[list[Box], list[Box]]:
    """The frames, and the boxes of posts."""
    frames = [box for box in drawing.boxes if any(holds(box, other) for other in drawing.boxes)]
    return frames, [box for box in drawing.boxes if box not in frames]


def boxes_of(drawing: ReadMetafile) -> list[tuple[Box, str]]:
    """Each box of a post with all that stands in it."""
    return [
        (
            box,
            " ".join(
                text.text
                for text in drawing.texts
                if box[0] + 100 <= text.start and text.end <= box[2] - 100 and box[1] < text.baseline < box[3]
            ),
        )
        for box in framed(drawing)[1]
    ]


CHARTS: dict[str, dict[str, Any]] = {
    "least": {"accountable_to": ""},
    "one above": {"accountable_to": MANAGER},
    "in words": {"manages": "No staff. Shows new project support officers how to use the office’s systems."},
    "one each": {"peers": ("Risk manager",), "posts_managed": ("2 analysts",)},
    "four": {"peers": names("Peer", 3), "posts_managed": names("Analyst", 4)},
    "all rows": {"peers": names("Peer", MOST_BESIDE - 1), "posts_managed": names("Analyst", MOST_BELOW)},
    "more": {"peers": names("Peer", 12), "posts_managed": names("Analyst", 40)},
    "long": dict.fromkeys(("post", "responsible_to", "accountable_to"), LONG)
    | {"accountable_to": f"{LONG} 2", "peers": (LONG,) * (MOST_BESIDE - 1), "posts_managed": (LONG,) * MOST_BELOW},
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_text_stands_in_a_box_and_can_be_read_in_print(name: str) -> None:
    drawing = drawn_chart(**CHARTS[name])
    assert all(text.size / drawing.units * 72 >= 10 for text in drawing.texts)
    inside = " ".join(words for _, words in boxes_of(drawing))
    assert sorted(inside.split()) == sorted(word for text in drawing.texts for word in text.text.split())
    width, height = (inches * drawing.units for inches in drawing.inches)
    for left, top, right, bottom in (*drawing.boxes, *drawing.lines):
        assert 0 <= min(left, right) <= max(left, right) <= width
        assert 0 <= min(top, bottom) <= max(top, bottom) <= height


@pytest.mark.parametrize("name", CHARTS)
def test_it_fits_the_text_of_a_page(name: str) -> None:
    width, height = drawn_chart(**CHARTS[name]).inches
    assert width <= TEXT_WIDTH
    assert height <= (297 - 50.8) / 25.4 - 1  # and a heading above it


@pytest.mark.parametrize("name", CHARTS)
def test_no_box_lies_over_another(name: str) -> None:
    frames, posts = framed(drawn_chart(**CHARTS[name]))
    assert_apart([*frames, *(post for post in posts if not any(holds(frame, post) for frame in frames))])
    assert_apart(posts)


def assert_apart(boxes: list[Box]) -> None:
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


@pytest.mark.parametrize("name", CHARTS)
def test_every_box_is_joined_to_another_and_no_line_crosses_one(name: str) -> None:
    drawing = drawn_chart(**CHARTS[name])
    ends = {point for x, y, to_x, to_y in drawing.lines for point in ((x, y), (to_x, to_y))}
    frames, posts = framed(drawing)
    # The line goes to the frame; what stands in it needs none of its own.
    for left, top, right, bottom in (
        *frames,
        *(each for each in posts if not any(holds(frame, each) for frame in frames)),
    ):
        edge = range(left, right)
        assert any(x in edge and min(abs(y - top), abs(y - bottom)) <= 100 for x, y in ends)
    for left, top, right, bottom in posts:
        for x, y, to_x, to_y in drawing.lines:
            is_apart = (
                max(x, to_x) < left or right < min(x, to_x) or max(y, to_y) <= top + 30 or bottom - 30 <= min(y, to_y)
            )
            assert is_apart, (drawing.lines, (left, top, right, bottom))


def test_every_post_is_drawn_where_there_is_room() -> None:
    texts = [words for _, words in boxes_of(drawn_chart(**CHARTS["all rows"]))]
    assert texts[:2] == [f"Accountable to {ABOVE}", f"Responsible to {MANAGER}"]
    assert sorted(texts[2:]) == sorted(
        [f"This post {POST}", *names("Peer", MOST_BESIDE - 1), *names("Analyst", MOST_BELOW)]
    )


def test_of_more_posts_a_box_says_how_many_more() -> None:
    texts = [words for _, words in boxes_of(drawn_chart(**CHARTS["more"]))]
    assert [words for words in texts if "more" in words] == ["and 6 more", "and 29 more"]
    assert len(texts) == 2 + MOST_BESIDE + MOST_BELOW


@pytest.mark.parametrize(("below", "frames"), [(4, 0), (5, 1), (12, 1)])
def test_rows_of_one_level_stand_in_a_frame(below: int, frames: int) -> None:
    """Without it the second row looks like posts that the first row manages."""
    drawing = drawn_chart(posts_managed=names("Analyst", below))
    framed_boxes, posts = framed(drawing)
    assert len(framed_boxes) == frames
    assert [sum(holds(frame, post) for post in posts) for frame in framed_boxes] == [below] * frames


def test_titles_of_an_ordinary_length_are_whole_in_a_frame_too() -> None:
    peers = [f"Associate director, {area}" for area in ("digital", "estates programme", "workforce programme")]
    post = "Associate director, enterprise portfolio office"
    drawing = drawn_chart(post=post, peers=(*peers, "Associate director, clinical strategy"))
    texts = [words for _, words in boxes_of(drawing)]
    assert {f"This post {post}", *peers} <= set(texts)
    # Alone in its row it is as wide as a post above.
    widths = {words: box[2] - box[0] for box, words in boxes_of(drawing)}
    assert abs(widths[f"This post {post}"] - widths[f"Responsible to {MANAGER}"]) < 100


def test_a_title_that_is_too_long_says_that_it_goes_on() -> None:
    texts = [words for _, words in boxes_of(drawn_chart(**CHARTS["long"]))]
    assert all(words.endswith("…") for words in texts if words.startswith("Deputy"))
    assert drawn_chart(responsible_to=LONG).texts != drawn_chart(responsible_to=LONG[:-9]).texts


def test_what_is_said_in_words_of_posts_below_stands_below() -> None:
    drawing = drawn_chart(**CHARTS["in words"])
    assert re.fullmatch("Responsible for No staff. .* systems.", boxes_of(drawing)[-1][1])


@pytest.mark.parametrize("above", [MANAGER, f" {MANAGER.lower()} "])
def test_a_post_above_twice_is_drawn_once(above: str) -> None:
    """In whichever letters: the alternative text says so too."""
    assert [words for _, words in boxes_of(drawn_chart(accountable_to=above))] == [
        f"Responsible and accountable to {MANAGER}",
        f"This post {POST}",
    ]


def test_the_line_to_who_answers_for_the_area_is_broken() -> None:
    direct, over_area = (drawn_chart(accountable_to=above).lines for above in ("", ABOVE))
    assert len(over_area) > len(direct) + 1


def test_the_same_chart_is_the_same_drawing() -> None:
    assert draw_chart.__wrapped__(chart()).content == draw_chart.__wrapped__(chart()).content
    assert draw_chart(chart()).content != draw_chart(chart(post="Programme lead")).content
