"""Posts wait on disk between the look at every row and the making of documents."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.batch.spool import PlannedPost, PostSpool, pack
from jdgen.errors import JdgenError
from jdgen.levels import Band
from jdgen.post.model import Post
from tests.toolbox.posts import batch, csv_file, rows


def post(number: int) -> PlannedPost:
    return PlannedPost(number, f"row {number}", Post(f"Manager {number}", "pmo", Band.parse("7")), (f"{number}.docx",))


@given(st.lists(st.integers(0, 5), max_size=6), st.sets(st.integers(0, 30)))
def test_all_posts_come_back_in_order_but_those_left_out(sizes: list[int], left_out: set[int]) -> None:
    with PostSpool() as spool:
        first = 0
        for size in sizes:
            spool.add(pack([post(number) for number in range(size)]), first)
            first += size
        for _ in range(2):
            posts = [planned for chunk in spool.chunks(left_out) for planned in chunk.posts()]
            assert [planned.number for planned in posts] == [n for n in range(first) if n not in left_out]
    numbers = iter(number for size in sizes for number in range(size))
    titles = [f"Manager {number}" for position, number in enumerate(numbers) if position not in left_out]
    assert [planned.post.title for planned in posts] == titles


def test_no_room_for_temporary_files_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(40))
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    real = tempfile.TemporaryFile

    def always_full(*arguments: Any, **keywords: Any) -> Any:
        return real(*arguments, **keywords) if keywords else full.open("r+b", buffering=0)

    monkeypatch.setattr("jdgen.batch.spool.tempfile.TemporaryFile", always_full)
    with pytest.raises(JdgenError, match="posts cannot be kept there while they are looked at"):
        batch(tmp_path, posts)
    assert not (tmp_path / "output").exists()
