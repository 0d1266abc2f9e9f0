"""What a screen reader is given of a PDF: its tags, with what each says of itself and the words in it, as poppler reads
them."""

from __future__ import annotations

import functools
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(r'(?P<indent> *)(?:(?P<kind>\w+)(?: \(\w+\))?:?|/(?P<name>\w+) (?P<value>.*)|"(?P<text>.*)")')


@dataclass
class Tag:
    """An element of a PDF's structure: its ``kind``, as the standard calls it, its attributes as they are written, and
    what is in it, in order: the words on each line, and further elements."""

    kind: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[str | Tag] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The words in it and in all that it holds."""
        return [line for each in self.content for line in ([each] if isinstance(each, str) else each.lines)]

    def kids(self, *kinds: str) -> list[Tag]:
        """The elements directly in it that are of these ``kinds``."""
        return [each for each in self.content if isinstance(each, Tag) and each.kind in kinds]

    def all(self, *kinds: str) -> Iterator[Tag]:
        """Every element in it that is of these ``kinds``, as read."""
        for each in self.content:
            if isinstance(each, Tag):
                if each.kind in kinds:
                    yield each
                yield from each.all(*kinds)


@functools.lru_cache(maxsize=128)  # several tests look at the same documents, and each look takes a second
def structure_of(pdf: bytes) -> Tag:
    """The tags of ``pdf``, in one that holds them all."""
    command = ("pdfinfo", "-struct-text", "-")
    output = subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode()
    root = Tag("")
    open_tags = [(-1, root)]
    for line in output.splitlines():
        match = _LINE.fullmatch(line)
        assert match, line
        while len(match["indent"]) <= open_tags[-1][0]:
            open_tags.pop()
        tag = open_tags[-1][1]
        if match["kind"]:
            tag.content.append(Tag(match["kind"]))
            open_tags.append((len(match["indent"]), tag.kids(match["kind"])[-1]))
        elif match["name"]:
            tag.attributes[match["name"]] = match["value"]
        else:
            tag.content.append(match["text"])
    return root
