"""POST /validate says of each finding where it stands, in every syntax (V1)."""

from __future__ import annotations

import json

import pytest
import yaml
from flask.testing import FlaskClient
from rdflib import Graph

from montages.description.places.json_yaml import TextTree
from montages.web import create_app
from validation_requests import KEYED, TURTLE, report

XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
         xmlns:mtg="https://w3id.org/montages/def/" xml:base="https://example.org/">
  <mtg:Project rdf:about="a" rdfs:label="A">
    <mtg:holder>
      <mtg:Comune/>
    </mtg:holder>
    <mtg:durationMonths rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">-3</mtg:durationMonths>
    <mtg:investmentFunding rdf:resource="https://w3id.org/montages/id/investment-funding/publik"/>
    <mtg:assumes rdf:parseType="Resource">
      <rdf:type rdf:resource="https://w3id.org/montages/def/Assumption"/>
      <mtg:agility rdf:resource="https://w3id.org/montages/id/agility/lowe"/>
    </mtg:assumes>
  </mtg:Project>
</rdf:RDF>
"""

N_TRIPLES = """# a comment
<https://e.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/montages/def/Project> .
<https://e.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A \\" b"@fr .
<https://e.org/a> <https://w3id.org/montages/def/agility> <https://w3id.org/montages/id/agility/lowe> .
"""

JSON_LD = """{
  "@context": {
    "@vocab": "https://w3id.org/montages/def/",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "agility": {"@id": "https://w3id.org/montages/def/agility", "@type": "@id"},
    "a": "https://w3id.org/montages/id/agility/"
  },
  "@id": "x",
  "@type": "Project",
  "label": "X 🏙",
  "agility": ["a:low", "a:lowe"],
  "holder": {"@type": "Comune"}
}
"""

CSV = 'projet;couches;agility\nA;objects:own;low\n"B\nb";bidule;zz\n'

# A text in each syntax, and where some of its faults stand: the constraint, line, column and pointer.
PLACES: dict[str, tuple[str, str, list[tuple[str, int, int, str | None]]]] = {
    "yaml": ("yaml", KEYED, [
        ("Description-knownKeys", 2, 24, "/holder/nme"),
        ("Description-knownKeys", 2, 10, "/holder/type"),
        ("Description-knownKeys", 4, 33, "/layers/0/perimeter"),
        ("Description-knownKeys", 5, 5, "/layers/1/layer"),
        ("Description-knownKeys", 7, 22, "/perimeters/centre/answers/network-activity"),
        ("Answer-investment-funding", 9, 3, "/answers/investment-funding"),
        ("Description-knownKeys", 10, 3, "/answers/agilty"),
        ("Answer-dialogue-case-alone", 11, 3, "/answers/dialogue-case"),
    ]),
    "json": ("json", json.dumps(yaml.safe_load(KEYED), indent=1), [
        ("Description-knownKeys", 5, 3, "/holder/nme"),
        ("Description-knownKeys", 4, 3, "/holder/type"),
        ("Answer-investment-funding", 23, 3, "/answers/investment-funding"),
        ("Description-knownKeys", 27, 3, "/answers/agilty"),
    ]),
    "turtle": ("turtle", TURTLE, [
        ("Description-knownTerms", 6, 20, None),
        ("Answer-investment-funding", 8, 5, None),
        ("Answer-investment-funding", 9, 9, None),
        ("Answer-duration-months", 9, 45, None),
        ("Answer-agility", 10, 50, None),
        ("Description-knownTerms", 11, 5, None),
        ("Project-label", 12, 1, None),
    ]),
    "n-triples": ("nt", N_TRIPLES, [
        ("Answer-agility", 4, 59, None),
        ("Project-holder-given", 2, 1, None),
    ]),
    "rdf/xml": ("xml", XML, [
        ("Description-knownTerms", 7, 7, None),
        ("Answer-duration-months", 9, 5, None),
        ("Answer-investment-funding", 10, 5, None),
        ("Answer-agility", 13, 7, None),
        ("Project-hasLayerUse-given", 5, 3, None),
    ]),
    "json-ld": ("json-ld", JSON_LD, [
        ("Answer-agility", 11, 24, "/agility/1"),
        ("Description-knownTerms", 12, 14, "/holder/@type"),
        ("Project-hasLayerUse-given", 1, 1, "/"),
    ]),
    "csv": ("csv", CSV, [
        ("Description-knownKeys", 4, 4, "/layers/0/layer"),
        ("Description-knownKeys", 4, 11, "/answers/agility"),
        ("Project-holder-given", 2, 1, "/"),
        ("Project-holder-given", 3, 1, "/"),
    ]),
}  # fmt: skip


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


@pytest.mark.parametrize("name", PLACES)
def test_each_finding_says_its_line_its_column_and_its_pointer(
    client: FlaskClient, name: str
) -> None:
    syntax, text, wanted = PLACES[name]
    found = report(client, text, syntax)["findings"]
    places = {
        (f["constraint"].rpartition("/")[2], f.get("line"), f.get("column"), f.get("where"))
        for f in found
    }
    assert not set(wanted) - places, sorted(places, key=str)
    assert all("line" in f for f in found)


@pytest.mark.parametrize("syntax", ["xml", "nt", "json-ld", "longturtle"])
def test_the_same_graph_has_its_places_in_whatever_syntax_it_is_written(
    client: FlaskClient, syntax: str
) -> None:
    base = "https://w3id.org/montages/id/project/"
    text = Graph().parse(data=TURTLE, format="turtle", publicID=base).serialize(format=syntax)
    found = report(client, text, {"longturtle": "turtle"}.get(syntax, syntax))["findings"]
    assert len(found) == len(report(client, TURTLE, "turtle")["findings"])
    rows = text.splitlines()
    for finding in found:
        row = rows[finding["line"] - 1]
        assert 1 <= finding["column"] <= len(row) + 1
        if finding["value"].startswith("https://w3id.org/montages/id/agility"):
            after = [row[finding["column"] - 1 :], *rows[finding["line"] : finding["line"] + 1]]
            assert "lowe" in " ".join(after)


def test_json_is_no_yaml_tabs_long_keys_and_half_characters_have_their_places() -> None:
    text = '{\n\t"' + "k" * 2000 + '": 1,\n\t"a": ["\\ud800", {"b/c": null}]}'
    tree = TextTree(text, "json")
    places = [tree.at(pointer) for pointer in ("/a/0", "/a/1/b~1c", "")]
    assert [(p.line, p.column) for p in places if p] == [(3, 8), (3, 19), (1, 1)]
