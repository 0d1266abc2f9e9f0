"""YAML files that people write, read as plain values that still know their lines; and what is wrong in one, told as a
person would who has never heard of YAML."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from jdgen.errors import JdgenError, Problem
from jdgen.files import MEGABYTE, content_of
from jdgen.text_files.values import UNMEANT, Keys, YamlFile
from jdgen.words import forbidden_characters, length_fault, shorten, text_in

# YAML files as plain values that still know their lines.
#
# PyYAML's composed node tree is turned into values here, rather than by its own loader, because a loader
# keeps the last of two equal keys, makes dates of texts and forgets where everything stood.

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADING_BEHIND_MARK = re.compile(r"# ?(\w+:)\s*")
_MEGABYTES = 16
_DEPTH = 40
# PyYAML takes some 500 bytes for each value. Two thousand posts have so many.
_VALUES = 200_000
# Lines that all lack the same, of which so many are told.
_MOST_PROBLEMS = 100
# Characters of what is written that messages show; some paste a page where a word is meant.
_QUOTED = 81

# What YAML ends a line at.
_LINE_END = re.compile("[\n\x85\u2028\u2029]")
# A bullet that was typed or pasted; a hyphen begins an entry of YAML's own.
_BULLET = re.compile(r"[•●▪■◦○‣·∙\uf0b7–—]\s")
# A comment that does not look like one: nobody writes "# remark" without the space who means it as such.
_COMMENT = re.compile(r"(?<![ \t])[ \t]+(#[^\s].*)")


def read_yaml(path: Path, name: str | None = None) -> YamlFile:
    """Read the file at ``path``; ``name`` is how messages call it.

    Raises :class:`JdgenError` with all of: text that is not UTF-8, characters no document can hold, YAML
    that does not parse, duplicate keys, anchors (they hide what a file says and can multiply without end).
    """
    name = name or str(path)
    content = content_of(path, right="name a file that you can open", most=_MEGABYTES * MEGABYTE, where=name)
    return parse_yaml(content, name)


def parse_yaml(content: bytes, name: str) -> YamlFile:
    """As :func:`read_yaml`, of content in memory."""
    if len(content) > _MEGABYTES * MEGABYTE:
        raise JdgenError(Problem(name, "is too large to be a file that people write", f"at most {_MEGABYTES} MB"))
    text = text_in(content, name)
    reading = _Reading(name, text)
    node = _compose(text, name)
    if isinstance(node, yaml.ScalarNode) and not node.style:
        _refuse_one_text(text, name)
    value = reading.value(node, ())
    if reading.problems:
        raise JdgenError(reading.problems)
    return YamlFile(name, value, reading.lines, reading.texts, reading.comments)


_NOT_CLOSED, _QUOTE_NOT_CLOSED = "a bracket is not closed", "a quotation mark is not closed"
_CLOSING = {
    _NOT_CLOSED: "close it, or put the text in quotes",
    _QUOTE_NOT_CLOSED: "end the text with the same mark",
}
# What YAML's readers call it, the one in C and the one in Python that a browser has, and what a person who has never
# heard of YAML would.
_PLAINLY = (
    (r"mapping values", "a colon stands in a text that has no quotation marks"),
    (r"single document|another document", "--- divides it in two"),
    (r"',' or|flow", _NOT_CLOSED),
    (r"escape", "a \\ stands in a text in double quotation marks: use single ones"),
    (r"end of stream|quoted scalar", _QUOTE_NOT_CLOSED),
    (r"cannot start any token", "a line begins with a character that must not begin it, such as a tab"),
    (r"document start", "a line is neither a key with a colon nor indented below one"),
    (r"block collection|sequence entries", "the dashes of a list do not stand one below the other"),
    (r"expected key|expected ':'|block mapping|<block end>", "a line is indented otherwise than its neighbours"),
    (r"anchor|alias", "a text begins with & or *, and has no quotation marks"),
)


_MEND = "mend the indentation, or put the text in quotes"


def _plainly(error: yaml.MarkedYAMLError) -> str:
    message = f"{error.context}: {error.problem}"
    return next((plain for sign, plain in _PLAINLY if re.search(sign, message)), "it is not as it has to be")


def _fault_of(error: yaml.MarkedYAMLError) -> _Fault:
    mark = error.problem_mark or error.context_mark
    return _Fault(mark.line if mark else 0, f"{error.context}: {error.problem}")


def _fault_in(text: str) -> _Fault | None:
    """Why ``text`` cannot be read; nothing also where another bound than YAML's is in the way, which is told when what
    comes before it has been mended."""
    try:
        _refuse_deep_or_many(text, "")
        yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        return _fault_of(error)
    except (JdgenError, yaml.YAMLError, RecursionError):
        return None
    return None


def _compose(text: str, name: str) -> Any:
    try:
        _refuse_deep_or_many(text, name)
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        if "nesting depth" in str(error.problem):  # newer libraries have a bound of their own
            raise JdgenError(_too_deep(where)) from error
        if heading := _passed_over_above(text.split("\n"), mark.line) if mark else "":
            right = f"where it belongs under {heading}, take the # and the space away there, too; else {_MEND}"
            raise JdgenError(Problem(where, f"cannot be read: {_plainly(error)}", right)) from error
        if lapses := _lapses_in(text, _fault_of(error)):
            problems = [
                _problem_of_lapse(name, lapse._replace(what=f"cannot be read: {lapse.what}")) for lapse in lapses
            ]
            raise JdgenError(problems) from error
        if "quoted scalar" in f"{error.context}" and error.context_mark:
            # Where it begins, not where the file ends.
            where = f"{name}:{error.context_mark.line + 1}"
        plainly = _plainly(error)
        right = _CLOSING.get(plainly, _MEND)
        if "document" in f"{error.problem}" and "---" in plainly:
            right = "delete that line"
        raise JdgenError(Problem(where, f"cannot be read: {plainly}", right)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise JdgenError(Problem(name, "cannot be read", "`jdgen docs` lists examples to begin with")) from error


def _refuse_one_text(text: str, name: str) -> None:
    """Tell why a file that is one text, as YAML has it, was meant to say more: each of its lines lacks the same."""
    if lapses := _lapses_in_every_line(text):
        raise JdgenError([_problem_of_lapse(name, lapse) for lapse in lapses[:_MOST_PROBLEMS]])


def _problem_of_lapse(name: str, lapse: _Lapse) -> Problem:
    return Problem(f"{name}:{lapse.number + 1}", lapse.what, lapse.right)


def _passed_over_above(lines: Sequence[str], number: int) -> str:
    """The heading behind a # that the indented line at index ``number`` stands under, with nothing but remarks between
    them: files to fill in have such examples, and one may be taken up without its heading."""
    if number >= len(lines) or not lines[number].startswith(" "):
        return ""
    for above in range(number - 1, -1, -1):
        if heading := _HEADING_BEHIND_MARK.fullmatch(lines[above]):
            return f"line {above + 1}, '{heading[1]}'"
        if lines[above].strip() and not lines[above].startswith("#"):
            return ""
    return ""


def _refuse_deep_or_many(text: str, name: str) -> None:
    """Refuse text that nests too deeply (PyYAML composes by recursion in C, and would take Python down with it), or
    holds more values than memory should."""
    depth = values = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            values += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            values += 1
        if values > _VALUES:
            right = f"at most {_VALUES:,} values; divide the posts among files, or write them in a workbook"
            raise JdgenError(Problem(name, "holds more than a file that people write", right))
        if depth > _DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise JdgenError(_too_deep(f"{name}:{line}"))


def _too_deep(where: str) -> Problem:
    return Problem(where, "is nested too deeply", f"at most {_DEPTH} levels")


class _Reading:
    """Turns one node tree into values, collecting lines and problems on the way."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text = text
        self._has_comments = _COMMENT.search(text) is not None
        self.comments: dict[Keys, str] = {}
        self.lines: dict[Keys, int] = {}
        self.texts: dict[Keys, str] = {}
        self.problems: list[Problem] = []
        self._nodes: set[int] = set()

    @functools.cached_property
    def _lines(self) -> list[str]:
        # Most files have neither such a comment nor typed bullets, and need no lines.
        return _LINE_END.split(self._text)

    def value(self, node: Any, path: Keys) -> Any:
        if node is None:
            return None
        line = self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._nodes:
            self._problem(line, "an anchor is used a second time (*name)", "write the text out where it is meant")
            return None
        self._nodes.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return dict(self._entries(node, path))

    def _entries(self, node: Any, path: Keys) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, child in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(line, "a key that is not text", "write one word before the colon")
            elif escaped := forbidden_characters(key):
                self._problem(line, f"control character {escaped[0][1]}", UNMEANT)
            elif key in first:
                right = f"keep one; the first is in line {first[key]}"
                self._problem(line, f"'{key}' stands here a second time", right)
            else:
                first[key] = self.lines[(*path, key)] = line
                yield key, self.value(child, (*path, key))

    def _scalar(self, node: Any, path: Keys) -> Any:
        if not node.style and node.end_mark.line > node.start_mark.line:
            self._keep_bullets(node)
        self.texts[path] = node.value
        # In quotes or a block, '#' is part of the text, and what follows is no part of it.
        if self._has_comments and not node.style and node.end_mark.line < len(self._lines):
            rest = self._lines[node.end_mark.line][node.end_mark.column :]
            if comment := _COMMENT.match(rest):
                self.comments[path] = comment[1].rstrip()
        if unfit := length_fault(node.value):
            self._problem(node.start_mark.line + 1, *unfit)
        if escaped := forbidden_characters(node.value):
            self._problem(node.start_mark.line + 1, f"control character {escaped[0][1]}", UNMEANT)
        return _plain(node.tag.rpartition(":")[2], node.value)

    def _keep_bullets(self, node: Any) -> None:
        """Keep the lines of a list with typed bullets, each of which begins with one: YAML makes one line of them."""
        lines = self._lines[node.start_mark.line : node.end_mark.line + 1]
        lines[0] = lines[0][node.start_mark.column :]
        text_lines = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        if all(map(_BULLET.match, text_lines)):
            node.value = "\n".join(text_lines)

    def _problem(self, line: int, what: str, right: str) -> None:
        self.problems.append(Problem(f"{self.name}:{line}", what, right))


def _plain(tag: str, text: str) -> Any:
    """A scalar by its YAML type; whatever is not a number, a truth value or nothing is text, dates too."""
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in {"yes", "true", "on"}
    if tag in {"int", "float"}:
        try:
            return int(text) if tag == "int" else float(text)
        except ValueError:  # octal, sexagesimal and the like: 8:30 is no number in a job description
            return text
    return text


# What people who have never heard of YAML get wrong in a line.
#
# YAML takes such a line for the text of the one above, and complains of a later one, or of indentation. A line is told
# only where mending it takes the complaint away.

# Patterns of lapses, which are compiled when a file has one: every start reads files, and those are mostly sound.
_ITEM = r"(?P<before>\s*+(?:- ++)?(?:[\w-][\w -]*?: ++)?)"
_NO_SPACE = r"(?P<before>\s*(?:- +)?)(?P<word>[A-Za-z_][\w -]*:)(?P<after>[^\s:/].*)"
_NO_COLON = r"(?P<before>\s*(?:- +)?)(?P<word>[A-Za-z_]\w*) *[;=：] *(?P<after>\S.*)"
_NO_HYPHEN = r"(?P<before>\s*)(?P<mark>[-–—•·*])(?P<space> *)(?P<after>[^\s-].*)"
_PART_IN_QUOTES = _ITEM + r"(?P<text>'(?:[^']|'')*' *[^\s#'].*|\"(?:[^\"\\]|\\.)*\" *[^\s#\"].*)"
_MEANT_OTHERWISE = _ITEM + r"(?P<text>(?![>|][-+\d]* *(?:#.*)?\Z)[,%@`>|?&*!\]}].*)"
_COLON_WITHIN = r"(?P<before>\s*(?:- +)?[\w-]+: +)(?P<text>[^\s'\"\[{|>&*!%@`#-][^:#]*: .*)"
_WIDE_SPACE = r" *+(?:(?:- *+|[\w-]+:) *+)?[\t\u00a0\u2000-\u200b\u202f\u3000]"
_ODD_SPACES = "[\t\u00a0\u2000-\u200a\u202f\u3000]"
# More lapses in one file are told another time: each is looked for by reading the file again.
_MOST_LAPSES = 10
_SHORT_ENOUGH = 2**18
_ENTRY = r"\s*(?:- |[\w-]+:(?: |$))"


class _Fault(NamedTuple):
    """The ``line`` (from 0) at which a reader of YAML gives up, and its ``message``."""

    line: int
    message: str


class _Lapse(NamedTuple):
    """What is wrong in the line with this ``number`` (from 0), what would be right, and the line as it was meant."""

    number: int
    what: str
    right: str
    mended: str


def _lapse_in(index: int, line: str) -> _Lapse | None:
    """What people often get wrong, if ``line`` has it."""
    if re.match(_WIDE_SPACE, line):
        character = "a tab" if "\t" in line else "a space of another kind than the space bar's"
        plain = re.sub(_ODD_SPACES, " ", line.replace("\u200b", ""))
        return _Lapse(
            index, f"{character} stands where a line begins or behind a colon", "type plain spaces there", plain
        )
    if lapse := re.fullmatch(_NO_SPACE, line):
        what, mended = f"no space behind '{lapse['word']}'", f"{lapse['word']} {lapse['after']}"
    elif lapse := re.fullmatch(_NO_COLON, line):
        what, mended = f"no colon behind '{lapse['word']}'", f"{lapse['word']}: {lapse['after']}"
    elif (lapse := re.fullmatch(_NO_HYPHEN, line)) and (lapse["mark"], bool(lapse["space"])) != ("-", True):
        what, mended = "an entry of a list has to begin with a hyphen and a space", f"- {lapse['after']}"
    else:
        return None
    return _Lapse(index, what, f"write '{_excerpt(mended)}'", lapse["before"] + mended)


def _unquoted_in(index: int, line: str) -> _Lapse | None:
    """The same, of quotation marks: what they leave out, or what is wanting."""
    if lapse := re.fullmatch(_PART_IN_QUOTES, line):
        right = "put all of the text in quotation marks of the other kind"
        mended = lapse["before"] + _in_quotes(lapse["text"])
        return _Lapse(index, "the text goes on behind a quotation mark that closes it", right, mended)
    if lapse := re.fullmatch(_MEANT_OTHERWISE, line):
        what = f"a text that begins with {lapse['text'][0]} needs quotation marks"
    elif lapse := re.fullmatch(_COLON_WITHIN, line):
        what = "a colon stands in a text that has no quotation marks"
    else:
        return None
    quoted = _in_quotes(lapse["text"])
    return _Lapse(index, what, f"write {_excerpt(quoted)}", lapse["before"] + quoted)


def _lapse_of(index: int, line: str) -> _Lapse | None:
    return _lapse_in(index, line) or _unquoted_in(index, line) or _stray_line(index, line)


def _stray_line(index: int, line: str) -> _Lapse | None:
    """A line of a longer text that begins where the words with a colon do."""
    if not line or line[0] in " -#" or line.startswith(("---", "...")) or re.search(r":(?: |$)", line):
        return None
    right = "indent it by two spaces, if it goes on with the text above"
    return _Lapse(index, "a line has no word with a colon and is not indented", right, f"  {line}")


def _in_quotes(text: str) -> str:
    return "'" + text.rstrip().replace("'", "''") + "'"


def _lapses_in(text: str, fault: _Fault) -> list[_Lapse]:
    """What is probably wrong where ``text`` cannot be read for a ``fault``: told is only what takes the fault away, or
    moves it, when it is mended. The text is read again as if it were, so that all such lines are told at once."""
    lines, lapses, lapses_in_doubt = text.split("\n"), list[_Lapse](), list[_Lapse]()
    fault_left: _Fault | None = fault
    while fault_left is not None and len(lapses) + len(lapses_in_doubt) < _MOST_LAPSES and len(text) < _SHORT_ENOUGH:
        lapse = _lapse_near(lines, fault_left, {known_lapse.number for known_lapse in (*lapses, *lapses_in_doubt)})
        if lapse is None:
            break
        lines[lapse.number] = lapse.mended
        lapses_in_doubt.append(lapse)
        fault_then = _fault_in("\n".join(lines))
        if fault_then != fault_left:  # else more than this line is wrong, or another one
            lapses, lapses_in_doubt = [*lapses, *lapses_in_doubt], []
        fault_left = fault_then
    return sorted(lapses)


def _lapses_in_every_line(text: str) -> list[_Lapse]:
    """What each line of ``text`` lacks, where all lack a space or a colon: YAML takes them for one text."""
    lines = [(index, line) for index, line in enumerate(text.split("\n")) if line.strip() and line[0] != "#"]
    if not all(re.fullmatch(_NO_SPACE, line) or re.fullmatch(_NO_COLON, line) for _, line in lines):
        return []
    return [lapse for index, line in lines if (lapse := _lapse_in(index, line))]


def _lapse_near(lines: Sequence[str], fault: _Fault, mended_lines: Collection[int]) -> _Lapse | None:
    """The lapse in the line at which the fault is told, or in the nearest above it of which that may be the text."""
    for index in range(min(fault.line, len(lines) - 1), -1, -1):
        if index not in mended_lines and (lapse := _lapse_of(index, lines[index])):
            return lapse
        if index < fault.line and index not in mended_lines and re.match(_ENTRY, lines[index]):
            return None
    return None


def _excerpt(line: str) -> str:
    return shorten(line, _QUOTED)
