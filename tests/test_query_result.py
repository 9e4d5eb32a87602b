"""A query sent by a browser is answered by a page; what a program gets for it does not change."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from crawling import client, state
from montages.knowledge.files.published_queries import queries
from montages.store.sparql.answer_forms import AnswerRows, first_rows
from montages.web.pages import editor_page
from montages.web.pages.editor_page import WrittenQuery, _place
from montages.web.pages.things.query_page import runnable
from montages.web.sparql import sparql_formats
from page_kinds import HTML

LAYERS = (
    "SELECT ?layer ?name "
    "{ ?layer a <def/Layer> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }"
)


def get(query: str, lang: str = "fr", accept: str = HTML, **fields: Any) -> TestResponse:
    headers = {"Accept": accept, "Accept-Language": lang}
    return client().get("/sparql", query_string={"query": query, **fields}, headers=headers)


def post(query: str, accept: str = HTML, **fields: Any) -> TestResponse:
    return client().post("/sparql", data={"query": query, **fields}, headers={"Accept": accept})


def answer_of(response: TestResponse) -> str:
    found = re.search(r'<section id="answer".*?</section>', response.text, re.DOTALL)
    assert found
    return html.unescape(found[0]).replace("\u00a0", " ")


def query_of(response: TestResponse) -> str:
    found = re.search(r'<textarea id="query"[^>]*>\n(.*?)</textarea>', response.text, re.DOTALL)
    assert found
    return html.unescape(found[1])


def links(response: TestResponse) -> dict[str, str]:
    part = answer_of(response).partition('<p class="formats">')[2]
    return {text: href for href, text in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', part)}


def test_a_table_shows_names_that_lead_to_pages_languages_and_datatypes() -> None:
    page = get(f"{LAYERS} ORDER BY ?layer")
    assert page.mimetype == "text/html"
    shown = answer_of(page)
    assert 'href="/id/layer/storage.html"' in shown
    assert '<small title="fr">fr</small>' in shown
    assert re.search(r"\d+ lignes", shown)
    assert query_of(page) == f"{LAYERS} ORDER BY ?layer"
    number = answer_of(get('SELECT (12 AS ?n) ("x" AS ?t) {}', "en"))
    assert "1 row<" in number
    assert "xsd:integer" in number
    assert "xsd:string" not in number


@pytest.mark.parametrize(
    ("query", "lang", "says"),
    [
        ("ASK {}", "fr", "Oui"),
        ("ASK { <x:a> <x:b> 1 }", "en", "No<"),
        ("SELECT ?x { ?x <x:b> 1 }", "fr", "Aucune ligne."),
        ("CONSTRUCT { <x:a> <x:b> 'c'@en } {}", "en", ">subject</th>"),
        ("DESCRIBE <id/contract/mpgp>", "fr", "Marché public global de performance"),
    ],
)
def test_each_form_of_query_has_its_answer(query: str, lang: str, says: str) -> None:
    assert says in answer_of(get(query, lang))


def test_the_permanent_link_and_the_files_of_every_format_answer() -> None:
    for query, formats in (
        (LAYERS, ["JSON", "XML", "CSV", "TSV"]),
        (
            "DESCRIBE <id/contract/mpgp>",
            ["Turtle", "JSON-LD", "RDF/XML", "N-Triples", "TriG", "N-Quads", "N3"],
        ),
    ):
        page = get(query)
        found = links(page)
        assert list(found) == [*formats, "lien permanent"]
        media = [client().get(href, headers={"Accept": HTML}).mimetype for href in found.values()]
        assert len(set(media)) == len(formats) + 1
        assert media[-1] == "text/html"
        again = client().get(
            found["lien permanent"], headers={"Accept": HTML, "Accept-Language": "fr"}
        )
        assert answer_of(again) == answer_of(page)


def test_the_files_offered_are_those_that_the_endpoint_writes() -> None:
    for offered, written in (
        (editor_page.TABLES, sparql_formats.RESULTS),
        (editor_page.GRAPHS, sparql_formats.GRAPHS),
    ):
        assert [name for name, _ in offered] == list(written)


def test_the_other_language_of_a_posted_query_is_the_same_query_posted() -> None:
    query = f"{LAYERS} ORDER BY ?layer"
    graph = {"default-graph-uri": "https://w3id.org/montages/module/layers"}
    page = post(query, **graph)
    switch = re.search(r'<form class="language".*?</form>', page.text, re.DOTALL)
    assert switch
    assert 'rel="alternate"' not in page.text, "no address leads to this page"
    action = re.search(r'action="([^"#]*)', switch[0])
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', switch[0]))
    text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", switch[0], re.DOTALL)
    assert action
    assert text
    assert (html.unescape(text[1]), fields) == (query, graph)
    other = client().post(action[1], data={"query": query, **fields}, headers={"Accept": HTML})
    assert '<html lang="en"' in other.text
    assert query_of(other) == query
    assert 'formaction="/sparql?lang=en#answer"' in other.text, "the next one stays in English"


def test_a_long_query_is_posted_and_so_are_the_demands_for_its_files() -> None:
    query = f"{LAYERS} # {'long ' * 2000}"
    page = post(query, **{"default-graph-uri": "https://w3id.org/montages/module/layers"})
    assert query_of(page) == query
    assert "pas de lien permanent" in answer_of(page)
    assert '<button type="submit" class="second" name="format" value="csv">' in answer_of(page)
    assert 'name="default-graph-uri" value="https://w3id.org/montages/module/layers"' in page.text
    assert post(query, format="csv").mimetype == "text/csv"


def test_an_answer_over_the_limits_says_how_much_of_it_is_shown_and_has_no_file() -> None:
    page = get("SELECT * { ?s ?p ?o }")
    shown = answer_of(page)
    assert "10000 lignes et plus" in shown
    assert "les 200 premières sont montrées, et aucun fichier ne la donne" in shown
    assert list(links(page)) == ["lien permanent"]
    page = get("SELECT * { ?s ?p ?o } LIMIT 300", "en")
    assert "The first 200 rows are shown; the files give them all." in answer_of(page)
    assert "CSV" in links(page)


def test_rows_of_long_values_are_shown_within_a_size() -> None:
    import pyoxigraph as ox

    store = ox.Store()
    values = " ".join(f'"{n}{"x" * 9000}"' for n in range(300))
    body = first_rows(store.query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"), 1000)
    rows = AnswerRows.read(body)
    assert (rows.more, rows.total) == (False, 300)
    assert len(rows.rows) < 200
    assert len(body) < 1_000_000
    few = AnswerRows.read(first_rows(store.query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"), 5))
    assert (few.more, few.total, len(few.rows)) == (True, 5, 5)


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("SELECT ?s\nWHERE { ?s ?p }", 400, "Ligne 2"),
        ("DELETE WHERE { ?s ?p ?o }", 403, "lit seulement"),
        ("SELECT * FROM <http://x/> {}", 400, "http://x/"),
        ("SELECT (<http://x/f>(1) AS ?x) {}", 400, "http://x/f"),
        ("", 400, "La requête est vide"),
    ],
)
def test_what_is_wrong_is_told_beside_the_query_which_stays(
    query: str, status: int, says: str
) -> None:
    page = get(query)
    assert page.status_code == status
    assert says in answer_of(page)
    assert query_of(page) == query
    assert "/problem/" in answer_of(page)


def test_the_place_of_a_fault_is_shown_under_its_line() -> None:
    assert _place("SELECT ?x\nWHER { }", 2, 1) == "2 | WHER { }\n    ^"
    line = _place(f"{'a' * 200}(", 1, 201)
    assert line is not None
    shown, sign = line.split("\n")
    assert shown[sign.index("^")] == "("
    assert _place("ASK {}", 9, 1) is None


def test_nothing_of_a_query_or_its_answer_is_markup() -> None:
    evil = "</textarea><script>alert(1)</script>"
    for query in (
        f'SELECT ("{evil}" AS ?x) {{}}',
        f'SELECT ("x"@en-{"a" * 8} AS ?x) {{}} # {evil}',
        f'SELECT (IRI("javascript:alert(1)") AS ?x) (IRI("http://x/?a=<b>") AS ?y) {{}} # {evil}',
        f'SELECT (STRDT("{evil}", <http://x/{"y" * 9}>) AS ?x) {{}}',
        f"SELECT {evil}",
    ):
        page = get(query)
        assert "<script>" not in page.text
        assert 'href="javascript' not in page.text
        assert page.headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert query_of(page) == query


def test_things_that_a_query_makes_up_are_not_remembered() -> None:
    get("ASK {}")
    with client().application.app_context():
        names = state().labels._names
    before = len(names)
    get('SELECT (IRI(CONCAT("https://w3id.org/montages/id/", STRUUID())) AS ?x) {}')
    get('SELECT (IRI(CONCAT("http://x/", STRUUID())) AS ?x) {}')
    assert len(names) == before


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("application/sparql-results+xml, text/html;q=0.5", "application/sparql-results+xml"),
        ("application/json, text/plain, */*", "application/sparql-results+json"),
        ("text/csv, text/html", "text/csv"),
        (HTML, "text/html"),
    ],
)
def test_a_program_gets_the_bytes_it_asks_for(accept: str, media: str) -> None:
    for response in (get("ASK {}", accept=accept), post("ASK {}", accept=accept)):
        assert response.mimetype == media
        assert "Accept" in response.vary


def test_an_address_of_an_answer_names_its_graphs() -> None:
    query = WrittenQuery("ASK {}", (("default-graph-uri", "http://x/g"),))
    fields = urlencode(
        [("query", "ASK {}"), ("default-graph-uri", "http://x/g"), ("format", "csv")]
    )
    assert query.address("/sparql", format="csv") == f"/sparql?{fields}"
    assert WrittenQuery("é" * 2000).address("/sparql") is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_columns_of_a_published_question_are_headed_in_the_language_of_the_reader(
    lang: str,
) -> None:
    asked = next(q for q in queries("questions") if q.key == "contract-families")
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', answer_of(get(runnable(asked), lang)))
    assert heads == [asked.heading(name, lang) for name in asked.header["columns"]]
