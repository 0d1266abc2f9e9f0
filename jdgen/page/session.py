"""What the page's scripts ask of jdgen: a draft, a document, a post file, and what is in a file that a person
opens.

Answers are plain values, as JSON has them. Posts come as the values of a post file. What is wrong with one is told as
the command line tells it, with the field that it is about.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jdgen.document.making import DocumentSources, make_document
from jdgen.document.names import file_name, name_fields
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.frameworks_here import find_specialism
from jdgen.drafting.library import Library
from jdgen.drafting.loading import at_post, outline_problems
from jdgen.drafting.named_parts import by_id, level_name
from jdgen.drafting.profile import told_without_option
from jdgen.drafting.review import RankedNote, Subjects, other_words
from jdgen.drafting.review_notes import Rank
from jdgen.errors import JdgenError, Problem, along_with, refuse
from jdgen.page.material import PageMaterial, PageTemplate, read_material
from jdgen.page.preview import assessment_in_words, listing_file, listing_texts, preview
from jdgen.placeholders import NO_PLACEHOLDERS
from jdgen.places import PostField
from jdgen.post.field import Field
from jdgen.post.fields import BY_NAME, FIELDS, PICTURES
from jdgen.post.model import Post
from jdgen.post.reading import PostEntries, entries_of_yaml, post_of
from jdgen.post.values import REASONED, post_of_values, post_values, without_reasons
from jdgen.record.plain_reading import plain_record
from jdgen.text_files.values import Keys, YamlFile
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.text_files.yaml_writing import yaml_lines
from jdgen.words import forbidden_characters, length_fault, normalise
from jdgen.zips import PackageError

#: What stands above each part of an entry on the page.
PART_TITLES = {
    "dimensions.measure": "What is measured",
    "dimensions.text": "Its size in this job",
    "relationships.who": "Who",
    "relationships.setting": "Internal or external",
    "relationships.purpose": "What the contact is for",
    "demands.kind": "Kind",
    "demands.text": "What the job involves",
    "demands.frequency": "How often",
    "demands.duration": "For how long",
    "duties.add.heading": "Heading",
    "duties.add.text": "The duty",
    "criteria.add.text": "The criterion",
    "criteria.add.importance": "Essential or desirable",
    "criteria.add.group": "Group",
    "criteria.add.assessed_by": "Assessed by",
}
#: What messages call the answers on the page.
ANSWERS = "your answers"
_NOWHERE = Path()
_ZIP = b"PK"


class Session:
    """One person's page: ``material`` is what HR put into it, ``today`` the date of drafts."""

    def __init__(self, material: PageMaterial, today: datetime.date) -> None:
        self._material = material
        self._today = today
        self._subjects = Subjects(material.libraries, material.own_headings)
        headings = {field.key: field.heading for field in FIELDS if field.heading}
        own_titles = {f"own.{name}": heading for name, heading in material.own_headings.items()}
        self._titles = {**headings, **PART_TITLES, **own_titles}

    def draft(self, values: Mapping[str, Any], template: int = 0) -> dict[str, Any]:
        """The draft of a post as HTML, with its notes; or what is wrong with the post."""
        values = _as_in_a_file(values)
        lines = _lines(values)
        try:
            post, sources = self._post_and_sources(values, lines, template)
            draft = sources.draft(post)
        except JdgenError as error:
            return {"problems": [_problem(each, lines) for each in error.problems]}
        notes = self._subjects.rank_notes(draft.notes)
        return {
            "problems": [],
            "html": preview(draft),
            "listing": [
                {
                    "heading": text.heading,
                    "length": text.length,
                    "is_empty": not text.text,
                    "fits": text.least <= len(text.text) <= text.limit,
                }
                for text in listing_texts(draft)
            ],
            "notes": [_note(note) for note in notes],
            "omitted": _omissions(post, sources.library),
            "counts": {str(rank): sum(note.rank is rank for note in notes) for rank in Rank},
            "assessment": assessment_in_words(draft.person_specification),
            "criteria": [
                {
                    "title": group.title,
                    "criteria": [
                        {
                            "id": criterion.id,
                            "text": criterion.text,
                            "importance": criterion.importance,
                            "assessed_by": criterion.assessed_by,
                            "origin": str(criterion.origin),
                        }
                        for criterion in group.criteria
                    ],
                }
                for group in draft.person_specification.groups
            ],
            "duties": [
                {
                    "id": heading.id,
                    "title": heading.title,
                    "duties": [
                        {"id": duty.id, "text": duty.text, "origin": str(duty.origin)} for duty in heading.duties
                    ],
                }
                for heading in draft.duty_headings
            ],
        }

    def document(self, values: Mapping[str, Any], template: int = 0) -> tuple[str, bytes]:
        """The name and the content of the Word file. Raises :class:`JdgenError` as a draft tells it."""
        values = _as_in_a_file(values)
        post, sources = self._post_and_sources(values, _lines(values), template)
        fields = name_fields(post, Path(sources.template.name).stem, self._today, level_name(post, sources.library))
        return file_name(self._material.pattern, fields), make_document(post, sources).content

    def listing(self, values: Mapping[str, Any], template: int = 0) -> str:
        """The text of a job advert, in the wording of the draft. Raises :class:`JdgenError` as a draft tells it."""
        values = _as_in_a_file(values)
        post, sources = self._post_and_sources(values, _lines(values), template)
        return listing_file(listing_texts(sources.draft(post)))

    def post_file(self, values: Mapping[str, Any]) -> str:
        """The post as a file, which HR's commands take and the page opens again."""
        return "\n".join((*yaml_lines(_as_in_a_file(values)), "")) if values else ""

    def open_file(self, name: str, content: bytes) -> dict[str, Any]:
        """The post in a file: a post file, or a document that jdgen made, whose record has it."""
        try:
            is_document = content.startswith(_ZIP)
            values = _recorded_values(name, content) if is_document else self._values_of_post_file(name, content)
        except JdgenError as error:
            return {"problems": [_problem(each, {}) for each in error.problems]}
        return {"problems": [], "values": values}

    def _values_of_post_file(self, name: str, content: bytes) -> dict[str, Any]:
        """The values of a post file, if a post can be made of it."""
        file = parse_yaml(content, name)
        if isinstance(file.value, list):
            raise JdgenError(Problem(file.where(), "is a list, where one post is meant", "open a file with one post"))
        entries = entries_of_yaml(file, _NOWHERE, self._material.placeholders)
        post, library = self._post(entries, name)
        post_values_by_key = _by_keys(post_values(by_id(post, library)))
        return {key: _as_page_value(value, post_values_by_key.get(key)) for key, value in entries.values.items()} | {
            "specialism": library.specialism.id
        }

    def _post_and_sources(
        self, values: Mapping[str, Any], lines: Mapping[Keys, int], template: int
    ) -> tuple[Post, DocumentSources]:
        file = YamlFile(ANSWERS, dict(values), dict(lines), _typed_texts(values), titles=self._titles)
        with along_with([*_unprintable(file)]):
            entries = entries_of_yaml(file, _NOWHERE, self._material.placeholders)
            post, library = self._post(entries, ANSWERS)
        refuse(framework_problems(post, library))
        page_template: PageTemplate = self._material.templates[template]
        library_in_wording = library.verbatim() if page_template.is_verbatim else library
        return post, DocumentSources(
            library_in_wording, page_template.compiled, self._today, own_headings=self._material.own_headings
        )

    def _post(self, entries: PostEntries, name: str) -> tuple[Post, Library]:
        if self._material.common:
            common = YamlFile(name, dict(self._material.common), {}, {})
            entries = entries_of_yaml(common, _NOWHERE, NO_PLACEHOLDERS).overridden_by(entries)
        try:
            post = post_of(entries, name)
        except JdgenError as error:
            raise JdgenError(dict.fromkeys((*error.problems, *outline_problems(entries, self._library_for)))) from error
        return post, self._library_for(post)

    def _library_for(self, post: Post) -> Library:
        try:
            return self._library(post.specialism, post.framework)
        except JdgenError as error:
            raise JdgenError(at_post(error.problems, post)) from error

    def _library(self, specialism: str, framework: str | None) -> Library:
        frameworks = [library.framework for library in self._material.libraries]
        framework_and_specialism = find_specialism(frameworks, specialism, framework)
        return next(
            library
            for library in self._material.libraries
            if (library.framework, library.specialism) == framework_and_specialism
        )

    # The same for a script in a browser, which hands over and takes texts and bytes.

    def answer(self, question: str, arguments: str) -> str:
        """What the method called ``question`` answers, in JSON, as its ``arguments`` are."""
        methods: Mapping[str, Callable[..., Any]] = {
            "draft": self.draft,
            "listing": self.listing,
            "post_file": self.post_file,
        }
        return json.dumps(methods[question](*json.loads(arguments)))

    def document_for(self, values: str, template: int) -> tuple[str, bytes]:
        """:meth:`document` of ``values`` in JSON."""
        return self.document(json.loads(values), template)

    def open_file_as_json(self, name: str, content: Any) -> str:
        """:meth:`open_file` in JSON; ``content`` is a buffer of the browser's."""
        return json.dumps(self.open_file(name, bytes(content.to_py())))


def begin(material: str, today: str) -> Session:
    """The session of the page whose material is in the file ``material``, on the day ``today`` (ISO 8601)."""
    return Session(read_material(Path(material).read_bytes()), datetime.date.fromisoformat(today))


def _omissions(post: Post, library: Library) -> dict[str, str]:
    """What the post leaves out, by the ids by which it does: the published statement, or the criterion."""
    if not (post.omitted_duties or post.omitted_criteria):
        return {}
    statements = {statement.id: statement.text for row in library.specialism.rows for statement in row.statements}
    criteria = {criterion.id: criterion.text for criterion in library.criteria.criteria}
    duties = {
        omission.duty: statements.get(omission.duty, statements.get(omission.duty.rpartition(".")[0]))
        for omission in post.omitted_duties
    }
    left_out = {
        **duties,
        **{omission.criterion: criteria.get(omission.criterion) for omission in post.omitted_criteria},
    }
    return {name: text for name, text in left_out.items() if text}


def _note(note: RankedNote) -> dict[str, Any]:
    return {
        "rank": str(note.rank),
        "topic": note.topic,
        "subject": note.subject,
        "about": note.about,
        "text": told_without_option(note.sentence, "Job details has a field for it."),
        "other_words": other_words(note),
        "fields": list(note.fields),
    }


# Answers on a page have no lines. Each value has a number of its own instead, by which a problem of it is known.


def _lines(values: Mapping[str, Any]) -> dict[Keys, int]:
    value_keys = (keys for keys, _ in _all_values(values, ()))
    return {keys: number for number, keys in enumerate(dict.fromkeys((*value_keys, *_parts(values))), 1)}


def _parts(values: Mapping[str, Any]) -> Iterator[Keys]:
    """The keys of every part of every entry, so that one that is missing has its place, too."""
    for name in PART_TITLES:
        *outer, part = name.split(".")
        entries: Any = values
        for key in outer:
            entries = entries.get(key) if isinstance(entries, Mapping) else None
        for at in range(len(entries) if isinstance(entries, list) else 0):
            yield (*outer, at, part)


#: Ends of lines that nobody types: copied from Word, from a web page, or from another system.
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


def _as_in_a_file(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as a post file has them: a document is the same, whether it is made here or of the file."""

    def read(value: Any) -> Any:
        if isinstance(value, str):
            return normalise(_LINE_ENDS.sub("\n", value))
        if isinstance(value, list):
            return [read(each) for each in value]
        return {key: read(each) for key, each in value.items()} if isinstance(value, dict) else value

    return {key: read(each) for key, each in values.items()}


def _unprintable(file: YamlFile) -> Iterator[Problem]:
    """Texts and characters that no document can hold, which a post file could not hold either."""
    for keys, text in file.texts.items():
        if unfit := length_fault(text):
            yield Problem(file.where(keys), f"{file.title_of(keys)}: {unfit[0]}", unfit[1])
        for code in dict.fromkeys(code for _, code in forbidden_characters(text)):
            right = "type the text again, or copy it without its layout"
            yield Problem(file.where(keys), f"{file.title_of(keys)}: control character {code}", right)


def _typed_texts(values: Mapping[str, Any]) -> dict[Keys, str]:
    """Each single value as it is typed."""
    return {keys: str(each) for keys, each in _all_values(values, ()) if isinstance(each, str | int | float)}


def _all_values(value: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    """``value`` and every value in it, each with its keys."""
    yield keys, value
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from _all_values(each, (*keys, key))


def _problem(problem: Problem, lines: Mapping[Keys, int]) -> dict[str, Any]:
    number = getattr(problem.where, "number", 0)
    keys = next((keys for keys, line in lines.items() if line == number), ())
    where = str(problem.where) if not lines else ANSWERS
    field = str(problem.where) if isinstance(problem.where, PostField) else ".".join(map(str, keys))
    return {"where": where, "what": problem.what, "right": problem.right, "field": field}


#: Stands for the reason of a change that is read from a document: records hold none, since they may be about people.
_NO_REASON = "The document does not say."


def _recorded_values(name: str, content: bytes) -> dict[str, Any]:
    """The post in the record of a document, as a post file has it."""
    try:
        record = plain_record(content)
    except PackageError as error:
        raise JdgenError(Problem(name, error.what, error.right)) from error
    if record is None:
        right = "open one that jdgen made, or a post file"
        raise JdgenError(Problem(name, "has no record of a post that can be read here", right))
    try:
        post_of_values(record.post)
    except ValueError as error:
        what = f"the post in its record cannot be read ({error})"
        raise JdgenError(Problem(name, what, "open the post file that it was made of")) from error
    return _by_keys(
        {
            name: [_entry(each, BY_NAME[name]) for each in value] if BY_NAME[name].entry else value
            for name, value in without_reasons(record.post).items()
        }
    )


def _entry(entry: Mapping[str, Any], field: Field) -> dict[str, Any]:
    parts = {name: value for name, value in entry.items() if value not in (None, [])}
    return {**parts, "reason": _NO_REASON} if field.name in REASONED else parts


def _by_keys(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a post by the keys that a post file has for them: some are in groups there. Without pictures, whose
    files they do not name."""
    values_by_key: dict[str, Any] = {}
    for name, value in values.items():
        if BY_NAME[name].key in PICTURES:
            continue
        group, _, key = BY_NAME[name].key.rpartition(".")
        inside = values_by_key.setdefault(group, {}) if group else values_by_key
        inside[key] = value
    return values_by_key


def _as_page_value(file_value: Any, post_value: Any) -> Any:
    """What stands in a post file as the page's fields know it, by the ``post_value`` that was read of it: people write
    ``Band 8A``, and titles for what the page offers by id. What a post does not keep of it, such as reasons, stays."""
    match file_value, post_value:
        case Mapping(), Mapping():
            kept_values = {key: value for key, value in post_value.items() if value}
            is_same = kept_values.keys() <= file_value.keys()  # keys may be names, too, as of skills
            return (
                {key: _as_page_value(value, kept_values.get(key)) for key, value in file_value.items()}
                if is_same
                else kept_values
            )
        case list(), list() if len(file_value) == len(post_value):
            return [_as_page_value(*both) for both in zip(file_value, post_value, strict=True)]
    return post_value or file_value
