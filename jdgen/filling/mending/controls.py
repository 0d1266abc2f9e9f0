"""Content controls with a tag in them, made to keep what is printed.

Word takes what a control shows as a placeholder for no text at all, and replaces it at the first key that is pressed;
what a control takes from a property it shows instead of what was printed. What the control is for otherwise stays.
"""

from __future__ import annotations

from typing import Any

from jdgen.word_file.parsing import W

_PLACEHOLDER = "PlaceholderText"
_BINDINGS = frozenset({"dataBinding", "showingPlcHdr"})
#: The value of a date or of a list beside the text that is shown: it would be another.
_VALUES = {f"{W}date": f"{W}fullDate", f"{W}dropDownList": f"{W}lastValue", f"{W}comboBox": f"{W}lastValue"}


def keep_what_is_printed(tree: Any) -> None:
    """Make each content control of ``tree`` that holds a tag an ordinary text: bound to nothing, no placeholder."""
    for control in tree.iter(f"{W}sdt"):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if properties is None or content is None or not _holds_tag(content):
            continue
        shown = properties.find(f"{W}showingPlcHdr") is not None
        for child in list(properties):
            if isinstance(child.tag, str) and child.tag.rpartition("}")[2] in _BINDINGS:
                properties.remove(child)
            elif child.tag in _VALUES:
                child.attrib.pop(_VALUES[child.tag], None)
        if shown:
            _unstyle(content)


def _holds_tag(content: Any) -> bool:
    text = "".join(each.text or "" for each in content.iter(f"{W}t"))
    return "{{" in text or "{%" in text


def _unstyle(content: Any) -> None:
    """Take the look of a placeholder from the runs of ``content``."""
    for style in list(content.iter(f"{W}rStyle")):
        if style.get(f"{W}val") == _PLACEHOLDER:
            style.getparent().remove(style)
