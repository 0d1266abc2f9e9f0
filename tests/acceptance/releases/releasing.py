"""Random releases of the shipped framework: its file, changed as a publisher may change it, and written anew."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from jdgen.levels import BandRange
from tests.toolbox.drafts import data

_Entry = dict[str, Any]


def released(seed: int) -> str:
    """The text of a framework file with one to four changes, by ``seed``."""
    chance = random.Random(seed)
    framework = copy.deepcopy(data("frameworks/nhs-pccf.yaml"))
    for change in chance.sample(CHANGES, chance.randint(1, 4)):
        change(framework, framework["specialisms"][0], chance)
    return yaml.safe_dump(framework, allow_unicode=True, sort_keys=False, width=100)


def _rows(pmo: _Entry) -> Iterator[_Entry]:
    yield from pmo["headings"]
    yield from pmo.get("entry_routes", ())
    if "qualifications" in pmo:
        yield pmo["qualifications"]


def _reword(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    """Words put in, taken out, or changed, at any place of any statement."""
    statement = chance.choice(chance.choice(list(_rows(pmo)))["statements"])
    for key, texts in (("text", [statement.get("text", "")]), ("entries", statement.get("entries", []))):
        if statement.get(key):
            at = chance.randrange(len(texts))
            words = texts[at].split()
            place = chance.randrange(len(words))
            words[place : place + chance.randint(0, 2)] = chance.choice((["newly"], ["and", "so", "on"], ["Newly"]))
            texts[at] = " ".join(words)
            statement[key] = texts[0] if key == "text" else texts


def _reword_an_adapted_phrase(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    """The words that an adaptation looks for, said otherwise or put right by the publisher."""
    changes = [change for group in data("adaptations/nhs-pccf-pmo.yaml")["adaptations"] for change in group["changes"]]
    change = chance.choice(changes)
    for row in _rows(pmo):
        for statement in row["statements"]:
            if statement["id"] == change["statement"] and "text" in statement:
                if "find" in change:
                    wording = chance.choice((change["write"], "Otherwise"))
                    statement["text"] = statement["text"].replace(change["find"], wording)
                else:
                    statement["text"] = statement["text"].rstrip(".") + ("" if statement["text"].endswith(".") else ".")


def _withdraw(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    pmo["headings"].remove(chance.choice(pmo["headings"]))


def _split(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    """A statement for several bands becomes one for each, in other words for the higher ones."""
    row = chance.choice(list(_rows(pmo)))
    _without_readings(row)
    wide = [statement for statement in row["statements"] if "-" in statement["bands"]]
    if wide:
        statement = chance.choice(wide)
        at = row["statements"].index(statement)
        row["statements"][at : at + 1] = [
            {**copy.deepcopy(statement), "id": f"{pmo['id']}.{row['id']}.{band}", "bands": str(band)}
            for band in BandRange.parse(statement["bands"])
        ]


def _merge(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    """One statement of a heading is withdrawn; its neighbour holds at its bands too."""
    row = chance.choice([heading for heading in pmo["headings"] if len(heading["statements"]) > 1])
    _without_readings(row)
    lower, higher = row["statements"][0], row["statements"][1]
    kept_statement, withdrawn_statement = chance.choice(((lower, higher), (higher, lower)))
    bands = [band for statement in (lower, higher) for band in BandRange.parse(statement["bands"])]
    kept_statement["bands"] = f"{min(bands)}-{max(bands)}"
    row["statements"].remove(withdrawn_statement)


def _without_readings(row: _Entry) -> None:
    row.pop("readings", None)
    for statement in row["statements"]:
        statement.pop("span_basis", None)


def _rename(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    row = chance.choice(list(_rows(pmo)))
    row["title"] = f"{row['title']} and more"
    if chance.random() < 0.5:
        row["id"] = f"{row['id']}-and-more"


def _new_heading(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    statement = {"id": "pmo.sustainability.6-8d", "bands": "6-8d", "source": {"line": 56, "cell": 3}}
    heading = {"id": "sustainability", "title": "Sustainability", "source": {"line": 56, "cell": 2}}
    at = chance.randint(0, len(pmo["headings"]))
    text = {"text": "Count what each project costs the climate."}
    pmo["headings"].insert(at, {**heading, "statements": [{**statement, **text}]})


def _move_heading(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    chance.shuffle(pmo["headings"])


def _one_reading(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    for row in _rows(pmo):
        if "readings" in row:
            _without_readings(row)


def _no_competence(framework: _Entry, pmo: _Entry, chance: random.Random) -> None:
    competence = chance.choice(framework["competences"])
    framework["competences"].remove(competence)
    for category in pmo["role_categories"]:
        for competence_ids in category.get("competence_rule", {}).values():
            if competence["id"] in competence_ids and len(competence_ids) > 1:
                competence_ids.remove(competence["id"])
            elif competence["id"] in competence_ids:
                competence_ids[:] = [framework["competences"][0]["id"]]


def _no_category(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    pmo["role_categories"].remove(chance.choice(pmo["role_categories"]))


def _other_rule(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    """Another category is asked for competences, or none is."""
    rules = [category.pop("competence_rule", None) for category in pmo["role_categories"]]
    if pmo["role_categories"] and chance.random() < 0.5 and (rule := next(filter(None, rules), None)):
        pmo["role_categories"][0]["competence_rule"] = rule


def _no_route(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    pmo["entry_routes"].remove(chance.choice(pmo["entry_routes"]))


def _no_qualifications(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    pmo.pop("qualifications", None)


def _no_complexity(_: _Entry, pmo: _Entry, chance: random.Random) -> None:
    pmo.pop(chance.choice(("complexity", "complexity_narrative")), None)


CHANGES: tuple[Callable[[_Entry, _Entry, random.Random], None], ...] = (
    *(_reword, _reword_an_adapted_phrase, _withdraw, _split, _merge, _rename, _new_heading, _move_heading),
    *(_one_reading, _no_competence, _no_category, _other_rule, _no_route, _no_qualifications, _no_complexity),
)
