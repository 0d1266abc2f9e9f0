"""The template language: Jinja2 reduced to printing fields, repeating and choosing.

A template is code from a stranger. It may name fields of the draft, loop over them and ask simple
questions. It may not call, compute or build text, so that it can neither reach beyond the draft nor grow
without bounds.
"""

from __future__ import annotations

import dataclasses
import functools
import html
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jdgen.drafting import model
from jdgen.drafting.library import is_prompt
from jdgen.template import anchors, mixed_anchors, shared_loops
from jdgen.template.anchors import Piece

FILTERS = ("upper", "lower", "capitalize", "trim", "length")  # and those of anchors, which jdgen alone writes
TESTS = ("prompt", "none", "defined")
MAX_NESTING = 4
# A document of a thousand pages has some five million.
MAX_CHARACTERS = 10_000_000
# Pieces of print that are counted together; few enough to hold, many enough to cost nothing.
_PIECES = 10_000

# Characters that XML has no place for (XML 1.0, 2.2).
_NO_XML = r"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_FORBIDDEN = re.compile(f"[{_NO_XML}]")
_SPECIAL = re.compile(f"[&<>\"'{{}}%_{_NO_XML}]")
_TAG_CHARACTERS = {ord(char): f"&#{ord(char)};" for char in "{}%_"}

# Names of fields of the draft and of what it holds.
_FIELDS = frozenset(
    field.name for kind in vars(model).values() if dataclasses.is_dataclass(kind) for field in dataclasses.fields(kind)
)

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.For, nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    *(nodes.Filter, nodes.FilterBlock, nodes.Test),
)


class TemplateTooLongError(Exception):
    """A template prints more than any job description could hold."""


class UnprintableError(Exception):
    """A template prints what is no text; the message says what."""


class UnanswerableError(Exception):
    """A template asks a question that has no answer; the message is Python's."""


class _DirectFields(CodeGenerator):
    """Jinja's compiler, with a field of the draft as a plain attribute: the sandbox need not be asked whether
    ``text`` is safe for every value that is printed. It is asked of every other name."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # Jinja names it so
        """Write ``owner.field``."""
        if node.attr not in _FIELDS:
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class _Environment(ImmutableSandboxedEnvironment):
    """Sandboxed, strict about missing fields, escaping all text, bounded in what it prints.

    Jinja's own autoescape is off, since ``finalize`` escapes whatever is printed, and once is enough.
    """

    code_generator_class = _DirectFields

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """What was printed, as one text, or an end to it."""
        if isinstance(parts, list):  # what a filter is put round, a paragraph mostly
            text = "".join(parts)
            if len(text) > MAX_CHARACTERS:
                raise TemplateTooLongError
            return text
        return "".join(bounded(parts))

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is called."""
        return False


def environment() -> _Environment:
    """A Jinja environment that knows the dialect and nothing else: no globals, few filters, few tests."""
    jinja = _Environment(autoescape=False, undefined=StrictUndefined, finalize=_printable)
    jinja.globals.clear()
    jinja.filters = {name: jinja.filters[name] for name in FILTERS} | {
        anchors.FILTER: anchors.block_filter(_printable),
        mixed_anchors.FILTER: mixed_anchors.paragraph_filter,
        shared_loops.FILTER: shared_loops.shared_filter,
    }
    jinja.tests = {name: jinja.tests[name] for name in TESTS if name != "prompt"} | {"prompt": is_prompt}
    return jinja


def forbidden_nodes(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """What ``tree`` uses beyond the dialect: line and a name for it."""
    yield from _walk(tree, 0, 1)


def _walk(node: nodes.Node, depth: int, line: int) -> Iterator[tuple[int, str]]:
    # Jinja gives some nodes no line: then that of what is in them.
    line = node.lineno or next((inner.lineno for inner in node.find_all(nodes.Node) if inner.lineno), line)
    if isinstance(node, nodes.For):
        depth += 1
        if depth > MAX_NESTING:
            yield line, f"loops nested more than {MAX_NESTING} deep"
            return
        if node.recursive or node.test or node.else_:
            yield line, "a loop that is recursive, filtered or has an else"
    if isinstance(node, nodes.Operand) and node.op in ("in", "notin") and _lists_constants(node.expr):
        return
    if not isinstance(node, _ALLOWED):
        yield line, _NAMES.get(type(node), f"'{type(node).__name__}'")
        return
    yield from _misused(node, line)
    for child in node.iter_child_nodes():
        yield from _walk(child, depth, line)


def _misused(node: nodes.Node, line: int) -> Iterator[tuple[int, str]]:
    """What an allowed node says that it may not."""
    if isinstance(node, nodes.Output):
        for printed in node.nodes:
            if _prints_constant(printed):
                yield printed.lineno or line, "a text or number inside {{ }}"
    if isinstance(node, (nodes.Name, nodes.Getattr)) and _name(node).startswith("_"):
        yield line, f"the name '{_name(node)}'"
    if isinstance(node, nodes.Filter) and node.name not in (*FILTERS, anchors.FILTER, mixed_anchors.FILTER):
        yield line, f"the filter '{node.name}'"
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        yield line, f"the test '{node.name}'"


def _lists_constants(node: nodes.Expr) -> bool:
    """Whether the expression is a list as in ``band in ['7', '8a']``, which is asked and never printed."""
    return isinstance(node, (nodes.List, nodes.Tuple)) and all(isinstance(each, nodes.Const) for each in node.items)


def _name(node: nodes.Name | nodes.Getattr) -> str:
    return node.name if isinstance(node, nodes.Name) else node.attr


def _prints_constant(node: nodes.Node) -> bool:
    """Whether ``{{ node }}`` can print what the template says rather than a field: Jinja would print ``None``
    and escape ``&`` twice. What is only asked or compared is not printed."""
    if isinstance(node, (nodes.And, nodes.Or)):
        return _prints_constant(node.left) or _prints_constant(node.right)
    if isinstance(node, nodes.CondExpr):
        return _prints_constant(node.expr1) or (node.expr2 is not None and _prints_constant(node.expr2))
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _prints_constant(node.node)
    return isinstance(node, nodes.Const)


_NAMES: dict[type[nodes.Node], str] = {
    nodes.Call: "a call",
    nodes.Getitem: "a look-up by position or key",
    nodes.Concat: "building text with ~",
    nodes.Add: "arithmetic",
    nodes.Sub: "arithmetic",
    nodes.Mul: "arithmetic",
    nodes.Div: "arithmetic",
    nodes.Mod: "arithmetic",
    nodes.Pow: "arithmetic",
    nodes.FloorDiv: "arithmetic",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "a macro",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.Extends: "extends",
    nodes.Block: "a block",
    nodes.Scope: "autoescape",
}


def _printable(value: Any) -> Any:
    """What ``{{ … }}`` may print: text, numbers, and what already is a piece of the document."""
    if isinstance(value, str):
        return value if isinstance(value, Piece) else _escaped(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if hasattr(value, "__html__"):
        return value
    if isinstance(value, Undefined):
        raise UnprintableError("a field that is missing")
    raise UnprintableError("nothing (None)" if value is None else f"a {type(value).__name__}")


@functools.lru_cache(maxsize=1024)
def _escaped(text: str) -> str:
    """``text`` as XML, with all that tags are made of escaped as well, so that ``{_{`` does not become ``{{`` as
    docxtpl would have it, not even where two fields, or a field and the template's text, meet.

    Most of what one document prints the next one prints too, hence the cache. Text was checked when it was read;
    this is the second look that everything printed gets.
    """
    if not _SPECIAL.search(text):
        return text
    if found := _FORBIDDEN.search(text):
        raise UnprintableError(f"the character U+{ord(found[0]):04X}, which no document can hold")
    return html.escape(text).translate(_TAG_CHARACTERS)


def bounded(parts: Iterable[str]) -> list[str]:
    """What was printed, piece by piece. Raises :class:`TemplateTooLongError` for more than a document can hold."""
    pieces: list[str] = []
    counted = iter(parts)
    characters = 0
    while more := list(itertools.islice(counted, _PIECES)):
        characters += sum(map(len, more))
        if characters > MAX_CHARACTERS:
            raise TemplateTooLongError
        pieces += more
    return pieces
