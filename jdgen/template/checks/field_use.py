"""Which fields a template may name: those of the draft, known from its types before anything is filled.

So a misspelt field is found at once, with every other one, whatever the draft at hand happens to hold; and so is a
question that has no answer, such as whether a text is greater than a number.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes

from jdgen.template.catalogue import item_of, without_none
from jdgen.template.checks.names import nearest_names, quoted_name

_ORDER = ("gt", "gteq", "lt", "lteq")
_MEMBER = ("in", "notin")
#: Tests and filters: what they can be asked of, and what is wrong where they are asked of anything else.
_KINDS_FOR = {"prompt": (("a text",), "is never a prompt"), "length": (("a text", "a list"), "has no length")}


class _Loop:
    """The type of ``loop`` inside a ``for``."""

    index: int
    index0: int
    first: bool
    last: bool
    length: int
    revindex: int
    revindex0: int


class _Unknown:
    """The type of what has been reported already, or is not known before a draft is at hand."""


@functools.cache
def _fields(kind: Any) -> Mapping[str, Any]:
    """The fields of a dataclass or of ``loop`` with their types; none of anything else, nor of a picture, which is
    only shown."""
    if kind is _Loop:
        return typing.get_type_hints(_Loop)
    return typing.get_type_hints(kind) if dataclasses.is_dataclass(kind) and not _is_picture(kind) else {}


def _kind_of(node: nodes.Node, names: Mapping[str, Any]) -> Any:
    """The type of an expression under the types of ``names``."""
    if isinstance(node, nodes.Name):
        return without_none(names.get(node.name, _Unknown))
    if isinstance(node, nodes.Getattr):
        return _kind_of_field(_kind_of(node.node, names), node.attr)
    if isinstance(node, nodes.Const):
        return type(node.value)
    if isinstance(node, nodes.Filter):
        return int if node.name == "length" else str
    if isinstance(node, (nodes.Compare, nodes.Not, nodes.Test)):
        return bool
    return _Unknown


def _kind_of_field(owner: Any, name: str) -> Any:
    return str if _is_mapping(owner) else without_none(_fields(owner).get(name, _Unknown))


def _may_be_none(kind: Any) -> bool:
    """Whether a field of this type can be missing in a draft."""
    return isinstance(kind, types.UnionType) and types.NoneType in typing.get_args(kind)


def _is_picture(kind: Any) -> bool:
    """Whether it is a picture, which is printed as it is."""
    return getattr(kind, "__name__", "") == "Picture"


def _is_mapping(kind: Any) -> bool:
    """Whether it is texts by names of the organisation's own, which no type has."""
    return typing.get_origin(kind) is Mapping


def _in_words(kind: Any) -> str:
    """The type as messages call it; '' where it is not known."""
    if item_of(kind):
        return "a list"
    if _is_mapping(kind):
        return "several fields"
    if not isinstance(kind, type) or kind is _Unknown:
        return ""
    kinds = ((types.NoneType, "nothing"), (str, "a text"), (bool, "a yes or no"), ((int, float), "a number"))
    return next((words for base, words in kinds if issubclass(kind, base)), "several fields")


def _unanswerable(node: nodes.Node, names: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Every question in the expression ``node`` that Python would answer with an error: its line, and why."""
    if isinstance(node, nodes.Compare):
        left = node.expr
        for operand in node.ops:
            if why := _why_incomparable(operand.op, left, operand.expr, names):
                yield node.lineno, why
            left = operand.expr
    elif isinstance(node, (nodes.Test, nodes.Filter)) and node.name in _KINDS_FOR and node.node is not None:
        kinds, why = _KINDS_FOR[node.name]
        if (kind := _kind_in_words(node.node, names)) not in ("", *kinds):
            yield node.lineno, f"{kind} {why}"
    for child in node.iter_child_nodes():
        yield from _unanswerable(child, names)


def _why_incomparable(operator: str, left: nodes.Node, right: nodes.Node, names: Mapping[str, Any]) -> str:
    """Why the comparison has no answer; '' where it has one."""
    left_kind, right_kind = _kind_in_words(left, names), _kind_in_words(right, names)
    if not left_kind or not right_kind:
        return ""
    is_unordered = operator in _ORDER and not (
        left_kind == right_kind and left_kind in ("a text", "a number", "a list")
    )
    is_no_member = operator in _MEMBER and not (right_kind == "a list" or left_kind == right_kind == "a text")
    return f"{left_kind} cannot be compared with {right_kind}" if is_unordered or is_no_member else ""


def _never_equal(node: nodes.Node, names: Mapping[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Every comparison in ``node`` of what is never equal: its line, what is wrong, and what would be right."""
    for comparison in node.find_all(nodes.Compare) if not isinstance(node, nodes.Compare) else (node,):
        left = comparison.expr
        for operand in comparison.ops:
            left_kind, right_kind = _kind_in_words(left, names), _kind_in_words(operand.expr, names)
            is_equality = operand.op in ("eq", "ne")
            if is_equality and left_kind != right_kind and not {left_kind, right_kind} & {"", "nothing"}:
                what = f"compares {left_kind} with {right_kind}, and they are never equal"
                yield comparison.lineno, what, _equal_to(operand.expr, left, left_kind)
            left = operand.expr


def _equal_to(node: nodes.Node, other: nodes.Node, kind_of_other: str) -> str:
    """What to compare in place of ``node`` with ``other``, which is of another kind."""
    if isinstance(node, nodes.Const) and kind_of_other == "a text":
        return f'put quotation marks round it: "{node.value}"'
    if kind_of_other in ("a list", "a yes or no"):
        return f"ask no more than {{% if {_source_of(other)} %}}"
    return _COMPARE


def _kind_in_words(node: nodes.Node, names: Mapping[str, Any]) -> str:
    return _in_words(_kind_of(node, names))


#: A name for what could not be read and was reported; templates cannot name it (``form.py``).
UNREADABLE = "jd_unreadable"
_COMPARE = "compare a text with a text, a number with a number"


@dataclasses.dataclass(frozen=True)
class FieldFault:
    """A field that a template uses wrongly: a code, the line, what is wrong and right. ``sure`` is false for what
    goes wrong with some drafts only."""

    code: str
    line: int
    what: str
    right: str
    sure: bool = True


def field_faults(tree: nodes.Template, context: type) -> Iterator[FieldFault]:
    """Every place of ``tree`` that names a field which ``context`` (a dataclass) has not, prints a list, loops over
    a text, or asks a question without an answer."""
    yield from _Checker({**_fields(context), UNREADABLE: _Unknown}, frozenset()).check(tree.body)


class _Checker:
    """Checks nodes under the names that are bound where they stand; ``asked_fields`` are those that an ``if`` round
    them asks for."""

    def __init__(self, names: Mapping[str, Any], asked_fields: frozenset[str]) -> None:
        self._names = names
        self._asked_fields = asked_fields

    def check(self, body: Iterable[nodes.Node]) -> Iterator[FieldFault]:
        for node in body:
            if isinstance(node, nodes.Output):
                for expression in node.nodes:
                    yield from self._output(expression)
            elif isinstance(node, nodes.For):
                yield from self._loop(node)
            elif isinstance(node, nodes.If):
                yield from self._if(node)

    def _if(self, node: nodes.If) -> Iterator[FieldFault]:
        yield from self._faults(node.test)
        yield from self._questions(node.test)
        names = {each.name for each in node.test.find_all(nodes.Name)}
        names |= {node.test.name} if isinstance(node.test, nodes.Name) else set()
        yield from _Checker(self._names, self._asked_fields | names).check([*node.body, *node.elif_, *node.else_])

    def _output(self, node: nodes.Expr) -> Iterator[FieldFault]:
        if isinstance(node, nodes.TemplateData):
            return
        faults = list(self._faults(node))
        yield from faults
        yield from self._questions(node)
        kind = _kind_of(node, self._names)
        if faults:
            return
        if (item_of(kind) or _is_mapping(kind) or dataclasses.is_dataclass(kind)) and not _is_picture(kind):
            what = "is a list" if item_of(kind) else "holds several fields"
            right = _loop_over(node) if item_of(kind) else _offer(kind)
            yield FieldFault("prints-no-text", node.lineno, f"{{{{ {_source_of(node)} }}}} {what}", right)
        if isinstance(node, nodes.Name) and self._may_be_missing(node.name):
            what = f"{{{{ {node.name} }}}} prints nothing where a post has none, which stops the document"
            right = f"write it between {{%p if {node.name} %}} and {{%p endif %}}"
            yield FieldFault("may-be-missing", node.lineno, what, right, sure=False)

    def _may_be_missing(self, name: str) -> bool:
        return _may_be_none(self._names.get(name)) and name not in self._asked_fields

    def _loop(self, node: nodes.For) -> Iterator[FieldFault]:
        faults = list(self._faults(node.iter))
        yield from faults
        kind = _kind_of(node.iter, self._names)
        element = item_of(kind)
        if not faults and element is None and not _is_reported(node.iter, kind):
            yield FieldFault("no-list", node.lineno, *_no_list(node.iter, kind))
        names = {**self._names, "loop": _Loop}
        if isinstance(node.target, nodes.Name):
            names[node.target.name] = element or _Unknown
        yield from _Checker(names, self._asked_fields).check(node.body)

    def _questions(self, node: nodes.Node) -> Iterator[FieldFault]:
        for line, why in _unanswerable(node, self._names):
            yield FieldFault("unanswerable", line, f"asks what cannot be answered ({why})", _COMPARE)
        for line, never, right in _never_equal(node, self._names):
            yield FieldFault("never-equal", line, never, right, sure=False)

    def _faults(self, node: nodes.Node) -> Iterator[FieldFault]:
        if isinstance(node, nodes.Name):
            if node.name not in self._names:
                right = nearest_names(node.name, _names_to_offer(self._names))
                yield FieldFault("unknown-field", node.lineno, f"no field {quoted_name(node.name)}", right)
        elif isinstance(node, nodes.Getattr):
            yield from self._attribute(node)
        elif isinstance(node, nodes.Filter) and node.node is not None:
            yield from self._faults(node.node)
            if node.name != "length" and item_of(_kind_of(node.node, self._names)):
                what = f"'{_source_of(node.node)}' is a list, not one text"
                yield FieldFault("prints-no-text", node.lineno, what, _loop_over(node.node))
        else:
            for child in node.iter_child_nodes():
                yield from self._faults(child)

    def _attribute(self, node: nodes.Getattr) -> Iterator[FieldFault]:
        yield from self._faults(node.node)
        owner = _kind_of(node.node, self._names)
        if _is_mapping(owner):
            return
        fields = list(_fields(owner))
        if owner is not _Unknown and node.attr not in fields:
            what = f"'{_source_of(node.node)}' has no field {quoted_name(node.attr)}"
            right = nearest_names(node.attr, fields) if fields else _whole(node.node, owner)
            yield FieldFault("unknown-field", node.lineno, what, right)


def _names_to_offer(names: Mapping[str, Any]) -> list[str]:
    return [name for name in names if name != UNREADABLE]


def _is_reported(node: nodes.Node, kind: Any) -> bool:
    """Whether nothing is known of a name, or of a field of what it stands for: that was told where it began."""
    return kind is _Unknown and isinstance(node, (nodes.Name, nodes.Getattr))


def _no_list(node: nodes.Node, kind: Any) -> tuple[str, str]:
    """What is wrong with a loop over ``node``, which is no list, and what would be right."""
    source = _source_of(node)
    if _is_mapping(kind) or (dataclasses.is_dataclass(kind) and not _is_picture(kind)):
        lists = [f"{source}.{name}" for name, inner in _fields(kind).items() if item_of(without_none(inner))]
        right = f"loop over one of its lists: {', '.join(lists)}" if lists else _offer(kind)
        return f"'{source}' holds several fields, and is no list", right
    words = "a picture" if _is_picture(kind) else _in_words(kind)
    what = words if words in ("a picture", "a number", "a yes or no") else "one text"
    return f"'{source}' is {what}, not a list", f"print it: {{{{ {source} }}}}"


def _loop_over(node: nodes.Node) -> str:
    return f"loop over it: {{%p for one in {_source_of(node)} %}}"


def _whole(node: nodes.Node, kind: Any) -> str:
    """What to do with ``node``, which has no fields."""
    return _loop_over(node) if item_of(kind) else f"print it: {{{{ {_source_of(node)} }}}}"


def _offer(kind: Any) -> str:
    return f"print one of its fields: {', '.join(_fields(kind)) or 'own.division prints your field division'}"


def _source_of(node: nodes.Node) -> str:
    """A name or chain of names as the template has it."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_source_of(node.node)}.{node.attr}"
    return "the expression"
