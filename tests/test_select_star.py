"""SELECT * has its columns in the order in which the query names them, and the rows it always had."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from montages.errors import QuerySyntax
from montages.store.sparql.query_errors import Limits
from montages.store.sparql.query_worker import QueryWorker
from montages.web import create_app

STORE = ox.Store()
STORE.extend(
    ox.parse(
        "@prefix : <http://x/> . :a :p 1 ; :q 'z' . :b :p 2 ; :r [ :s 3 ] .",
        format=ox.RdfFormat.TURTLE,
    )
)
PREFIX = "PREFIX : <http://x/> "
ORDERS = {
    "SELECT * { ?s ?p ?o }": "s p o",
    "SELECT*WHERE{?zeta ?alpha ?m}": "zeta alpha m",
    "select distinct * { ?s ?p ?o }": "s p o",
    "SELECT REDUCED * { ?s ?p ?o }": "s p o",
    "SELECT * { $s ?p $o FILTER(?p != :q) }": "s p o",
    # what is selected by a subquery counts, what it hides does not
    "SELECT * { { SELECT ?x ?a { ?a :p ?x . ?a ?hidden ?too } } BIND(1 AS ?later) }": "x a later",
    "SELECT * { { SELECT ?s (COUNT(?o) AS ?n) { ?s :p ?o } GROUP BY ?s } ?s :q ?b }": "s n b",
    "SELECT * { { SELECT * { ?z :p ?y } } ?z :q ?a }": "z y a",
    "SELECT * { VALUES (?v ?u) { (1 2) } ?s :p ?v }": "v u s",
    "SELECT * { ?s :p ?o } VALUES ?c { 1 2 }": "s o c",
    "SELECT * { ?z :p ?y OPTIONAL { ?z :q ?a } MINUS { ?z :r ?no } }": "z y a",
    "SELECT * { ?z :p ?y FILTER NOT EXISTS { ?z :r ?b } }": "z y",
    "SELECT * { { ?t :p ?o } UNION { ?t :q ?a } }": "t o a",
    "SELECT * { GRAPH ?h { ?s ?p ?o } }": "h s p o",
    "SELECT * { ?s :p|:q ?o . ?s :r/:s ?e }": "s o e",
    "# ?a first\nSELECT * { ?s :q '?b' . ?s ?p \"z\" }": "s p",
    "SELECT * { ?only :p 1 }": "only",
    "SELECT * { :a :p 1 }": "",
    "SELECT ?b ?a { ?a :p ?b }": "b a",
    "SELECT (1 * 2 AS ?z) (3 AS ?a) {}": "z a",
}


def answer(query: str, form: str = "json") -> bytes:
    request = {"query": PREFIX + query, "formats": [form]}
    return QueryWorker(STORE, Limits(5, 100, 100_000, 100)).answer(request)[1]


@pytest.mark.parametrize("query", ORDERS)
def test_columns_come_in_the_order_of_the_query_and_rows_are_the_same(query: str) -> None:
    tree, wanted = json.loads(answer(query)), ORDERS[query].split()
    assert tree["head"]["vars"] == wanted
    plain = STORE.query(PREFIX + query)
    assert isinstance(plain, ox.QuerySolutions)
    assert {v.value for v in plain.variables} == set(wanted)
    rows = [sorted((k, v["value"]) for k, v in row.items()) for row in tree["results"]["bindings"]]
    expected = [
        sorted((n, s[n].value) for n in wanted if s[n] is not None and hasattr(s[n], "value"))
        for s in plain
    ]
    assert sorted(rows) == sorted(expected)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_every_form_of_results_has_that_order(form: str) -> None:
    text = answer("SELECT * { ?zeta ?p ?alpha }", form).decode()
    columns = {
        "json": lambda: json.loads(text)["head"]["vars"],
        "xml": lambda: [v.get("name") for v in ET.fromstring(text)[0]],  # noqa: S314  # our own
        "csv": lambda: next(csv.reader(io.StringIO(text))),
        "tsv": lambda: text.splitlines()[0].replace("?", "").split("\t"),
    }[form]()
    assert columns == ["zeta", "p", "alpha"]


def test_the_endpoint_answers_in_that_order_within_its_limit() -> None:
    client: FlaskClient = create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()
    query = "SELECT * { ?s ?p ?o } LIMIT 2"
    found = client.get("/sparql", query_string={"query": query, "format": "csv"})
    header, *rows = csv.reader(io.StringIO(found.text))
    assert header == ["s", "p", "o"]
    assert len(rows) == 2


def test_a_query_at_fault_is_placed_as_it_was_written() -> None:
    with pytest.raises(QuerySyntax) as error:
        answer("SELECT *\n{ ?z ?b ?a .\n  ?z\n}")
    assert (error.value.extra["line"], error.value.extra["column"]) == (4, 2)
