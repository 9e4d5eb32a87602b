"""A query that is not read is answered with where, what, and what to write instead, in both languages."""

from __future__ import annotations

import json

import pytest

from crawling import client

# A query at fault; the line and column of the fault; words of the advice in English.
MISTAKES = {
    "": (1, 1, "query is empty"),
    "SELEC * {}": (1, 1, "begins with SELECT"),
    "SELECT * { ?s ?p ?o": (1, 10, "“{” is not closed"),
    "SELECT * { ?s ?p ?o } }": (1, 23, "closes what is not open"),
    "SELECT * { ?s ?p ?o\n  FILTER(?o > 1 }": (2, 17, "closes what is not open"),
    "SELECT * {\n ?s ?p 'x }": (2, 8, "quote is not closed"),
    "SELECT ?s, ?p { ?s ?p ?o }": (1, 10, "no comma"),
    "SELECT (COUNT(?x) ?n) { ?x ?p ?o }": (1, 8, "AS is missing"),
    "SELECT DISTINCT COUNT(?s) { ?s ?p ?o }": (1, 17, "(COUNT(?x) AS ?n)"),
    "SELECT ?s WHERE ?s ?p ?o": (1, 17, "comes after WHERE"),
    "SELECT * { ?s ?p ?o FILTER(?o == 1) }": (1, 31, "one “=”"),
    "SELECT * { ?s ?p ?o FILTER ?o = 1 }": (1, 28, "in parentheses"),
    "SELECT * { ?s ?p ?o } ORDER ?s": (1, 23, "BY is missing"),
    "SELECT * { ?s ?p ?o } ODER BY ?s": (1, 23, "ORDER BY or GROUP BY"),
    "SELECT * { ?s ?p ?o } LIMIT x": (1, 29, "whole number"),
    "SELECT * { ?s ?p ?o } LIMIT -1": (1, 29, "whole number"),
    "SELECT * { ?s ?p . ?s ?p ?o }": (1, 12, "only two here"),
    "SELECT * { ?s ?p ?o ?q }": (1, 21, "put “.” before the next"),
    "SELECT ?s ?n { ?s ?p ?o } GROUP BY ?s": (1, 1, "is in GROUP BY"),
    "SELECT * { ?s ?p ?o } GROUP BY ?s": (1, 1, "instead of writing *"),
    "SELECT (1 AS ?a) (2 AS ?a) {}": (1, 1, "same name"),
    "SELECT ?x { BIND(1 AS ?x) BIND(2 AS ?x) }": (1, 37, "already names something else"),
    "PREFIX mtg: <x> SELECT * { mtgg:a ?b ?c }": (1, 28, "Did you mean “mtg:”?"),
    "SELECT * { ?s rdfs:label ?x }": (
        1,
        15,
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
    ),
    "SELECT * { VALUES ?x { 1 2 } ?s ?p ?x FILTER(foo(?x)) }": (1, 46, "no function “foo”"),
    "ASK { ?s ?p 'a'@ }": (1, 19, "start from a question"),
}


@pytest.mark.parametrize("query", MISTAKES)
def test_a_query_at_fault_says_where_what_and_what_to_write(query: str) -> None:
    line, column, words = MISTAKES[query]
    details = {}
    for lang in ("fr", "en"):
        answer = client().get("/sparql", query_string={"query": query, "lang": lang})
        problem = json.loads(answer.data)
        assert answer.status_code == 400
        details[lang] = problem["detail"]
        assert (problem["line"], problem["column"]) == (line, column), problem["detail"]
    assert words in details["en"]
    assert details["fr"] != details["en"]
    assert details["fr"].endswith((".", "?", ">"))


def test_a_wrong_method_names_the_right_ones() -> None:
    answer = client().delete("/contracts?lang=en")
    assert json.loads(answer.data)["detail"] == "This address takes only: GET, HEAD, OPTIONS."
