"""How texts are read, compared, shortened and turned into ids, whatever they say."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice

from jdgen.errors import JdgenError, Problem, refuse

# XML 1.0 (section 2.2) has no place for these, and docxtpl would turn \a and \f into page layout.
# Tab and line feed are text; carriage returns are normalised away before this is asked.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Turned quotation marks, spaces and hyphens that forbid a break, and hyphens that only allow one.
_PLAIN_MARKS = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-", "\u00ad": ""}
)

#: Characters that show nothing wherever they stand: a soft hyphen, a space without width, and marks of the same kind.
#: Joiners are none of them: some scripts are not written without.
UNSEEN = "\u00ad\u200b\u2060\ufeff"


# How files begin that are zips, such as .docx and .xlsx.
_ZIP = b"PK\x03\x04"


def decode(content: bytes, name: str) -> str:
    """The text of the file called ``name``. Raises :class:`JdgenError` with the line at which it is no UTF-8; of a
    Word file, and whatever else is a zip, with what it is."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content.startswith(_ZIP):
            right = "name a plain text file, such as `jdgen post new` begins"
            raise JdgenError(Problem(name, "is a Word file, a workbook or a zip, and no text", right)) from error
        line = content.count(b"\n", 0, error.start) + 1
        raise JdgenError(Problem(f"{name}:{line}", "is not UTF-8 text", "save the file as UTF-8")) from error


#: A file with more characters that no document can hold is no text at all.
_MOST_PROBLEMS = 100


def text_in(content: bytes, name: str) -> str:
    """The text of a file that people write, called ``name``, as it is read. Raises :class:`JdgenError` as
    :func:`decode` does, and with the line of each character that no document can hold."""
    text = normalise(decode(content, name))
    problems = [
        Problem(f"{name}:{text.count(chr(10), 0, offset) + 1}", f"control character {code}", "delete it")
        for offset, code in islice(_forbidden_in(text), _MOST_PROBLEMS)
    ]
    refuse(problems)
    return text


def normalise(text: str) -> str:
    """``text`` with line ends as ``\\n`` and in Unicode's composed form (NFC), as word processors store it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def in_one_line(text: str) -> str:
    """``text`` with one space in place of each stretch of white space, line breaks included, and none around it."""
    return " ".join(text.split())


@functools.lru_cache(8192)  # the texts of one document are compared many times
def comparable(text: str) -> str:
    """``text`` as texts of documents are compared: word processors change spaces, hyphens and quotation marks."""
    if not text.isascii():
        text = text.translate(_PLAIN_MARKS)
    return " ".join(text.split())


@functools.cache
def _misread_as() -> Mapping[str, re.Pattern[str]]:
    """UTF-8 that was read as Windows-1252, or as Mac Roman, by encoding: the bytes of ’, é or £ each stand there as a
    character. Compiled when a text first asks: every command imports this module, and `--help` has no such text."""
    return {
        encoding: re.compile("|".join((lead_of_two + continuation, lead_of_three + continuation + continuation)))
        for encoding, lead_of_two, lead_of_three, continuation in (
            ("cp1252", "(?:[ÂÃ]|Å(?=[µ·]))", "â(?=[€„])", "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"),
            ("mac_roman", "[¬√]", "‚(?=Ä)", "[ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø]"),
        )
    }


_LOST_CHARACTER, _WITHOUT_NAME = "\ufffd", range(0x80, 0xA0)


def encoding_fault(text: str) -> tuple[str, str] | None:
    """What is wrong with a ``text`` that a program has read in another encoding than its own (St Maryâ€™s), and what
    would be right; nothing of a sound one."""
    if text.isascii():
        return None
    again = "type the text again, or save the file anew as UTF-8 where it is still right"
    if _LOST_CHARACTER in text:
        return f"holds {_LOST_CHARACTER}, which stands where a program has lost a character", again
    for encoding, pattern in _misread_as().items():
        for match in pattern.finditer(text):
            content = b"".join(char.encode("latin-1" if ord(char) in _WITHOUT_NAME else encoding) for char in match[0])
            with suppress(UnicodeError):
                return f"holds '{match[0]}', which a program has made of '{content.decode()}'", again
    return None


_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(text: str) -> str:
    """What stands raised as the characters that are: the mark of a footnote, and the 2 of m². On the line it would be
    glued to the word before it."""
    return text.translate(_SUPERSCRIPTS)


#: As many characters as one cell of Excel holds: what is longer is no text of a post or a framework, and could not be
#: mended in a workbook.
MAX_TEXT = 32_767


def length_fault(text: str) -> tuple[str, str] | None:
    """What is wrong with a ``text`` that is longer than any is, and what would be right; nothing of another."""
    return (f"holds {len(text):,} characters", f"shorten it to at most {MAX_TEXT:,}") if len(text) > MAX_TEXT else None


def forbidden_characters(text: str) -> tuple[tuple[int, str], ...]:
    """Each character of ``text`` that no document can hold: its offset and its name (``U+0007``)."""
    return tuple(_forbidden_in(text))


def _forbidden_in(text: str) -> Iterator[tuple[int, str]]:
    """As :func:`forbidden_characters`, one by one, for text that may hold millions."""
    return ((match.start(), f"U+{ord(match[0]):04X}") for match in _FORBIDDEN.finditer(text))


def paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs of ``text``, which are divided by blank lines; outer white space is dropped."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip())


def slug(text: str) -> str:
    """``text`` as an id: ``Risk, opportunity & issue management`` → ``risk-opportunity-and-issue-management``.

    Full stops stay, because they divide ids; accents go, because ids have none.
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"(?<![^a-z0-9])[^a-z0-9]*\.[^a-z0-9]*", ".", re.sub(r"[^a-z0-9.]+", "-", plain)).strip("-.")


class WrittenId(str):
    """The :func:`slug` of ``words``, which it still knows: people are told of what they wrote, and not of what was made
    of it. It is the id in every other way: equal to the same of other words."""

    __slots__ = ("words",)
    words: str

    def __new__(cls, words: str) -> WrittenId:
        """The id of ``words``."""
        written_id = super().__new__(cls, slug(words))
        written_id.words = words
        return written_id

    def __reduce__(self) -> tuple[type[WrittenId], tuple[str]]:
        return WrittenId, (self.words,)


def as_written(name: str) -> str:
    """The words of which ``name`` was made, where it is a :class:`WrittenId`; any other as it is."""
    return name.words if isinstance(name, WrittenId) else name


def bare_words(text: str) -> str:
    """The words of a heading or a name in small letters, so that case, spaces, line breaks, underscores and marks make
    no difference."""
    plain = unicodedata.normalize("NFKC", text).replace("&", " and ").casefold()
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def in_sentence_case(title: str, names: Iterable[str] = ()) -> str:
    """``title`` with capitals as in a sentence: its first word has one, and so have ``names``, wherever they stand.

    What has a capital within it, a figure beside it, or is one letter (``PMO``, ``eLearning``, ``P3O``, ``R&D``) is an
    abbreviation and stays, and so does a title without small letters, in which nothing tells them apart.
    """
    if title.upper() == title:
        return title
    name_spans = [match.span() for name in names for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", title)]
    first = _LETTERS.search(title)
    first_at = first.start() if first else -1

    def lower_word(match: re.Match[str]) -> str:
        word, (start, end) = match[0], match.span()
        is_word = (
            word[1:2].islower()
            and word[1:] == word[1:].lower()
            and not any(char == "_" or char.isnumeric() for char in title[max(start - 1, 0) : end + 1])
        )
        is_name = any(begin <= start and end <= finish for begin, finish in name_spans)
        return word[0].lower() + word[1:] if is_word and not is_name and match.start() != first_at else word

    return _LETTERS.sub(lower_word, title)


def shorten(text: str, most: int) -> str:
    """``text`` on one line of at most ``most`` characters, the last of them ``…`` where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def with_capital(text: str) -> str:
    """``text`` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def quantity(count: int, noun: str) -> str:
    """``1 document``, ``2 documents``: how many there are of what one is called ``noun``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
