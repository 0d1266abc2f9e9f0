"""YAML written for people: where the values of a file stand, so that one can be changed and all else stays as people
wrote it; and values as lines that they can go on with."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from jdgen.text_files.values import Keys

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
        children = [((*path, key_node.value), key_node.start_mark.index, child) for key_node, child in node.value]
    else:
        children = []
    ends += [_note_spans(child, inner, begins, spans) for inner, begins, child in children]
    is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    end = max(ends) if is_block else node.end_mark.index
    spans[path] = YamlSpan(key, node.start_mark.index, end)
    return int(end)


# Writing values for people to change.

_WIDTH = 96
_TEXT = "tag:yaml.org,2002:str"
_INTEGER, _DECIMAL = re.compile(r"0|[1-9]\d*"), re.compile(r"\d+\.\d+")


class IndentedDumper(yaml.SafeDumper):
    """Writes lists further in than their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent what is inside something, lists included, whatever PyYAML would do with these."""
        super().increase_indent(flow, False)


class _Dumper(IndentedDumper):
    """Writes paragraphs as they are seen."""

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
    _kind.add_multi_representer(str, _kind.represent_text)  # ids that know their words


def yaml_lines(values: dict[str, Any]) -> list[str]:
    """The lines of a file that say ``values``, in their order. Figures in texts have no quotes: see
    :func:`jdgen.post.forms.as_meant`, which reads them as they are written."""
    return _dump_lines(values, _BareDumper)


def exact_yaml_lines(values: dict[str, Any]) -> list[str]:
    """The lines of a file that say ``values``, in their order; a text is read back as one, whatever it looks like."""
    return _dump_lines(values, _Dumper)


def _dump_lines(values: dict[str, Any], dumper: type[_Dumper]) -> list[str]:
    text: str = yaml.dump(values, Dumper=dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return text.splitlines()
