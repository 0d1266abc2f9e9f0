"""The file in which an organisation decides on the changes of a release: written for people, read back, added to.

What somebody has written in it is theirs: a release that is looked at once more adds what is new to the file, tells
what has fallen away, and changes nothing else of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.revision.decisions import Ruling
from jdgen.revision.rulings import Reach, ReleaseChange, ReleaseRulings, Versions
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.values import YamlFile
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.text_files.yaml_writing import exact_yaml_lines
from jdgen.words import comparable, decode

_HEAD = """\
# What becomes of each change from one version of the framework to the next, in all documents that it reaches.
# Write one of three words behind each "decision:"
#   take   the change is made in every document, as if its manager had accepted it; no tracked change is left
#   keep   every document keeps its words, as if its manager had rejected the change; it is not offered again
#   ask    each manager is asked, by a tracked change
# What somebody has changed in a document stays theirs in any case: where you take a change, they are asked.
# "edited" is the number of documents in which somebody has changed what the change is about.
# Carry it out with: jdgen regenerate FOLDER --framework NEW --decisions THIS-FILE --output BROUGHT-UP-TO-DATE
"""
_CHANGES = "changes"
_ITEM = re.compile(r"( *)- ")


@dataclass(frozen=True)
class DecisionsFile:
    """A file of decisions, and the release with its rulings that it says."""

    file: YamlFile
    release: ReleaseRulings

    def place_of(self, change: ReleaseChange) -> str:
        """Where the file speaks of a change."""
        ids = [known_change.id for known_change in self.release.changes]
        return self.file.where((_CHANGES, ids.index(change.id)))


def decisions_in(content: bytes, name: str) -> DecisionsFile:
    """The decisions in the file ``content``, called ``name`` in messages. Raises :class:`JdgenError` with all that is
    wrong with it."""
    file = parse_yaml(content, name)
    if problems := schema_problems(file, "decisions"):
        raise JdgenError(problems)
    entries = file.value[_CHANGES]
    count = Counter(entry["id"] for entry in entries)
    problems = [
        Problem(file.where((_CHANGES, at, "id")), f"'{entry['id']}' is decided on more than once", "keep one of them")
        for at, entry in enumerate(entries)
        if count[entry["id"]] > 1
    ]
    if problems:
        raise JdgenError(problems)
    release = ReleaseRulings(
        file.value["framework"],
        {version["specialism"]: Versions(version["old"], version["new"]) for version in file.value["versions"]},
        tuple(map(_change_of, entries)),
        {entry["id"]: Ruling(entry["decision"]) for entry in entries},
    )
    return DecisionsFile(file, release)


def _change_of(entry: Mapping[str, Any]) -> ReleaseChange:
    texts = (entry.get(key, "") for key in ("heading", "change", "was", "is", "former_id"))
    return ReleaseChange(entry["id"], *texts)


def decisions_text(release: ReleaseRulings, reach: Mapping[str, Reach]) -> str:
    """A file in which nothing is decided yet."""
    values = {
        "framework": release.framework,
        "versions": [
            {"specialism": specialism, **versions._asdict()} for specialism, versions in release.versions.items()
        ],
        _CHANGES: list(_entries(release.changes, reach)),
    }
    return "\n".join((_HEAD.rstrip(), *exact_yaml_lines(values), ""))


def _entries(changes: Iterable[ReleaseChange], reach: Mapping[str, Reach]) -> Iterator[dict[str, Any]]:
    for change in changes:
        texts = {"id": change.id, "former_id": change.former, "heading": change.heading, "change": change.what}
        texts |= {"was": change.was, "is": change.now}
        change_reach = reach.get(change.id, Reach())
        counts = {"documents": len(change_reach.documents), "edited": len(change_reach.edited_documents)}
        yield {**{key: text for key, text in texts.items() if text}, **counts, "decision": str(Ruling.ASK)}


@dataclass(frozen=True)
class Addition:
    """A file of decisions after a release was looked at once more: its ``content``, how many changes were added
    (``count``), and what is to be said of entries that no longer fit."""

    content: bytes
    count: int
    problems: tuple[Problem, ...]


def with_added(content: bytes, name: str, release: ReleaseRulings, reach: Mapping[str, Reach]) -> Addition:
    """The file of decisions ``content`` with an entry for each change of ``release`` that it has none for.

    Raises :class:`JdgenError` for a file that is no such file, is about another release, or is written so that nothing
    can be added at its end.
    """
    before = decisions_in(content, name)
    old = before.release
    if (old.framework, dict(old.versions)) != (release.framework, dict(release.versions)):
        what = f"is about another release: {_name_of(old)}, where {_name_of(release)} is looked at"
        raise JdgenError(Problem(before.file.where(("versions",)), what, "name another file for its decisions"))
    problems = tuple(
        Problem(before.place_of(change), what, "look at it again: delete the entry, and run the same command again")
        for change in old.changes
        if (what := _misfit(change, release.by_id.get(change.id)))
    )
    new = [change for change in release.changes if change.id not in old.by_id]
    if not new:
        return Addition(content, 0, problems)
    extended = _appended(content, before.file, exact_yaml_lines({_CHANGES: list(_entries(new, reach))})[1:])
    expected_ids = [change.id for change in (*old.changes, *new)]
    try:
        ids = [change.id for change in decisions_in(extended, name).release.changes]
    except JdgenError:
        ids = []
    if ids != expected_ids:
        where = before.file.where((_CHANGES,))
        right = f"put '{_CHANGES}:' last, with each entry as `jdgen release` writes it, or name another file"
        raise JdgenError(Problem(where, "nothing can be added at the end of the file", right))
    return Addition(extended, len(new), problems)


def _name_of(release: ReleaseRulings) -> str:
    versions = ", ".join(
        f"{specialism} from '{both.old}' to '{both.new}'" for specialism, both in release.versions.items()
    )
    return f"{release.framework}, {versions}"


def _misfit(decision_change: ReleaseChange, now: ReleaseChange | None) -> str:
    """Why a decision no longer fits; '' where it does."""
    if now is None:
        return f"'{decision_change.id}' is no change of this release any more"
    texts = zip((decision_change.was, decision_change.now), (now.was, now.now), strict=True)
    is_same = all(comparable(before) == comparable(after) for before, after in texts)
    return "" if is_same else f"'{decision_change.id}' was decided on in other words than the release has now"


def _appended(content: bytes, file: YamlFile, lines: Iterable[str]) -> bytes:
    """The file with further entries at its end, as far in as those that are there."""
    text = decode(content, file.name)
    end = "\r\n" if "\r\n" in text else "\n"
    first = file.lines.get((_CHANGES, 0))
    item = _ITEM.match(text.splitlines()[first - 1]) if first else None
    indent = item[1] if item else "  "
    new_lines = [f"{indent}{line[2:]}" for line in lines]
    bom = "\ufeff" if content.startswith(b"\xef\xbb\xbf") else ""
    return f"{bom}{text.rstrip()}{end}{end.join(new_lines)}{end}".encode()


def misfits(decisions: DecisionsFile, texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """What of ``decisions`` was decided on other words than the framework has, whose statements are ``texts``, by their
    ids."""
    return tuple(
        Problem(
            decisions.place_of(change),
            f"'{change.id}' was decided on in other words than the framework has",
            "run `jdgen release` with this file once more, which says what to decide again",
        )
        for change in decisions.release.changes
        if change.is_of_statement and comparable(texts.get(change.id, "")) != comparable(change.now)
    )
