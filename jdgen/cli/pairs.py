"""What options name together with what is said of it: ``OLD=NEW``, ``HEADING=READING``, ``DUTY[=REASON]``."""

from __future__ import annotations

from collections.abc import Sequence

from jdgen.errors import JdgenError, Problem


def read_pairs(option: str, form: str, texts: Sequence[str], example: str) -> list[tuple[str, str]]:
    """What stands before and after the first ``=`` of each of ``texts``, which ``option`` was given, each once. The
    ``form`` says with brackets that what comes after may be left out, which is then ''.

    Raises :class:`JdgenError` with every text of another form.
    """
    name, bracket, _ = form.partition("[")
    texts = list(dict.fromkeys(texts))
    pairs = [[part.strip() for part in text.split("=", 1)] for text in texts]
    fewest = 1 if bracket else 2
    if unfit := [text for text, pair in zip(texts, pairs, strict=True) if not all(pair) or len(pair) < fewest]:
        in_words = f"{name} or {form.replace('[', '').replace(']', '')}" if bracket else form
        right = f"write {in_words}, such as {example}"
        raise JdgenError(Problem(option, f"'{text}' is not of the form {form}", right) for text in unfit)
    return [(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs]


def read_choices(option: str, form: str, texts: Sequence[str], example: str) -> dict[str, str]:
    """As :func:`read_pairs`, of names for each of which one thing is chosen. Raises :class:`JdgenError` for a name of
    which two things are said, too."""
    pairs = read_pairs(option, form, texts, example)
    choices = dict(pairs)
    if contested := dict.fromkeys(name for name, choice in pairs if choice != choices[name]):
        raise JdgenError(Problem(option, f"'{name}' is given twice", "keep one of them") for name in contested)
    return choices
