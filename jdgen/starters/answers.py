"""What an organisation answers when it begins a workspace, and everything that is wrong with an answer.

The place of each problem is the option that says the answer, so that a person who is asked can be asked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jdgen.configuration import Nation, read_own_method
from jdgen.document.names import check_pattern
from jdgen.drafting.added_files import load_criteria
from jdgen.drafting.frameworks_here import NO_FRAMEWORK, find_specialism, frameworks_in_use, pathways_in
from jdgen.drafting.loading import load_placeholders, picture_content
from jdgen.drafting.own_methods import with_own_methods
from jdgen.errors import JdgenError, Problem, gather, refuse
from jdgen.files import content_of
from jdgen.framework.model import Framework, Specialism
from jdgen.template.checks.check import UNFIT_FILE, check_vetted
from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.choosing import DEFAULT_TEMPLATE, template_path
from jdgen.template.starting import StarterChoices, starter
from jdgen.words import forbidden_characters, in_one_line
from jdgen.workspace import Workspace, is_file, shipped_folder

#: As schemas of criteria and of ``jdgen.toml`` have it.
_METHOD = re.compile(r"\s*[A-Z]{1,2}\s*=\s*[A-Z]{1,2}\s+\S.*")
_METHOD_EXAMPLE = "A=AF Application form"


@dataclass(frozen=True)
class Answers:
    """What an organisation says of itself when it begins; None and nothing where it does not say.

    ``template`` is a Word file of its own. Where it has none, one is made in its name, with ``color`` and ``accent``
    (such as ``#005EB8``) and the ``picture``, which ``alt_text`` describes. ``statements`` says whether the general
    statements, those of the nation, are copied to be changed. ``assessment`` has the organisation's codes of
    assessment, each as ``A=AF Application form``, with the code in whose place it stands.
    """

    organisation: str | None = None
    values: tuple[str, ...] = ()
    nation: Nation = Nation.ENGLAND
    specialism: str | None = None
    framework: str | None = None
    template: Path | None = None
    color: str | None = None
    accent: str | None = None
    picture: Path | None = None
    alt_text: str | None = None
    filename: str | None = None
    assessment: tuple[str, ...] = ()
    statements: bool = False


class Pathway(NamedTuple):
    """A specialism, and the framework that has it."""

    framework: Framework
    specialism: Specialism


class ChosenTemplate(NamedTuple):
    """The template of a new workspace; no content where the shipped one is taken as it is."""

    name: str
    content: bytes | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether documents can be made with it."""
        return all(finding.severity != Severity.ERROR for finding in self.findings)


def specialisms(workspace: Workspace) -> tuple[Specialism, ...]:
    """What there is to choose from."""
    return tuple(specialism for _, specialism in pathways(workspace))


def assessment_methods(workspace: Workspace, specialism: str | None = None) -> tuple[tuple[str, str], ...]:
    """The codes by which the criteria of ``specialism``, or of the first that there is, are assessed, with what each
    stands for."""
    pathway = _chosen_pathway(workspace, Answers(specialism=specialism)) or pathways(workspace)[0]
    return tuple((method.code, method.name) for method in load_criteria(workspace, *pathway).assessment)


def sound_answers(workspace: Workspace, answers: Answers) -> tuple[Pathway | None, ChosenTemplate]:
    """The specialism and the template that ``answers`` choose; no specialism where that is left open.

    Raises :class:`JdgenError` with everything that is wrong with them.
    """
    parts: tuple[Callable[[], Pathway | ChosenTemplate | None], ...] = (
        partial(_chosen_pathway, workspace, answers),
        partial(_template, workspace, answers),
        partial(_check_texts, answers),
        partial(_check_pattern, answers),
        partial(_check_methods, workspace, answers),
    )
    pathway, template, *_ = gather(parts)
    assert isinstance(template, ChosenTemplate)
    assert not isinstance(pathway, ChosenTemplate)
    return pathway, template


def pathways(workspace: Workspace) -> tuple[Pathway, ...]:
    """Every specialism that there is to choose from. Raises :class:`JdgenError` where there is none."""
    all_pathways = tuple(Pathway(*pair) for pair in pathways_in(frameworks_in_use(workspace)))
    if not all_pathways:
        raise JdgenError(NO_FRAMEWORK)
    return all_pathways


def _chosen_pathway(workspace: Workspace, answers: Answers) -> Pathway | None:
    """The specialism that is named, or the only one there is; nothing where that is left open."""
    if answers.specialism:
        frameworks = frameworks_in_use(workspace)
        return Pathway(
            *find_specialism(frameworks, answers.specialism, answers.framework, "--specialism", "--framework")
        )
    all_pathways = pathways(workspace)
    return all_pathways[0] if len(all_pathways) == 1 else None


def _template(workspace: Workspace, answers: Answers) -> ChosenTemplate:
    if answers.template is None:
        return _made_template(answers)
    what = "is for a template that jdgen makes, and --template names your own"
    refuse(Problem(flag, what, "give one of the two") for flag in _flags_of_look(answers))
    try:
        source = template_path(workspace, str(answers.template))
    except JdgenError as error:
        raise JdgenError(Problem("--template", problem.what, problem.right) for problem in error.problems) from error
    content = content_of(source, "the template", where="--template")
    findings = check_vetted(content, source.name, load_placeholders(workspace))
    # One that cannot even be opened is no template that anybody could mend.
    unfit = (finding for finding in findings if finding.code == UNFIT_FILE and finding.severity == Severity.ERROR)
    refuse(Problem("--template", finding.what, finding.right) for finding in unfit)
    template = ChosenTemplate(source.stem, content, findings)
    if not template.is_sound and is_file(shipped_folder() / "templates" / f"{template.name}.docx"):
        what = f"has errors, and would win over the template {template.name} that comes with jdgen"
        right = f"give the file another name, such as our-{template.name}.docx, or mend it: jdgen template check FILE"
        raise JdgenError(Problem("--template", what, right))
    return template


def _made_template(answers: Answers) -> ChosenTemplate:
    """A template in the organisation's name. It has the name of the shipped one, and wins over it."""
    if answers.organisation is None:
        what = "is for a template in the name of your organisation"
        refuse(Problem(flag, what, "give the name, too: --organisation") for flag in _flags_of_look(answers))
        return ChosenTemplate(DEFAULT_TEMPLATE)
    picture = picture_content(answers.picture, "--picture", "name a PNG or JPEG file") if answers.picture else None
    choices = StarterChoices(
        organisation=answers.organisation,
        color=answers.color,
        accent=answers.accent,
        picture=picture,
        alt_text=answers.alt_text,
    )
    return ChosenTemplate(DEFAULT_TEMPLATE, starter(choices))


def _flags_of_look(answers: Answers) -> list[str]:
    """The options that are given and say how a template is to look."""
    look = {
        "--colour": answers.color,
        "--accent": answers.accent,
        "--picture": answers.picture,
        "--alt-text": answers.alt_text,
    }
    return [flag for flag, value in look.items() if value is not None]


def _check_texts(answers: Answers) -> None:
    """Refuse what no document can show, and what says nothing. A name in which a template is made is refused with
    that."""
    texts = [("--values", value, "write the value, or leave the option out") for value in answers.values]
    if answers.template and answers.organisation is not None:
        texts.append(("--organisation", answers.organisation, "write the name of the organisation"))
    if answers.filename is not None:
        texts.append(("--filename", answers.filename, "write a pattern, or leave the option out"))
    problems = [Problem(where, "is empty", right) for where, text, right in texts if not text.strip()]
    problems += [
        Problem(where, f"control character {code}", "delete it")
        for where, text, _ in texts
        for _, code in forbidden_characters(text)
    ]
    refuse(problems)


def _check_pattern(answers: Answers) -> None:
    if answers.filename:  # an empty one is refused as a text
        check_pattern(answers.filename, "--filename")


def _check_methods(workspace: Workspace, answers: Answers) -> None:
    """Refuse codes of assessment that cannot be read, that no criteria have, or that two ways of it would share."""
    if not answers.assessment:
        return
    refuse(
        Problem("--assessment", f"'{text}' is none", f"write a code, = and yours, such as '{_METHOD_EXAMPLE}'")
        for text in answers.assessment
        if not _METHOD.fullmatch(text) or forbidden_characters(text)
    )
    own_by_code = {code: read_own_method(own_text, "--assessment") for code, own_text in own_methods(answers)}
    pathway = _chosen_pathway(workspace, answers) or pathways(workspace)[0]
    with_own_methods(load_criteria(workspace, *pathway), own_by_code, lambda: ())


def own_methods(answers: Answers) -> Iterator[tuple[str, str]]:
    """The code of the criteria in whose place each of the organisation's stands, and that with its name."""
    for text in answers.assessment:
        code, _, own_text = text.partition("=")
        yield code.strip(), in_one_line(own_text)
