"""The parts of every document are, byte for byte, what they were; a failure names the part.

Each file in ``bytes/`` holds SHA-256 digests of documents of one template, in three sections. ``parts`` are those that
the record does not touch. ``without the record`` are those that it touches, with what belongs to it taken out:
bookmarks, relationships, types. ``with the record`` are the same as they are written, the record's own parts, and the
order of all parts. When the record gets another form, only that section may be written anew.

Nothing is random in a document of a fixed date: its id comes from its inputs. How a part is deflated depends on the
library that does it, so the bytes of the whole file are not held.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.kept.conftest import Keep
from tests.acceptance.kept.projection import digests, is_of_the_record, parts_of
from tests.acceptance.kept.running import ROOT, Workplace

FOLDER = Path(__file__).parent / "bytes"
POSTS = sorted(path.stem for path in (ROOT / "examples/posts").glob("*.yaml"))
TEMPLATES = ("job-description", "person-specification", "role-profile", "content-controls", "text-boxes", "our-jd")
WHY = "the record gets a new form: its parts, its bookmarks, and what declares and relates them"
_RECORD = re.compile(
    rb"<w:bookmark(?:Start|End) [^>]*>"
    rb'|<Relationship [^>]*/(?:customXml|custom-properties)"[^>]*>'
    rb'|<Override PartName="/(?:customXml/|docProps/custom\.xml)[^>]*>'
)

Sections = dict[str, dict[str, str]]


def digests_of(files: Iterable[tuple[str, bytes]]) -> str:
    """The digests of ``files`` as JSON, by section, file and part: each line names the part that it is of."""
    sections_by_file = [(name, sections(content)) for name, content in files]
    digests: dict[str, object] = {"why with the record": WHY}
    for section in ("parts", "without the record", "with the record"):
        digests[section] = {
            f"{name}: {part}": digest for name, each in sections_by_file for part, digest in each[section].items()
        }
    return json.dumps(digests, indent=1) + "\n"


def sections(content: bytes) -> Sections:
    parts = parts_of(content)
    bare = {name: _RECORD.sub(b"", part) for name, part in parts.items() if not is_of_the_record(name)}
    touched = [name for name in bare if bare[name] != parts[name]]
    return {
        "parts": digests({name: parts[name] for name in bare if name not in touched}),
        "without the record": digests({name: bare[name] for name in touched}),
        "with the record": {
            **digests({name: part for name, part in parts.items() if is_of_the_record(name) or name in touched}),
            "order": " ".join(parts),
            "entries": ", ".join(sorted(entries(content))),
        },
    }


def entries(content: bytes) -> set[str]:
    """How the parts lie in the file: date, way of compression, and the system and rights that they are said to have."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            f"{entry.date_time} {entry.compress_type} {entry.create_system} {entry.external_attr}"
            for entry in archive.infolist()
        }


def documents(workplace: Workplace, template: str) -> Iterator[tuple[str, bytes]]:
    posts = [*(f"examples/posts/{post}" for post in POSTS), "posts/with-picture"]
    # One post of an organisation's template and one with a picture are enough, beside all of the shipped ones.
    shipped = (ROOT / f"templates/{template}.docx").is_file()
    for post in posts if shipped else posts[-2:]:
        path = f"made/{Path(post).name}.{template}.docx"
        result = workplace.run(f"generate --post {post}.yaml --template {template} --date 2026-11-24 --output {path}")
        assert result.exit_code == 0, result.output
        yield Path(path).name, Path(path).read_bytes()


def templates(workplace: Workplace) -> Iterator[tuple[str, bytes]]:
    for path, line in {
        "new.docx": "template new new.docx --organisation 'Example & Sons Trust'",
        "coloured.docx": "template new coloured.docx --organisation X --colour '#7C2855' --accent '#0B5C50' "
        "--picture posts/chart.png --alt-text 'The trust' --without agreement --without dimensions",
        "specification.docx": "template new specification.docx --organisation X --from person-specification",
        "profile.docx": "template new profile.docx --organisation X --from role-profile --with post-picture",
        "fields.docx": "template fields --docx fields.docx",
        "annotated.docx": "template check templates/faults.docx --annotate annotated.docx",
    }.items():
        workplace.run(line)
        yield path, Path(path).read_bytes()


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_parts_of_a_document_are_the_kept_ones(template: str, workplace: Workplace, keep: Keep) -> None:
    keep(FOLDER / f"{template}.json", digests_of(documents(workplace, template)))


def test_the_parts_of_a_template_are_the_kept_ones(workplace: Workplace, keep: Keep) -> None:
    keep(FOLDER / "templates.json", digests_of(templates(workplace)))
