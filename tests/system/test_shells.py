"""What jdgen suggests can be copied into the shell of the system: that shell reads what was meant."""

from __future__ import annotations

import re
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.system.shells import quoted
from tests.toolbox.soak import budget

QUOTED = {
    "post.yaml": "post.yaml",
    r"output\a.docx": r"output\a.docx",
    r"C:\JD\a.docx": r"C:\JD\a.docx",
    r"output\Job description PMO.docx": r'"output\Job description PMO.docx"',
    r"\\server\users$\Ann Smith\a.docx": r"'\\server\users$\Ann Smith\a.docx'",
    "manager's post.docx": '"manager\'s post.docx"',
    "manager’s post.docx": '"manager’s post.docx"',
    "O'Neill $5.docx": "'O''Neill $5.docx'",
    "a,b;c&d(e).docx": '"a,b;c&d(e).docx"',
    "--notes": '"--notes"',
    "C:\\My folder\\": '"C:\\My folder\\\\"',
    "": '""',
    'say "hi"': r"'say \"hi\"'",
    "50% `x`": "'50% `x`'",
    "Łódź.docx": "Łódź.docx",
}


@pytest.mark.parametrize(("text", "typed"), QUOTED.items())
def test_on_windows(text: str, typed: str) -> None:
    assert quoted(text, "win32") == typed


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_elsewhere(platform: str) -> None:
    assert quoted("manager's post.docx", platform) == shlex.quote("manager's post.docx")


def read_by_powershell(typed: str) -> str:
    """What Windows PowerShell hands a program that is called with ``typed`` as its one argument, as the program reads
    it (about_Quoting_Rules; CommandLineToArgvW)."""
    if typed[:1] == "'":
        assert re.fullmatch("'(?:[^'‘’‚‛]|['‘’‚‛]{2})*'", typed), typed
        value = re.sub("(['‘’‚‛])(['‘’‚‛])", r"\2", typed[1:-1])
    elif typed[:1] == '"':
        assert re.fullmatch('"[^"“”„$`]*"', typed), typed
        value = typed[1:-1]
    else:
        assert re.fullmatch(r"[\w./\\:+-]+", typed), typed
        value = typed
    return read_by_program(f'"{value}"' if " " in value or not value else value)


def read_by_program(line: str) -> str:
    argument, inside, at = "", False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        at += slashes
        if line[at : at + 1] == '"':
            argument += "\\" * (slashes // 2)
            if slashes % 2:
                argument += '"'
            else:
                inside = not inside
            at += 1
        else:
            argument += "\\" * slashes + line[at : at + 1]
            at += 1
    assert not inside, line
    return argument


def read_by_prompt(typed: str) -> str:
    """What the Command Prompt hands it, which leaves quotation marks to the program."""
    return read_by_program(typed)


#: What stands in paths, titles and answers.
TEXTS = st.text(st.sampled_from("abŁ '’“”\"$`%&()\\/:;,.-#+"), max_size=12)


@budget(300)
@given(TEXTS)
def test_powershell_reads_what_was_meant(text: str) -> None:
    typed = quoted(text, "win32")
    # A folder may be followed by one stroke more.
    assert read_by_powershell(typed).rstrip("\\") == text.rstrip("\\")


@budget(300)
@given(TEXTS)
def test_so_does_the_command_prompt_where_nothing_is_read_into_it(text: str) -> None:
    if not set(text) & set('"“”$`%'):
        assert read_by_prompt(quoted(text, "win32")).rstrip("\\") == text.rstrip("\\")
