"""Which document a file is that has lost its record: its own, or none, and never one that only looks like it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.document.making import DocumentSources, make_document
from jdgen.errors import Problem
from jdgen.levels import Band
from jdgen.post.model import Post
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.finding import KeptRecords
from jdgen.record.keeping import keeping
from jdgen.record.reading import FoundRecord, Handling, RecordOrigin, record_of
from jdgen.record.untouched import copy_in
from jdgen.word.opening import unzip
from jdgen.workspace import Workspace
from tests.toolbox.data import shipped_library
from tests.toolbox.examples import DRAFTED, POSTS, TEMPLATES, WITH_SIDES, post_file, shipped_template
from tests.toolbox.losing import stripped
from tests.toolbox.soak import IS_SOAK, budget
from tests.toolbox.word import W, body_replaced, bytes_of, open_document, parts_of, with_part, word_file, zipped

pytestmark = pytest.mark.slow

MAKING = DocumentSources(shipped_library(), shipped_template("job-description"), DRAFTED)
#: Posts of one band and specialism that differ in title and base only: every title at several bases.
COUNT, TITLES = 300, 60


def look_alike(number: int, employer: str = "Example Hospitals NHS Trust") -> Post:
    title = f"PMO manager {number % TITLES}"
    return Post(title, "pmo", Band.parse("7"), employer=employer, base=f"Example House {number // TITLES}")


def content_of(post: Post, sources: DocumentSources = MAKING) -> bytes:
    return make_document(post, sources).content


def keep_all(folder: Path, contents: Sequence[bytes]) -> KeptRecords:
    workspace = Workspace(folder)
    with keeping(workspace) as keeper:
        for content in contents:
            keeper.keep(copy_in(content, id_of(content)))
    assert keeper.problem is None
    return KeptRecords(workspace)


def id_of(content: bytes) -> str:
    record, _ = record_of(content)
    assert record is not None
    return record.document_id


def found_id(finding: FoundRecord | Problem) -> str:
    return "" if isinstance(finding, Problem) else finding.record.document_id


@pytest.fixture(scope="module")
def documents() -> list[bytes]:
    return [content_of(look_alike(number)) for number in range(COUNT)]


@pytest.fixture(scope="module")
def all_kept(documents: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> KeptRecords:
    return keep_all(tmp_path_factory.mktemp("workspace"), documents)


@pytest.mark.soak
def test_each_of_hundreds_of_look_alikes_is_found(documents: list[bytes], all_kept: KeptRecords) -> None:
    for number in range(0, COUNT, 11 if IS_SOAK else 44):
        found_record = all_kept.record_of(
            unzip(stripped(documents[number], ("Smoke-free", "Smokeless")), "a.docx"), "a.docx"
        )
        assert isinstance(found_record, FoundRecord)
        assert (found_record.record.document_id, found_record.origin) == (
            id_of(documents[number]),
            RecordOrigin.WORKSPACE,
        )
        assert found_record.handling is Handling.EDITED
        assert found_record.edited_blocks


@pytest.mark.soak
def test_a_look_alike_that_is_not_kept_is_taken_for_no_other(
    documents: list[bytes], tmp_path: Path, all_kept: KeptRecords
) -> None:
    """As of another organisation, or of another workspace: its own copy is elsewhere."""
    some = keep_all(tmp_path, documents[1::2])
    for number in range(0, COUNT, 12 if IS_SOAK else 60):
        problem = some.record_of(unzip(stripped(documents[number]), "a.docx"), "a.docx")
        assert isinstance(problem, Problem)
        assert "no copy in the workspace is surely its own (most like it is that of jd-" in problem.what
    elsewhere = content_of(look_alike(3, employer="Invented Community NHS Trust"))
    assert isinstance(all_kept.record_of(unzip(stripped(elsewhere), "a.docx"), "a.docx"), Problem)


def test_a_changed_title_could_be_any_of_a_base(documents: list[bytes], all_kept: KeptRecords) -> None:
    renamed = stripped(documents[7], ("PMO manager 7", "Head of the office"))
    problem = all_kept.record_of(unzip(renamed, "a.docx"), "a.docx")
    assert isinstance(problem, Problem)
    assert "most like it" in problem.what


@given(st.integers(0, COUNT - 1), st.randoms(use_true_random=False), st.integers(0, 60))
@budget(5)
def test_whatever_is_edited_no_other_is_found(
    documents: list[bytes], all_kept: KeptRecords, number: int, chance: random.Random, edits: int
) -> None:
    document = open_document(stripped(documents[number]))
    paragraphs = [paragraph for paragraph in document.element.iter(f"{W}p") if paragraph.find(f".//{W}t") is not None]
    for paragraph in chance.sample(paragraphs, min(edits, len(paragraphs))):
        text = chance.choice(list(paragraph.iter(f"{W}t")))
        text.text = chance.choice(["", f"{text.text} (ours)", "Typed anew by somebody."])
    assert found_id(all_kept.record_of(unzip(bytes_of(document), "a.docx"), "a.docx")) in ("", id_of(documents[number]))


def test_a_document_that_says_its_id_is_found_by_it_however_much_it_is_edited(
    documents: list[bytes], all_kept: KeptRecords
) -> None:
    bare_content = _without_item(documents[5])
    assert found_id(all_kept.record_of(unzip(bare_content, "a.docx"), "a.docx")) == id_of(documents[5])
    parts = parts_of(body_replaced(bare_content, "Example House", "Elsewhere"))
    body = parts["word/document.xml"]
    anew, count = re.subn(rb"(<w:t[^>]*>)(?:You|Lead|Provide|\[To complete)[^<]*", rb"\1Typed anew.", body)
    assert count > 30
    parts["word/document.xml"] = anew
    assert found_id(all_kept.record_of(unzip(zipped(parts), "a.docx"), "a.docx")) == id_of(documents[5])


@pytest.mark.parametrize(
    ("missing", "changes"),
    [
        ("title", [("PMO manager", "Chief of staff")]),
        ("employer", [("Example Hospitals NHS Trust", "Another Trust")]),
        ("reference", [("EX-17", "AN-18")]),
        ("title, reference, employer", [("PMO manager", "X"), ("EX-17", "Y"), ("Example Hospitals NHS Trust", "Z")]),
    ],
)
def test_an_id_is_not_believed_where_title_reference_or_employer_are_another_s(
    tmp_path: Path, missing: str, changes: list[tuple[str, str]]
) -> None:
    content = content_of(replace(look_alike(1), title="PMO manager", reference="EX-17"))
    here = keep_all(tmp_path, [content])
    assert found_id(here.record_of(unzip(_without_item(content), "a.docx"), "a.docx")) == id_of(content)
    problem = here.record_of(unzip(_without_item(content, *changes), "a.docx"), "a.docx")
    assert isinstance(problem, Problem)
    assert f"it says that it is {id_of(content)}, but has another {missing}, so that" in problem.what
    assert not any(word in str(problem) for word in ("PMO", "EX-17", "Hospitals"))


def test_an_id_is_not_believed_where_the_digest_is_of_no_copy(tmp_path: Path) -> None:
    content = content_of(look_alike(1))
    bare_parts = parts_of(_without_item(content))
    properties = bare_parts["docProps/custom.xml"]
    payload = re.search(rb'name="JDPayloadSha"><vt:lpwstr>([0-9a-f]{64})<', properties)
    assert payload
    here = keep_all(tmp_path, [content])
    for other in (properties.replace(payload[1], b"0" * 64), properties.replace(b"JDPayloadSha", b"JDPayloadSho")):
        problem = here.record_of(unzip(zipped({**bare_parts, "docProps/custom.xml": other}), "a.docx"), "a.docx")
        assert isinstance(problem, Problem)
        assert "but names another record than is kept of it" in problem.what


def test_a_title_alone_is_no_oath(tmp_path: Path) -> None:
    """Any trust may have a PMO manager, and much the same text; the id is easily borrowed."""
    victim = content_of(Post("PMO manager", "pmo", Band.parse("7")))
    other = content_of(Post("PMO manager", "pmo", Band.parse("7"), employer="Another Trust", base="Elsewhere"))
    borrowed = parts_of(_without_item(other)) | {"docProps/custom.xml": parts_of(victim)["docProps/custom.xml"]}
    here = keep_all(tmp_path, [victim])
    assert found_id(here.record_of(unzip(_without_item(victim), "a.docx"), "a.docx")) == id_of(victim)
    assert isinstance(here.record_of(unzip(zipped(borrowed), "a.docx"), "a.docx"), Problem)


def test_an_id_that_is_not_here_is_of_another_workspace(documents: list[bytes], tmp_path: Path) -> None:
    """However alike the document is to one of this workspace: it says itself that it is another."""
    mine = look_alike(5)
    dated = content_of(mine, DocumentSources(MAKING.library, MAKING.template, DRAFTED, dated=True))
    assert id_of(dated) != id_of(documents[5])
    problem = keep_all(tmp_path, [dated]).record_of(unzip(_without_item(documents[5]), "a.docx"), "a.docx")
    assert isinstance(problem, Problem)
    assert problem.what == "has no record of what it was made from"


def test_an_id_alone_does_not_make_another_text_a_document_of_jdgen_s(
    documents: list[bytes], all_kept: KeptRecords
) -> None:

    other = with_part(
        word_file("Minutes of a meeting"), "docProps/custom.xml", parts_of(documents[5])["docProps/custom.xml"]
    )
    assert isinstance(all_kept.record_of(unzip(other, "a.docx"), "a.docx"), Problem)


def test_of_the_records_of_one_document_that_is_taken_which_its_text_says(tmp_path: Path) -> None:
    """A file of an earlier day comes back: it is held against what was printed on that day."""
    post = look_alike(1)
    first = make_document(post, MAKING)
    changed_post = Post(
        post.title, "pmo", post.band, employer=post.employer, base=post.base, purpose="You run the office."
    )
    second = make_document(changed_post, MAKING, document_id=first.document_id)
    here = keep_all(tmp_path, [first.content, second.content])
    for content in (first.content, second.content):
        for bare_content in (stripped(content), _without_item(content)):
            found_record = here.record_of(unzip(bare_content, "a.docx"), "a.docx")
            assert isinstance(found_record, FoundRecord)
            assert (found_record.record, found_record.handling) == (record_of(content)[0], Handling.SAVED)


def test_documents_of_one_post_in_two_templates_are_told_apart(tmp_path: Path) -> None:
    post = look_alike(1)
    both = [
        content_of(post, DocumentSources(MAKING.library, shipped_template(name), DRAFTED))
        for name in ("job-description", "person-specification")
    ]
    here = keep_all(tmp_path, both)
    assert [found_id(here.record_of(unzip(stripped(content), "a.docx"), "a.docx")) for content in both] == [
        id_of(content) for content in both
    ]


@pytest.mark.parametrize(
    ("post", "tells_enough"), [(look_alike(1), False), (post_of(entries_of_file(post_file(POSTS[2]))), True)]
)
def test_a_document_is_not_taken_for_one_of_another_template(tmp_path: Path, post: Post, tells_enough: bool) -> None:
    """Whatever of the same post is kept: the shorter record's text may stand in the longer document whole. Where the
    post says little of its own, none is taken. Two templates that print the same texts in another order are not told
    apart where only the other's record is kept: what they say of the post is the same."""
    contents = {
        name: content_of(post, DocumentSources(MAKING.library, shipped_template(name), DRAFTED))
        for name in sorted(TEMPLATES)
    }
    for name, content in contents.items():
        others = [other for other in contents.values() if other != content]
        unlike = [other for its, other in contents.items() if other != content and not {its, name} <= set(WITH_SIDES)]
        for kept_ones in (unlike, unlike[:1], unlike[1:], [*others, content], [content, *others]):
            here = keep_all(tmp_path / f"{name}{len(list(tmp_path.iterdir()))}", kept_ones)
            expected = id_of(content) if content in kept_ones else ""
            # Pasted into an empty document, its header and footer are gone.
            pasted = parts_of(stripped(content))
            pasted = {part: xml for part, xml in pasted.items() if not re.match(r"word/(header|footer)", part)}
            for bare_content in (stripped(content), zipped(pasted), _with_own_paragraphs(content, 12)):
                document_id = found_id(here.record_of(unzip(bare_content, "a.docx"), "a.docx"))
                assert document_id == expected or (not tells_enough and document_id == "")


def _with_own_paragraphs(content: bytes, count: int) -> bytes:
    document = open_document(stripped(content))
    for number in range(count):
        document.add_paragraph(f"A paragraph of somebody's own, number {number}.")
    return bytes_of(document)


def test_a_title_alone_does_not_tell_an_edited_document(tmp_path: Path) -> None:
    """Any trust may have a PMO manager: only the text as it was printed, to the last prompt, tells whose this is."""
    content = content_of(Post("PMO manager", "pmo", Band.parse("7")))
    here = keep_all(tmp_path, [content])
    assert found_id(here.record_of(unzip(stripped(content), "a.docx"), "a.docx")) == id_of(content)
    renamed = stripped(content, ("Smoke-free", "Smokeless"))
    assert isinstance(here.record_of(unzip(renamed, "a.docx"), "a.docx"), Problem)


def test_with_its_own_reference_one_other_name_may_change(tmp_path: Path) -> None:
    post = Post(
        "PMO manager", "pmo", Band.parse("7"), employer="Example NHS Trust", base="Example House", reference="EX-17"
    )
    content = content_of(post)
    here = keep_all(tmp_path, [content])
    assert found_id(
        here.record_of(unzip(stripped(content, ("Example House", "Elsewhere")), "a.docx"), "a.docx")
    ) == id_of(content)
    two = stripped(content, ("Example House", "Elsewhere"), ("Example NHS Trust", "Another NHS Trust"))
    assert isinstance(here.record_of(unzip(two, "a.docx"), "a.docx"), Problem)


def test_a_strange_document_is_nobody_s_and_is_not_said_to_be_like_any(all_kept: KeptRecords) -> None:
    for content in (word_file("Minutes", "PMO manager 5"), word_file()):
        problem = all_kept.record_of(unzip(content, "a.docx"), "a.docx")
        assert isinstance(problem, Problem)
        assert problem.what == "has no record of what it was made from"


def _without_item(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The document without the part that holds its record, but with its properties, as LibreOffice leaves it that
    saved it as .odt between."""

    parts = {name: part for name, part in parts_of(content).items() if not name.startswith("customXml/")}
    for name in [name for name in parts if name.startswith("word/")]:
        for old, new in changes:
            parts[name] = parts[name].replace(old.encode(), new.encode())
    return zipped(parts)


def test_a_document_that_two_fit_is_of_neither(tmp_path: Path) -> None:
    """Two posts of one name, told by their purposes; somebody has written a third purpose."""
    purposes = ("You run the first office of this trust.", "You run the second office of this trust.")
    both = [content_of(replace(look_alike(1), purpose=purpose)) for purpose in purposes]
    here = keep_all(tmp_path, both)
    assert [found_id(here.record_of(unzip(stripped(content), "a.docx"), "a.docx")) for content in both] == [
        id_of(content) for content in both
    ]
    assert isinstance(
        here.record_of(unzip(stripped(both[0], (purposes[0], "You run it.")), "a.docx"), "a.docx"), Problem
    )


def test_of_two_documents_that_say_the_same_of_the_same_post_the_newer_is_taken(tmp_path: Path) -> None:
    """The date was named for one of them, so that the two have ids of their own."""
    dated = content_of(look_alike(1), DocumentSources(MAKING.library, MAKING.template, DRAFTED, dated=True))
    for number, contents in enumerate(((content_of(look_alike(1)), dated), (dated, content_of(look_alike(1))))):
        here = keep_all(tmp_path / str(number), contents)
        assert found_id(here.record_of(unzip(stripped(contents[0]), "a.docx"), "a.docx")) == id_of(contents[1])


def test_the_names_alone_are_not_enough(documents: list[bytes], all_kept: KeptRecords) -> None:
    record, _ = record_of(documents[5])
    assert record is not None
    names = [block.text for block in record.blocks[:12]]
    assert {"PMO manager 5", "Example House 0", "Example Hospitals NHS Trust"} <= set(names)
    assert isinstance(all_kept.record_of(unzip(word_file(*names, "Minutes of a meeting"), "a.docx"), "a.docx"), Problem)


def test_what_the_properties_say_of_the_record_goes_before_the_text(tmp_path: Path) -> None:
    """Somebody wrote into the file of an earlier day what the later one says."""
    purposes = ("You run the first office of this trust.", "You run the second office of this trust.")
    first = make_document(replace(look_alike(1), purpose=purposes[0]), MAKING)
    second = make_document(replace(look_alike(1), purpose=purposes[1]), MAKING, document_id=first.document_id)
    found_record = keep_all(tmp_path, [first.content, second.content]).record_of(
        unzip(body_replaced(_without_item(first.content), *purposes), "a.docx"), "a.docx"
    )
    assert isinstance(found_record, FoundRecord)
    assert (found_record.record, found_record.edited_blocks) == (record_of(first.content)[0], ("purpose.1",))
