"""Namesakes: posts of one batch whose documents would have the same name, and what tells them apart.

That is the reference, else the fields in which the posts differ; never the number of a row, which changes when rows are
sorted. A document that an earlier run has made of such a post keeps the name that it has, so that nobody's edits are
left behind when a second post of its title comes along, or goes. Which posts count as one, here and elsewhere, and why
not by one rule: docs/glossary.md.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from sys import intern
from typing import NamedTuple

from jdgen.document.names import longer_name, safe_name
from jdgen.errors import Problem, list_words
from jdgen.post.fields import BY_NAME
from jdgen.post.model import Post
from jdgen.post.values import post_json, post_values
from jdgen.record.model import template_name
from jdgen.record.untouched import is_copy, record_at

_OWN_FIELDS = "own"
_REFERENCE, _TITLE, _BAND = "reference", "title", "band"
# What a file's name may say of a post, the most telling first. An organisation's own fields follow the first of them.
_WHICH = (_REFERENCE, _TITLE, _BAND, "level", "specialism", "department", "base", "employer")
_ELSE = (
    *("responsible_to", "accountable_to", "responsible_for", "hours", "contract", "role_category"),
    *("specialist_competences", "entry_route", "je_reference", "version", "framework", "clauses"),
)

_NUMBERS = frozenset(("number", "no", "reference", "ref", "id"))
#: Rows that a message names.
_ROWS_NAMED = 3


class SharedName(NamedTuple):
    """One of several posts of one name: its number in the batch, what messages call its row, what a name may say of it,
    by field, and a digest of all that it says."""

    number: int
    label: str
    texts: Mapping[str, str]
    digest: bytes


class NamesakeNames(NamedTuple):
    """The names of namesakes by their numbers, what is wrong with those that nothing tells from an earlier row, and
    what their user must know of documents that are there."""

    names: Mapping[int, str]
    problems: Mapping[int, Problem]
    warnings: tuple[Problem, ...] = ()


def namesake(number: int, label: str, post: Post) -> SharedName:
    """What there is to know of a post that has namesakes."""
    text, values = post_json(post)
    return SharedName(number, label, _texts(values), blake2b(text.encode(), digest_size=16).digest())


def tell_apart(
    posts: Sequence[SharedName], name: str, template: str, folder: DocumentFolder, *, is_mended: bool = False
) -> NamesakeNames:
    """What tells ``posts`` apart, each of which would have the document ``name`` in the ``template`` (a file's name).
    ``folder`` is what lies where documents go. Where posts are mended, documents there that are not of them are no
    cause for a warning: they are of the other posts of their file."""
    problems: dict[int, Problem] = {}
    first_posts: dict[bytes, SharedName] = {}
    for post in posts:
        other = first_posts.setdefault(post.digest, post)
        if other is not post:
            what = f"says the same as {other.label} in everything, and would be written to the same file as it"
            problems[post.number] = Problem(post.label, f"{what} ('{name}')", "delete one, or give each a reference")
    fields = telling_fields([post.texts for post in first_posts.values()])
    names = {post.number: longer_name(name, words) for post, words in _words(list(first_posts.values()), fields)}
    posts_by_name: dict[str, SharedName] = {}
    for post in first_posts.values():
        other = posts_by_name.setdefault(names[post.number].casefold(), post)
        if other is not post:
            what = f"would be written to the same file as {other.label} ('{name}'), and nothing short tells them apart"
            problems[post.number] = Problem(post.label, what, "give each a reference")
    index = _NamesakeIndex(list(posts_by_name.values()), fields, is_mended=is_mended)
    names_there, strays = _names_there(index, name, names, folder, template)
    if is_mended:
        strays = ()
    rows = list_words(post.label for post in posts[:_ROWS_NAMED]) + (" …" if len(posts) > _ROWS_NAMED else "")
    what = f"is from an earlier run, and of none of the posts that would have its name now ({rows})"
    right = "see which post it is of, keep what was edited, and delete or move it"
    return NamesakeNames({**names, **names_there}, problems, tuple(Problem(str(path), what, right) for path in strays))


def telling_fields(posts: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The fields that tell posts apart, as far as any do: the first that does so alone; else several, of which each
    parts some that those before it do not."""
    own_fields = sorted(
        {name for texts in posts for name in texts if name.startswith(f"{_OWN_FIELDS}.")}, key=_how_telling
    )
    fields = (*_WHICH, *own_fields, *_ELSE)
    sufficient = (field for field in fields if len({_name_parts(texts, (field,)) for texts in posts}) == len(posts))
    if len(posts) > 1 and (field := next(sufficient, "")):
        return (field,)
    telling: tuple[str, ...] = ()
    group_count = 1
    for field in fields:
        if group_count == len(posts):
            break
        finer_count = len({_name_parts(texts, (*telling, field)) for texts in posts})
        if finer_count > group_count:
            telling, group_count = (*telling, field), finer_count
    return telling


def _how_telling(field: str) -> tuple[int, str]:
    """Own fields in the order in which they tell posts apart: numbers are given for that, and days are not."""
    words = field.removeprefix(f"{_OWN_FIELDS}.").split("_")
    return (0 if _NUMBERS.intersection(words) else 2 if "date" in words else 1), field


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    """What a name may say of a post, of which ``values`` are the :func:`post_values`. Posts have many texts in
    common, and there may be many posts."""
    own_values = values.get(_OWN_FIELDS)
    fields = (
        {f"{_OWN_FIELDS}.{name}": text for name, text in own_values.items()} if isinstance(own_values, dict) else {}
    )
    fields |= {name: values[name] for name in (*_WHICH, *_ELSE) if name in values}
    pairs = ((name, list_words(text) if isinstance(text, list) else str(text)) for name, text in fields.items())
    return {intern(name): intern(text) for name, text in pairs if text.strip()}


def _name_parts(texts: Mapping[str, str], fields: Iterable[str]) -> tuple[str, ...]:
    """What a file's name shows of ``fields``."""
    return tuple(_plain(texts[field]) if field in texts else "" for field in fields)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """``text`` as a name has it; capitals make no difference to some systems."""
    return safe_name(text).casefold()


def _words(posts: Sequence[SharedName], fields: Sequence[str]) -> Iterator[tuple[SharedName, str]]:
    """Each post with the words of a name that tell it from the others. One that has none of the fields says so: the
    name without words may be that of another post's document, made before there were two. All say what they have not
    where the words alone would be the same."""
    plain = [" ".join(post.texts[field] for field in fields if field in post.texts) for post in posts]
    is_clear = len(set(map(_plain, plain))) == len(plain)
    for post, words in zip(posts, plain, strict=True):
        missing = [f"no {_field_label(field)}" for field in fields]
        spelt = ", ".join(post.texts.get(field, lacking) for field, lacking in zip(fields, missing, strict=True))
        yield post, (words or " ".join(missing[:1])) if is_clear else spelt


def _field_label(field: str) -> str:
    return (
        BY_NAME[field].heading.casefold()
        if field in BY_NAME
        else field.removeprefix(f"{_OWN_FIELDS}.").replace("_", " ")
    )


# Documents that earlier runs have made of namesakes.


class DocumentFolder:
    """The documents in a folder by their names; it is looked at when it is first asked for. Without a folder, none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @functools.cached_property
    def _names(self) -> Sequence[tuple[str, str]]:
        is_there = self._folder is not None and self._folder.is_dir()
        paths = self._folder.iterdir() if self._folder and is_there else ()
        return sorted((path.name.casefold(), path.name) for path in paths if path.suffix.casefold() == ".docx")

    def with_stem(self, stem: str) -> Iterator[Path]:
        """The files whose names are ``stem``, or begin with it and a space; capitals make no difference."""
        start = stem.casefold()
        for index in range(bisect_left(self._names, (start, "")), len(self._names)):
            plain, name = self._names[index]
            if not plain.startswith(start):
                return
            if self._folder and plain.startswith((f"{start} ", f"{start}.")):
                yield self._folder / name


def _texts_at(path: Path, template: str) -> Mapping[str, str] | None:
    """What a name may say of the post that the document at ``path`` is of, by field; nothing where it is none, an
    annotated copy of one, or made with another template than the file of this name."""
    record = None if is_copy(path) else record_at(path)
    is_of_template = (
        record is not None and template_name(record.template).casefold() == template_name(template).casefold()
    )
    return _texts(record.post) if record and is_of_template else None


def find_longer_named(folder: DocumentFolder, path: Path, post: Post, template: str) -> Path | None:
    """The document of ``post`` in ``template`` (a file's name) that an earlier run, in which it had namesakes, called
    by more words than ``path`` has; nothing where there is none."""
    texts: Mapping[str, str] = {}
    for candidate in folder.with_stem(path.stem):
        texts = texts or _texts(post_values(post))
        texts_there = _texts_at(candidate, template)
        if texts_there and _is_named_alike(texts_there, texts):
            return candidate
    return None


def place_beside(
    folder: DocumentFolder, path: Path, post: Post, template: str, *, is_mended: bool = False
) -> Path | None:
    """Where the document of ``post`` in ``template`` (a file's name) goes, in whose usual place, ``path``, is that of
    another post; nothing where it may have that place."""
    texts_there, texts = _texts_at(path, template), _texts(post_values(post))
    if texts_there is None or not _is_of_another(texts_there, texts, is_mended=is_mended):
        return None
    if own_path := find_longer_named(folder, path, post, template):
        return own_path
    fields = telling_fields([texts, texts_there])
    words = " ".join(texts[field] for field in fields if field in texts) or f"no {_field_label(fields[0])}"
    return path.with_name(longer_name(path.name, words))


def _is_of_another(texts_there: Mapping[str, str], texts: Mapping[str, str], *, is_mended: bool) -> bool:
    """Whether a document is of another post than the one that says ``texts``: by the reference where both have one.
    Otherwise it may be the same post, of which something has changed. Not so of a post that is mended: it had no
    document, and what is there is of one that was sound."""
    if is_mended:
        return not _is_named_alike(texts_there, texts)
    references = [_name_parts(each, (_REFERENCE,)) for each in (texts_there, texts) if _REFERENCE in each]
    return len(set(references)) > 1


def _is_named_alike(texts: Mapping[str, str], other_texts: Mapping[str, str]) -> bool:
    """Whether two posts of one name are the same: by the reference where both have one, else by all that names show
    first."""
    if _REFERENCE in texts and _REFERENCE in other_texts:
        return _name_parts(texts, (_REFERENCE,)) == _name_parts(other_texts, (_REFERENCE,))
    fields = [field for field in {*texts, *other_texts} if field in _WHICH or field.startswith(f"{_OWN_FIELDS}.")]
    return _name_parts(texts, fields) == _name_parts(other_texts, fields)


class _NamesakeIndex:
    """Namesakes by what tells them apart."""

    def __init__(self, posts: Sequence[SharedName], fields: Sequence[str], *, is_mended: bool) -> None:
        self._is_mended = is_mended
        self._texts = {post.number: post.texts for post in posts}
        self._fields = (_TITLE, *fields)
        self._telling = {_name_parts(post.texts, self._fields): post.number for post in posts}
        self._titles = {_name_parts(post.texts, (_TITLE, _BAND)) for post in posts}
        references = Counter(_name_parts(post.texts, (_REFERENCE,)) for post in posts)
        self._references = {
            reference: post.number
            for post in posts
            if _REFERENCE in post.texts and references[reference := _name_parts(post.texts, (_REFERENCE,))] == 1
        }

    def number_of(self, texts: Mapping[str, str]) -> int | None:
        """The number of the post that a document is of: told by its reference where that is one post's alone, else by
        all that tells the posts apart."""
        number = self._references.get(_name_parts(texts, (_REFERENCE,)))
        if number is None:
            number = self._telling.get(_name_parts(texts, self._fields))
        if number is None or _is_of_another(texts, self._texts[number], is_mended=self._is_mended):
            return None
        return number

    def has_title(self, texts: Mapping[str, str]) -> bool:
        """Whether a document is of a post of such a title and band."""
        return _name_parts(texts, (_TITLE, _BAND)) in self._titles


def _names_there(
    index: _NamesakeIndex, name: str, names: Mapping[int, str], folder: DocumentFolder, template: str
) -> tuple[dict[int, str], tuple[Path, ...]]:
    """The names of documents that are there already, by the numbers of their posts, and the documents that are of none
    of ``index``. ``names`` are the names that the posts would have; those made with ``template`` count as documents."""
    names_there: dict[int, str] = {}
    strays: list[Path] = []
    new_names = {new_name.casefold() for new_name in names.values()}
    paths = {path for new_name in (name, *names.values()) for path in folder.with_stem(Path(new_name).stem)}
    # A name that a post would have anyway comes before one from the time when it was the only one.
    for path in sorted(paths, key=lambda path: (path.name.casefold() not in new_names, path.name)):
        texts = _texts_at(path, template)
        number = index.number_of(texts) if texts else None
        if number is not None and number not in names_there:
            names_there[number] = path.name
        elif path.name.casefold() == name.casefold() or (texts and index.has_title(texts)):
            strays.append(path)
    return names_there, tuple(strays)
