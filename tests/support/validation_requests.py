"""Two faulty texts, and the report that POST /validate answers on a text."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from montages.description.parsing.source_text import MEDIA_TYPES

MEDIA = {syntax: media for media, syntax in reversed(MEDIA_TYPES.items())} | {"csv": "text/csv"}

KEYED = """project: Exemple
holder: {type: Comune, nme: y}
layers:
  - {layer: objects, mode: own, perimeter: nord}
  - objetss
perimeters:
  centre: {answers: {network-activity: maybe}}
answers:
  investment-funding: [public, private]
  agilty: low
  dialogue-case: [design, none]
  agility: "Faible"
description: R &D *x
"""

TURTLE = '''@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix funding: <https://w3id.org/montages/id/investment-funding/> .
# a comment, with <marks> ; and "quotes"
<a> a mtg:Project ; rdfs:label "A"@fr ;
    mtg:holder [ a mtg:Comune ; rdfs:label """two
lines""" ] ;
    mtg:investmentFunding funding:public ,
        funding:publik ; mtg:durationMonths -3 ;
    mtg:assumes [ a mtg:Assumption ; mtg:agility <https://w3id.org/montages/id/agility/lowe> ] ;
    mtg:fooBar ( 1 2 ) .
<b> a mtg:Project .
'''


def report(client: FlaskClient, text: str, syntax: str, **query: str) -> dict[str, Any]:
    answer = client.post("/validate", data=text, content_type=MEDIA[syntax], query_string=query)
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    found = answer.json
    assert isinstance(found, dict)
    return found


def constraints(found: dict[str, Any]) -> set[str]:
    return {f["constraint"].rpartition("/")[2] for f in found["findings"]}
