"""Writes an edition of the phrases that records name by number: ``python tools/phrases.py EDITION``.

Phrases are what the shipped templates print of what is shipped, for whichever post: :mod:`jdgen.record.form` says
what for. An edition that documents were made with never changes; a new one gets the next number, and
``jdgen/record/form.py`` names it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from jdgen.app.documents import library_for
from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.texts import Giver
from jdgen.errors import JdgenError
from jdgen.levels import Band
from jdgen.post.model import AddedCriterion, AddedDuty, Contact, OmittedCriterion, OmittedDuty, Post, RewordedDuty
from jdgen.record.form import Phrase
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import record_of
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.compiling import compile_template
from jdgen.template.properties import is_verbatim
from jdgen.workspace import TEMPLATES, Workspace

ROOT = Path(__file__).resolve().parents[1]
EDITIONS = ROOT / "jdgen" / "record" / "phrases"
_SPECIALISM = "pmo"
_DRAFTED = datetime.date(2000, 1, 1)
# Of these, the setting is printed in words of jdgen's.
_CONTACTS = tuple(Contact("Somebody", setting, "Something") for setting in ("internal", "external") for _ in range(6))
_OF_THE_POST = (Giver.POST.code, Giver.PHRASE.code)
_GIVERS = frozenset(giver.code for giver in Giver)


def phrases() -> list[Phrase]:
    """The phrases in the order in which documents print them, so that many follow each other there too."""
    distinct: dict[Phrase, None] = {}
    for making, post in _documents():
        try:
            record, _ = record_of(make_document(post, making).content)
        except JdgenError:  # the choice is not offered at this band
            continue
        assert record is not None, "every document has its record"
        distinct |= dict.fromkeys(_phrases_of(record))
    return list(distinct | dict.fromkeys(_words_of_notes(distinct)))


def _words_of_notes(phrases: Iterable[Phrase]) -> Iterator[str]:
    """Topics and texts that notes about several things have in common."""
    notes = [phrase for phrase in phrases if isinstance(phrase, tuple) and phrase[2] not in _GIVERS]
    for place in (0, 2):
        count = Counter(note[place] for note in notes)
        yield from (text for text, times in count.items() if times > 1)


def _phrases_of(record: GenerationRecord) -> Iterator[Phrase]:
    yield from (record.framework, record.framework_version, record.framework_sha256)
    yield from (record.template, record.template_sha256, record.template_texts)
    for block in record.blocks:
        is_anybodys = block.id == "band_statement" or block.id.endswith(".setting")
        if is_anybodys or (block.giver not in _OF_THE_POST and block.id != "date"):
            yield block[:3]
    yield from map(tuple, record.notes)


def _documents() -> Iterator[tuple[DocumentSources, Post]]:
    """What makes a document of each template for each choice that a post has."""
    templates = [_open(name) for name in TEMPLATES]
    for post in _posts():
        library = library_for(post, Workspace(ROOT))
        for template, verbatim in templates:
            yield DocumentSources(library.verbatim() if verbatim else library, template, _DRAFTED), post


def _open(name: str) -> tuple[CompiledTemplate, bool]:
    content = (ROOT / "templates" / f"{name}.docx").read_bytes()
    return compile_template(content, f"{name}.docx"), is_verbatim(content)


def _posts() -> Iterator[Post]:
    """Posts that say nothing of their own, one for each choice that the framework offers at each band."""
    library = library_for(_post("6"), Workspace(ROOT))
    specialism = library.specialism
    criteria = tuple(OmittedCriterion(criterion.id) for criterion in library.criteria.criteria)
    added_criteria = 2 * (AddedCriterion("Something", "skills", "essential", ("A", "I")),)
    for band in ("6", "7", "8a", "8b", "8c", "8d"):
        yield replace(_post(band), relationships=_CONTACTS, training_at_entry="Something")
        for category in specialism.role_categories:
            rule = category.competence_rule
            competences = rule.at_least_one_of if rule else ()
            for chosen_competences in [competences[at : at + 1] for at in range(max(len(competences), 1))]:
                yield replace(_post(band), role_category=category.id, specialist_competences=chosen_competences)
        yield replace(_post(band), omitted_criteria=criteria)
        for route in specialism.entry_routes:
            yield replace(_post(band), entry_route=route.id)
        for heading in specialism.headings:
            for reading in heading.readings:
                yield replace(_post(band), readings={heading.id: reading.id})
            duties = [statement.id for statement in heading.statements_for(Band.parse(band))]
            yield replace(_post(band), omitted_duties=tuple(map(OmittedDuty, duties)))
            yield replace(_post(band), reworded_duties=tuple(RewordedDuty(duty, "Something") for duty in duties))
            yield replace(
                _post(band), added_duties=(AddedDuty(heading.id, "Something"),), added_criteria=added_criteria
            )


def _post(band: str) -> Post:
    return Post(title="Post", specialism=_SPECIALISM, band=Band.parse(band))


def main(arguments: list[str] | None = None) -> int:
    """Write an edition; the result is the exit code."""
    parser = argparse.ArgumentParser(description="Write an edition of the phrases that records name by number.")
    parser.add_argument("edition", help="its number")
    path = EDITIONS / f"{parser.parse_args(arguments).edition}.json"
    lines = ",\n".join(json.dumps(phrase, ensure_ascii=False) for phrase in phrases())
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
