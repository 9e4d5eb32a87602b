"""What happens when a question is asked well or badly."""

from __future__ import annotations

import json
from datetime import date

import pytest
from rdflib import Literal, URIRef

from montages.errors import UnknownName, UnreadableInput
from montages.names import ID
from montages.store.published_graph import published_graph
from montages.store.questions import ask
from montages.store.questions.query_parameters import bind, query_text

AS_OF = date(2026, 6, 1)


def test_a_question_answers_to_its_name_with_or_without_its_number() -> None:
    assert ask.find("layers") is ask.find("60-layers")


@pytest.mark.parametrize(
    ("name", "parameters", "nearest"),
    [
        ("sheet-inventry", {}, "sheet-inventory"),
        ("layers", {"langue": "fr"}, "lang"),
        ("hard-gates", {"contract": "mpgpp"}, "mpgp"),
        ("hard-gates", {"contract": "contract:concesion"}, "concession"),
        ("layers", {"lang": "eng"}, "en"),
    ],
)
def test_an_unknown_name_is_reported_with_the_nearest_one(
    name: str, parameters: dict[str, str], nearest: str
) -> None:
    with pytest.raises(UnknownName) as error:
        ask.run(name, parameters, AS_OF)
    assert f"« {nearest} »" in error.value.message("fr")
    assert f"“{nearest}”" in error.value.message("en")


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("hard-gates", {"contract": "mpgp> . ?s ?p ?o . <x"}),
        ("hard-gates", {"contract": ""}),
        ("thresholds-on-a-day", {"day": "1er juin 2026"}),
        ("thresholds-on-a-day", {"day": "2026-02-30"}),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(name: str, parameters: dict[str, str]) -> None:
    with pytest.raises(UnreadableInput):
        ask.run(name, parameters, AS_OF)


def test_an_iri_is_written_in_full_with_a_prefix_or_as_a_slug() -> None:
    question, graph = ask.find("hard-gates"), published_graph(AS_OF)
    for value in (ID["contract/dsp"], "contract:dsp", "dsp"):
        assert bind(question, {"contract": value}, graph)["contract"] == ID["contract/dsp"]


def test_a_text_stays_a_text_where_it_takes_the_place_of_a_variable() -> None:
    question = ask.find("layers")
    spiteful = 'fr") || true || LANG(?x) = ("\\'
    text = query_text(question, {"lang": Literal(spiteful)})
    assert Literal(spiteful).n3() in text
    assert "?lang" not in text.partition("SELECT")[2]


def test_a_variable_named_inside_a_string_an_iri_or_a_comment_is_left_alone() -> None:
    question = ask.find("sheet-inventory")
    text = query_text(question, {"kind": URIRef("https://example.org/kind"), "q": Literal("q")})
    assert "<https://example.org/kind>" in text
    assert text.startswith("#+ title")


def test_the_json_is_that_of_sparql_results() -> None:
    result = ask.run("layers", {"lang": "en"}, AS_OF)
    tree = json.loads(result.to_json())
    first = tree["results"]["bindings"][0]
    assert tree["head"]["vars"] == list(result.columns)
    assert first["layer"] == {"type": "uri", "value": str(ID["layer/iot-network"])}
    assert first["layerName"] == {"type": "literal", "value": "IoT network", "xml:lang": "en"}
    assert "investmentKind" not in tree["results"]["bindings"][2]


def test_the_things_of_an_answer_come_with_their_names() -> None:
    result = ask.run("layers", {}, AS_OF)
    assert result.labels[ID["layer/storage"]].en == "Storage"
    assert result.labels[ID["layer/storage"]].fr == "Stockage"


@pytest.mark.slow
def test_the_law_of_the_day_is_that_of_the_date_asked() -> None:
    now, before = (
        {row[0] for row in ask.run("duties-of-a-contract", {"contract": "accord-cadre"}, day).rows}
        for day in (AS_OF, date(2021, 6, 1))
    )
    assert "accord-cadre-maximum" in {str(iri).rpartition("/")[2] for iri in now - before}
