"""A batch takes work as there are posts: the thousandth costs no more than the tenth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.toolbox.growth import LINEAR, growth
from tests.toolbox.posts import Row, batch, csv_file, row


def alike(number: int) -> Row:
    return row(f"PMO manager {number}")


def of_one_name(number: int) -> Row:
    return row("PMO manager", Reference=f"REF {number}")


def with_problems(number: int) -> Row:
    return row(f"PMO manager {number}", band="VSM")


@pytest.mark.parametrize("post", [alike, of_one_name, with_problems])
def test_twice_as_many_more_posts_take_twice_as_much_more_work(post: Callable[[int], Row], tmp_path: Path) -> None:
    def make(count: int) -> None:
        folder = tmp_path / str(count)
        folder.mkdir()
        batch(folder, csv_file(folder / "posts.csv", map(post, range(count))), keep_going=True, jobs=1)

    make(1)  # so that what is read once is read
    assert growth(make, few=20, step=100) < LINEAR
