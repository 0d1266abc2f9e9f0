"""Posts of one name: what tells them apart, and what becomes of documents that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.batch.batch import TO_MEND
from jdgen.batch.namesakes import DocumentFolder, NamesakeNames, namesake, tell_apart, telling_fields
from jdgen.document.names import MAX_NAME
from jdgen.levels import Band
from jdgen.post.model import Post
from tests.toolbox.documents import edit_document
from tests.toolbox.posts import batch, csv_file, documents, row

TEMPLATE, NAME = "job-description.docx", "Job description Analyst band 6.docx"
NOWHERE = DocumentFolder(None)
texts = st.text("aA/b .", max_size=4)


def test_only_a_file_that_a_post_s_may_be_named_like_is_its(tmp_path: Path) -> None:
    for name in ("X.docx", "X two.docx", "X.docx.docx", "X.docx two.docx", "Xenia.docx"):
        (tmp_path / name).touch()
    names_by_stem = {stem: {path.name for path in DocumentFolder(tmp_path).with_stem(stem)} for stem in ("X", "X.docx")}
    assert names_by_stem == {
        "X": {"X.docx", "X two.docx", "X.docx.docx", "X.docx two.docx"},
        "X.docx": {"X.docx.docx", "X.docx two.docx"},
    }


def tell_posts_apart(*posts: Mapping[str, object], name: str = NAME) -> NamesakeNames:
    sakes = [
        namesake(number, f"posts.csv:{number + 2}", Post(**{"title": "Analyst", "specialism": "pmo", **fields}))  # type: ignore[arg-type]
        for number, fields in enumerate({"band": Band.parse("6"), **fields} for fields in posts)
    ]
    return tell_apart(sakes, name, TEMPLATE, NOWHERE)


def words(apart: NamesakeNames) -> list[str]:
    start, end = NAME.removesuffix(".docx"), ".docx"
    return [name.removeprefix(start).removesuffix(end).strip() for _, name in sorted(apart.names.items())]


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([{"reference": "A1", "department": "Digital"}, {"reference": "A2", "department": "Estates"}], ["A1", "A2"]),
        ([{"department": "Digital"}, {"department": "Estates"}], ["Digital", "Estates"]),
        ([{"department": "Digital"}, {}], ["Digital", "no department"]),
        (
            [
                {"department": "Digital", "base": "North"},
                {"department": "Digital", "base": "South"},
                {"department": "Estates", "base": "North"},
            ],
            ["Digital North", "Digital South", "Estates North"],
        ),
        ([{"reference": "A1", "base": "North"}, {"reference": "A1", "base": "South"}], ["North", "South"]),
        ([{"own": {"post_number": "0071"}, "hours": "30"}, {"own": {"post_number": "0072"}}], ["0071", "0072"]),
        ([{"own": {"post_number": "0071"}}, {}], ["0071", "no post number"]),
        ([{"specialist_competences": ("a", "b")}, {"specialist_competences": ("a",)}], ["a, b", "a"]),
    ],
)
def test_posts_are_told_apart_by_reference_and_then_by_what_differs(
    posts: list[dict[str, object]], expected: list[str]
) -> None:
    apart = tell_posts_apart(*posts)
    assert words(apart) == expected
    assert not apart.problems


@given(st.lists(st.fixed_dictionaries({}, optional={"department": texts, "base": texts, "own.x": texts}), max_size=5))
def test_the_order_of_rows_makes_no_difference_to_what_tells_them_apart(posts: list[dict[str, str]]) -> None:
    assert len({telling_fields(some) for some in permutations(posts)}) == 1


@given(st.lists(st.fixed_dictionaries({"department": texts, "base": texts, "purpose": texts}), min_size=2, max_size=6))
def test_no_two_posts_have_one_name_and_each_has_a_name_or_a_problem(posts: list[dict[str, object]]) -> None:
    apart = tell_posts_apart(*posts)
    sound = [name.casefold() for number, name in apart.names.items() if number not in apart.problems]
    assert len(set(sound)) == len(sound)
    assert {*apart.names} | {*apart.problems} == set(range(len(posts)))


def test_posts_equal_in_everything_are_an_error_that_names_both() -> None:
    apart = tell_posts_apart({"department": "Digital"}, {"department": "Estates"}, {"department": "Digital"})
    (problem,) = apart.problems.values()
    assert [*apart.problems] == [2]
    assert problem.where == "posts.csv:4"
    assert "says the same as posts.csv:2 in everything" in problem.what


def test_what_no_name_can_hold_tells_nobody_apart() -> None:
    (problem,) = tell_posts_apart({"purpose": "To plan."}, {"purpose": "To count."}).problems.values()
    assert (problem.where, problem.right) == ("posts.csv:3", "give each a reference")


def test_a_long_name_keeps_what_tells_it_apart() -> None:
    name = f"Job description {'Very ' * 13}long band 6.docx"
    apart = tell_posts_apart({"department": "Digital"}, {"department": "Estates"}, name=name)
    assert [each.rsplit(" ", 1)[1] for each in apart.names.values()] == ["Digital.docx", "Estates.docx"]
    assert all(len(each) <= MAX_NAME for each in apart.names.values())


# Documents that are there.


def analysts(folder: Path, *departments: str, **others: str) -> Path:
    return csv_file(folder / "posts.csv", [row("Analyst", "6", Department=each, **others) for each in departments])


def test_the_document_of_the_first_keeps_its_name_and_its_edits_when_a_second_comes(tmp_path: Path) -> None:
    batch(tmp_path, analysts(tmp_path, "Digital"))
    (first,) = documents(tmp_path / "output").values()
    before = first.read_bytes()
    for order in (("Estates", "Digital"), ("Digital", "Estates")):
        result, heard = batch(tmp_path, analysts(tmp_path, *order))
        assert not result.warnings
        assert {Path(each.path).name for each in heard.documents} == {NAME, NAME.replace("6.", "6 Estates.")}
    assert first.read_bytes() == before
    result, _ = batch(tmp_path, analysts(tmp_path, "Estates", "Digital", "Finance"))
    assert result.summary.counts == {"written": 1, "unchanged": 2}


def test_the_longer_name_stays_when_the_second_goes_and_its_document_is_left_alone(tmp_path: Path) -> None:
    batch(tmp_path, analysts(tmp_path, "Digital", "Estates"))
    before = {name: path.read_bytes() for name, path in documents(tmp_path / "output").items()}
    result, heard = batch(tmp_path, analysts(tmp_path, "Digital"))
    assert [Path(each.path).name for each in heard.documents] == [NAME.replace("6.", "6 Digital.")]
    assert result.summary.counts == {"unchanged": 1}
    _, heard = batch(tmp_path, analysts(tmp_path, "Finance"))
    assert [Path(each.path).name for each in heard.documents] == [NAME]
    assert before.items() <= {name: path.read_bytes() for name, path in documents(tmp_path / "output").items()}.items()


def test_a_document_of_none_of_the_posts_is_left_alone_and_told(tmp_path: Path) -> None:
    batch(tmp_path, analysts(tmp_path, "Digital"))
    (first,) = documents(tmp_path / "output").values()
    before = first.read_bytes()
    result, _ = batch(tmp_path, analysts(tmp_path, "Estates", "Finance"))
    (warning,) = result.warnings
    assert warning.where == str(first)
    assert "of none of the posts that would have its name now (" in warning.what
    assert first.read_bytes() == before
    assert len(documents(tmp_path / "output")) == 3


def test_a_reference_is_believed_more_than_other_fields(tmp_path: Path) -> None:
    batch(tmp_path, analysts(tmp_path, "Digital", Reference="A1"))
    posts = [row("Analyst", "6", Department="Digital services", Reference="A1"), row("Analyst", "6", Reference="A2")]
    result, heard = batch(tmp_path, csv_file(tmp_path / "posts.csv", posts))
    assert not result.warnings
    assert [Path(each.path).name for each in heard.documents] == [NAME, NAME.replace("6.", "6 A2.")]


def test_a_longer_name_that_is_another_post_s_is_an_error_that_names_both(tmp_path: Path) -> None:
    posts = [row("Analyst", "6", Reference="x"), row("Analyst", "6", Reference="y"), row("Analyst y", "6")]
    path = csv_file(tmp_path / "posts.csv", posts)
    result, _ = batch(tmp_path, path, keep_going=True, pattern="{title}")
    (problem,) = result.problems
    assert problem.where.endswith("posts.csv:4")
    assert "posts.csv:3 ('Analyst y.docx')" in problem.what
    assert list(documents(tmp_path / "output")) == ["Analyst x.docx", "Analyst y.docx"]


def test_in_an_archive_all_have_their_longer_names(tmp_path: Path) -> None:
    batch(tmp_path, analysts(tmp_path, "Digital"))
    _, heard = batch(tmp_path, analysts(tmp_path, "Digital", "Estates"), archive=tmp_path / "all.zip")
    assert [each.path for each in heard.documents] == [
        NAME.replace("6.", f"6 {each}.") for each in ("Digital", "Estates")
    ]


def test_namesakes_have_a_name_for_each_template_and_in_every_process(tmp_path: Path) -> None:
    templates = tuple(
        Path(__file__).parents[2] / "templates" / f"{name}.docx" for name in ("job-description", "role-profile")
    )
    batch(
        tmp_path,
        analysts(tmp_path, *(f"Ward {number}" for number in range(250))),
        templates=templates,
        jobs=2,
        dry_run=True,
    )
    _, heard = batch(tmp_path, analysts(tmp_path, "Digital", "Estates"), templates=templates)
    assert [Path(each.path).name for each in heard.documents] == [
        *("Job description Analyst band 6 Digital.docx", "Role profile Analyst band 6 Digital.docx"),
        *("Job description Analyst band 6 Estates.docx", "Role profile Analyst band 6 Estates.docx"),
    ]


# What was wrong with some of a file's posts is mended, and their documents come to those of the others.


def mended(folder: Path, band: str = "6") -> Path:
    """The workbook of rows that failed, with a band in each of them."""
    path = folder / "output" / TO_MEND
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    column = next(cell.column for cell in sheet[1] if cell.value == "Band")
    for number in range(2, sheet.max_row + 1):
        sheet.cell(number, column).value = band
    book.save(folder / "mended.xlsx")
    return folder / "mended.xlsx"


@pytest.mark.parametrize(
    ("sound", "wrong"),
    [
        ([{"Department": "Digital"}], [{"Department": "Estates"}]),
        ([{"Department": "Digital"}], [{}]),
        ([{}], [{"Base": "Leeds"}]),
        ([{"Reference": "A1"}], [{"Reference": "A2"}]),
        ([{"Own: Post no": "1"}, {"Own: Post no": "2"}], [{"Own: Post no": "3"}, {"Own: Post no": "4"}]),
        # Mended posts that a department alone tells apart, and documents of others in each of these.
        (
            [{"Department": "Digital", "Base": "Leeds"}, {"Department": "Estates", "Base": "Leeds"}],
            [{"Department": "Digital", "Base": "York"}, {"Department": "Estates", "Base": "York"}],
        ),
        (
            [{"Department": "Digital"}, {"Department": "Estates"}],
            [{"Department": "Digital", "Base": "York"}, {"Department": "Estates", "Base": "York"}],
        ),
    ],
)
def test_what_is_mended_takes_the_place_of_no_other_document(
    tmp_path: Path, sound: list[dict[str, str]], wrong: list[dict[str, str]]
) -> None:
    posts = [*(row("Analyst", "6", **each) for each in sound), *(row("Analyst", "12", **each) for each in wrong)]
    batch(tmp_path, csv_file(tmp_path / "posts.csv", posts), keep_going=True)
    before = {path: path.read_bytes() for path in documents(tmp_path / "output").values()}
    assert len(before) == len(sound)
    result, _ = batch(tmp_path, mended(tmp_path))
    assert (result.summary.counts, result.warnings, result.left_alone) == ({"written": len(wrong)}, (), ())
    after = {path: path.read_bytes() for path in documents(tmp_path / "output").values()}
    assert before.items() <= after.items()
    assert len(after) == len(posts)
    result, _ = batch(tmp_path, mended(tmp_path))
    assert result.summary.counts == {"unchanged": len(wrong)}
    # All together have these documents, too.
    result, _ = batch(tmp_path, csv_file(tmp_path / "posts.csv", [{**each, "Band": "6"} for each in posts]))
    assert (result.summary.counts, result.warnings) == ({"unchanged": len(posts)}, ())


def test_a_document_of_another_reference_is_left_alone_and_told(tmp_path: Path) -> None:
    batch(tmp_path, analysts(tmp_path, "Digital", Reference="A1"))
    (first,) = documents(tmp_path / "output").values()
    before = first.read_bytes()
    for outcome in ("written", "unchanged"):
        result, heard = batch(tmp_path, analysts(tmp_path, "Digital", Reference="A2"))
        assert result.summary.counts == {outcome: 1}
        assert [Path(each.path).name for each in heard.documents] == [NAME.replace("6.", "6 A2.")]
    assert first.read_bytes() == before
    (problem,) = result.left_alone
    assert problem.where == str(first)
    assert problem.what.endswith(f"/posts.csv:2 is called '{NAME.replace('6.', '6 A2.')}'")


def test_a_post_has_its_document_beside_one_of_another_reference_that_was_edited(tmp_path: Path) -> None:
    batch(tmp_path, analysts(tmp_path, "Digital", Reference="A1"))
    (first,) = documents(tmp_path / "output").values()
    first.write_bytes(edit_document(first.read_bytes(), ("Leadership", "Leading")))
    result, _ = batch(tmp_path, analysts(tmp_path, "Digital", Reference="A2"))
    assert result.summary.counts == {"written": 1}


@pytest.mark.parametrize("change", [{"Reference": "A1"}, {"Department": "Estates"}, {"Base": "Leeds"}])
def test_a_post_of_which_something_has_changed_keeps_its_document(tmp_path: Path, change: dict[str, str]) -> None:
    batch(tmp_path, csv_file(tmp_path / "posts.csv", [row("Analyst", "6")]))
    result, heard = batch(tmp_path, csv_file(tmp_path / "posts.csv", [row("Analyst", "6", **change)]))
    assert (result.summary.counts, result.left_alone) == ({"written": 1}, ())
    assert [Path(each.path).name for each in heard.documents] == [NAME]
