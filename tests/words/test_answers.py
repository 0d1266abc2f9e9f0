"""Words that are no answer, told from answers: the shipped list, and an organisation's own."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.loading import load_placeholders
from jdgen.placeholders import NO_PLACEHOLDERS, Reply
from jdgen.post.field import Group
from jdgen.post.fields import FIELDS
from jdgen.workspace import Workspace, shipped_folder

SHIPPED = load_placeholders(Workspace(Path("/nonexistent")))
WAITING = """
TBC | tbc. | T.B.C. | T B C | [TBC] | (TBC) | "tbc" | **TBC** | __TBC__ | - TBC - | TBC? | TBC / pending | TBC by HR
ＴＢＣ
tba | TBD | to be confirmed | To be confirmed by HR | To be confirmed at panel | JE ref TBC | date to be confirmed
pending | Pending JE | JE panel pending | awaiting panel | Awaiting the outcome of job evaluation | under review
not known | Don’t know | unknown | not yet agreed | to follow | n/k
- | – | — | ? | ?? | ... | … | ………………… | _ | ______ | * | ### | xxx | XXX | £xx,xxx | ??/??/???? | --%
[insert] | [insert job title] | <insert job title> | (insert job title) | (name of trust) | [Job title]
{Job Title} | «Title»
%title% | {{ title }} | [A], [B] | [ ] | [x] | [Short paragraph explaining the purpose]
Enter text here | Click or tap here to enter text. | Choose an item. | Delete as appropriate | Lorem ipsum
"""
ANSWERS = """
x | X | A | 7 | 0.5 | 1-2 | ~5 staff | C# | A* | #12 | TBC/2024/001 | HR | Board | Matching panel
Permanent | (Acting) Head
Head of planning | Digital (TBC) | Panel review | Chair of the panel | Max | TBC Ltd
Insert cannulas | Check references
Enter data into the system | To follow the decision of the board | To complete the review of the post | <48 | 5 > 3
The reference is TBC once the panel has met in March | Pending cases team manager | [A] or B
"""


def texts_of_list(texts: str) -> list[str]:
    return [text.strip() for line in texts.strip().splitlines() for text in line.split(" | ")]


@pytest.mark.parametrize("text", texts_of_list(WAITING))
def test_these_stand_for_an_answer_in_any_case_and_with_spaces_around(text: str) -> None:
    assert all(SHIPPED.stand_for(each) for each in (text, text.lower(), text.upper(), f"\u200b {text}\n"))


@pytest.mark.parametrize("text", texts_of_list(ANSWERS))
def test_these_are_answers(text: str) -> None:
    assert not SHIPPED.stand_for(text)


@pytest.mark.parametrize("phrase", [*SHIPPED.phrases, *SHIPPED.alone])
def test_no_word_of_the_list_is_seen_inside_a_sentence(phrase: str) -> None:
    assert SHIPPED.stand_for(phrase)
    assert not SHIPPED.stand_for(f"Ambulances carry {phrase} to hospitals")


@pytest.mark.parametrize("text", ["As above", "as above.", "(see attached)", "Ditto", '"', "''", "SEE JD", "Unchanged"])
def test_what_points_elsewhere_is_no_answer_and_no_gap_of_a_form(text: str) -> None:
    assert SHIPPED.reply(text, "base") is SHIPPED.reply(text, "responsible_for") is Reply.NOT_GIVEN
    assert not SHIPPED.stand_for(text)


@pytest.mark.parametrize("text", ["Attached to ward 7", "As current as possible", "Ditto Ltd", "See patients at home"])
def test_a_text_with_such_a_word_is_an_answer(text: str) -> None:
    assert SHIPPED.reply(text, "base") is Reply.ANSWER


@pytest.mark.parametrize("text", ["None", "nil", "No staff", "0", "not applicable", "£0"])
def test_that_there_is_nothing_is_an_answer_where_there_can_be_nothing(text: str) -> None:
    replies = [SHIPPED.reply(text, field) for field in ("responsible_for", "je_reference", "duties.add")]
    assert replies == [Reply.ANSWER, Reply.NOT_GIVEN, Reply.LEFT_OUT]
    assert not SHIPPED.stand_for(text)


@pytest.mark.parametrize("key", [field.key for field in FIELDS if field.group is Group.WORK])
def test_that_a_post_does_none_of_what_a_panel_asks_is_an_answer(key: str) -> None:
    assert {SHIPPED.reply(text, key) for text in ("None", "Not applicable", "Nil.")} == {Reply.ANSWER}


@pytest.mark.parametrize("text", ["N/A", "n.a.", "NA", "(n/a)"])
def test_what_may_mean_two_things_is_printed_and_asked_about(text: str) -> None:
    assert SHIPPED.reply(text, "responsible_for") is Reply.UNCLEAR
    assert SHIPPED.reply(text, "je_reference") is Reply.NOT_GIVEN


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    assert SHIPPED.reply(text, "base") in Reply
    assert NO_PLACEHOLDERS.reply(text, "base") is Reply.ANSWER


def test_an_organisations_own_list_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own_file = tmp_path / "framework_data" / "placeholders.yaml"
    own_file.parent.mkdir()
    text = (shipped_folder() / "framework_data" / "placeholders.yaml").read_text(encoding="utf-8")
    own_file.write_text(text.replace("    - tbc\n", "    - with the union\n"), encoding="utf-8")
    placeholders = load_placeholders(Workspace(tmp_path))
    assert placeholders.stand_for("With the union")
    assert not placeholders.stand_for("TBC")


def test_the_list_travels_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(SHIPPED)).stand_for("TBC")
    assert pickle.loads(pickle.dumps(NO_PLACEHOLDERS)) is NO_PLACEHOLDERS
