"""POST /validate against the shapes of a rulebook or a catalogue (V2)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from rdflib import SH, Graph, URIRef

from montages.errors import BrokenKnowledge
from montages.knowledge.files import library
from montages.validation import validate_graph
from montages.web import create_app
from validation_requests import KEYED, MEDIA, constraints, report


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


RULE = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix contract: <https://w3id.org/montages/id/contract/> .
@prefix requirement: <https://w3id.org/montages/requirement/> .
<https://w3id.org/montages/requirement/x/2020-01-01> a mtg:RequirementVersion ;
    mtg:versionOf requirement:x ; mtg:strength mtg:Hard ;
    mtg:requirementOf contract:mpgpp .
"""


@pytest.mark.slow
def test_a_rulebook_is_checked_with_ours_beside_it(client: FlaskClient) -> None:
    found = report(client, RULE, "turtle", shapes="rulebook")
    assert {
        "RequirementVersion-requirementOf",
        "RequirementVersion-basis",
        "Sourced-source",
    } <= constraints(found)
    (told,) = (
        f for f in found["findings"] if f["constraint"].endswith("RequirementVersion-requirementOf")
    )
    assert (told["line"], told["column"]) == (6, 23)
    found = report(client, RULE.replace("mpgpp", "mpgp"), "turtle", shapes="rulebook")
    assert "RequirementVersion-requirementOf" not in constraints(found)


@pytest.mark.slow
@pytest.mark.clock
def test_our_own_rules_conform(client: FlaskClient) -> None:
    path = library.ROOT / "data" / "requirements" / "mpgp.ttl"
    text = library.read([path]).serialize(format="turtle")
    found = report(client, text, "turtle", shapes="rulebook")
    assert found["conforms"], found["findings"]
    assert found["coverage"]["applied"] > 3


def test_our_own_catalogue_conforms(client: FlaskClient) -> None:
    found = report(client, client.get("/catalog.ttl").text, "turtle", shapes="catalogue")
    assert found["conforms"]
    bad = "<http://e/c> a <http://www.w3.org/ns/dcat#Catalog> ."
    assert "Catalogue-title" in constraints(report(client, bad, "turtle", shapes="catalogue"))


def test_our_keys_are_no_catalogue(client: FlaskClient) -> None:
    answer = client.post("/validate?shapes=catalogue", data=KEYED, content_type=MEDIA["yaml"])
    assert answer.status_code == 400


def test_a_construct_that_is_not_supported_stops_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shapes = Graph()
    shapes.add((URIRef("http://e/s"), SH.js, URIRef("http://e/j")))
    monkeypatch.setattr(library, "read", lambda paths: shapes)
    validate_graph.shapes_of.cache_clear()
    with pytest.raises(BrokenKnowledge, match="sh:js"):
        validate_graph.shapes_of("catalogue.ttl")
    validate_graph.shapes_of.cache_clear()
