"""What is given of a post, parted into answers and what stands where an answer is still to come."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jdgen.errors import Problem
from jdgen.placeholders import Placeholders, Reply
from jdgen.post.model import PostRemark
from jdgen.text_files.schemas import load_schema
from jdgen.text_files.values import Keys, field_of
from jdgen.words import shorten

_QUOTED = 61
#: Takes the place of what is no answer until the value around it has been gone through.
_NOTHING: Any = object()


class NoAnswer(NamedTuple):
    """A text that is no answer, or an unclear one: where it stands in what was given, and what the schema says of its
    field where an entry cannot be without it."""

    keys: Keys
    text: str
    reply: Reply
    right: str = ""

    @property
    def field(self) -> str:
        """The field without the numbers of entries: ``demands.frequency``."""
        return field_of(self.keys)

    def remark(self, where: str) -> PostRemark:
        """What is told of it, at the place ``where``."""
        quote = shorten(self.text, _QUOTED)
        if self.reply is Reply.UNCLEAR:
            sentence = (
                f"'{quote}' in {where} is printed as it is. If it means that there is none, say so in words; "
                "if it is not known yet, leave it out."
            )
        else:
            sentence = f"'{quote}' in {where} is no answer, so it counts as not given."
        return PostRemark("no answer", self.field, quote, where, sentence)

    def problem(self, where: str, title: str = "") -> Problem:
        """The same as an error; ``title`` is what the message calls the field, its key if left out."""
        key = title or next(str(key) for key in reversed(self.keys) if isinstance(key, str))
        return Problem(where, f"{key}: '{shorten(self.text, _QUOTED)}' is no answer", self.right)


@dataclass
class SiftedValue:
    """What of a value is an answer, and what is none. ``origins`` are the keys in the value that each part has come
    from: entries move up where others are taken out."""

    value: Any = None
    no_answers: list[NoAnswer] = field(default_factory=list)
    origins: dict[Keys, Keys] = field(default_factory=dict)

    @property
    def remarks(self) -> Iterator[NoAnswer]:
        """What is no answer and is left out or printed as it is: the person who wrote it is told in a note."""
        return (each for each in self.no_answers if not each.right and each.reply is not Reply.LEFT_OUT)

    @property
    def missing_answers(self) -> Iterator[NoAnswer]:
        """What is no answer where its entry needs one: each is an error."""
        return (each for each in self.no_answers if each.right)


def sift(
    value: Any, placeholders: Placeholders, keys: Keys = (), left_out: Collection[Keys] = frozenset()
) -> SiftedValue:
    """``value`` without what is no answer; ``keys`` are those of its field in a post (all of a post if left out).

    What an entry cannot be without stays in it, to be told as an error. What is ``left_out`` is not looked at.
    """
    result = SiftedValue()
    answer = _Sifting(placeholders, result, left_out).value(value, rules_of(keys), keys, keys)
    result.value = None if answer is _NOTHING else answer
    return result


@functools.cache
def rules_of(keys: Keys) -> Mapping[str, Any]:
    """What the schema of a post says of the field at ``keys``, which may leave out the numbers of entries."""
    rules: Mapping[str, Any] = load_schema("post")
    for key in keys:
        rules = rules.get("items", rules)
        if not isinstance(key, int):
            rules = rules.get("properties", {}).get(key) or rules["additionalProperties"]
    return rules


class _Sifting:
    """Goes through one value, and collects what is no answer in it."""

    def __init__(self, placeholders: Placeholders, result: SiftedValue, left_out: Collection[Keys]) -> None:
        self.placeholders, self.result, self.left_out = placeholders, result, left_out

    def value(self, value: Any, rules: Mapping[str, Any], old: Keys, new: Keys, is_needed: bool = False) -> Any:
        if old in self.left_out:
            return _NOTHING
        text = value if type(value) is str else _as_text(value, rules)
        if text is not None:
            answer = self._text(value, text, rules, old, is_needed)
        elif isinstance(value, list):
            answer = self._entries(value, rules.get("items", {}), old, new, is_needed)
        elif isinstance(value, dict):
            answer = self._keyed(value, rules, old, new)
        else:
            answer = value
        if answer is not _NOTHING:
            self.result.origins[new] = old
        return answer

    def _text(self, value: Any, text: str, rules: Mapping[str, Any], keys: Keys, is_needed: bool) -> Any:
        reply = self.placeholders.reply(text, field_of(keys))
        if reply is Reply.ANSWER:
            return value
        is_missed = is_needed and reply is not Reply.UNCLEAR
        right = f"{rules.get('description', 'write it')}; or leave the entry out" if is_missed else ""
        self.result.no_answers.append(NoAnswer(keys, text.strip(), reply, right))
        return value if is_missed or reply is Reply.UNCLEAR else _NOTHING

    def _entries(self, value: list[Any], rules: Mapping[str, Any], old: Keys, new: Keys, is_needed: bool) -> Any:
        answers: list[Any] = []
        for index, entry in enumerate(value):
            answer = self.value(entry, rules, (*old, index), (*new, len(answers)), is_needed)
            if answer is not _NOTHING:
                answers.append(answer)
        return answers if answers or not value else _NOTHING

    def _keyed(self, value: dict[str, Any], rules: Mapping[str, Any], old: Keys, new: Keys) -> Any:
        properties, other, required_keys = (
            rules.get("properties", {}),
            rules.get("additionalProperties"),
            rules.get("required", ()),
        )
        others = other if isinstance(other, dict) else {}
        values = {
            key: self.value(each, properties.get(key, others), (*old, key), (*new, key), key in required_keys)
            for key, each in value.items()
        }
        answers = {key: each for key, each in values.items() if each is not _NOTHING}
        return answers if answers or not value else _NOTHING


def _as_text(value: Any, rules: Mapping[str, Any]) -> str | None:
    """The text that ``value`` is; brackets around a text that nobody put in quotes make YAML take it for a group."""
    if isinstance(value, str):
        return value
    if any(kind in rules.get("type", ()) for kind in ("array", "object")):
        return None
    match value:
        case [str(text)]:
            return f"[{text}]"
        case dict() if list(value.values()) == [None]:
            return f"{{{next(iter(value))}}}"
    return None
