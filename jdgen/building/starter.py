"""A template for an organisation to start from, made of the sections of the shipped ones in its own colours."""

from __future__ import annotations

from collections.abc import Iterator

from jdgen.building.choices import StarterChoices, choice_problems, palette_of
from jdgen.building.job_description import JOB_DESCRIPTION
from jdgen.building.kinds import Branding, Kind, template_of
from jdgen.building.outline import ORDER, Section, chosen_sections
from jdgen.building.package import template_bytes
from jdgen.building.person_specification import PERSON_SPECIFICATION
from jdgen.building.picture import FixedPicture
from jdgen.building.role_profile import ROLE_PROFILE
from jdgen.errors import JdgenError, Problem, did_you_mean

KINDS = {kind.name: kind for kind in (JOB_DESCRIPTION, PERSON_SPECIFICATION, ROLE_PROFILE)}
#: The section, beside those of the outline, that shows the picture of the post.
POST_PICTURE = "post-picture"
#: Without these a document does not say which post it is about.
_NEEDED = ("details",)


def starter(choices: StarterChoices) -> bytes:
    """The Word file; equal choices give equal bytes.

    Raises :class:`JdgenError` with every choice that cannot be met.
    """
    if problems := [*choice_problems(choices), *_outline_problems(choices)]:
        raise JdgenError(problems)
    kind = KINDS[choices.kind]
    sections = chosen_sections(kind.sections, _others(kind), choices.without, choices.added)
    branding = Branding(
        name=" ".join(choices.organisation.split()),
        palette=palette_of(choices),
        picture=_fixed_picture(choices),
        post_picture=POST_PICTURE not in choices.without,
    )
    return template_bytes(template_of(kind, sections, branding))


def _others(kind: Kind) -> tuple[Section, ...]:
    """Sections of other kinds, the first of each name."""
    named: dict[str, Section] = {}
    for other in KINDS.values():
        for section in other.sections:
            named.setdefault(section.name, section)
    return tuple(section for section in named.values() if section.name not in {own.name for own in kind.sections})


def _outline_problems(choices: StarterChoices) -> Iterator[Problem]:
    if choices.kind not in KINDS:
        yield Problem("--from", f"unknown template '{choices.kind}'", did_you_mean(choices.kind, list(KINDS)))
    known = (*ORDER, POST_PICTURE)
    for where, names in (("--without", choices.without), ("--with", choices.added)):
        for name in names:
            if name not in known:
                yield Problem(where, f"unknown section '{name}'", did_you_mean(name, known))
    if choices.picture is not None and POST_PICTURE in choices.added:
        what = "the picture of the post would stand beside the template's own"
        yield Problem("--with", what, f"leave out '{POST_PICTURE}' or --picture")
    for name in choices.without:
        if name in _NEEDED:
            yield Problem("--without", f"a template needs the section '{name}'", "delete single rows of it in Word")
        if name in choices.added:
            yield Problem("--without", f"'{name}' is named in --with too", "leave out one of the two")


def _fixed_picture(choices: StarterChoices) -> FixedPicture | None:
    if choices.picture is None:
        return None
    # python-docx, which measures pictures, is slow to import.
    from jdgen.drafting.model import Picture  # noqa: PLC0415
    from jdgen.template.filling import fitted  # noqa: PLC0415

    described = Picture(choices.picture, " ".join((choices.alt_text or "").split()))
    try:
        width, height = fitted(described)
    except JdgenError as error:
        raise JdgenError(Problem("--picture", each.what, each.right) for each in error.problems) from error
    return FixedPicture(described.content, described.description, int(width), int(height))
