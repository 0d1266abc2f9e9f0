"""Files that people have written for a framework, gone through for a new version of it.

What still fits is carried over, under the new name where a part has one. What has to be decided is carried over too,
with a mark above it. What speaks of nothing that is there any more is kept as a comment.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jdgen.carrying.release import Fate, Release, Verdict, worst
from jdgen.drafting.duties import sentences
from jdgen.drafting.review_notes import subjects_in
from jdgen.errors import list_words
from jdgen.levels import AFC, BandRange
from jdgen.text_files.values import Keys, YamlFile
from jdgen.text_files.yaml_writing import MarkedCopy


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


class _Carrying:
    """One file while it is gone through."""

    def __init__(self, file: YamlFile, text: str, release: Release) -> None:
        self.value, self.release = file.value, release
        self.copy = MarkedCopy(text)
        self._entries: list[tuple[Keys, str, Fate]] = []

    def settle(self, keys: Keys, what: str, fate: Fate, *, names: Iterable[str] = ()) -> None:
        """Carry the entry at ``keys`` over as ``fate`` says. ``names`` are those that it has now and had not before."""
        names_now = list_words(dict.fromkeys(names))
        if fate.is_gone and not self.copy.drop(keys):
            fate = Fate(Verdict.DECIDE, "", f"{fate.why}; take it out")
        if fate.verdict is Verdict.CARRIED:
            fate = replace(fate, why=f"now {names_now}" if names_now else "")
        else:
            word = "To decide" if fate.verdict is Verdict.DECIDE else "Falls away"
            self.copy.mark(keys, f"{word} ({self.release.new.version}): {fate.why}.")
        self._entries.append((keys, what, fate))

    def settle_names(self, fates: Mapping[Keys, tuple[str, Fate]]) -> list[str]:
        """Write the names that parts have now, by the keys of those that are written; gives those that are others."""
        names = {keys: fate.name for keys, (name, fate) in fates.items() if fate.name not in ("", name)}
        for keys, name in names.items():
            self.copy.rename(keys, name)
        return list(names.values())

    def settle_levels(self, keys: Keys, entry: Mapping[str, Any]) -> Fate:
        """What has become of the levels that an entry names, in place of which their names of today are written."""
        scale = self.release.new.scale
        if scale.key in entry:
            fate = self.release.levels(entry[scale.key])
            self.settle_names({(*keys, scale.key): (entry[scale.key], fate)})
            return fate
        if "bands" in entry and scale != AFC and "serves" in entry:
            return Fate(Verdict.CARRIED)  # criteria may go by bands whatever the framework's levels are
        if scale == self.release.old.scale:
            return Fate(Verdict.CARRIED)
        return Fate(Verdict.DECIDE, "", f"it names no {scale.words}, which the framework has")

    def finish(self) -> CarriedFile:
        for pathway in self.release.pathways:
            if self.value.get("specialism") == pathway.old.id != pathway.new.id:
                self.copy.rename(("specialism",), pathway.new.id)
        text, lines = self.copy.finish()
        entries = (CarriedEntry(fate.verdict, lines[keys], what, fate.why) for keys, what, fate in self._entries)
        return CarriedFile(text, tuple(entries))


def carried_file(kind: str, file: YamlFile, text: str, release: Release) -> CarriedFile:
    """The copy of ``file``, which says ``text``, for ``release``; its ``kind`` is what its folder is called."""
    carrying = _Carrying(file, text, release)
    _CARRIERS[kind](carrying)
    return carrying.finish()


def _carry_adaptations(carrying: _Carrying) -> None:
    """Each change goes by its statement, each remark by what it is about."""
    for number, adaptation in enumerate(carrying.value["adaptations"]):
        changes = [
            (("adaptations", number, "changes", index), change, carrying.release.statement(change["statement"]))
            for index, change in enumerate(adaptation["changes"])
        ]
        # A file may not have an adaptation without changes: all of it is kept as a comment, whatever is told of them.
        is_dropped = all(fate.is_gone for _, _, fate in changes) and carrying.copy.drop(("adaptations", number))
        for keys, change, fate in changes:
            name = change["statement"]
            new_names = [] if is_dropped else carrying.settle_names({(*keys, "statement"): (name, fate)})
            carrying.settle(keys, f"change '{adaptation['id']}' of {name}", fate, names=new_names)
    for index, remark in enumerate(carrying.value.get("remarks", ())):
        _carry_remark(carrying, ("remarks", index), remark)


def _carry_remark(carrying: _Carrying, keys: Keys, remark: Mapping[str, Any]) -> None:
    names = subjects_in(remark["subject"])
    fates = {name: carrying.release.part(name) for name in names if " " not in name}
    subject = ", ".join(fates[name].name or name if name in fates else name for name in names)
    new_names = [subject] if subject != remark["subject"] else []
    fate = worst(fates.values())
    if not fate.is_gone:
        if new_names:
            carrying.copy.rename((*keys, "subject"), subject)
        fate = worst((fate, carrying.settle_levels(keys, remark)))
    carrying.settle(keys, f"remark '{remark['id']}'", fate, names=new_names)


def _carry_criteria(carrying: _Carrying) -> None:
    """Each goes by the headings whose duties it serves, at its bands or levels."""
    release = carrying.release
    if route := carrying.value.get("entry_route"):
        fates: dict[Keys, tuple[str, Fate]] = {
            ("entry_route", "routes", at): (name, release.route(name)) for at, name in enumerate(route["routes"])
        }
        # Without it, the framework's other routes would become criteria by no rule.
        fate = _without_dropping(worst(route_fate for _, route_fate in fates.values()))
        carrying.settle(("entry_route",), "rule of the entry route", fate, names=carrying.settle_names(fates))
    for index, entry in enumerate(carrying.value.get("competences", ())):
        keys: Keys = ("competences", index)
        fate = release.competence(entry["competence"])
        fate_of_headings, names = _fate_of_served(carrying, keys, entry, ())
        if not fate.is_gone:
            # While role categories ask for the competence, a criterion is needed, whatever it serves.
            fate = _without_dropping(worst((fate, fate_of_headings)))
        carrying.settle(keys, f"criterion of the competence '{entry['competence']}'", fate, names=names)
    for index, criterion in enumerate(carrying.value["criteria"]):
        keys = ("criteria", index)
        fate, names = _fate_of_served(carrying, keys, criterion, _levels_of_criterion(criterion, release))
        if not fate.is_gone:
            fate = worst((fate, carrying.settle_levels(keys, criterion)))
        carrying.settle(keys, f"criterion '{criterion['id']}'", fate, names=names)


def _without_dropping(fate: Fate) -> Fate:
    """The same of what stays in the file in any case."""
    return replace(fate, verdict=Verdict.DECIDE) if fate.is_gone else fate


def _fate_of_served(
    carrying: _Carrying, keys: Keys, entry: Mapping[str, Any], levels: Container[object] | None
) -> tuple[Fate, list[str]]:
    """What has become of the headings that a criterion serves, and the names that they have now."""
    fates = {
        (*keys, "serves", at): (name, carrying.release.heading(name, levels)) for at, name in enumerate(entry["serves"])
    }
    return worst(fate for _, fate in fates.values()), carrying.settle_names(fates)


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


def _carry_doubts(carrying: _Carrying) -> None:
    """Each goes by the sentence that it is about, or by the words that it rests on."""
    for key in ("unclear", "unfitting"):
        for index, doubt in enumerate(carrying.value.get(key, ())):
            keys: Keys = (key, index)
            fate = _sentence(doubt, carrying.release)
            new_names = carrying.settle_names({(*keys, "duty"): (doubt["duty"], fate)})
            if not fate.is_gone:
                fate = worst((fate, *map(carrying.release.category, doubt.get("role_categories", ()))))
            carrying.settle(keys, f"doubt about {doubt['duty']}", fate, names=new_names)
    for index, doubt in enumerate(carrying.value.get("role_categories", ())):
        _carry_category(carrying, ("role_categories", index), doubt)


def _sentence(doubt: Mapping[str, Any], release: Release) -> Fate:
    """What has become of the sentence that a doubt is about: one that says the same has nothing to decide, wherever it
    stands in its statement."""
    statement, _, number = doubt["duty"].rpartition(".")
    fate = release.statement(statement)
    if fate.is_gone:
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
    fate = carrying.release.category(doubt["role_category"])
    if fate.is_gone:
        carrying.settle(keys, what, fate)
        return
    bases = {
        (*keys, "says", at, "statement"): (basis["statement"], _words(basis, carrying.release))
        for at, basis in enumerate(doubt["says"])
    }
    new_names = carrying.settle_names(bases)
    fate = worst((fate, *(basis_fate for _, basis_fate in bases.values()), carrying.settle_levels(keys, doubt)))
    carrying.settle(keys, what, fate, names=new_names)


def _words(basis: Mapping[str, Any], release: Release) -> Fate:
    """What has become of the words of a statement on which a doubt rests."""
    fate = release.statement(basis["statement"])
    if fate.is_gone:
        return fate
    if basis["words"] in release.text(fate.name):
        return Fate(Verdict.CARRIED, fate.name)
    return replace(fate, verdict=Verdict.DECIDE, why=fate.why or f"{fate.name} has not the words “{basis['words']}”")


def _carry_levels(carrying: _Carrying) -> None:
    """Which level is taken at which bands: levels that are called otherwise get their names, and those that are there
    no more fall away, unless the file would have none left."""
    scale, entries = carrying.release.new.scale, carrying.value["levels"]
    fates = [carrying.release.levels(entry["level"]) for entry in entries]
    pairs = list(zip(entries, fates, strict=True))
    kept_names = {str(scale.level(entry["level"])) for entry, fate in pairs if fate.verdict is Verdict.CARRIED}
    for index, (entry, fate_of_level) in enumerate(pairs):
        keys: Keys = ("levels", index)
        is_lost = fate_of_level.verdict is not Verdict.CARRIED and kept_names
        fate = Fate(Verdict.GONE, "", fate_of_level.why) if is_lost else fate_of_level
        new_names = carrying.settle_names({(*keys, "level"): (entry["level"], fate)})
        carrying.settle(keys, f"bands of {entry['level']}", fate, names=new_names)
    if missing := [str(level) for level in scale.levels if str(level) not in kept_names]:
        why = f"no bands are taken for {list_words(missing)}; add them, or leave them to each post"
        carrying.settle(("levels",), "levels without bands", Fate(Verdict.DECIDE, "", why))


# How each kind of file is gone through, by the folder that it is in.
_CARRIERS: Mapping[str, Callable[[_Carrying], None]] = {
    "adaptations": _carry_adaptations,
    "criteria": _carry_criteria,
    "doubts": _carry_doubts,
    "levels": _carry_levels,
}
