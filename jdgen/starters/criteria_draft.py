"""A first draft of a file of criteria: every heading with what the framework says there, and a place to write.

No criterion is worded here: what a post holder needs for the duties is for people to say who know the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jdgen.drafting.criteria import CriteriaFiles, usual_assessment
from jdgen.framework.model import Framework, Heading, RowKind, Specialism
from jdgen.harmless import wrap_line
from jdgen.levels import AFC, LevelRange
from jdgen.words import in_one_line, slug

_WIDTH = 110
# What a reader of YAML would take for something else than text.
_NO_TEXTS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
#: The groups of criteria in which a framework's own rows about the person are printed.
_GROUP_OF_KIND = {
    RowKind.SKILL: "skills",
    RowKind.KNOWLEDGE: "knowledge",
    RowKind.EXPERIENCE: "experience",
    RowKind.QUALIFICATION: "qualifications",
    RowKind.VALUE: "values",
}
#: The group in which a criterion for duties stands until somebody says another.
_USUAL_GROUP = "experience"
_HEAD = """\
# Criteria of the person specification for {title}: a first draft. Nobody has written any criterion yet.
#
# Above each place to write stands what the framework says there, word for word: the criterion says what a post holder
# needs to do that. Write it in the line below "text: >-", with the six spaces before it. Keep what an applicant must
# show, in a form that an application or an interview can show; allow equivalents; ask for no number of years.
# group, importance (essential or desirable) and assessed_by are only usual ones: change them as the duty needs.
# Delete an entry that no post needs. Until all is settled, documents ask for what is missing, and say that the criteria
# are a first draft: then delete the line "draft: true" below, and run: jdgen framework check
"""


class _Place(NamedTuple):
    """A place to write a criterion: what it may be called, for which levels and headings it is, and its group."""

    name: str
    levels: LevelRange
    serves: Sequence[str]
    group: str


def criteria_draft(framework: Framework, specialism: Specialism, files: CriteriaFiles) -> str:
    """The draft for ``specialism``; ``files`` are those that there are for it already. What the library of the whole
    framework has of groups, codes and rules is not written again: it holds."""
    whole = dict(files.of_framework.value) if files.of_framework else {}
    otherwise = files.usual.value
    groups = [group["id"] for group in whole.get("groups", otherwise["groups"])]
    methods = [method["code"] for method in whole.get("assessment", otherwise["assessment"])]
    codes = list(usual_assessment(methods))
    lines = [
        *_HEAD.format(title=in_one_line(specialism.title)).splitlines(),
        f"id: {_scalar(f'{framework.id}-{specialism.id}')}",
        f"specialism: {_scalar(specialism.id)}",
        "version: '0.1'",
        "source: >-",
        "  First draft, made from the framework's headings. Say here who wrote the criteria, when, and what they rest",
        "  on.",
        "draft: true",
    ]
    if "groups" not in whole:
        lines += ["groups:", *(f"  - {_entry(group)}" for group in otherwise["groups"])]
    if "assessment" not in whole:
        lines += ["assessment:", *(f"  - {_entry(method)}" for method in otherwise["assessment"])]
    if specialism.qualifications and "qualifications" not in whole:
        rule = otherwise["qualifications"]
        assessed = [code for code in rule["assessed_by"] if code in methods] or codes
        lines += ["qualifications:", *_rule({**rule, "assessed_by": assessed})]
    if specialism.entry_routes and "entry_route" not in whole:
        lines += _entry_route(specialism, _group(_USUAL_GROUP, groups), codes)
    if "rows" not in whole:
        lines += _rows(specialism, codes)
    lines += _competences(framework, specialism, whole, groups, codes)
    return "\n".join([*lines, *_criteria(specialism, whole, groups, codes), ""])


def _rule(rule: Mapping[str, Any]) -> Iterator[str]:
    for key, value in rule.items():
        yield f"  {key}: {_list(value) if isinstance(value, list) else _scalar(value)}"


def _entry_route(specialism: Specialism, group: str, codes: Sequence[str]) -> Iterator[str]:
    yield "# Keep those routes that say what an applicant brings:"
    for route in specialism.entry_routes:
        for statement in route.statements:
            yield from _quotation(f"{route.id}: ", statement.full_text, "# ")
    yield "entry_route:"
    yield f"  routes: {_list([route.id for route in specialism.entry_routes])}"
    yield from (f"  group: {_scalar(group)}", "  importance: essential", f"  assessed_by: {_list(codes)}")


def _rows(specialism: Specialism, codes: Sequence[str]) -> Iterator[str]:
    """How the framework's own rows about the person count, of which it says nothing itself."""
    kinds = [kind for kind, row in specialism.kinds if row.kind and kind is not RowKind.QUALIFICATION]
    kinds += [RowKind.SKILL] if specialism.skill_ids else []
    if kinds:
        yield "# How the framework's own rows about the person count, which are printed word for word:"
        yield "rows:"
        for kind in dict.fromkeys(kinds):
            yield f"  {kind}: {{importance: essential, assessed_by: {_list(codes)}}}"


def _competences(
    framework: Framework, specialism: Specialism, whole: Mapping[str, Any], groups: Sequence[str], codes: Sequence[str]
) -> Iterator[str]:
    """A place for each competence that a role category asks for and the framework's library has not."""
    ids = {entry["competence"] for entry in whole.get("competences", ())}
    competences = [
        competence
        for competence in framework.competences
        if competence.id in specialism.competence_ids and competence.id not in ids
    ]
    serves = [heading.id for heading in specialism.headings]
    if not competences or not serves:
        return
    yield "# Competences that role categories ask for. serves: keep the headings whose duties need the competence."
    yield "competences:"
    for competence in competences:
        yield from _quotation("", competence.name, "  # ")
        yield f"  - competence: {_scalar(competence.id)}"
        yield from _rest(serves, _group("knowledge", groups), codes)


def _criteria(
    specialism: Specialism, whole: Mapping[str, Any], groups: Sequence[str], codes: Sequence[str]
) -> Iterator[str]:
    """A place for each statement under each heading, and for each group that would have none."""
    if not specialism.headings:
        yield "criteria: []"
        return
    yield "criteria:"
    names: set[str] = set()
    for heading in specialism.headings:
        yield f"  # {in_one_line(heading.title)}"
        if criterion_ids := [
            criterion["id"] for criterion in whole.get("criteria", ()) if heading.id in criterion["serves"]
        ]:
            yield from _quotation(
                "served by the library of the framework already: ", ", ".join(criterion_ids), "  # ", mark=""
            )
        yield from _of_heading(heading, specialism, _group(_USUAL_GROUP, groups), codes, names)
    serves = [heading.id for heading in specialism.headings]
    for group in groups:
        if group not in (_USUAL_GROUP, *_groups_of_framework(specialism)):
            yield f"  # What belongs in the group '{group}', whatever the heading. serves: keep those that need it."
            place = _Place(_free_name(f"{group}-all", names), specialism.levels, serves, group)
            yield from _place_to_write(place, codes)


def _of_heading(
    heading: Heading, specialism: Specialism, group: str, codes: Sequence[str], names: set[str]
) -> Iterator[str]:
    for statement in heading.statements:
        levels = statement.levels.scope if statement.levels else specialism.levels
        label = "" if levels.scale.is_empty else f"{levels.full_name}: "
        for text in statement.entries or (statement.text,):
            yield from _quotation(label, text, "  # ")
            label = ""
        place = _Place(_free_name(slug(f"{heading.id}-{levels}"), names), levels, (heading.id,), group)
        yield from _place_to_write(place, codes)


def _place_to_write(place: _Place, codes: Sequence[str]) -> Iterator[str]:
    yield f"  - id: {_scalar(place.name)}"
    # A publication without levels says nothing of bands: its criteria are for all of them.
    levels = AFC.between(AFC.levels[0], AFC.levels[-1]) if place.levels.scale.is_empty else place.levels
    yield f"    {levels.scale.key}: {_quote(str(levels))}"
    yield from _rest(place.serves, place.group, codes)


def _rest(serves: Sequence[str], group: str, codes: Sequence[str]) -> Iterator[str]:
    yield f"    serves: {_list(serves)}"
    yield f"    group: {_scalar(group)}"
    yield from ("    importance: essential", f"    assessed_by: {_list(codes)}", "    text: >-")


def _groups_of_framework(specialism: Specialism) -> Iterator[str]:
    """The groups in which the framework itself has something to print."""
    for kind, row in specialism.kinds:
        if row.statements and kind in _GROUP_OF_KIND:
            yield _GROUP_OF_KIND[kind]
    if specialism.skill_ids:
        yield _GROUP_OF_KIND[RowKind.SKILL]


def _group(group: str, groups: Sequence[str]) -> str:
    return group if group in groups else groups[0]


def _free_name(name: str, names: set[str]) -> str:
    """``name``, with a number where another place has it; noted among ``names``."""
    number, free_name = 1, name
    while free_name in names:
        number += 1
        free_name = f"{name}-{number}"
    names.add(free_name)
    return free_name


# How it is written. No line of what somebody else wrote may end a comment.


def _quotation(label: str, text: str, mark_of_line: str, mark: str = '"') -> Iterator[str]:
    """Comment lines that quote ``text``."""
    yield from wrap_line(f"{label}{mark}{in_one_line(text)}{mark}", _WIDTH, mark_of_line, f"{mark_of_line}  ")


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _scalar(text: str) -> str:
    is_plain = text.replace("-", "").isalnum() and text[0].isalpha() and text.casefold() not in _NO_TEXTS
    return text if is_plain else _quote(text)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_scalar, texts))}]"


def _entry(values: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {_quote(value)}' for key, value in values.items())}}}"
