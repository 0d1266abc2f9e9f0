from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jdgen.framework.reading import framework_of, load_framework
from jdgen.text_files.yaml_reading import parse_yaml
from tests.toolbox.data import FRAMEWORK_TEXT, PMO_BANDS, change_text, line_of, problems_of, shipped_library
from tests.toolbox.soak import budget


def problems(content: str) -> list[str]:
    return problems_of(lambda: framework_of(parse_yaml(content.encode(), "f.yaml")))


def broken(old: str, new: str) -> list[str]:
    return problems(change_text(FRAMEWORK_TEXT, old, new))


def at(part: str, below: int = 0) -> str:
    return f"f.yaml:{line_of(FRAMEWORK_TEXT, part) + below}: "


def test_the_shipped_framework_is_read_without_a_problem() -> None:
    framework = framework_of(parse_yaml(FRAMEWORK_TEXT.encode(), "f.yaml"))
    assert framework == shipped_library().framework
    assert framework.id == "nhs-pccf"
    assert [specialism.id for specialism in framework.specialisms] == ["pmo"]


def test_a_competence_is_found_by_its_id() -> None:
    assert shipped_library().framework.competence("reviews").name == "Reviews"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bands: '6'\n", "bands: 6\n", "bands: 6 where text is meant: write '6' in quotes"),
        (
            "bands: '6'\n",
            "bands: '8'\n",
            "band 8 is divided into 8a, 8b, 8c and 8d: write a band as '7' or a range as '8a-8d'",
        ),
        (
            "bands: '6'\n",
            "bands: '10'\n",
            "'10' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9: write a band as '7' or a range as",
        ),
        ("bands: '6'\n", "bands: '6/7'\n", "'6/7' is not an Agenda for Change band"),
        ("bands: '6'\n", "bands: ''\n", "bands is empty: a band as '7' or a range as '8a-8d', in quotes"),
        ("bands: '6'\n", "bands:\n", "bands is empty: a band as '7' or a range as '8a-8d', in quotes"),
        ("bands: '6'\n", "band: '6'\n", "unknown key 'band': did you mean 'bands'?"),
    ],
)
def test_a_band_that_cannot_be_read_is_told_at_its_line(old: str, new: str, message: str) -> None:
    assert any(problem.startswith(at(old) + message) for problem in broken(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("licence: Not", "license: Not", "unknown key 'license': did you mean 'licence'?"),
        ("        title: Budget\n", "        title: ''\n", "title is empty: the row's title as published"),
        (
            "            confidence: inferred",
            "            confidence: inferrd",
            "unknown confidence 'inferrd': did you mean 'inferred'?",
        ),
        ("  sha256: 63", "  sha256: 6g", "sha256 '6g"),
        ("        title: Budget\n", '        title: "Bud\\aget"\n', "control character U+0007: delete it"),
        ("        title: Budget\n", "        title: Budget\n        title: Budget\n", None),
        ("  - id: pmo\n", "  - id: PMO\n", "id 'PMO' does not fit: lower-case letters, digits, hyphens and dots"),
        ("inferred: ['8d']", "inferred: ['8a-8d']", "inferred '8a-8d' does not fit: one band, as '8d', in quotes"),
        ("inferred: ['8d']", "inferred: [8d, 9d]", "'9d' is not an Agenda for Change band"),
    ],
)
def test_each_kind_of_fault_is_told_at_its_line(old: str, new: str, message: str | None) -> None:
    problems_ = broken(old, new)
    if message is None:
        line = line_of(FRAMEWORK_TEXT, old)
        assert problems_ == [
            f"f.yaml:{line + 1}: 'title' stands here a second time: keep one; the first is in line {line}"
        ]
    else:
        assert any(problem.startswith(at(old) + message) for problem in problems_), problems_


def test_many_faults_are_told_in_one_pass_in_the_order_of_lines() -> None:
    text = change_text(FRAMEWORK_TEXT, "licence: Not", "license: Not")
    text = change_text(text, "bands: '6'\n", "bands: 6\n")
    text = change_text(text, "        title: Budget\n", "        title: ''\n")
    text = change_text(text, "inferred: ['8d']", "inferred: [8d, 9d]")
    problems_ = problems(text)
    lines = [int(problem.split(":")[1]) for problem in problems_]
    assert len(problems_) == 4
    assert lines == sorted(lines)


def test_an_empty_file_is_told() -> None:
    (problem,) = problems("")
    assert problem.startswith("f.yaml:1: the file is ")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert problems_of(lambda: load_framework(tmp_path / "no.yaml", "no.yaml")) == [
        "no.yaml: cannot be read (No such file or directory): name a file that you can open"
    ]


@pytest.mark.parametrize(
    ("old", "new", "first"),
    [
        ("id: pmo.budget.7\n", "id: pmo.budget.6\n", "id: pmo.budget.6\n"),
        ("id: pmo.leadership.6\n", "id: pmo.complexity.7\n", "id: pmo.complexity.7\n"),
        ("id: pmo.role.manager.2", "id: pmo.description", "id: pmo.description"),
        ("- id: budget\n", "- id: leadership\n", "- id: leadership\n"),
        ("      - id: manager\n", "      - id: specialist\n", "      - id: specialist\n"),
        ("{id: change-control,", "{id: reviews,", "{id: reviews,"),
    ],
)
def test_an_id_that_is_used_twice_is_told_with_the_first(old: str, new: str, first: str) -> None:
    id_ = new.split("id: ")[1].rstrip("\n,")
    message = f"id '{id_}' is used twice: give each its own; the first is in line {line_of(FRAMEWORK_TEXT, first)}"
    assert at(old) + message in broken(old, new)


def test_a_rule_that_names_no_competence_is_told() -> None:
    problems_ = broken("            - change-control\n", "            - change-controls\n")
    (problem,) = problems_
    assert problem.startswith(
        at("            - change-control\n")
        + "unknown competence 'change-controls': did you mean 'change-control'? Known"
    )


def test_an_alternative_of_no_reading_is_told() -> None:
    problems_ = broken("                paired-bands: '6-7'", "                paired-band: '6-7'")
    assert (
        at("                paired-bands: '6-7'")
        + (
            "no reading 'paired-band' under 'Business Case': did you mean 'paired-bands'? "
            "Known here: boundary-8b-8c, paired-bands"
        )
        in problems_
    )


def test_a_gap_is_told_at_the_statements_of_its_heading() -> None:
    assert broken("          bands: '8d'\n", "          bands: '8c'\n") == [
        at("    complexity:\n", 4)
        + "gap: no statement under 'Project Complexity' for band 8d: widen a range, add the statement, "
        "or write covers: some",
        at("          bands: '8d'\n")
        + "overlap: band 8c under 'Project Complexity' stands twice: 'pmo.complexity.8a-8c' has it already: "
        "give each band one statement",
    ]


def test_a_gap_in_another_reading_is_told_with_the_reading() -> None:
    problems_ = broken("                boundary-8b-8c: '7-8b'", "                boundary-8b-8c: '7-8a'")
    assert len(problems_) == 1
    assert problems_[0].endswith(
        "gap: no statement under 'Business Case' in the reading 'boundary-8b-8c' for band 8b: widen a range, "
        "add the statement, or write covers: some"
    )


def test_an_overlap_in_another_reading_is_told_with_the_reading() -> None:
    problems_ = broken("                paired-bands: '6-7'", "                paired-bands: '6-8a'")
    assert len(problems_) == 1
    assert "overlap: band 8a under 'Business Case' in the reading 'paired-bands' stands twice: " in problems_[0]


def test_a_band_outside_the_specialism_is_told() -> None:
    assert broken("          bands: '8d'\n", "          bands: '8d-9'\n") == [
        at("          bands: '8d'\n")
        + "band 9 under 'Project Complexity' is not one of the specialism's: the specialism has 6, 7, 8a, 8b, 8c, 8d"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    bands: '6-8d'\n    description", "    bands: '8d-6'\n    description"),
        ("          bands: '8a-8c'\n", "          bands: '8c-8a'\n"),
        ("                boundary-8b-8c: '7-8b'", "                boundary-8b-8c: '8b-7'"),
    ],
)
def test_a_range_that_runs_downwards_is_told(old: str, new: str) -> None:
    (problem,) = broken(old, new)
    assert problem.startswith(at(old) + "a range that runs downwards, ")
    assert "write the lower band first" in problem


# Sharing out the bands, whatever the shares are.

SHARES = st.sets(st.sampled_from(range(1, 6))).map(lambda cuts: list(pairwise([0, *sorted(cuts), 6])))
SKELETON = yaml.load(FRAMEWORK_TEXT, Loader=yaml.CSafeLoader)


def with_shares(shares: list[tuple[int, int]]) -> str:
    """The framework with Leadership's bands shared out so: half-open index ranges into the six bands."""
    statements = [
        {
            "id": f"pmo.leadership.{number}",
            "bands": PMO_BANDS[low] if high == low + 1 else f"{PMO_BANDS[low]}-{PMO_BANDS[high - 1]}",
            "text": f"Lead {number}.",
            "source": {"line": 24, "cell": 3},
        }
        for number, (low, high) in enumerate(shares)
    ]
    specialism = SKELETON["specialisms"][0]
    leadership = {**specialism["headings"][0], "statements": statements}
    text: str = yaml.dump(
        {**SKELETON, "specialisms": [{**specialism, "headings": [leadership, *specialism["headings"][1:]]}]},
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
    )
    return text


@given(SHARES)
@budget(10)
def test_any_partition_of_the_bands_is_accepted(shares: list[tuple[int, int]]) -> None:
    framework = framework_of(parse_yaml(with_shares(shares).encode(), "f.yaml"))
    leadership = framework.specialisms[0].headings[0]
    for index, band in enumerate(framework.specialisms[0].levels):
        number = next(number for number, (low, high) in enumerate(shares) if low <= index < high)
        assert [statement.id for statement in leadership.statements_for(band)] == [f"pmo.leadership.{number}"]


@given(st.data())
@budget(10)
def test_a_share_that_is_taken_out_leaves_a_gap_of_just_its_bands(data: st.DataObject) -> None:
    shares = data.draw(SHARES.filter(lambda shares: len(shares) > 1))
    low, high = shares.pop(data.draw(st.integers(0, len(shares) - 1)))
    (problem,) = problems(with_shares(shares))
    missing = ", ".join(PMO_BANDS[low:high])
    assert f": gap: no statement under 'Leadership' for band {missing}: widen a range" in problem


@given(st.data())
@budget(10)
def test_a_share_that_reaches_into_the_next_overlaps_at_just_those_bands(data: st.DataObject) -> None:
    shares = data.draw(SHARES.filter(lambda shares: len(shares) > 1))
    index = data.draw(st.integers(0, len(shares) - 2))
    low, high = shares[index]
    reach = data.draw(st.integers(high + 1, shares[index + 1][1]))
    shares[index] = (low, reach)
    problems_ = problems(with_shares(shares))
    assert len(problems_) == reach - high
    for band, problem in zip(PMO_BANDS[high:reach], sorted(problems_), strict=True):
        assert (
            f": overlap: band {band} under 'Leadership' stands twice: 'pmo.leadership.{index}' has it already"
            in problem
        )
