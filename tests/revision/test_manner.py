"""In which manner a document was made: its record says so, and it is made again in the same manner."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.loading import pictures_of
from jdgen.post.model import PictureFile
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import record_of
from jdgen.revision.fresh_documents import fresh_document_of
from jdgen.revision.regeneration import RegenerationOutcome, RegenerationSettings, regenerate
from jdgen.revision.status import State, status_of
from tests.toolbox.data import shipped_library
from tests.toolbox.documents import BODY, MANNER, POST, altered, example_document, materials, newer_framework
from tests.toolbox.examples import DRAFTED, ROOT, post_file, shipped_template
from tests.toolbox.posts import batch, csv_file, rows
from tests.toolbox.word import W, parts_of, png, with_part

ITEM = "customXml/item7301.xml"
CLEAN = RegenerationSettings(MANNER.stamp, clean=True)
LOGO = "The name of the trust in white on blue"


def verbatim() -> bytes:
    sources = DocumentSources(shipped_library().verbatim(), shipped_template("job-description"), DRAFTED)
    return make_document(post_of(entries_of_file(post_file(POST))), sources).content


def pictured(folder: Path) -> bytes:
    (folder / "logo.png").write_bytes(png())
    post = replace(post_of(entries_of_file(post_file(POST))), picture=PictureFile(folder / "logo.png", LOGO))
    sources = DocumentSources(shipped_library(), shipped_template("job-description"), DRAFTED)
    return make_document(post, sources, pictures_of(post)).content


def recorded(content: bytes) -> GenerationRecord:
    record, _ = record_of(content)
    assert record is not None
    return record


def body(content: bytes | None) -> Any:
    assert content is not None
    return etree.fromstring(parts_of(content)[BODY])


def test_the_record_says_whether_the_wording_is_adapted() -> None:
    assert [recorded(content).wording for content in (example_document(), verbatim())] == ["adapted", "verbatim"]
    for content in (example_document(), verbatim()):
        assert fresh_document_of(recorded(content), materials(), "x").is_same
    remade = regenerate(verbatim(), "x", materials(newer_framework()), CLEAN)
    assert remade.outcome is RegenerationOutcome.FRESH
    assert recorded(remade.content or b"").wording == "verbatim"


def test_a_batch_with_a_date_is_up_to_date_on_another_day(tmp_path: Path) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(2))
    day = DRAFTED - datetime.timedelta(days=30)
    batch(tmp_path, posts, drafted=day, dated=True)
    paths = sorted((tmp_path / "output").glob("*.docx"))
    assert len(paths) == 2
    for path in paths:
        record = recorded(path.read_bytes())
        assert (record.drafted, record.dated) == (day.isoformat(), "named")
        assert fresh_document_of(record, materials(), str(path)).is_same
        assert status_of(path, materials()).states == (State.UP_TO_DATE,)


def test_a_picture_is_taken_from_the_document_itself(tmp_path: Path) -> None:
    mine = pictured(tmp_path)
    (tmp_path / "logo.png").unlink()
    assert regenerate(mine, "x", materials(), CLEAN).outcome is RegenerationOutcome.UP_TO_DATE
    assert fresh_document_of(recorded(mine), materials(), "x").is_same
    content = mine
    for framework in (newer_framework(), None):  # and back to the shipped one: the picture is still known
        result = regenerate(content, "x", materials(framework), CLEAN)
        assert result.outcome is RegenerationOutcome.FRESH
        assert result.content is not None
        content = result.content
        assert png() in parts_of(content).values()
        assert [node.get("descr") for node in body(content).iter("{*}docPr")] == [LOGO]
        assert recorded(content).picture == recorded(mine).picture
        assert recorded(content).post == recorded(mine).post


def test_a_redline_leaves_the_picture_and_its_record(tmp_path: Path) -> None:
    def edit(tree: Any) -> None:
        next(text for text in tree.iter(f"{W}t") if text.text == "Smoke-free workplace").text = "No smoking"

    mine = altered(pictured(tmp_path), edit)
    result = regenerate(mine, "x", materials(newer_framework()), CLEAN)
    assert result.outcome is RegenerationOutcome.REDLINED
    assert result.content is not None
    assert png() in parts_of(result.content).values()
    assert recorded(result.content).post == recorded(mine).post
    assert recorded(result.content).picture == recorded(mine).picture


def test_a_picture_that_a_person_replaced_is_theirs(tmp_path: Path) -> None:
    mine = pictured(tmp_path)
    (name,) = [name for name, content in parts_of(mine).items() if content == png()]
    replaced = with_part(mine, name, png(20, 20))
    result = regenerate(replaced, "x", materials(newer_framework()), CLEAN)
    assert result.outcome is RegenerationOutcome.REDLINED
    assert result.content is not None
    assert parts_of(result.content)[name] == png(20, 20)


def test_another_template_shows_the_picture_or_says_that_it_is_to_be_put_in(tmp_path: Path) -> None:
    mine = pictured(tmp_path)
    for template in ("person-specification", "role-profile"):
        result = regenerate(mine, "x", materials(template=ROOT / f"templates/{template}.docx"), MANNER)
        assert result.outcome is RegenerationOutcome.NEW_TEMPLATE
        assert result.content is not None
        is_shown = png() in parts_of(result.content).values()
        assert is_shown is not any("The picture" in text for text in result.own_texts)


# The organisation chart, which is drawn, or the post's own.

CHART, SIDE_BY_SIDE = "The office, and who reports to whom", "job-description-side-by-side"


def charted(folder: Path, is_own: bool = False) -> bytes:
    (folder / "chart.png").write_bytes(png(9, 9))
    post = post_of(entries_of_file(post_file(POST)))
    if is_own:
        post = replace(post, organisation_chart=PictureFile(folder / "chart.png", CHART))
    sources = DocumentSources(shipped_library(), shipped_template(SIDE_BY_SIDE), DRAFTED)
    return make_document(post, sources, pictures_of(post)).content


def media(content: bytes | None) -> dict[str, bytes]:
    return {name: each for name, each in parts_of(content or b"").items() if name.startswith("word/media/")}


def test_an_untouched_document_with_a_chart_is_up_to_date_without_the_files_it_was_made_from(tmp_path: Path) -> None:
    for is_own in (False, True):
        path = tmp_path / "jd.docx"
        path.write_bytes(charted(tmp_path, is_own))
        (tmp_path / "chart.png").unlink()
        assert status_of(path, materials()).states == (State.UP_TO_DATE,)
        made_anew = regenerate(path.read_bytes(), "x", materials(newer_framework()), CLEAN)
        assert made_anew.outcome is RegenerationOutcome.FRESH
        assert list(media(made_anew.content).values()) == list(media(path.read_bytes()).values())
        record = recorded(made_anew.content or b"")
        assert record.organisation_chart == recorded(path.read_bytes()).organisation_chart != ""
        assert record.pictures == ({"organisation_chart": record.organisation_chart} if is_own else {})


def test_a_chart_that_a_person_replaced_stays_and_its_loss_is_told(tmp_path: Path) -> None:
    mine = charted(tmp_path)
    ((name, _),) = media(mine).items()
    replaced = with_part(mine, name, png(20, 20))
    redlined = regenerate(replaced, "x", materials(newer_framework()), CLEAN)
    assert redlined.outcome is RegenerationOutcome.REDLINED
    assert media(redlined.content) == {name: png(20, 20)}
    # And again, from the document that was redlined: its record still knows what was drawn.
    for content in (replaced, redlined.content or b""):
        accepted = RegenerationSettings(MANNER.stamp, accepts_pending=True)
        other = regenerate(content, "x", materials(template=ROOT / f"templates/{SIDE_BY_SIDE}.docx"), accepted)
        assert other.outcome is not RegenerationOutcome.NEW_TEMPLATE
        anew = regenerate(content, "x", materials(template=changed_template(tmp_path)), accepted)
        assert anew.outcome is RegenerationOutcome.NEW_TEMPLATE
        assert any("The organisation chart: put it into" in text for text in anew.own_texts)


def test_in_another_template_a_chart_is_drawn_again_or_taken_along(tmp_path: Path) -> None:
    for is_own in (False, True):
        mine = charted(tmp_path, is_own)
        anew = regenerate(mine, "x", materials(template=changed_template(tmp_path)), MANNER)
        assert anew.outcome is RegenerationOutcome.NEW_TEMPLATE
        assert not any("organisation chart" in text for text in anew.own_texts)
        assert list(media(anew.content).values()) == list(media(mine).values())


def changed_template(folder: Path) -> Path:
    """The side-by-side template with another word in it."""
    content = (ROOT / f"templates/{SIDE_BY_SIDE}.docx").read_bytes()
    path = folder / "ours.docx"
    path.write_bytes(with_part(content, BODY, parts_of(content)[BODY].replace(b"About this document", b"Sources")))
    return path
