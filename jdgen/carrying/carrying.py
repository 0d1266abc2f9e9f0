"""Files that people have written for a framework, gone through for a new version of it.

What still fits is carried over, under the new name where a part has one. What has to be decided is carried over too,
with a mark above it. What speaks of nothing that is there any more is kept as a comment.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jdgen.carrying.release import Fate, Release, Verdict, worst
from jdgen.drafting.duties import sentences
from jdgen.drafting.review_notes import subjects_in
from jdgen.errors import list_words
from jdgen.levels import AFC, BandRange
from jdgen.text_files.values import Keys, YamlFile
from jdgen.text_files.yaml_writing import yaml_spans


@dataclass(frozen=True)
class CarriedEntry:
    """What has become of one entry of a file: at which ``line`` of the copy it is, what it is, and why it is not simply
    carried over; or what it is called now."""

    verdict: Verdict
    line: int
    what: str
    why: str = ""


@dataclass(frozen=True)
class CarriedFile:
    """The copy of a file, and what has become of each of its entries, in their order."""

    text: str
    entries: tuple[CarriedEntry, ...]


@dataclass
class _Entry:
    """What is told of the entry at ``keys``."""

    keys: Keys
    fate: Fate
    what: str


class _Carrying:
    """One file while it is gone through."""

    def __init__(self, file: YamlFile, text: str, release: Release) -> None:
        self.value, self.release = file.value, release
        self.copy = MarkedCopy(text)
        self._entries: list[_Entry] = []

    def rename(self, keys: Keys, name: str, fate: Fate) -> Fate:
        """Write the name that a part has now; gives ``fate``."""
        if fate.name and fate.name != name:
            self.copy.rename(keys, fate.name)
        return fate

    def settle(self, keys: Keys, what: str, fate: Fate, *, names: Iterable[str] = ()) -> None:
        """Carry the entry at ``keys`` over as ``fate`` says. ``names`` are those that it has now and had not before."""
        names_now = list_words(dict.fromkeys(names))
        if fate.verdict is Verdict.GONE and not self.copy.drop(keys):
            fate = Fate(Verdict.DECIDE, "", f"{fate.why}; take it out")
        if fate.verdict is Verdict.CARRIED:
            fate = replace(fate, why=f"now {names_now}" if names_now else "")
        else:
            word = "To decide" if fate.verdict is Verdict.DECIDE else "Falls away"
            self.copy.mark(keys, f"{word} ({self.release.new.version}): {fate.why}.")
        self._entries.append(_Entry(keys, fate, what))

    def drop_whole(self, keys: Keys) -> bool:
        """Keep all of the entry at ``keys`` as a comment, whatever is told of what is in it."""
        return self.copy.drop(keys)

    def finish(self) -> CarriedFile:
        text, lines = self.copy.finish()
        return CarriedFile(
            text,
            tuple(
                CarriedEntry(entry.fate.verdict, lines[entry.keys], entry.what, entry.fate.why)
                for entry in self._entries
            ),
        )


def _carry_adaptations(file: YamlFile, text: str, release: Release) -> CarriedFile:
    """Adaptations, which ``file`` has and ``text`` says: each change goes by its statement, each remark by what it is
    about."""
    carrying = _Carrying(file, text, release)
    _rename_specialism(carrying)
    for number, adaptation in enumerate(file.value["adaptations"]):
        changes = [
            (("adaptations", number, "changes", index), change, release.statement(change["statement"]))
            for index, change in enumerate(adaptation["changes"])
        ]
        is_gone = all(fate.verdict is Verdict.GONE for _, _, fate in changes)
        # A file may not have an adaptation without changes.
        if is_gone and carrying.drop_whole(("adaptations", number)):
            for keys, change, fate in changes:
                carrying.settle(keys, _change(adaptation, change), fate)
            continue
        for keys, change, fate in changes:
            new_names = _settle_names(carrying, {(*keys, "statement"): (change["statement"], fate)})
            carrying.settle(keys, _change(adaptation, change), fate, names=new_names)
    for index, remark in enumerate(file.value.get("remarks", ())):
        _carry_remark(carrying, ("remarks", index), remark)
    return carrying.finish()


def _change(adaptation: Mapping[str, Any], change: Mapping[str, Any]) -> str:
    return f"change '{adaptation['id']}' of {change['statement']}"


def _carry_remark(carrying: _Carrying, keys: Keys, remark: Mapping[str, Any]) -> None:
    names = subjects_in(remark["subject"])
    fates = {name: carrying.release.part(name) for name in names if " " not in name}
    subject = ", ".join(fates[name].name or name if name in fates else name for name in names)
    fate_of_subject = worst(fates.values())
    if fate_of_subject.verdict is not Verdict.GONE and subject != remark["subject"]:
        carrying.copy.rename((*keys, "subject"), subject)
    new_names = [subject] if subject != remark["subject"] else []
    fate = (
        fate_of_subject
        if fate_of_subject.verdict is Verdict.GONE
        else worst((fate_of_subject, _settle_levels(carrying, keys, remark)))
    )
    carrying.settle(keys, f"remark '{remark['id']}'", fate, names=new_names)


def _carry_criteria(file: YamlFile, text: str, release: Release) -> CarriedFile:
    """Criteria: each goes by the headings whose duties it serves, at its bands or levels."""
    carrying = _Carrying(file, text, release)
    _rename_specialism(carrying)
    if route := file.value.get("entry_route"):
        fates: dict[Keys, tuple[str, Fate]] = {
            ("entry_route", "routes", at): (name, release.route(name)) for at, name in enumerate(route["routes"])
        }
        # Without it, the framework's other routes would become criteria by no rule.
        fate = _without_dropping(worst(route_fate for _, route_fate in fates.values()))
        carrying.settle(("entry_route",), "rule of the entry route", fate, names=_settle_names(carrying, fates))
    for index, entry in enumerate(file.value.get("competences", ())):
        keys: Keys = ("competences", index)
        fate_of_competence = release.competence(entry["competence"])
        fate_of_headings, names = _fate_of_served(carrying, keys, entry, ())
        # While role categories ask for the competence, a criterion is needed, whatever it serves.
        fate = (
            fate_of_competence
            if fate_of_competence.verdict is Verdict.GONE
            else _without_dropping(worst((fate_of_competence, fate_of_headings)))
        )
        carrying.settle(keys, f"criterion of the competence '{entry['competence']}'", fate, names=names)
    for index, criterion in enumerate(file.value["criteria"]):
        keys = ("criteria", index)
        fate_of_headings, names = _fate_of_served(carrying, keys, criterion, _levels_of_criterion(criterion, release))
        fate = (
            fate_of_headings
            if fate_of_headings.verdict is Verdict.GONE
            else worst((fate_of_headings, _settle_levels(carrying, keys, criterion)))
        )
        carrying.settle(keys, f"criterion '{criterion['id']}'", fate, names=names)
    return carrying.finish()


def _without_dropping(fate: Fate) -> Fate:
    """The same of what stays in the file in any case."""
    return replace(fate, verdict=Verdict.DECIDE) if fate.verdict is Verdict.GONE else fate


def _fate_of_served(
    carrying: _Carrying, keys: Keys, entry: Mapping[str, Any], levels: Container[object] | None
) -> tuple[Fate, list[str]]:
    """What has become of the headings that a criterion serves, and the names that they have now."""
    fates = {
        (*keys, "serves", at): (name, carrying.release.heading(name, levels)) for at, name in enumerate(entry["serves"])
    }
    return worst(fate for _, fate in fates.values()), _settle_names(carrying, fates)


def _levels_of_criterion(criterion: Mapping[str, Any], release: Release) -> Container[object] | None:
    """The levels at which a criterion is asked for; nothing where these are all, as far as can be told: bands say
    nothing in a framework with levels of its own."""
    scale = release.old.scale
    try:
        if "bands" in criterion:
            return BandRange.parse(criterion["bands"]) if scale == AFC else None
        return scale.range(criterion["levels"])
    except ValueError:
        return None


def _carry_doubts(file: YamlFile, text: str, release: Release) -> CarriedFile:
    """Doubts: each goes by the sentence that it is about, or by the words that it rests on."""
    carrying = _Carrying(file, text, release)
    _rename_specialism(carrying)
    for key in ("unclear", "unfitting"):
        for index, doubt in enumerate(file.value.get(key, ())):
            keys: Keys = (key, index)
            fate_of_sentence = _sentence(doubt, release)
            new_names = _settle_names(carrying, {(*keys, "duty"): (doubt["duty"], fate_of_sentence)})
            fate = fate_of_sentence
            if fate_of_sentence.verdict is not Verdict.GONE:
                categories = (release.category(name) for name in doubt.get("role_categories", ()))
                fate = worst((fate_of_sentence, *categories))
            carrying.settle(keys, f"doubt about {doubt['duty']}", fate, names=new_names)
    for index, doubt in enumerate(file.value.get("role_categories", ())):
        _carry_category(carrying, ("role_categories", index), doubt)
    return carrying.finish()


def _sentence(doubt: Mapping[str, Any], release: Release) -> Fate:
    """What has become of the sentence that a doubt is about: one that says the same has nothing to decide, wherever it
    stands in its statement."""
    statement, _, number = doubt["duty"].rpartition(".")
    fate = release.statement(statement)
    if fate.verdict is Verdict.GONE:
        return fate
    text = release.text(fate.name)
    # The entries of a list stand one a line.
    published_sentences = tuple(text.split("\n")) if "\n" in text else sentences(text)
    if doubt["published"] in published_sentences:
        numbers = [at for at, entry in enumerate(published_sentences, 1) if entry == doubt["published"]]
        at = int(number) if int(number) in numbers else numbers[0]
        return Fate(Verdict.CARRIED, f"{fate.name}.{at}")
    why = fate.why or f"{doubt['duty']} does not say what the doubt is about"
    return Fate(Verdict.DECIDE, f"{fate.name}.{number}", why)


def _carry_category(carrying: _Carrying, keys: Keys, doubt: Mapping[str, Any]) -> None:
    what = f"doubt about the role category '{doubt['role_category']}'"
    fate_of_category = carrying.release.category(doubt["role_category"])
    if fate_of_category.verdict is Verdict.GONE:
        carrying.settle(keys, what, fate_of_category)
        return
    fates_of_bases = {
        (*keys, "says", at, "statement"): (basis["statement"], _words(basis, carrying.release))
        for at, basis in enumerate(doubt["says"])
    }
    new_names = _settle_names(carrying, fates_of_bases)
    fate = worst(
        (fate_of_category, *(fate for _, fate in fates_of_bases.values()), _settle_levels(carrying, keys, doubt))
    )
    carrying.settle(keys, what, fate, names=new_names)


def _words(basis: Mapping[str, Any], release: Release) -> Fate:
    """What has become of the words of a statement on which a doubt rests."""
    fate = release.statement(basis["statement"])
    if fate.verdict is Verdict.GONE or basis["words"] in release.text(fate.name):
        return fate if fate.verdict is Verdict.GONE else Fate(Verdict.CARRIED, fate.name)
    return replace(fate, verdict=Verdict.DECIDE, why=fate.why or f"{fate.name} has not the words “{basis['words']}”")


def _carry_levels(file: YamlFile, text: str, release: Release) -> CarriedFile:
    """Which level is taken at which bands: levels that are called otherwise get their names, and those that are there
    no more fall away, unless the file would have none left."""
    carrying = _Carrying(file, text, release)
    scale = release.new.scale
    names_with_bands: set[str] = set()
    fates = [release.levels(entry["level"]) for entry in file.value["levels"]]
    for index, entry in enumerate(file.value["levels"]):
        keys: Keys = ("levels", index)
        fate = fates[index]
        if fate.verdict is Verdict.CARRIED:
            names_with_bands.add(str(scale.level(entry["level"])))
        elif any(other.verdict is Verdict.CARRIED for other in fates):
            fate = Fate(Verdict.GONE, "", fate.why)
        new_names = _settle_names(carrying, {(*keys, "level"): (entry["level"], fate)})
        carrying.settle(keys, f"bands of {entry['level']}", fate, names=new_names)
    if missing := [str(level) for level in scale.levels if str(level) not in names_with_bands]:
        why = f"no bands are taken for {list_words(missing)}; add them, or leave them to each post"
        carrying.settle(("levels",), "levels without bands", Fate(Verdict.DECIDE, "", why))
    return carrying.finish()


def _settle_levels(carrying: _Carrying, keys: Keys, entry: Mapping[str, Any]) -> Fate:
    """What has become of the levels that an entry names, in place of which their names of today are written."""
    scale = carrying.release.new.scale
    if scale.key in entry:
        return carrying.rename((*keys, scale.key), entry[scale.key], carrying.release.levels(entry[scale.key]))
    if "bands" in entry and scale != AFC and "serves" in entry:
        return Fate(Verdict.CARRIED)  # criteria may go by bands whatever the framework's levels are
    if scale == carrying.release.old.scale:
        return Fate(Verdict.CARRIED)
    return Fate(Verdict.DECIDE, "", f"it names no {scale.words}, which the framework has")


def _settle_names(carrying: _Carrying, fates: Mapping[Keys, tuple[str, Fate]]) -> list[str]:
    """Write the names that parts have now, by the keys of those that are written; gives those that are others."""
    names = []
    for keys, (name, fate) in fates.items():
        carrying.rename(keys, name, fate)
        if fate.name and fate.name != name:
            names.append(fate.name)
    return names


def _rename_specialism(carrying: _Carrying) -> None:
    specialism = carrying.value.get("specialism")
    for pathway in carrying.release.pathways:
        if specialism == pathway.old.id != pathway.new.id:
            carrying.copy.rename(("specialism",), pathway.new.id)


#: How each kind of file is gone through, by the folder that it is in.
CARRIERS: Mapping[str, Callable[[YamlFile, str, Release], CarriedFile]] = {
    "adaptations": _carry_adaptations,
    "criteria": _carry_criteria,
    "doubts": _carry_doubts,
    "levels": _carry_levels,
}


# The copy of a file: comments and layout that people wrote stay, line by line.
#
# A library that writes YAML anew would fold texts and set quotes its own way. What is changed here are single names,
# and lines: a mark is put above an entry, or the entry is kept as a comment.

_WIDTH = 116
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-. ][A-Za-z0-9]+)*")


class MarkedCopy:
    """The copy while it is made. Values are named by their keys, as in :class:`jdgen.text_files.values.YamlFile`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = yaml_spans(text)
        self._ends = "\r\n" if "\r\n" in text else "\n"
        self._new_names: dict[Keys, str] = {}
        self._marks: dict[int, list[str]] = {}
        self._comment_ranges: dict[Keys, range] = {}

    def rename(self, keys: Keys, name: str) -> None:
        """Write ``name`` in place of the value at ``keys``."""
        self._new_names[keys] = name

    def mark(self, keys: Keys, words: str) -> None:
        """Put ``words`` above the entry at ``keys``, as a comment, unless they stand there already."""
        line = self._line(self._spans[keys].key)
        begin = self._begin_of_line(self._spans[keys].key)
        indent = re.match(r" *", self._text[begin:])
        assert indent is not None
        comment_lines = textwrap.wrap(
            " ".join(words.split()),
            _WIDTH,
            initial_indent=f"{indent[0]}# ",
            subsequent_indent=f"{indent[0]}#   ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        above = self._text[:begin].replace("\r\n", "\n")
        if not above.endswith("\n".join([*comment_lines, ""])):
            self._marks.setdefault(line, []).extend(comment_lines)

    def drop(self, keys: Keys) -> bool:
        """Keep the entry at ``keys`` as a comment; whether that could be done: one that shares a line with others stays
        as it is."""
        span = self._spans[keys]
        before = self._text[self._begin_of_line(span.key) : span.key]
        after = self._text[span.end :].partition("\n")[0].strip()
        if before.strip() not in ("", "-") or (after and not after.startswith("#")):
            return False
        self._comment_ranges[keys] = range(self._line(span.key), self._line(span.end) + 1)
        return True

    def finish(self) -> tuple[str, dict[Keys, int]]:
        """The text of the copy, and the line in it of every value, counted from 1."""
        lines_to_drop = {line for lines in self._comment_ranges.values() for line in lines}
        lines_of_empty_lists = {self._line(self._spans[keys].key) for keys in self._empty_lists()}
        lines: list[str] = []
        numbers: list[int] = []
        for number, line in enumerate(self._with_names().split("\n")):
            lines += [f"{mark}{self._ends[:-1]}" for mark in self._marks.get(number, ())]
            numbers.append(len(lines) + 1)
            if number in lines_to_drop:
                lines.append(_as_comment(line))
            else:
                lines.append(_empty_list_line(line) if number in lines_of_empty_lists else line)
        return "\n".join(lines), {keys: numbers[self._line(span.key)] for keys, span in self._spans.items()}

    def _with_names(self) -> str:
        text = self._text
        for keys, name in sorted(
            self._new_names.items(), key=lambda keys_and_name: -self._spans[keys_and_name[0]].start
        ):
            span = self._spans[keys]
            text = text[: span.start] + _as_value(name, text[span.start]) + text[span.end :]
        return text

    def _empty_lists(self) -> Iterator[Keys]:
        """The lists of which every entry is dropped."""
        lists = {keys[:-1] for keys in self._comment_ranges if isinstance(keys[-1], int)}
        for keys in lists:
            entries = [entry for entry in self._spans if len(entry) == len(keys) + 1 and entry[:-1] == keys]
            if all(entry in self._comment_ranges for entry in entries):
                yield keys

    def _line(self, offset: int) -> int:
        return self._text.count("\n", 0, offset)

    def _begin_of_line(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1


def _as_comment(line: str) -> str:
    indent = re.match(r" *", line)
    assert indent is not None
    return f"{indent[0]}# {line[indent.end() :]}" if line.strip() else line


def _empty_list_line(line: str) -> str:
    """The line of a key that has no entries any more."""
    return re.sub(r"^([^:#]+:)", r"\1 []", line, count=1)


def _as_value(name: str, first: str) -> str:
    """``name`` as a value, in quotes where it needs some, or the one before it had them, which began with ``first``."""
    if first in "'\"" or not _PLAIN_NAME.fullmatch(name):
        return "'" + name.replace("'", "''") + "'"
    return name
