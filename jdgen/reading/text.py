"""What text may be: everything that a Word document can hold, and nothing that it would swallow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jdgen.errors import JdgenError, Problem

# XML 1.0 (section 2.2) has no place for these, and docxtpl would turn \a and \f into page layout.
# Tab and line feed are text; carriage returns are normalised away before this is asked.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def decoded(content: bytes, name: str) -> str:
    """The text of the file called ``name``. Raises :class:`JdgenError` with the line at which it is no UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise JdgenError(Problem(f"{name}:{line}", "is not UTF-8 text", "save the file as UTF-8")) from error


def normalised(text: str) -> str:
    """``text`` with line ends as ``\\n`` and in Unicode's composed form (NFC), as word processors store it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def forbidden(text: str) -> tuple[tuple[int, str], ...]:
    """Each character of ``text`` that no document can hold: its offset and its name (``U+0007``)."""
    return tuple(forbidden_in(text))


def forbidden_in(text: str) -> Iterator[tuple[int, str]]:
    """As :func:`forbidden`, one by one, for text that may hold millions."""
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
    return re.sub(r"[^a-z0-9]*\.[^a-z0-9]*", ".", re.sub(r"[^a-z0-9.]+", "-", plain)).strip("-.")
