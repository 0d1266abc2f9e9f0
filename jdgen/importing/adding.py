"""Chapters put into a framework file that is there: all the rest of it stays as it is, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jdgen.errors import Problem, refuse
from jdgen.framework.model import Framework, Imprint
from jdgen.framework.reading import framework_of
from jdgen.importing.framework_text import specialism_lines
from jdgen.text_files.values import YamlFile
from jdgen.text_files.yaml_reading import parse_yaml

# What YAML ends a line at; each line keeps its end.
_LINES = re.compile(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])|[^\n\r\x85\u2028\u2029]+$")
_DASH = re.compile(r"( *)-(?:\s|$)")
_LIST = "specialisms"


@dataclass(frozen=True)
class ChapterAddition:
    """A framework file with chapters put in. ``replaced`` are the versions of chapters of which the entry is another
    now, by the ids of their specialisms; where ``is_worked_on``, one of them held something that jdgen would not have
    written.
    """

    content: bytes
    framework: Framework
    replaced: Mapping[str, str]
    is_worked_on: bool


def add_chapters(content: bytes, name: str, new: Framework, columns: str) -> ChapterAddition:
    """The framework file ``content``, called ``name``, with the specialisms of ``new``: each in place of the entry of
    the same id, where there is one, else behind all others. ``columns`` says how their source is counted.

    Raises :class:`JdgenError` for what the file cannot take: a chapter that it has in this version, other levels,
    skills that it does not have.
    """
    file = parse_yaml(content, name)
    framework = framework_of(file)
    text = _Text.of(content, file)
    refuse((*_obstacles(file, framework, new), *text.obstacles()))
    replaced: dict[str, str] = {}
    is_worked_on = False
    for specialism in new.specialisms:
        index = next(
            (
                index
                for index, each_specialism in enumerate(framework.specialisms)
                if each_specialism.id == specialism.id
            ),
            None,
        )
        entry = replace(specialism, imprint=_imprint(new.of(specialism), framework))
        if index is None:
            text = text.with_entry(len(framework.specialisms), specialism_lines(entry, columns))
        else:
            of_file = framework.specialisms[index]
            written_lines = specialism_lines(
                of_file, file.value[_LIST][index].get("source", {}).get("columns", columns)
            )
            is_worked_on = is_worked_on or not text.is_entry(index, written_lines)
            replaced[of_file.id] = framework.of(of_file).version
            text = text.in_place_of(index, specialism_lines(entry, columns))
        framework = framework_of(text.file)
    new_ids = {each_specialism.id for each_specialism in new.specialisms}
    assert _rest(file, new_ids) == _rest(text.file, new_ids), "only entries of these specialisms were touched"
    return ChapterAddition(text.content, framework, replaced, is_worked_on)


def _obstacles(file: YamlFile, framework: Framework, new: Framework) -> Iterator[Problem]:
    if new.id != framework.id:
        what = f"{file.name} is of the framework '{framework.id}'"
        yield Problem("--id", what, f"write --id {framework.id}, or name another --output")
    elsewhere = "import it into a file of its own, under the same --id: several files may have one"
    if (new.scale.word, new.scale.names, new.scale.adds_up) != (
        framework.scale.word,
        framework.scale.names,
        framework.scale.adds_up,
    ):
        yield Problem(file.where(("scale",)), "the levels of the chapter are not those of the file", elsewhere)
    for skill in new.skills:
        if skill not in framework.skills:
            yield Problem(file.where(("skills",)), f"the file does not have the skill '{skill.title}'", elsewhere)
    for index, specialism in enumerate(framework.specialisms):
        same = [other for other in new.specialisms if other.id == specialism.id]
        if same and new.of(same[0]).version == framework.of(specialism).version:
            what = f"'{specialism.title}' is here already, in the version '{framework.of(specialism).version}'"
            yield Problem(file.where((_LIST, index)), what, "give another --version if this is a newer one")


def _imprint(chapter: Framework, file: Framework) -> Imprint:
    """What ``chapter`` has to say of its own publication in ``file``, which has it for all others."""
    if (chapter.version, chapter.sha256) == (file.version, file.sha256):
        return Imprint(supersedes=chapter.supersedes)
    return Imprint(chapter.version, chapter.version_basis, chapter.source_file, chapter.sha256, chapter.supersedes)


def _rest(file: YamlFile, ids: Collection[str]) -> dict[str, object]:
    """All that ``file`` says but for the specialisms with these ``ids``."""
    return {**file.value, _LIST: [specialism for specialism in file.value[_LIST] if specialism["id"] not in ids]}


@dataclass(frozen=True)
class _Text:
    """The lines of a framework file, each with its end, and what they say."""

    lines: tuple[str, ...]
    file: YamlFile

    @classmethod
    def of(cls, content: bytes, file: YamlFile) -> _Text:
        return cls(tuple(_LINES.findall(content.decode("utf-8"))), file)

    @property
    def content(self) -> bytes:
        return "".join(self.lines).encode()

    def obstacles(self) -> Iterator[Problem]:
        """Why entries cannot be put in line by line, if they cannot."""
        for index, _ in enumerate(self.file.value[_LIST]):
            if self._first_line(index) is None:
                what = "the specialisms stand in brackets"
                yield Problem(self.file.where((_LIST, index)), what, "write each in lines of its own below a dash")

    def is_entry(self, index: int, lines: Sequence[str]) -> bool:
        """Whether the entry of the specialism with this ``index`` is written as ``lines``."""
        first, end = self._span(index)
        return [line.rstrip("\r\n") for line in self.lines[first:end]] == self._indented(lines)

    def in_place_of(self, index: int, lines: Sequence[str]) -> _Text:
        """The same with the entry ``lines`` for the specialism with this ``index``."""
        first, end = self._span(index)
        return self._with(self.lines[:first], self._indented(lines), self.lines[end:])

    def with_entry(self, count: int, lines: Sequence[str]) -> _Text:
        """The same with the entry ``lines`` behind all ``count`` specialisms."""
        _, end = self._span(count - 1)
        return self._with(self.lines[:end], self._indented(lines), self.lines[end:])

    def _with(self, before: Sequence[str], entry: Sequence[str], after: Sequence[str]) -> _Text:
        newline = "\r\n" if self.lines[0].endswith("\r\n") else "\n"
        # The file may lack the end of its last line.
        before = [*before[:-1], before[-1] if before[-1] != before[-1].rstrip("\r\n") else before[-1] + newline]
        content = "".join((*before, *(line + newline for line in entry), *after)).encode()
        return _Text.of(content, parse_yaml(content, self.file.name))

    def _indented(self, lines: Sequence[str]) -> list[str]:
        first = self._first_line(0)
        indent = self._dash_of(first) if first is not None else 0
        return [" " * indent + line if line else "" for line in lines]

    def _dash_of(self, line: int) -> int:
        dash = _DASH.match(self.lines[line])
        return len(dash[1]) if dash else 0

    def _first_line(self, index: int) -> int | None:
        """The line, counted from 0, with the dash of the entry with this ``index``; none where it has no dash."""
        start = self.file.lines[_LIST, index] - 1
        lowest = self.file.lines[(_LIST,)] - 1
        return next((line for line in range(start, lowest, -1) if _DASH.match(self.lines[line])), None)

    def _span(self, index: int) -> tuple[int, int]:
        """The lines of the entry with this ``index``, and of nothing else: the first, and the one behind the last.
        What is indented more than its dash is the entry's, and blank lines and remarks behind it are not."""
        first = self._first_line(index)
        assert first is not None, "a file in which a chapter has no dash is refused"
        indent = self._dash_of(first)
        end = max(line for keys, line in self.file.lines.items() if keys[:2] == (_LIST, index))
        for line in range(end, len(self.lines)):
            text = self.lines[line]
            if text.strip() and len(text) - len(text.lstrip(" ")) <= indent:
                break
            if text.strip():
                end = line + 1
        return first, end
