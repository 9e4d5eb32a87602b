"""An assistant asks the graph: queries of its own, and the published ones; tables a window at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rdflib import Graph

from assistant_clients import Assistant
from assistant_clients import assistant as assistant
from montages.store.questions import ask


def test_rows_that_are_cut_go_on_until_the_answer_is_whole(assistant: Assistant) -> None:
    query = (
        "PREFIX mtg: <https://w3id.org/montages/def/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?c ?text { ?c a mtg:Criterion ; skos:prefLabel ?text } ORDER BY ?c ?text"
    )
    whole = assistant.call("sparql", {"query": query, "limit": 1000}).data
    assert "next_offset" not in whole
    rows: list[Any] = []
    following: int | None = 0
    while following is not None:
        cut = assistant.call(
            "sparql", {"query": query, "offset": following, "limit": 40, "characters": 2000}
        )
        assert len(cut.text) < 2000 * 2
        if "next_offset" in cut.data:
            assert f"offset={cut.data['next_offset']}" in cut.data["note"]
        rows += cut.data["quoted"]["rows"]
        following = cut.data.get("next_offset")
    assert rows == whole["quoted"]["rows"]
    assert len(rows) > 100


def test_a_graph_and_a_yes_or_no_are_answers_too(assistant: Assistant) -> None:
    construct = "CONSTRUCT WHERE { <https://w3id.org/montages/id/contract/mpgp> ?p ?o }"
    graph = assistant.call("sparql", {"query": construct, "limit": 1000}).data
    assert (
        len(Graph().parse(data="\n".join(graph["quoted"]["triples"]), format="nt"))
        == graph["shown"]
        > 5
    )
    assert assistant.call("sparql", {"query": "ASK {}"}).data["boolean"] is True


def test_a_row_longer_than_the_answer_may_be_says_so(assistant: Assistant) -> None:
    query = 'SELECT ?x { VALUES ?x { "' + "x" * 5000 + '" } }'
    answer = assistant.call("sparql", {"query": query, "characters": 1000, "lang": "en"})
    assert answer.is_error
    assert "SUBSTR" in answer.text


@pytest.mark.slow
def test_every_published_question_is_listed_and_answered(assistant: Assistant) -> None:
    listed = assistant.call("query").data["queries"]
    assert [each["name"] for each in listed] == [query.key for query in ask.listing()]
    given = {
        "name": "hard-gates",
        "parameters": {"contract": "dsp"},
        "as_of": "2026-06-01",
        "lang": "en",
    }
    answer = assistant.call("query", given).data
    expected = ask.run("hard-gates", {"contract": "dsp", "lang": "en"}, date(2026, 6, 1))
    rows = [[None if cell is None else str(cell) for cell in row] for row in expected.rows]
    assert answer["quoted"]["rows"] == rows
    assert answer["headings"]["requirement"]
    assert "https://w3id.org/montages/id/contract/concession" in answer["labels"]
