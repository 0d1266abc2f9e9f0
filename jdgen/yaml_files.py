"""YAML files that people write: plain values that still know their lines, checked against published schemas."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from jdgen.cache import entry
from jdgen.errors import JdgenError, Problem, did_you_mean, list_words
from jdgen.file_values import UNMEANT, Keys, YamlFile
from jdgen.files import MEGABYTE, content_of
from jdgen.levels import BandRange
from jdgen.words import decode, forbidden, forbidden_in, normalise, shorten, slug
from jdgen.workspace import shipped_folder
from jdgen.yaml_lapses import Lapse, YamlFault, lapses_in, lapses_in_every_line

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
# A file with more is no text at all.
_TOLD = 100

# What YAML ends a line at.
_LINE_END = re.compile("[\n\x85\u2028\u2029]")
# A bullet that was typed or pasted; a hyphen begins an entry of YAML's own.
_BULLET = re.compile(r"[•●▪■◦○‣·∙\uf0b7–—]\s")
# A comment that does not look like one: nobody writes "# remark" without the space who means it as such.
_COMMENT = re.compile(r"[ \t]+(#[^\s].*)")


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
    text = normalise(decode(content, name))
    problems = [
        Problem(f"{name}:{text.count(chr(10), 0, offset) + 1}", f"control character {code}", "delete it")
        for offset, code in islice(forbidden_in(text), _TOLD)
    ]
    if problems:
        raise JdgenError(problems)
    reading = _Reading(name, text)
    node = _compose(text, name)
    if isinstance(node, yaml.ScalarNode) and not node.style:
        _refuse_one_text(text, name)
    value = reading.value(node, ())
    if reading.problems:
        raise JdgenError(reading.problems)
    return YamlFile(name, value, reading.lines, reading.written, reading.cut)


# What YAML's readers call it, the one in C and the one in Python that a browser has, and what a person who has never
# heard of YAML would.
_PLAINLY = (
    (r"mapping values", "a colon stands in a text that has no quotation marks"),
    (r"single document|another document", "--- divides it in two"),
    (r"',' or|flow", "a bracket is not closed"),
    (r"escape", "a \\ stands in a text in double quotation marks: use single ones"),
    (r"end of stream|quoted scalar", "a quotation mark is not closed"),
    (r"cannot start any token", "a line begins with a character that must not begin it, such as a tab"),
    (r"document start", "a line is neither a key with a colon nor indented below one"),
    (r"block collection|sequence entries", "the dashes of a list do not stand one below the other"),
    (r"expected key|expected ':'|block mapping|<block end>", "a line is indented otherwise than its neighbours"),
    (r"anchor|alias", "a text begins with & or *, and has no quotation marks"),
)


_MEND = "mend the indentation, or put the text in quotes"


def _plainly(error: yaml.MarkedYAMLError) -> str:
    told = f"{error.context}: {error.problem}"
    return next((plain for sign, plain in _PLAINLY if re.search(sign, told)), "it is not as it has to be")


def _fault_of(error: yaml.MarkedYAMLError) -> YamlFault:
    mark = error.problem_mark or error.context_mark
    return YamlFault(mark.line if mark else 0, f"{error.context}: {error.problem}")


def _fault_in(text: str) -> YamlFault | None:
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
        if lapses := lapses_in(text, _fault_of(error), _fault_in):
            told = [_problem_of_lapse(name, each._replace(what=f"cannot be read: {each.what}")) for each in lapses]
            raise JdgenError(told) from error
        if "quoted scalar" in f"{error.context}" and error.context_mark:
            # Where it begins, not where the file ends.
            where = f"{name}:{error.context_mark.line + 1}"
        right = "delete that line" if "document" in f"{error.problem}" and "---" in _plainly(error) else _MEND
        raise JdgenError(Problem(where, f"cannot be read: {_plainly(error)}", right)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise JdgenError(Problem(name, "cannot be read", "`jdgen docs` lists examples to begin with")) from error


def _refuse_one_text(text: str, name: str) -> None:
    """Tell why a file that is one text, as YAML has it, was meant to say more: each of its lines lacks the same."""
    if lapses := lapses_in_every_line(text):
        raise JdgenError([_problem_of_lapse(name, lapse) for lapse in lapses[:_TOLD]])


def _problem_of_lapse(name: str, lapse: Lapse) -> Problem:
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
        self.cut: dict[Keys, str] = {}
        self.lines: dict[Keys, int] = {}
        self.written: dict[Keys, str] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    @functools.cached_property
    def _lines(self) -> list[str]:
        # Most files have neither such a comment nor typed bullets, and need no lines.
        return _LINE_END.split(self._text)

    def value(self, node: Any, path: Keys) -> Any:
        if node is None:
            return None
        line = self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._problem(line, "an anchor is used a second time (*name)", "write the text out where it is meant")
            return None
        self._seen.add(id(node))
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
            elif escaped := forbidden(key):
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
        self.written[path] = node.value
        # In quotes or a block, '#' is part of the text, and what follows is no part of it.
        if self._has_comments and not node.style and node.end_mark.line < len(self._lines):
            rest = self._lines[node.end_mark.line][node.end_mark.column :]
            if comment := _COMMENT.match(rest):
                self.cut[path] = comment[1].rstrip()
        if escaped := forbidden(node.value):
            self._problem(node.start_mark.line + 1, f"control character {escaped[0][1]}", UNMEANT)
        return _plain(node.tag.rpartition(":")[2], node.value)

    def _keep_bullets(self, node: Any) -> None:
        """Keep the lines of a list with typed bullets, each of which begins with one: YAML makes one line of them."""
        lines = self._lines[node.start_mark.line : node.end_mark.line + 1]
        lines[0] = lines[0][node.start_mark.column :]
        told = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        if all(map(_BULLET.match, told)):
            node.value = "\n".join(told)

    def _problem(self, line: int, what: str, right: str) -> None:
        self.problems.append(Problem(f"{self.name}:{line}", what, right))


def _plain(tag: str, written: str) -> Any:
    """A scalar by its YAML type; whatever is not a number, a truth value or nothing is text, dates too."""
    if tag == "null":
        return None
    if tag == "bool":
        return written.lower() in {"yes", "true", "on"}
    if tag in {"int", "float"}:
        try:
            return int(written) if tag == "int" else float(written)
        except ValueError:  # octal, sexagesimal and the like: 8:30 is no number in a job description
            return written
    return written


# Checking a read file against its published JSON Schema, and saying what is wrong as a person would.

# Characters of what is written that are shown; some paste a page where a word is meant.
_SHOWN = 81
_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "named entries",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def load_schema(name: str) -> dict[str, Any]:
    """The published schema ``name`` (``framework``, ``post``, ``clauses`` …) as plain values."""
    path = shipped_folder() / "framework_data" / "schemas" / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@functools.cache
def _validator(name: str) -> tuple[dict[str, Any], Any]:
    schema = load_schema(name)
    try:
        import jsonschema_rs  # noqa: PLC0415  # slow to import, and a library that is kept has been checked
    except ImportError as error:  # in a browser, where there is nothing but Python's own library
        from jdgen.plain_validation import Validator  # noqa: PLC0415  # as above

        try:
            return schema, Validator(schema)
        except ValueError:  # which knows only what a schema of posts says
            right = "install jdgen anew, with all that it needs"
            raise JdgenError(Problem("jdgen", "the library jsonschema-rs cannot be loaded", right)) from error
    return schema, jsonschema_rs.Draft202012Validator(schema)


def schema_problems(file: YamlFile, schema_name: str, *, is_noted: bool = False) -> list[Problem]:
    """Every place where ``file`` departs from the schema, in the order of the file's lines; see :func:`departures`."""
    return [problem for _, problem in departures(file, schema_name, is_noted=is_noted)]


def departures(
    file: YamlFile, schema_name: str, passed_over: Collection[Keys] = (), *, is_noted: bool = False
) -> list[tuple[Keys, Problem]]:
    """The same with the keys of each value that does not fit; but for the values at ``passed_over``, of which more has
    been said already. ``is_noted`` notes for later runs that all fits, so that they need not load the validator; of
    the file, only a digest is kept."""
    if not is_noted:
        return _departures(file, schema_name, passed_over)
    place = entry("fits", schema_name, repr(file.value), repr(sorted(map(repr, passed_over))))
    if place.read() is not None:
        return []
    found = _departures(file, schema_name, passed_over)
    if not found:
        place.write(b"")
    return found


def _departures(file: YamlFile, schema_name: str, passed_over: Collection[Keys]) -> list[tuple[Keys, Problem]]:
    schema, validator = _validator(schema_name)
    errors = (error for error in validator.iter_errors(file.value) if tuple(error.instance_path) not in passed_over)
    placed = (
        each for error in errors for each in zip(_unfit_at(error), _explain_error(error, file, schema), strict=True)
    )
    return sorted(placed, key=lambda each: (file.where(each[0]).number, each[1]))


def _unfit_at(error: Any) -> list[Keys]:
    """The keys of each value that ``error`` is about."""
    path: Keys = tuple(error.instance_path)
    if error.kind.name == "propertyNames":
        return [(*path, error.kind.error.instance)]
    is_unknown = error.kind.name == "additionalProperties"
    return [(*path, key) for key in error.kind.unexpected] if is_unknown else [path]


def _explain_error(error: Any, file: YamlFile, schema: dict[str, Any]) -> Iterator[Problem]:
    path: Keys = tuple(error.instance_path)
    rules = _rules_at(schema, error.evaluation_path[:-1])
    kind = error.kind
    match kind.name:
        case "additionalProperties":
            for key in kind.unexpected:
                yield Problem(
                    file.where((*path, key)),
                    f"unknown key '{_short(key)}'",
                    did_you_mean(key, list(rules.get("properties", {}))),
                )
        case "propertyNames":
            name = str(kind.error.instance)
            right = str(rules["description"])
            plain = slug(name).replace("-", "_")
            if re.search(rules["pattern"], plain):
                right = f"write {plain}: {right}"
            yield Problem(file.where((*path, name)), f"{_field(path)}: '{_short(name)}' is no name", right)
        case "required":
            yield Problem(file.where(path), f"'{kind.property}' is missing", _meaning(rules, kind.property))
        case "type":
            yield _wrong_type(file, path, error.instance, kind.types, rules)
        case "enum":
            written = file.written.get(path, "")
            if written.strip() and error.instance is not None:
                what = f"unknown {_field(path)} '{_short(written)}'"
                yield Problem(file.where(path), what, did_you_mean(written, kind.options))
            else:
                yield _wrong_type(file, path, error.instance, ["string"], {"description": list_words(kind.options)})
        case "oneOf":
            ways = [" with ".join(way["required"]) for way in rules["oneOf"]]
            yield Problem(file.where(path), "it must have one way of saying it, and only one", list_words(ways))
        case _:
            yield _unfit(file, path, error.instance, rules)


def _wrong_type(file: YamlFile, path: Keys, value: Any, types: list[str], rules: dict[str, Any]) -> Problem:
    # A figure is a text, too.
    expected = " or ".join(_TYPES[name] for name in types if name != "number" or "string" not in types)
    written = file.written.get(path)
    if value not in (None, "") and written is not None and "string" in types:
        what = f"{_field(path)}: {_short(written)} where text is meant"
        return Problem(file.where(path), what, f"write '{_short(written)}' in quotes")
    if value is None or value == "":
        what = f"{_field(path)} is empty"
    else:
        what = f"{_field(path)} is {_actual(value)}, where {expected} is meant".replace("entries is", "entries are")
    return Problem(file.where(path), what, _described(rules, f"write {expected}") if path else _beginning(rules))


def _actual(value: Any) -> str:
    """What a value is, of which another kind is meant."""
    match value:
        case list():
            return "a list"
        case dict():
            return "a group of named entries"
        case bool():
            return "a word for true or false"
        case int() | float():
            return "a number"
    return "text"


def _beginning(rules: dict[str, Any]) -> str:
    """How a file begins that has named entries."""
    names = rules.get("required") or list(rules.get("properties", {}))
    return f"write entries with a name before each, such as {list_words(names[:3])}" if names else "write named entries"


def _described(rules: dict[str, Any], otherwise: str) -> str:
    return str(rules.get("description", otherwise))


def _unfit(file: YamlFile, path: Keys, value: Any, rules: dict[str, Any]) -> Problem:
    # A part of a text that was divided is written nowhere by itself.
    written = file.written.get(path, value if isinstance(value, str) else "")
    if not written.strip():
        what = f"{_field(path)} is empty" if not value or isinstance(value, str) else f"{_field(path)} does not fit"
        return Problem(file.where(path), what, _described(rules, "write it, or delete the line"))
    if isinstance(value, int | float) and value < rules.get("minimum", value):
        what = f"{_field(path)} is {value}, where at least {rules['minimum']} is meant"
        return Problem(file.where(path), what, _described(rules, "write a larger number"))
    if rules.get("x-kind") == "bands":
        try:
            BandRange.parse(written)
        except ValueError as error:
            return Problem(file.where(path), str(error), "write a band as '7' or a range as '8a-8d'")
    what = f"{_field(path)} '{_short(written)}' does not fit"
    return Problem(file.where(path), what, _described(rules, "`jdgen docs` lists what can be written there"))


def _short(written: str) -> str:
    return shorten(written, _SHOWN)


def _field(path: Keys) -> str:
    """The nearest key above a value: what a person would call it."""
    return next((part for part in reversed(path) if isinstance(part, str)), "the file")


def _meaning(rules: dict[str, Any], key: str) -> str:
    described = rules.get("properties", {}).get(key, {}).get("description")
    return str(described) if described else f"add '{key}'; required here: {list_words(rules.get('required', []))}"


def _rules_at(schema: dict[str, Any], steps: list[str | int]) -> dict[str, Any]:
    """The part of ``schema`` in which the failing rule stands; a step through ``$ref`` goes to its target,
    and what stands beside ``$ref`` (a nearer description) goes with it."""
    rules: Any = schema
    for step in steps:
        if step == "$ref":
            target = rules["$ref"].removeprefix("#/").split("/")
            rules = functools.reduce(lambda part, name: part[name], target, schema) | rules
        else:
            rules = rules[step]
    return rules if isinstance(rules, dict) else {}


# Where values stand, for changes to a file that leave all else in it as people wrote it.


class YamlSpan(NamedTuple):
    """Where a value stands in a text, by offsets: from ``start`` to ``end``; ``key`` is where its key begins, or the
    value itself, where it is one of a list."""

    key: int
    start: int
    end: int


def yaml_spans(text: str) -> dict[Keys, YamlSpan]:
    """Where each value of ``text`` stands, which has been read as a YAML file without problems."""
    spans: dict[Keys, YamlSpan] = {}
    # Offsets of the faster reader, which is in C, are not said to count characters.
    if (node := yaml.compose(text, Loader=yaml.SafeLoader)) is not None:
        _note_spans(node, (), node.start_mark.index, spans)
        for path, span in spans.items():
            # A folded text ends behind the line breaks that follow it.
            spans[path] = span._replace(end=span.start + len(text[span.start : span.end].rstrip()))
    return spans


def _note_spans(node: Any, path: Keys, key: int, spans: dict[Keys, YamlSpan]) -> int:
    """Note where ``node`` and all in it stands; gives where it ends: a block of entries ends with the last of them."""
    ends = [node.start_mark.index]
    if isinstance(node, yaml.SequenceNode):
        children = [((*path, index), child.start_mark.index, child) for index, child in enumerate(node.value)]
    elif isinstance(node, yaml.MappingNode):
        children = [((*path, one.value), one.start_mark.index, child) for one, child in node.value]
    else:
        children = []
    ends += [_note_spans(child, inner, begins, spans) for inner, begins, child in children]
    is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    end = max(ends) if is_block else node.end_mark.index
    spans[path] = YamlSpan(key, node.start_mark.index, end)
    return int(end)


# Writing values for people to change.

_FOLDED = 96
_TEXT = "tag:yaml.org,2002:str"
_INTEGER, _DECIMAL = re.compile(r"0|[1-9]\d*"), re.compile(r"\d+\.\d+")


class _Dumper(yaml.SafeDumper):
    """Writes lists further in than their key, and paragraphs as they are seen."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_text(self, text: str) -> Any:
        return self.represent_scalar(_TEXT, text, style="|" if "\n" in text else None)


class _BareDumper(_Dumper):
    """Writes figures without quotes, too."""

    def represent_text(self, text: str) -> Any:
        if _INTEGER.fullmatch(text):
            return self.represent_scalar("tag:yaml.org,2002:int", text)
        if _DECIMAL.fullmatch(text):
            return self.represent_scalar("tag:yaml.org,2002:float", text)
        return super().represent_text(text)


for _kind in (_Dumper, _BareDumper):
    _kind.add_representer(str, _kind.represent_text)


def yaml_lines(values: dict[str, Any]) -> list[str]:
    """The lines of a file that say ``values``, in their order. Figures in texts have no quotes: see
    :func:`jdgen.post.forms.as_meant`, which reads them as they are written."""
    return _dumped(values, _BareDumper)


def exact_yaml_lines(values: dict[str, Any]) -> list[str]:
    """The lines of a file that say ``values``, in their order; a text is read back as one, whatever it looks like."""
    return _dumped(values, _Dumper)


def _dumped(values: dict[str, Any], dumper: type[_Dumper]) -> list[str]:
    text: str = yaml.dump(values, Dumper=dumper, sort_keys=False, allow_unicode=True, width=_FOLDED)
    return text.splitlines()
