"""Word's own fields, and those among them that reach outside the document.

A field is written as runs between ``w:fldChar`` marks, or as ``w:fldSimple``. Its code may be cut into as many runs as
one likes, stand in several paragraphs, and hold other fields (ECMA-376 part 1, 17.16.2 to 17.16.19).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jdgen.word_file.parsing import W
from jdgen.word_file.relationships import leads_astray

#: Fields that load, run or ask something outside the document (ECMA-376 part 1, 17.16.5), and their old names.
_REACHING_OUT = frozenset(
    {
        *("DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "RD"),
        *("EMBED", "ADDIN", "HTMLACTIVEX"),
    }
)
_KIND = re.compile(r'[\s"\u200b\ufeff]*([^\W\d_]+)')
_LINKED = re.compile(r'HYPERLINK\s+(?!\\)"?([^"\s]+)', re.IGNORECASE)
_DIRECTIONS = "delete the field (Shift+F9 shows it), or put its result in its place (Ctrl+Shift+F9)"


@dataclass
class _Field:
    """A field that has begun: its code so far, and whether the code is over."""

    code: list[str] = field(default_factory=list)
    over: bool = False
    made_by_another: bool = False


def reaching_out(tree: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the fields of a part, and what would be right."""
    for code, made_by_another in _codes(tree):
        kind = _KIND.match(code)
        name = kind[1].upper() if kind else ""
        if name in _REACHING_OUT:
            yield f"has a field that reaches outside the document ({name})", _DIRECTIONS
        elif made_by_another:
            yield "has a field whose kind is the result of another field", _DIRECTIONS
        elif (linked := _LINKED.search(code)) and leads_astray(linked[1]):
            yield f"has a link that leads outside the web ({linked[1][:80]})", "link to a web page or an e-mail address"


def _codes(tree: Any) -> Iterator[tuple[str, bool]]:
    """Code of each field, and whether another field stands where its kind should."""
    # Code outside any field, which a repair by Word might take up, is looked at as one field of its own.
    outside = _Field()
    open_fields = [outside]
    for element in tree.iter(f"{W}fldChar", f"{W}instrText", f"{W}delInstrText", f"{W}fldSimple"):
        innermost = open_fields[-1]
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", ""), False
        elif element.tag != f"{W}fldChar":
            if not innermost.over:
                innermost.code.append("".join(element.itertext()))
            continue
        match element.get(f"{W}fldCharType"):
            case "begin":
                nested_first = innermost is not outside and not innermost.over and not "".join(innermost.code).strip()
                innermost.made_by_another = innermost.made_by_another or nested_first
                open_fields.append(_Field())
            case "separate":
                innermost.over = innermost is not outside
            case "end" if innermost is not outside:
                open_fields.pop()
                yield "".join(innermost.code), innermost.made_by_another
    yield from (("".join(each.code), each.made_by_another) for each in open_fields if each.code)
