"""An organisation chart drawn: each post in a box, with lines to the post that manages it.

It is as wide as the text of an A4 page with Word's usual margins, so that it is shown in the size in which it is drawn.
A row has at most four boxes. More posts of one kind stand in up to three rows in a frame, with one line to it, so that
no row seems to stand below another; of still more, the last box says how many. The drawing is black and grey: it has to
be read on a copy, in every organisation's colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from jdgen.drafting.model import OrganisationChart
from jdgen.template.metafile import Font, Metafile
from jdgen.words import bare_words

# Lengths are in twentieths of a point. 15.9 cm: between margins of one inch.
_WIDTH, _CENTRE = 9000, 4500
_ACROSS = 4
#: Posts that are drawn, with the same manager (the post itself among them) and below; of more, one box says how many
#: more there are. All of them together are no higher than a page.
MOST_BESIDE, MOST_BELOW = 2 * _ACROSS, 3 * _ACROSS
_ALONE, _WORDY = 3600, 7200
_GAP, _RISE, _INSIDE = 200, 440, 120
_LINE, _BASELINE = 270, 205
_MOST_LINES, _MOST_IN_FRAME = 5, 4
_TITLE, _THIS_TITLE, _LABEL = Font(220), Font(220, is_bold=True), Font(200)
_INK, _RULE, _PALE, _WHITE = 0x212B32, 0x425563, 0xE8EDEE, 0xFFFFFF
_THIN, _THICK = 20, 50
_DASH = 90


class Drawing(NamedTuple):
    """A drawing (EMF), its width and its height."""

    content: bytes
    width: int
    height: int


class _Post(NamedTuple):
    """What stands in a box."""

    title: str
    label: str = ""
    is_this: bool = False

    def lines(self, width: int, most: int) -> list[tuple[str, Font]]:
        """Its lines in a box of this width. A title goes on for at most so many; the last of them says if it does."""
        font, room = _THIS_TITLE if self.is_this else _TITLE, width - 2 * _INSIDE
        title = font.wrapped(self.title, room)
        if len(title) > most:
            title[most - 1 :] = [_going_on(title[most - 1], font, room)]
        label = _LABEL.wrapped(self.label, room) if self.label else ()
        return [*((line, _LABEL) for line in label), *((line, font) for line in title)]


def _going_on(line: str, font: Font, room: int) -> str:
    """``line`` with a mark that it goes on, within the room that there is."""
    while font.width(f"{line}…") > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


class _Box(NamedTuple):
    """A post in its place, and what it says there."""

    post: _Post
    lines: Sequence[tuple[str, Font]]
    left: int
    top: int
    width: int
    height: int

    @property
    def centre(self) -> int:
        """Where lines meet it."""
        return self.left + self.width // 2

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + self.height


@lru_cache(64)  # the same chart is drawn for the record and for the document
def draw_chart(chart: OrganisationChart) -> Drawing:
    """``chart`` as a drawing."""
    picture = Metafile()
    above = _above(chart)
    boxes = _row([above[0]], 0, _ALONE)
    for post in above[1:]:
        boxes += _row([post], boxes[-1].bottom + _RISE, _ALONE)
        _dash(picture, boxes[-2], boxes[-1])
    beside = _beside(chart)
    level = _level(picture, boxes[-1], beside)
    boxes += level
    this = next(box for box in level if box.post.is_this)
    if chart.posts_managed:
        boxes += _level(
            picture, this, [_Post(title) for title in _fitting_titles(chart.posts_managed, MOST_BELOW)], below=level
        )
    elif chart.manages:
        boxes += _level(picture, this, [_Post(chart.manages, "Responsible for")], below=level, alone=_WORDY)
    for box in boxes:
        _show(picture, box)
    frame = _INSIDE if len(chart.posts_managed or level) > _ACROSS else 0
    height = max(box.bottom for box in boxes) + frame + _THICK
    return Drawing(picture.content(_WIDTH, height), _WIDTH, height)


def _above(chart: OrganisationChart) -> list[_Post]:
    """The posts above, the highest first."""
    if not chart.accountable_to:
        return [_Post(chart.responsible_to, "Responsible to")]
    if bare_words(chart.accountable_to) == bare_words(chart.responsible_to):
        return [_Post(chart.responsible_to, "Responsible and accountable to")]
    return [_Post(chart.accountable_to, "Accountable to"), _Post(chart.responsible_to, "Responsible to")]


def _beside(chart: OrganisationChart) -> list[_Post]:
    """The post among those with the same manager: in the last row, near the middle, so that there is room below."""
    peers = [_Post(title) for title in _fitting_titles(chart.peers, MOST_BESIDE - 1)]
    first, last = (peers[:_ACROSS], peers[_ACROSS:]) if len(peers) >= _ACROSS else ([], peers)
    middle = len(last) // 2
    return [*first, *last[:middle], _Post(chart.post, "This post", is_this=True), *last[middle:]]


def _fitting_titles(titles: Sequence[str], most: int) -> list[str]:
    """As many of ``titles`` as there is room for, and how many more there are."""
    if len(titles) <= most:
        return list(titles)
    return [*titles[: most - 1], f"and {len(titles) - most + 1} more"]


def _level(
    picture: Metafile, manager: _Box, posts: Sequence[_Post], *, below: Sequence[_Box] = (), alone: int = _ALONE
) -> list[_Box]:
    """The boxes of ``posts`` and the lines from their ``manager``; they stand lower than what is ``below``."""
    top = max(box.bottom for box in (manager, *below)) + _RISE
    if len(posts) > _ACROSS:
        return _boxes_in_frame(picture, manager, posts, top)
    boxes = _row(posts, top, alone if len(posts) == 1 else 0)
    rule = top - _RISE // 2
    across = [manager.centre, *(box.centre for box in boxes)]
    picture.line((manager.centre, manager.bottom), (manager.centre, rule), _THIN, _RULE)
    picture.line((min(across), rule), (max(across), rule), _THIN, _RULE)
    for box in boxes:
        picture.line((box.centre, rule), (box.centre, top), _THIN, _RULE)
    return boxes


def _boxes_in_frame(picture: Metafile, manager: _Box, posts: Sequence[_Post], top: int) -> list[_Box]:
    """The boxes of ``posts`` in rows, in a frame that begins at ``top``, and a line from their ``manager`` to it."""
    boxes: list[_Box] = []
    for at in range(0, len(posts), _ACROSS):
        below = boxes[-1].bottom + _GAP if boxes else top + _INSIDE
        boxes += _row(posts[at : at + _ACROSS], below, most=_MOST_IN_FRAME, space=_WIDTH - 2 * _INSIDE)
    half = _THIN // 2
    height = boxes[-1].bottom + _INSIDE - top
    picture.box((half, top + half), (_WIDTH - _THIN, height - _THIN), _WHITE, _THIN, _RULE)
    picture.line((manager.centre, manager.bottom), (manager.centre, top), _THIN, _RULE)
    return boxes


def _row(posts: Sequence[_Post], top: int, width: int = 0, most: int = _MOST_LINES, space: int = _WIDTH) -> list[_Box]:
    """Boxes side by side in the middle of the page, as wide as that, or as there is room for in this space; see
    :meth:`_Post.lines` for ``most``."""
    count = len(posts)
    width = width or min((space - (count - 1) * _GAP) // count, _ALONE)
    texts = [post.lines(width, most) for post in posts]
    height = max(map(len, texts)) * _LINE + 2 * _INSIDE
    left = _CENTRE - (count * width + (count - 1) * _GAP) // 2
    return [
        _Box(post, lines, left + at * (width + _GAP), top, width, height)
        for at, (post, lines) in enumerate(zip(posts, texts, strict=True))
    ]


def _dash(picture: Metafile, upper: _Box, lower: _Box) -> None:
    """A broken line: there may be posts between the two."""
    for top in range(upper.bottom, lower.top, 2 * _DASH):
        end = min(top + _DASH, lower.top)
        picture.line((_CENTRE, top), (_CENTRE, end), _THIN, _RULE)


def _show(picture: Metafile, box: _Box) -> None:
    fill, weight, color = (_PALE, _THICK, _INK) if box.post.is_this else (_WHITE, _THIN, _RULE)
    # Half of the rule is drawn outside of its line.
    left, top, width, height = box.left + weight // 2, box.top + weight // 2, box.width - weight, box.height - weight
    picture.box((left, top), (width, height), fill, weight, color)
    first = box.top + (box.height - len(box.lines) * _LINE) // 2 + _BASELINE
    for at, (line, font) in enumerate(box.lines):
        picture.words((box.centre - font.width(line) // 2, first + at * _LINE), line, font, _INK)
