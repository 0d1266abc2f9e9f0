"""Templates that are built to harm: each is refused, with its place, in bounded time and memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from jdgen.document.making import DocumentSources, make_document
from jdgen.levels import Band
from jdgen.post.model import Post
from tests.acceptance.strangers.measured import MEGABYTE, Cost, cost_of, costs_of
from tests.toolbox.data import shipped_library
from tests.toolbox.examples import DRAFTED, shipped_template
from tests.toolbox.word import body_replaced, word_file, zipped
from tests.toolbox.word import parts_of as parts_of_file
from tests.toolbox.xml import laughs

ATTACKS = {
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "a function's globals": "{{ lipsum.__globals__ }}",
    "lipsum": "{{ lipsum(n=100000) }}",
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "classes by the filter attr": "{{ title|attr('__class__') }}",
    "self": "{{ self.__init__ }}",
    "a long text": "{{ 'A'*10**10 }}",
    "a large number": "{{ 9**9**9 }}",
    "a shifted number": "{{ (1).__lshift__(99999999999) }}",
    "a range": "{% for x in range(10**9) %}x{% endfor %}",
    "a filter that grows": "{{ title|center(10**10) }}",
    "a filter that repeats": "{{ title|batch(10**9, 'x')|list }}",
    "a format": "{{ '{0.__class__.__init__.__globals__}'.format(title) }}",
    "a field's format": "{{ title.format(title) }}",
    "a percent format": "{{ '%0999999999d' % 1 }}",
    "the filter format": "{{ '%0999999999d'|format(1) }}",
    "a replacement that grows": "{{ title.replace('', 'xxxxxxxxxx') }}",
    "joined text": "{{ title ~ title }}",
    "a macro": "{% macro m() %}{{ m() }}{% endmacro %}",
    "an include": "{% include '/etc/passwd' %}",
    "an import": "{% import 'os' as os %}",
    "a namespace": "{% set x = namespace() %}",
    "a recursive loop": "{% for x in values recursive %}{{ loop(values) }}{% endfor %}",
    "five loops": "{% for a in values %}" * 5 + "x" + "{% endfor %}" * 5,
}


def measured(folder: Path, content: bytes, call: str = "template") -> tuple[str, ...]:
    path = folder / "own.docx"
    path.write_bytes(content)
    cost = cost_of(call, path)
    cost.assert_bounded()
    return cost.problems


@pytest.fixture(scope="module")
def costs_of_attacks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Cost]:
    """What is said of each attack, and what all of them cost one process."""
    paths = [tmp_path_factory.mktemp("attack") / "own.docx" for _ in ATTACKS]
    for path, attack in zip(paths, ATTACKS.values(), strict=True):
        path.write_bytes(word_file("x", attack))
    return dict(zip(ATTACKS, costs_of("template", paths), strict=True))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_by_jinja_is_refused_with_its_paragraph(attack: str, costs_of_attacks: dict[str, Cost]) -> None:
    cost = costs_of_attacks[attack]
    cost.assert_bounded()
    assert cost.problems
    assert all(" (paragraph 2): " in problem for problem in cost.problems), cost.problems


@pytest.mark.parametrize("body", ["", "{{ a.text }}{{ b.text }}{{ c.text }}{{ d.text }}"], ids=["silent", "printing"])
def test_loops_inside_loops_are_ended(body: str, tmp_path: Path) -> None:
    """Four are within the dialect, over the same long list."""
    loops = "".join(f"{{% for {name} in {field} %}}" for name, field in zip("abcd", ["clauses"] * 4, strict=True))
    template = word_file(f"{loops}{{% if band == 'x' %}}x{{% endif %}}{body}{{% endfor %}}{'{% endfor %}' * 3}" * 60)
    (problem,) = measured(tmp_path, template, "vetted")
    assert problem.startswith("own.docx: ")
    assert "takes longer than 10 seconds" in problem or "prints more than a document can hold" in problem


def test_brackets_that_bring_the_parser_down_are_refused(tmp_path: Path) -> None:
    (problem,) = measured(tmp_path, word_file("{{ " + "(" * 50_000 + "title" + ")" * 50_000 + " }}"), "vetted")
    assert problem.startswith("own.docx")


def elements(count: int) -> bytes:
    return body_replaced(word_file("XX", header=["{{ title }}"]), "XX", "</w:t></w:r>" + "<a/>" * count + "<w:r><w:t>")


def unlike_elements(count: int) -> bytes:
    """Elements with a number between them: they unpack to no more than honest text does."""
    return body_replaced(
        word_file("XX", header=["{{ title }}"]),
        "XX",
        "</w:t></w:r>" + "".join(f"<a b='{n}'/>{n}" for n in range(count)) + "<w:r><w:t>",
    )


BOMBS = {
    "tiny elements": lambda: elements(20_000_000),
    "tiny elements in UTF-16": lambda: with_document("<a>" + "<a/>" * 9_000_000 + "</a>", "utf-16"),
    "attributes": lambda: with_document("<a " + " ".join(f"a{n}=''" for n in range(2_000_000)) + "/>"),
    "elements that are not alike": lambda: unlike_elements(900_000),
    "deep elements": lambda: with_document("<a>" * 100_000 + "</a>" * 100_000),
    "entities": lambda: with_document(laughs()),
    "entities in UTF-16": lambda: with_document(laughs(), "utf-16"),
    "an entity from a file": lambda: with_document('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    "zeros": lambda: zipped(parts_of_file(word_file("x")) | {"word/media/a.bin": bytes(95 * MEGABYTE)}),
    "a long text": lambda: body_replaced(word_file("XX", header=["{{ title }}"]), "XX", "x" * 60 * MEGABYTE),
}


def with_document(text: str, encoding: str = "utf-8") -> bytes:
    return zipped(parts_of_file(word_file("x")) | {"word/document.xml": text.encode(encoding)})


def renamed_bomb() -> bytes:
    """Styles that python-docx would parse, in a part whose name says nothing of XML."""
    parts = parts_of_file(word_file("x"))
    parts["word/media/a.bin"] = b"<w:styles>" + b"<a/>" * 4_000_000 + b"</w:styles>"
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        parts[name] = parts[name].replace(b"styles.xml", b"media/a.bin")
    return zipped(parts)


BOMBS["a bomb under another name"] = renamed_bomb


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(bomb: str, tmp_path: Path) -> None:
    problems = measured(tmp_path, BOMBS[bomb]())
    assert problems
    assert all(problem.startswith("own.docx: ") for problem in problems)


def test_what_is_just_allowed_costs_no_more_than_is_promised(tmp_path: Path) -> None:
    """The bound bites neither too early nor too late."""
    assert measured(tmp_path, unlike_elements(70_000)) == ()
    # Where nearly all tags that are let in stand in one text, they are too many for the process that tries it out.
    (problem,) = measured(tmp_path, unlike_elements(95_000), "vetted")
    assert problem.startswith("own.docx: takes more memory than a template may: ")
    (problem,) = measured(tmp_path, unlike_elements(110_000))
    assert problem.startswith("own.docx: is too large: at most ")


def test_a_long_text_costs_no_more_than_is_promised(tmp_path: Path) -> None:
    """One character that takes four bytes makes all of a text take four bytes a character."""
    chance = random.Random(1)
    text = "".join(chance.choices("abcdefghij klmnop", k=1_800_000)) + "\N{GRINNING FACE}"
    assert measured(tmp_path, body_replaced(word_file("XX", header=["{{ title }}"]), "XX", text)) == ()
    (problem,) = measured(tmp_path, body_replaced(word_file("XX", header=["{{ title }}"]), "XX", text + text))
    assert problem.startswith("own.docx: is too large: at most ")


def test_a_template_full_of_pictures_is_safe(tmp_path: Path) -> None:
    chance = random.Random(1)
    pictures = {f"word/media/{number}.png": chance.randbytes(1_900_000) for number in range(10)}
    assert measured(tmp_path, zipped(parts_of_file(word_file("{{ title }}")) | pictures), "vetted") == ()


def test_a_document_in_the_way_is_no_bomb_either(tmp_path: Path) -> None:
    sound_document = make_document(
        Post("PMO lead", "pmo", Band("7")),
        DocumentSources(shipped_library(), shipped_template("job-description"), DRAFTED),
    )
    document = parts_of_file(sound_document.content)
    tags = b"".join(b"<a/>%d" % n for n in range(1_500_000))
    bomb = document["word/document.xml"].replace(b"</w:body>", tags + b"</w:body>")
    measured(tmp_path, zipped(document | {"word/document.xml": bomb}), "record")
    properties = document["docProps/custom.xml"].replace(b"</Properties>", tags + b"</Properties>")
    assert properties != document["docProps/custom.xml"]
    measured(tmp_path, zipped(document | {"docProps/custom.xml": properties}), "inputs")
