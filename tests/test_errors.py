from __future__ import annotations

from jdgen.errors import JdgenError, Problem, did_you_mean, list_words


def test_a_problem_says_where_what_and_right() -> None:
    assert str(Problem("post.yaml:3", "unknown key 'tittle'", "did you mean 'title'?")) == (
        "post.yaml:3: unknown key 'tittle': did you mean 'title'?"
    )


def test_an_error_carries_every_problem_and_prints_one_a_line() -> None:
    first, second = Problem("a:1", "x", "y"), Problem("b:2", "z", "w")
    error = JdgenError([first, second])
    assert error.problems == (first, second)
    assert str(error) == "a:1: x: y\nb:2: z: w"


def test_an_error_of_one_problem_needs_no_list() -> None:
    problem = Problem("a:1", "x", "y")
    assert JdgenError(problem).problems == (problem,)


def test_the_nearest_name_is_offered_before_all_others() -> None:
    assert did_you_mean("speclalist", ["manager", "specialist"]) == (
        "did you mean 'specialist'? Known here: manager, specialist"
    )


def test_the_nearest_of_many_names_is_not_lost_among_the_others() -> None:
    names = ["specialist", *(f"name{number}" for number in range(20))]
    assert did_you_mean("speclalist", names) == "did you mean 'specialist'?"
    assert did_you_mean("speclalist", names[:20]).endswith("Known here: " + list_words(names[:20]))
    assert did_you_mean("zzz", names) == f"use one of {list_words(names)}"


def test_capitals_do_not_hide_the_nearest_name() -> None:
    assert did_you_mean("LEADERSHIP", ["budget", "Leadership"]).startswith("did you mean 'Leadership'?")


def test_a_name_like_no_other_gets_the_whole_list() -> None:
    assert did_you_mean("zzz", ["manager", "specialist"]) == "use one of manager, specialist"


def test_where_nothing_has_a_name_no_empty_list_is_offered() -> None:
    assert did_you_mean("reviews", []) == "leave it out: there is none to name"


def test_a_list_keeps_its_order() -> None:
    assert list_words(["b", "a", "c"]) == "b, a, c"


def test_a_text_without_end_is_shown_by_its_beginning_and_a_path_whole() -> None:
    endless, path = "x" * 5000, "/".join(["folder" * 30] * 4)
    line = str(Problem("post.yaml:3", f"'{endless}' is no band", f"see {path}"))
    assert "x" * 79 in line
    assert "x" * 81 not in line
    assert line.endswith(f"see {path}")
