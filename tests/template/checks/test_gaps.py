"""Gaps that a template leaves to fill by hand are seen, with the field that is meant, and sound texts are not."""

from __future__ import annotations

import functools

import pytest

from jdgen.drafting.loading import load_placeholders
from jdgen.placeholders import Placeholders
from jdgen.template.checks.check import check_template
from jdgen.template.checks.findings import Finding
from jdgen.workspace import Workspace
from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.markup import control, field_code, paragraph, run, table, word_template
from tests.toolbox.organisations.templates import TEMPLATES as ORGANISATIONS
from tests.toolbox.word import NAME

TITLE = "did you mean {{ title }}?"
PURPOSE = "did you mean the field purpose? `jdgen template fields` shows how it is printed"
NO_FIELD = "put a field there (`jdgen template fields` lists them all), or delete it"


@functools.cache
def shipped_words() -> Placeholders:
    return load_placeholders(Workspace(ROOT))


def gaps_in(body: str) -> list[Finding]:
    return told_of(word_template(paragraph(run("{{ title }} {{ band }}")) + body))


def told_of(content: bytes) -> list[Finding]:
    findings = check_template(content, NAME, shipped_words())
    return [each for each in findings if each.code in ("left-to-fill", "other-dialect")]


def text_paragraph(text: str) -> str:
    return paragraph(run(text))


@pytest.mark.parametrize(
    ("text", "gap", "right"),
    [
        ("<insert job title>", "<insert job title>", TITLE),
        ("[insert chart]", "[insert chart]", NO_FIELD),
        ("[Short paragraph explaining the purpose]", "[Short paragraph explaining the purpose]", NO_FIELD),
        ("??", "??", NO_FIELD),
        ("XXX", "XXX", NO_FIELD),
        ("TBC", "TBC", NO_FIELD),
        ("Click or tap here to enter text.", "Click or tap here to enter text.", NO_FIELD),
        ("(insert job title)", "(insert job title)", TITLE),
        ("………………", "………………", NO_FIELD),
        ("______", "______", NO_FIELD),
        ("[Job title]", "[Job title]", TITLE),
        ("{Job Title}", "{Job Title}", TITLE),
        ("«Title»", "«Title»", TITLE),
        ("Enter text here", "Enter text here", NO_FIELD),
        ("Delete as appropriate", "Delete as appropriate", NO_FIELD),
        ("｛｛ title ｝｝", "｛｛ title ｝｝", "type it with the usual braces: {{ title }}"),
        ("%title%", "%title%", TITLE),
        ("[Post title here]", "[Post title here]", TITLE),
        ("#title#", "#title#", TITLE),
        ("$title$", "$title$", TITLE),
        ("<%= title %>", "<%= title %>", TITLE),
        ("Post title: TBC", "TBC", TITLE),
        ("Reports to: ………………", "………………", "did you mean {{ responsible_to }}?"),
        ("Department: ______", "______", "did you mean {{ department }}?"),
        ("Band X (subject to matching)", "X", "did you mean {{ band }}?"),
        ("Location: to be confirmed", "to be confirmed", "did you mean {{ base }}?"),
        ("[your trust name]", "[your trust name]", "did you mean {{ employer }}?"),
        ("[Team/Department]", "[Team/Department]", "did you mean {{ department }}?"),
        ("Salary: £XX,XXX", "£XX,XXX", NO_FIELD),
        ("Base: [  ]", "[  ]", "did you mean {{ base }}?"),
        ("Department: …", "…", "did you mean {{ department }}?"),
        ("Agenda for Change Band: __", "__", "did you mean {{ band }}?"),
        ("Band ?", "?", "did you mean {{ band }}?"),
        ("Reports to – TBC", "TBC", "did you mean {{ responsible_to }}?"),
        ("Reports to: [Manager’s job title]", "[Manager’s job title]", "did you mean {{ responsible_to }}?"),
        ("The post has a budget of £[amount].", "[amount]", NO_FIELD),
        ("It manages [number] staff.", "[number]", NO_FIELD),
        ("[Guidance note: delete this before publishing]", "[Guidance note: delete this before publishing]", NO_FIELD),
        ("Panel: dd/mm/yyyy", "dd/mm/yyyy", NO_FIELD),
        ("Panel: DD.MM.YY", "DD.MM.YY", NO_FIELD),
        ("Panel: 00/00/0000", "00/00/0000", NO_FIELD),
        ("Department . . . . . . .", ". . . . . . .", "did you mean {{ department }}?"),
        ("Department _ _ _ _ _ _", "_ _ _ _ _ _", "did you mean {{ department }}?"),
        ("Insert trust logo", "Insert trust logo", NO_FIELD),
        ("Lorem ipsum dolor sit amet", "Lorem ipsum dolor sit amet", NO_FIELD),
        ("To be completed by the recruiting manager", "To be completed by the recruiting manager", NO_FIELD),
        ("Date: ______", "______", "did you mean {{ date }}?"),
        ("Date: __/__/____", "__/__/____", "did you mean {{ date }}?"),
        ("Date of last panel: ......", "......", NO_FIELD),
        ("Panel: xx/xx/xxxx", "xx/xx/xxxx", NO_FIELD),
        ("Reports to: (job title)", "(job title)", "did you mean {{ responsible_to }}?"),
        ("Reports to: [name/title]", "[name/title]", "did you mean {{ responsible_to }}?"),
        ("[Name of Trust] is a fair employer.", "[Name of Trust]", "did you mean {{ employer }}?"),
        ("[JOBTITLE]", "[JOBTITLE]", TITLE),
        ("Insert name of department", "Insert name of department", "did you mean {{ department }}?"),
        ("Enter job title", "Enter job title", TITLE),
        ("Select an option", "Select an option", NO_FIELD),
        ("Insert organisation chart below", "Insert organisation chart below", NO_FIELD),
        ("Please describe the post", "Please describe the post", NO_FIELD),
        ("Guidance: state what the post is for", "Guidance: state what the post is for", NO_FIELD),
        ("N.B. managers to complete", "managers to complete", NO_FIELD),
        ("(To be completed by HR)", "(To be completed by HR)", NO_FIELD),
        ("[Job Purpose – 2-3 sentences]", "[Job Purpose – 2-3 sentences]", PURPOSE),
        ("[2-3 sentences summarising the role]", "[2-3 sentences summarising the role]", NO_FIELD),
        ("[Trust Logo]", "[Trust Logo]", NO_FIELD),
        ("[email address]", "[email address]", NO_FIELD),
        ("[if applicable]", "[if applicable]", NO_FIELD),
        ("XX hours a week", "XX", NO_FIELD),
        ("The post is X WTE.", "X", NO_FIELD),
        ("Band 6 (?)", "(?)", NO_FIELD),
        ("Cost centre: ######", "######", NO_FIELD),
        ("Manages [x] staff.", "[x]", NO_FIELD),
        ("Budget: £[X]", "[X]", NO_FIELD),
        ("A team of [●]", "[●]", NO_FIELD),
        ("A budget of £● a year", "●", NO_FIELD),
        ("【Job title】", "【Job title】", TITLE),
        ("Reports to: 【…】", "【…】", "did you mean {{ responsible_to }}?"),
        ("⟨title⟩", "⟨title⟩", TITLE),
        ("‹Post title›", "‹Post title›", TITLE),
        ("「Base」", "「Base」", "did you mean {{ base }}?"),
        ("@@title@@", "@@title@@", TITLE),
        ("((title))", "((title))", TITLE),
        ("__TITLE__", "__TITLE__", TITLE),
        ("[Select: full time / part time]", "[Select: full time / part time]", NO_FIELD),
        ("[DN: HR to check]", "[DN: HR to check]", NO_FIELD),
        ("Job title – [ ]", "[ ]", TITLE),
        ("Version x.x", "x.x", "did you mean {{ version }}?"),
        ("Post number: 000000", "000000", NO_FIELD),
        ("See Error! Reference source not found. below", "Error! Reference source not found.", NO_FIELD),
    ],
)
def test_a_gap_is_seen_with_the_field_that_is_meant(text: str, gap: str, right: str) -> None:
    (finding,) = gaps_in(text_paragraph(text))
    assert finding.what.startswith(f"'{gap}' is ")
    assert (finding.right, finding.place.paragraph) == (right, 2)


def test_a_gap_in_a_cell_is_named_by_the_label_beside_it() -> None:
    (finding,) = gaps_in(table(("Detail", "Answer"), ("BASE:", "…………")))
    assert (finding.right, finding.place.cell) == ("did you mean {{ base }}?", "table 1, row 2, column 2")


def test_what_a_content_control_shows_until_it_is_filled_is_a_gap_named_by_the_control() -> None:
    content = control(run("Whatever it says"), "Post title", 7).replace("</w:sdtPr>", "<w:showingPlcHdr/></w:sdtPr>")
    (finding,) = gaps_in(f"<w:p>{content}</w:p>")
    assert (finding.what.partition("' is")[0], finding.right) == ("'Whatever it says", TITLE)
    assert gaps_in(f"<w:p>{control(run('Whatever it says'), 'Post title', 7)}</w:p>") == []


def test_a_form_field_of_word_s_is_a_gap() -> None:
    (finding,) = gaps_in(f"<w:p>{run('Job title: ')}{field_code('FORMTEXT', '     ')}</w:p>")
    assert (finding.code, finding.right) == ("left-to-fill", TITLE)
    assert gaps_in(f"<w:p>{run('Page ')}{field_code('PAGE', '1')}</w:p>") == []


def test_a_form_field_that_is_answered_or_has_a_tag_in_it_is_text() -> None:
    both = f"{field_code('FORMTEXT', 'Moor House')}{run(', Department: ')}{field_code('FORMTEXT', '')}"
    (finding,) = gaps_in(f"<w:p>{run('Base: ')}{both}</w:p>")
    assert finding.what.startswith("'form field (FORMTEXT)' is ")
    assert gaps_in(f"<w:p>{run('Base: ')}{field_code('FORMTEXT', '{{ base }}')}</w:p>") == []


def test_a_list_to_choose_from_is_a_gap_where_nobody_has_chosen() -> None:
    entry = '<w:listItem w:displayText="{}" w:value="{}"/>'
    entries = f"<w:dropDownList>{entry.format('Choose a base', '')}{entry.format('Moor House', 'm')}</w:dropDownList>"
    content = control(run("Choose a base"), "Base", 7).replace("</w:sdtPr>", f"{entries}</w:sdtPr>")
    (finding,) = gaps_in(f"<w:p>{content}</w:p>")
    assert (finding.what.partition("' is")[0], finding.right) == ("'Choose a base", "did you mean {{ base }}?")
    assert gaps_in(f"<w:p>{content.replace(run('Choose a base'), run('Moor House'))}</w:p>") == []


@pytest.mark.parametrize(("choice", "gaps"), [("", 1), ('<w:result w:val="0"/>', 1), ('<w:result w:val="1"/>', 0)])
def test_so_is_an_old_one(choice: str, gaps: int) -> None:
    entries = '<w:listEntry w:val="Please choose"/><w:listEntry w:val="Permanent"/>'
    field = field_code("FORMDROPDOWN", "").replace(
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{choice}{entries}</w:ddList></w:ffData></w:fldChar>',
    )
    assert len(gaps_in(f"<w:p>{run('Contract: ')}{field}</w:p>")) == gaps


@pytest.mark.parametrize("mark", ["yellow", "green"])
def test_words_that_are_highlighted_are_told_and_tags_and_other_words_are_not(mark: str) -> None:
    highlight = f'<w:highlight w:val="{mark}"/>'
    runs = (
        run("In "),
        run("the Digital ", highlight),
        run("team", highlight),
        run(" of "),
        run("{{ base }}", highlight),
    )
    content = word_template(paragraph(*runs) + paragraph(run("x", '<w:highlight w:val="none"/>')))
    (finding,) = (each for each in check_template(content, NAME, shipped_words()) if each.code == "highlighted")
    assert finding.what.startswith("'the Digital team' is highlighted")
    assert finding.place.paragraph == 1


SOUND = (
    *("Lee v Ashers [2019] UKSC 5", "the Trust (NHS)", "referral to treatment in <18 weeks", "e.g. (A) application"),
    *("Regulation (EU) 2016/679 [as amended]", "see [1] and [2]", "[sic]", "[…]", "level 3 [HEE framework]"),
    *("(Enter and View visits)", "(type 2 diabetes)", "(state registered)", "(add-on licences)", "(give or take)"),
    *("(complete blood count)", "(list B conditions)", "(Inserted by the 2012 Act)", "(Specified in the contract)"),
    *("between 50% of staff and 60%", "5 < 6 and 7 > 3", "5%or 6%", "@NHSEngland", "a.person@trust.nhs.uk"),
    *(
        "#hellomynameis",
        "C# and F#",
        "$5 {1}",
        "{see the note on page 5}",
        "(or equivalent)",
        "(title)",
        "[Band 7] posts",
    ),
    *("Essential (E) / Desirable (D)", "Main duties ................ 3", "Yes ☐ No ☐", "N/A", "None", "-", "Check"),
    *("and so on...", "Is this a new post?", "What if the alarm sounds?!", "XX chromosome", "Chapter XIX", "Band 8a"),
    *(
        "Staff write reports and enter data here and elsewhere.",
        "Click on Apply to submit",
        "Rated A/B/C",
        "“[the law]”",
    ),
    *("Signature: ______ Date: ______", "Signed ........................", "Name (print) ____________", "Dated ____"),
    *(
        "Yes [ ] No [ ]",
        "Full time [ ]",
        "Band 7 ?",
        "12/03/2026",
        "[by date order]",
        "[see the note to staff]",
        "a . . . b",
    ),
    *(
        "Agreed by the post holder on this date: ____",
        "Print name: ______",
        "Guidance: acts within policies.",
        "#1 in the county",
    ),
    *("Helps patients to choose an option", "Works with the manager to complete appraisals", "HR to confirm pay"),
    *("Select committees", "the managers to whom it reports", "Enter the theatre", "Guidance on infection control"),
    *(
        "Insert cannulas",
        "Add chart notes",
        "Signed: dd/mm/yyyy",
        "Projects – planned and completed",
        "number",
        "(number)",
    ),
    *(
        "Contract: [x] Permanent [ ] Fixed term",
        "[x] Driver",
        "Full time [x] Part time [ ]",
        "‘‹’ and 「」",
        "version 2",
    ),
    *("Annual leave – [ ] not applicable", "Trials and errors! Reference lists", "(((a)))", "__init__", "1,000,000: 1"),
    "_" * 40,
)


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_text_is_no_gap(text: str) -> None:
    assert gaps_in(text_paragraph(text)) == []


def test_a_table_to_sign_in_is_no_gap_and_one_to_answer_in_is() -> None:
    signing = table(("Name", "Job title", "Signature"), ("______", "______", "______"))
    assert gaps_in(signing) == []
    assert len(gaps_in(signing.replace("Signature", "Base"))) == 3


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_a_template_of_an_organisation_with_legitimate_brackets_gives_no_alarm(name: str) -> None:
    assert told_of(ORGANISATIONS[name]()) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_shipped_template_gives_no_alarm(name: str) -> None:
    assert told_of((ROOT / f"templates/{name}.docx").read_bytes()) == []
