"""Where a post stands in its organisation: the posts above, beside and below it, as a chart and in words.

Both are made of the same answers. What nobody has said of the posts above is asked for in words alone: a chart without
the post's manager would say that nobody manages it. Only posts are named, never who holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jdgen.drafting.block_id import id_of
from jdgen.drafting.library import Prompts
from jdgen.drafting.model import Block, OrganisationChart
from jdgen.drafting.review_notes import ReviewNote
from jdgen.drafting.texts import Giver, Text
from jdgen.post.fields import BY_NAME
from jdgen.post.model import Post
from jdgen.words import bare_words

#: The fields of the draft that print it.
CHART, IN_WORDS = "organisation_chart", "organisation_chart_text"
#: What is asked for in its words.
PROMPT_FIELDS = ("accountable_to", "responsible_to", "responsible_for")
# Of posts that the chart draws, the fields that name them.
_POST_FIELDS = ("responsible_to", "accountable_to", "peers", "posts_managed")
_BOTH, _THIS = "Responsible and accountable to", "This post"
_BETWEEN = "; "
# Posts of one kind that are named in the alternative text, which screen readers read in one go.
_MOST = 4
# A form of address with a name after it. "Sir" is none: places are called after people.
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z][\w'’-]+")


def with_posts_managed_in_words(post: Post) -> Post:
    """``post``, which is responsible for the posts that it lists, where it says nothing else."""
    if post.responsible_for or not post.posts_managed:
        return post
    return replace(post, responsible_for=_BETWEEN.join(post.posts_managed))


def organisation_chart(post: Post) -> OrganisationChart | None:
    """The chart of ``post``; nothing where its manager is not given."""
    if not post.responsible_to:
        return None
    above = post.accountable_to or ""
    return OrganisationChart(
        post=post.title,
        responsible_to=post.responsible_to,
        accountable_to=above,
        peers=post.peers,
        posts_managed=post.posts_managed,
        manages="" if post.posts_managed else post.responsible_for or "",
        description=_description(post, post.responsible_to),
    )


def chart_in_words(post: Post, prompts: Prompts) -> tuple[Block, ...]:
    """What the chart shows, a line for each kind of posts in it; with prompts for what is missing."""
    return tuple(
        Block(id_of(IN_WORDS, number), Text(f"{label}: {text}", Giver.PHRASE))
        for number, (label, text) in enumerate(_lines(post, prompts), 1)
        if text
    )


def _lines(post: Post, prompts: Prompts) -> Iterator[tuple[str, str]]:
    """Each line that there may be, always in its place: its label and what it says, '' for nothing."""
    above, manager, below = (getattr(post, name) or prompts[name].text for name in PROMPT_FIELDS)
    is_same = _is_same_above(post)
    yield BY_NAME["accountable_to"].heading, "" if is_same else above
    yield _BOTH if is_same else BY_NAME["responsible_to"].heading, manager
    yield _THIS, post.title
    yield BY_NAME["peers"].heading, _BETWEEN.join(post.peers)
    yield (
        BY_NAME["posts_managed" if post.posts_managed else "responsible_for"].heading,
        (_BETWEEN.join(post.posts_managed) or below),
    )


def _is_same_above(post: Post) -> bool:
    """Whether one post manages this post and answers for the area."""
    above, manager = post.accountable_to, post.responsible_to
    return above is not None and manager is not None and bare_words(above) == bare_words(manager)


def _description(post: Post, manager: str) -> str:
    """The chart's alternative text: how the posts stand to each other, in sentences."""
    if _is_same_above(post):
        above = f"is responsible and accountable to {manager}"
    else:
        above = f"is responsible to {manager}"
        above += f" and accountable to {post.accountable_to}" if post.accountable_to else ""
    sentences = [f"Organisation chart: {post.title}, this post, {above}."]
    if post.peers:
        others = "Other posts with the same manager are" if post.peers[1:] else "Another post with the same manager is"
        sentences.append(f"{others} {_some(post.peers)}.")
    if post.posts_managed:
        sentences.append(f"This post manages {_some(post.posts_managed)}.")
    elif post.responsible_for:
        sentences.append(f"What this post is responsible for: {post.responsible_for.rstrip('.')}.")
    return " ".join(sentences)


def _some(posts: Sequence[str]) -> str:
    """The first of ``posts`` and how many more there are: all are named in words."""
    names = [*posts[:_MOST]]
    if more := len(posts) - len(names):
        names.append(f"{more} more")
    *others, last = names
    if not others:
        return last
    if any("," in name for name in names):
        return f"{'; '.join(others)}; and {last}"
    return f"{', '.join(others)} and {last}"


def chart_notes(post: Post) -> Iterator[ReviewNote]:
    """What a person must see to: a chart that cannot be drawn, and people who are named where posts are meant."""
    if not post.responsible_to and post.organisation_chart is None:
        text = "No organisation chart is drawn until it is known which post manages this post (responsible_to)."
        yield ReviewNote("organisation chart", CHART, text, (CHART,))
    for name in _POST_FIELDS:
        value = getattr(post, name)
        for text in (value,) if isinstance(value, str) else value or ():
            if match := _PERSON.search(text):
                what = f"'{match[0]}' looks like a person's name. A job description names posts, never who holds them."
                yield ReviewNote("person named", name, what, (name, CHART, IN_WORDS))
