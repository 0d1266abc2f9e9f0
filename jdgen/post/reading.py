"""From what files and options say to the post: entries with their places, then the frozen post."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.levels import RIGHT_BAND
from jdgen.placeholders import NO_PLACEHOLDERS, Placeholders
from jdgen.places import Option, PostField
from jdgen.post.answers import sift
from jdgen.post.field import Field, FieldKind
from jdgen.post.fields import FIELDS, PICTURES
from jdgen.post.forms import as_meant, as_typed, band_of
from jdgen.post.model import PictureFile, Post, PostRemark
from jdgen.text_files.schemas import departures
from jdgen.text_files.values import Keys, YamlFile, field_of
from jdgen.text_files.yaml_reading import read_yaml
from jdgen.words import WrittenId, encoding_fault, forbidden_characters, length_fault

# What the user gave of a post, field by field, with the place of each; options win over the file.

_OWN_FIELDS, _DUTIES = "own", "duties"


@dataclass(frozen=True)
class PostEntries:
    """Field values as read, and where each was given; ``folder`` is what the file names of pictures are relative to,
    and ``folders`` has that of each picture, by its field, where it may be another. ``remarks`` are about texts that
    were given and are no answer, or no clear one; ``unfit`` is what does not fit, field by field, and is not among the
    values. ``titles`` are what whoever gave them knows fields by, where that is no key and no option."""

    values: Mapping[str, Any]
    places: Mapping[str, str]
    folder: Path
    remarks: tuple[PostRemark, ...] = ()
    unfit: tuple[tuple[str, Problem], ...] = ()
    folders: tuple[tuple[str, Path], ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    def folder_of(self, picture: str) -> Path:
        """The folder that the file name of the field ``picture`` is relative to."""
        return dict(self.folders).get(picture, self.folder)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What does not fit."""
        return tuple(problem for _, problem in self.unfit)

    def overridden_by(self, other: PostEntries) -> PostEntries:
        """These entries with those of ``other`` put over them, field by field; an organisation's own fields are fields
        of which each is put over its own."""
        values = {**self.values, **other.values}
        own_fields = self.values.get(_OWN_FIELDS, {})
        if own_fields and _OWN_FIELDS in other.values:
            values[_OWN_FIELDS] = {**own_fields, **other.values[_OWN_FIELDS]}
        replaced_fields = {*other.values, *other.places} - {_OWN_FIELDS}
        earlier_places = {
            name: place for name, place in self.places.items() if replaced_fields.isdisjoint(_with_owners(name))
        }
        remarks = tuple(remark for remark in self.remarks if replaced_fields.isdisjoint(_with_owners(remark.field)))
        places = {**earlier_places, **other.places}
        unfit = (*self.unfit, *other.unfit)
        folders = tuple((name, (other if name in other.values else self).folder_of(name)) for name in PICTURES)
        return PostEntries(values, places, self.folder, (*remarks, *other.remarks), unfit, folders, other.titles)

    def changed_by(self, options: PostEntries) -> PostEntries:
        """These entries, of a file, with those of ``options`` put over them. Of changes to single duties only those of
        the same duty are put over: the file's others stay."""
        new, old = options.values.get(_DUTIES, {}), self.values.get(_DUTIES, {})
        if not new or not old:
            return self.overridden_by(options)
        duty_ids = {entry["duty"] for entries in new.values() for entry in entries}
        values: dict[str, Any] = {}
        places: dict[str, str] = {}
        for kind in dict.fromkeys((*old, *new)):
            name = f"{_DUTIES}.{kind}"
            # An order is a list of ids, and stays as it is.
            remaining = [
                at
                for at, entry in enumerate(old.get(kind, ()))
                if isinstance(entry, str) or entry.get("duty") not in duty_ids
            ]
            values[kind] = [*(old[kind][at] for at in remaining), *new.get(kind, ())]
            places |= {f"{name}.{at}": options.places[name] for at in range(len(remaining), len(values[kind]))}
            for at, was in enumerate(remaining):
                lines = (
                    (field_name, place)
                    for field_name, place in self.places.items()
                    if f"{name}.{was}" in _with_owners(field_name)
                )
                places |= {
                    f"{name}.{at}{field_name.removeprefix(f'{name}.{was}')}": place for field_name, place in lines
                }
        remarks = (remark for remark in self.remarks if _DUTIES in _with_owners(remark.field))
        return self.overridden_by(
            replace(
                options,
                values={**options.values, _DUTIES: values},
                places={**options.places, **places},
                remarks=(*remarks, *options.remarks),
            )
        )


def _with_owners(name: str) -> Iterator[str]:
    """``name`` and what it is in: ``demands.mental`` and ``demands``."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def entries_of_file(path: Path, name: str | None = None, placeholders: Placeholders = NO_PLACEHOLDERS) -> PostEntries:
    """The entries of a post file, without the texts that are one of ``placeholders``. Raises :class:`JdgenError` for a
    file that cannot be read; what does not fit is told in the result."""
    file = read_yaml(path, name)
    if isinstance(file.value, list):
        right = f"`jdgen batch {file.name}` makes the documents of all posts in a list"
        raise JdgenError(Problem(file.where(), "is a list, where one post is meant", right))
    return entries_of_yaml(file, path.parent, placeholders)


def entries_of_yaml(file: YamlFile, folder: Path, placeholders: Placeholders = NO_PLACEHOLDERS) -> PostEntries:
    """As :func:`entries_of_file`, of a file already read."""
    if file.value is None:
        raise JdgenError(Problem(file.name, "is empty", "give at least title, specialism and band"))
    file = as_meant(file, placeholders)
    sifted_value = sift(file.value, placeholders)
    problems = [
        (no_answer.keys, no_answer.problem(file.where(no_answer.keys), file.title_of(no_answer.keys)))
        for no_answer in sifted_value.missing_answers
    ]
    empty_keys = [keys for keys in file.comments if not file.texts[keys]]
    problems += [(keys, _empty_problem(file, keys)) for keys in empty_keys]
    garbled_texts = {
        keys: _encoding_problem(file, keys, *unsound)
        for keys, text in file.texts.items()
        if (unsound := encoding_fault(text))
    }
    problems += garbled_texts.items()
    # What is told in this way need not fit the schema as well.
    settled_keys = {*empty_keys, *garbled_texts, *(no_answer.keys for no_answer in sifted_value.no_answers)}
    unfit = [*problems, *departures(file, "post", settled_keys)]
    if any(keys == () for keys, _ in unfit):
        raise JdgenError(problem for _, problem in unfit)
    if unfit:
        sifted_value = sift(file.value, placeholders, left_out={_whole_keys(keys) for keys, _ in unfit})
    places = {".".join(map(str, keys)): file.where(origin) for keys, origin in sifted_value.origins.items() if keys}
    remarks = (
        *(no_answer.remark(file.where(no_answer.keys)) for no_answer in sifted_value.remarks),
        *(_cut_short(file, keys) for keys in file.comments if keys not in empty_keys),
    )
    return PostEntries(
        sifted_value.value or {},
        places,
        folder,
        remarks,
        tuple((str(keys[0]), problem) for keys, problem in unfit),
        titles=file.titles,
    )


def _empty_problem(file: YamlFile, keys: Keys) -> Problem:
    what = f"{_field_title(file, keys)}: '{file.comments[keys]}' is read as a comment, and nothing else stands there"
    return Problem(file.where(keys), what, f"put it in quotes: '{file.comments[keys]}'")


def _encoding_problem(file: YamlFile, keys: Keys, what: str, right: str) -> Problem:
    return Problem(file.where(keys), f"{_field_title(file, keys)}: {what}", right)


def _field_title(file: YamlFile, keys: Keys) -> str:
    return file.titles.get(field_of(keys), field_of(keys))


def _cut_short(file: YamlFile, keys: Keys) -> PostRemark:
    where, comment, rest = file.where(keys), file.comments[keys], file.texts[keys]
    text = (
        f"'{comment}' in {where} is read as a comment, so that only '{rest}' is taken. If it belongs to the text, put "
        f"all of it in quotes: '{rest} {comment}'. If it is a comment, put a space after #."
    )
    return PostRemark("cut short", field_of(keys), comment, where, text)


def _whole_keys(keys: Keys) -> Keys:
    """The keys of what cannot be taken without the value at ``keys``: the entry of a list, or all of a picture."""
    if keys[0] in PICTURES:
        return keys[:1]
    end = next((index for index, key in enumerate(keys, 1) if isinstance(key, int)), len(keys))
    return keys[:end]


def entries_of_options(
    options: Mapping[str, Any],
    places: Mapping[str, str],
    folder: Path,
    placeholders: Placeholders = NO_PLACEHOLDERS,
) -> PostEntries:
    """Entries given on the command line, by the keys of their fields (``duties.omit``); ``places`` is what messages
    call the option of each. Empty text and control characters do not fit, which is told in the result."""
    option_values = {name: as_typed(name, value) for name, value in options.items() if value not in (None, ())}
    options_of = {name: Option(places[name]) for name in option_values}
    unfit = [
        (name, problem) for name, value in option_values.items() for problem in _unfit_problems(value, options_of[name])
    ]
    values: dict[str, Any] = {}
    for name, value in option_values.items():
        group, _, key = name.rpartition(".")
        (values.setdefault(group, {}) if group else values)[key] = value
    sifted_value = sift(values, placeholders, left_out={tuple(name.split(".")) for name, _ in unfit})
    remarks = tuple(
        no_answer.remark(options_of[_field_in(no_answer.keys, option_values)]) for no_answer in sifted_value.remarks
    )
    missing_answers = [
        (name, no_answer)
        for no_answer in sifted_value.missing_answers
        for name in [_field_in(no_answer.keys, option_values)]
    ]
    unfit += [(name, no_answer.problem(options_of[name])) for name, no_answer in missing_answers]
    answers = sifted_value.value or {}
    answer_places = {name: place for name, place in options_of.items() if name.partition(".")[0] in answers}
    return PostEntries(answers, answer_places, folder, remarks, tuple(unfit))


def _field_in(keys: Keys, field_names: Collection[str]) -> str:
    """Which of ``field_names`` these keys lead into."""
    return next(name for name in _with_owners(field_of(keys)) if name in field_names)


def _unfit_problems(value: Any, where: str) -> list[Problem]:
    if isinstance(value, list | dict):
        parts = value.values() if isinstance(value, dict) else value
        return [problem for part in parts for problem in _unfit_problems(part, where)]
    if not isinstance(value, str):
        return []
    if not value.strip():
        return [Problem(where, "is empty", "write it, or leave the option out")]
    if unfit := length_fault(value):
        return [Problem(where, *unfit)]
    return [Problem(where, f"control character {code}", "delete it") for _, code in forbidden_characters(value)]


# From entries to the post.

# What is told where a field is missing: what to do, and how files and options say it.
_REQUIRED = {
    each.name: (each.needed.right, f" ({each.key}: {each.needed.in_file}, or {each.flag})")
    for each in FIELDS
    if each.needed
}
_SPECIAL = (FieldKind.BAND, FieldKind.LEVEL, FieldKind.PICTURE, FieldKind.OWN)
# Of each field: whether it is no text or list of texts, what it is in, if anything, and its key there.
_PLACES = tuple(
    (field, bool(field.entry) or field.kind in _SPECIAL, *field.key.rpartition(".")[::2]) for field in FIELDS
)
# For a band that is not given, or is none.
_STAND_IN = "2"


def post_of(entries: PostEntries, name: str = "the post") -> Post:
    """The post that ``entries`` describe; ``name`` is how messages call it when a field has no place.

    Raises :class:`JdgenError` with all of: required fields that are missing, a band that is none, a picture
    outside the post's own folder.
    """
    if problems := all_problems(entries, name):
        raise JdgenError(problems)
    return _post_of(entries)


def outline_post(entries: PostEntries) -> tuple[Post | None, bool]:
    """The post as far as ``entries`` say it, so that all of it can be looked at in one round; nothing where they name
    no specialism. What else is missing has a stand-in. And whether the band is theirs."""
    if "specialism" not in entries.values:
        return None, False
    try:
        band, is_banded = band_of(str(entries.values.get("band", ""))).name, True
    except ValueError:
        band, is_banded = _STAND_IN, False
    values = {"title": "", **entries.values, "band": band}
    for picture in PICTURES:
        if picture in values and not inside_folder(values[picture]["file"]):
            del values[picture]
    return _post_of(replace(entries, values=values)), is_banded


def all_problems(entries: PostEntries, name: str, given_fields: Collection[str] = ()) -> tuple[Problem, ...]:
    """What does not fit in entries, and what is missing; ``given_fields`` are given elsewhere."""
    unfit_fields = {field for field, _ in entries.unfit}
    return (*entries.problems, *_entry_problems(entries, name, {*given_fields, *unfit_fields}))


def _post_of(entries: PostEntries) -> Post:
    values = {
        field.name: _value(field, value, entries) if is_special else _tidy(value)
        for field, is_special, value in _given_values(entries)
    }
    return Post(**values, places=entries.places, remarks=entries.remarks)


def _given_values(entries: PostEntries) -> Iterator[tuple[Field, bool, Any]]:
    """What was given of each field, and whether the field is no text or list of texts."""
    for post_field, is_special, group, key in _PLACES:
        values = entries.values.get(group, {}) if group else entries.values
        if key in values:
            yield post_field, is_special, values[key]


def _value(field: Field, value: Any, entries: PostEntries) -> Any:
    """The value of a field that is no text and no list of texts."""
    match field.kind:
        case FieldKind.BAND:
            return band_of(str(value))
        case FieldKind.LEVEL:
            return str(value).strip()
        case FieldKind.PICTURE:
            file = entries.folder_of(field.key) / value["file"]
            return PictureFile(file, _tidy(value["description"]))
        case FieldKind.OWN:
            return {name: _tidy(text) for name, text in value.items()}
    assert field.entry is not None, "a text, or a list of texts, is no special value"
    return tuple(field.entry(**{key: _tidy(part) for key, part in entry.items()}) for entry in value)


def _entry_problems(entries: PostEntries, name: str, given_fields: Collection[str] = ()) -> Iterator[Problem]:
    """What keeps entries from being a post; ``given_fields`` are given elsewhere, and not missed here."""
    remarks_by_field = {remark.field: remark for remark in entries.remarks}
    for key, (to_do, as_written) in _REQUIRED.items():
        title = entries.titles.get(key)
        field_title, right = (title, to_do) if title else (key, to_do + as_written)
        if key in remarks_by_field and key not in given_fields:
            yield Problem(
                remarks_by_field[key].where, f"{field_title}: '{remarks_by_field[key].quote}' is no answer", right
            )
        elif key not in entries.values and key not in given_fields:
            yield Problem(PostField(key) if title else name, f"'{field_title}' is missing", right)
    if "band" in entries.values:
        try:
            band_of(str(entries.values["band"]))
        except ValueError as error:
            yield Problem(entries.places.get("band", name), str(error), RIGHT_BAND)
    for key in PICTURES:
        if (picture := entries.values.get(key)) and not inside_folder(picture["file"]):
            where = entries.places.get(f"{key}.file", name)
            what = f"the picture '{picture['file']}' is outside the post's folder"
            yield Problem(where, what, "keep it beside the post file")


def inside_folder(file: str) -> bool:
    """Whether a file name stays in the folder that it is relative to."""
    parts = file.replace("\\", "/").split("/")
    return ".." not in parts and not file.startswith(("/", "\\")) and ":" not in file


def _tidy(value: Any) -> Any:
    """Text without outer white space, lists as tuples."""
    if isinstance(value, str):
        return value if isinstance(value, WrittenId) else value.strip()
    return tuple(_tidy(part) for part in value) if isinstance(value, list) else value
