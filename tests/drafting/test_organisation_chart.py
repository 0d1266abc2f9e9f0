"""The organisation chart of a draft: which posts are in it, the same in words, and what is told of it."""

from __future__ import annotations

from typing import Any

import pytest

from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.model import JobDescription, OrganisationChart, Picture
from jdgen.drafting.organisation_chart import CHART
from jdgen.drafting.review_notes import Rank, rank_of
from jdgen.levels import Band
from jdgen.post.model import Post
from tests.toolbox.data import shipped_library
from tests.toolbox.drafts import drafted
from tests.toolbox.examples import DRAFTED

ABOVE: dict[str, Any] = {"responsible_to": "Head of planning", "accountable_to": "Director of strategy"}
MANAGED = ("2 project analysts", "Data officer")


def lines(draft: JobDescription) -> list[str]:
    return [block.text for block in draft.organisation_chart_text]


def chart_of(**answers: Any) -> OrganisationChart:
    chart = drafted("7", **answers).organisation_chart
    assert isinstance(chart, OrganisationChart)
    return chart


def test_chart_and_words_say_the_same() -> None:
    draft = drafted("7", **ABOVE, peers=("Risk manager", "Planner"), posts_managed=MANAGED)
    title = draft.title
    assert lines(draft) == [
        "Accountable to: Director of strategy",
        "Responsible to: Head of planning",
        f"This post: {title}",
        "Posts with the same manager: Risk manager; Planner",
        "Posts managed: 2 project analysts; Data officer",
    ]
    chart = draft.organisation_chart
    assert isinstance(chart, OrganisationChart)
    assert (chart.post, chart.responsible_to, chart.accountable_to) == (title, *ABOVE.values())
    assert (chart.peers, chart.posts_managed, chart.manages) == (("Risk manager", "Planner"), MANAGED, "")
    assert chart.description == (
        f"Organisation chart: {title}, this post, is responsible to Head of planning and accountable to Director of "
        "strategy. Other posts with the same manager are Risk manager and Planner. This post manages 2 project "
        "analysts and Data officer."
    )


def test_what_is_said_in_words_of_posts_managed_stands_where_they_are_not_listed() -> None:
    fields: dict[str, Any] = {**ABOVE, "responsible_for": "No staff."}
    assert lines(drafted("7", **fields))[-1] == "Responsible for: No staff."
    assert chart_of(**fields).manages == "No staff."
    assert "responsible for: No staff." in chart_of(**fields).description
    assert lines(drafted("7", **fields, posts_managed=MANAGED))[-1].startswith("Posts managed: ")
    assert chart_of(**fields, posts_managed=MANAGED).manages == ""


def test_a_post_that_lists_whom_it_manages_is_not_asked_again() -> None:
    draft = drafted("7", posts_managed=MANAGED)
    assert draft.responsible_for == "2 project analysts; Data officer"
    assert not [note for note in draft.notes if note.subject == "responsible_for" and note.topic == "to complete"]
    assert drafted("7", posts_managed=MANAGED, responsible_for="A team of 3").responsible_for == "A team of 3"


def test_a_line_has_its_id_whichever_others_there_are() -> None:
    few = drafted("7", responsible_to="The board", accountable_to="the  Board")
    assert [(block.id, block.text) for block in few.organisation_chart_text][:2] == [
        ("organisation_chart_text.2", "Responsible and accountable to: The board"),
        ("organisation_chart_text.3", f"This post: {few.title}"),
    ]
    many = drafted("7", **ABOVE, peers=("Planner",), posts_managed=MANAGED)
    ids = [block.id for block in many.organisation_chart_text]
    assert ids == [f"organisation_chart_text.{number}" for number in range(1, 6)]


def test_without_a_manager_nothing_is_drawn_and_words_ask_for_it() -> None:
    draft = drafted("7", accountable_to="Director of strategy", peers=("Planner",))
    assert draft.organisation_chart is None
    assert lines(draft)[1] == "Responsible to: [To complete: title of the post that manages this post]"
    (note,) = (note for note in draft.notes if note.subject == CHART)
    assert rank_of(note.topic) is Rank.KNOW  # the manager is asked for
    assert note.concerns(["organisation_chart"])
    assert not note.concerns(["title"])
    manager_note = next(note for note in draft.notes if note.subject == "responsible_to")
    assert manager_note.concerns(["organisation_chart_text"])
    assert manager_note.concerns(["responsible_to"])


def test_many_posts_are_all_named_in_words_and_the_first_in_the_alternative_text() -> None:
    posts = tuple(f"Manager {number}" for number in range(1, 12))
    draft = drafted("7", **ABOVE, peers=posts[:1], posts_managed=posts)
    assert lines(draft)[-1] == f"Posts managed: {'; '.join(posts)}"
    description = chart_of(**ABOVE, peers=posts[:1], posts_managed=posts).description
    assert "Another post with the same manager is Manager 1." in description
    assert "This post manages Manager 1, Manager 2, Manager 3, Manager 4 and 7 more." in description


@pytest.mark.parametrize(
    "answers",
    [
        {"responsible_to": "Dr Jane Smith"},
        {"accountable_to": "Director of strategy (Mr O’Neill)"},
        {"peers": ("Planner", "Mrs. Ellis")},
        {"posts_managed": ("Prof Siân Davies",)},
    ],
)
def test_a_person_who_is_named_is_told(answers: dict[str, Any]) -> None:
    (note,) = (note for note in drafted("7", **answers).notes if note.topic == "person named")
    assert note.subject == next(iter(answers))
    assert rank_of(note.topic) is Rank.DECIDE


@pytest.mark.parametrize("title", ["Professor of surgery", "Sir Ludwig Guttmann unit manager", "Dr", "Miss", "MR lead"])
def test_a_title_of_a_post_is_no_person(title: str) -> None:
    assert not [note for note in drafted("7", responsible_to=title).notes if note.topic == "person named"]


@pytest.mark.parametrize("name", ["picture", "organisation_chart"])
def test_a_picture_that_makes_documents_too_large_is_told(name: str) -> None:
    post = Post("PMO lead", "pmo", Band("7"))
    sizes = {}
    for size in (500_000, 512_000):
        pictures = {name: Picture(bytes(size), "The office")}
        notes = draft_job_description(post, shipped_library(), DRAFTED, pictures).notes
        sizes[size] = [note for note in notes if note.topic == "picture"]
    assert sizes[500_000] == []
    (note,) = sizes[512_000]
    assert (note.subject, note.fields) == (name, (name,))
    assert "512 kB" in note.text


def test_a_chart_of_the_post_s_own_is_in_the_place_of_the_drawn_one() -> None:
    picture = Picture(b"x", "The office")
    post = Post("PMO lead", "pmo", Band("7"), responsible_to="Head of planning")
    assert draft_job_description(post, shipped_library(), DRAFTED, {CHART: picture}).organisation_chart is picture
    without = draft_job_description(post, shipped_library(), DRAFTED, {"picture": picture})
    assert isinstance(without.organisation_chart, OrganisationChart)


def test_titles_with_commas_are_told_apart() -> None:
    draft = drafted(
        "7", responsible_to="Head of planning", posts_managed=("Analyst, data", "Analyst, finance", "Planner")
    )
    assert draft.organisation_chart is not None
    assert "This post manages Analyst, data; Analyst, finance; and Planner." in draft.organisation_chart.description
