"""Two answers that do not go together: a warning names both, why, and where each stands, on every door."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from montages.api import Knowledge, load
from montages.description.parsing.parse import parse_tree
from montages.knowledge.compiled.answer_shapes import coherence_shape
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.model import Incoherence
from montages.knowledge.rulebook import rulebook
from montages.web import create_app

pytestmark = pytest.mark.clock

KEYS = {slug: key for key, slug in answer_keys().items()}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load("fast")


def description(pair: Incoherence) -> str:
    """Return a description that gives the two answers of a pair, one a line from the third on."""
    answers = "".join(
        f"  {KEYS[clause.criterion]}: {min(clause.accepts)}\n" for clause in pair.between
    )
    return f"project: x\nanswers:\n{answers}"


@pytest.mark.parametrize("pair", rulebook().incoherences, ids=lambda pair: pair.slug)
def test_a_pair_gives_its_warning_on_every_door(
    pair: Incoherence, client: FlaskClient, knowledge: Knowledge
) -> None:
    text, kind = description(pair), "application/yaml"
    doors: dict[str, list[dict[str, Any]]] = {
        door: client.post(door, data=text.encode(), content_type=kind).get_json()["findings"]
        for door in ("/validate", "/check")
    }
    assessment = knowledge.assess(text=text, syntax="yaml")
    doors["assess"] = [finding.to_json("fr") for finding in assessment.coherence.findings]
    tree = knowledge.assess(parse_tree(text, "yaml")).coherence.findings
    told_of_tree = next(f for f in tree if f.constraint == str(coherence_shape(pair)))
    assert told_of_tree.where == f"/answers/{KEYS[pair.between[0].criterion]}"
    assert [place.pointer for place in told_of_tree.related] == [
        f"/answers/{KEYS[pair.between[1].criterion]}"
    ]
    for door, findings in doors.items():
        (told,) = (f for f in findings if f["constraint"] == str(coherence_shape(pair)))
        assert told["severity"] == "warning"
        assert pair.reading.fr in told["message"]
        for clause in pair.between:
            criterion = rulebook().criteria[clause.criterion]
            assert criterion.label.fr in told["message"]
            assert criterion.value(min(clause.accepts)).label.fr in told["message"]
        places = [(told["line"], told["where"])]
        places += [(place["line"], place["where"]) for place in told["related"]]
        wanted = [(3 + n, f"/answers/{KEYS[c.criterion]}") for n, c in enumerate(pair.between)]
        assert places == wanted, door


def test_the_places_are_told_in_turtle_and_in_a_table_too(client: FlaskClient) -> None:
    head = "@prefix mtg: <https://w3id.org/montages/def/> .\n"
    values = "https://w3id.org/montages/id/"
    turtle = (
        f"{head}<a> a mtg:Project ;\n  mtg:exploitationRisk <{values}exploitation-risk/real> ;\n"
        f"  mtg:remuneration <{values}remuneration/price> .\n"
    )
    table = "projet;exploitation-risk;remuneration\nA;Réel;Prix\n"
    for body, kind, lines in ((turtle, "text/turtle", (3, 4)), (table, "text/csv", (2, 2))):
        found = client.post("/validate", data=body.encode(), content_type=kind).get_json()
        told = next(f for f in found["findings"] if "risk-paid-by-price" in f["constraint"])
        assert (told["line"], told["related"][0]["line"]) == lines
