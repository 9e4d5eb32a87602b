"""The published questions over REST and as linked data: answered as on the command line (S5)."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, Graph, Literal, URIRef

from commands import run
from montages.knowledge.files.published_queries import Query, queries
from montages.names import BASE
from montages.store.questions import ask, query_executables
from montages.store.questions.query_parameters import query_text
from montages.store.questions.query_result import Result
from montages.store.sparql.query_guard import query_plan
from montages.web import create_app

# test_questions runs all of them on two engines: here the way over HTTP counts, with parameters and without.
EXPECTED = sorted((Path(__file__).parent / "questions").glob("*.csv"))[::12]
DAY = "2026-06-01"
# Under the law of another day, one for all, as each is compiled first.
THEN = date(2021, 6, 1)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case.stem)
def test_a_question_has_its_expected_answer(client: FlaskClient, case: Path) -> None:
    name, *parameters = case.stem.split("--")
    path = dict(item.split("=", 1) for item in parameters) | {"as_of": DAY}
    answer = client.get(f"/queries/{name}.csv", query_string=path)
    expected = table(case.read_text(encoding="utf-8"))
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert table(answer.text) == expected
    tree = client.get(f"/queries/{name}.json", query_string=path)
    assert tree.mimetype == "application/json"
    assert table(Result.read(tree.data).to_csv()) == expected


def test_the_law_of_another_day_answers(client: FlaskClient) -> None:
    path = {"contract": "accord-cadre", "as_of": str(THEN)}
    answer = client.get("/queries/hard-gates.csv", query_string=path)
    then = ask.run("hard-gates", {"contract": "accord-cadre"}, THEN)
    assert table(answer.text) == table(then.to_csv())
    assert table(answer.text) != table(
        client.get("/queries/hard-gates.csv", query_string=path | {"as_of": DAY}).text
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["thresholds-on-a-day", "bounds-of-procedures", "attention-points"]
)
def test_the_day_asked_for_is_that_of_a_question_that_has_one(
    client: FlaskClient, name: str
) -> None:
    by_parameter = client.get(
        f"/queries/{name}.csv", query_string={"day": str(THEN), "as_of": str(THEN)}
    )
    by_law = client.get(f"/queries/{name}.csv", query_string={"as_of": str(THEN)})
    assert by_law.text == by_parameter.text
    by_command = run("query", name, "--as-of", str(THEN), "--format", "csv", "--lang", "fr")
    assert table(by_command.out) == table(by_law.text)
    assert ask.run(name, {}, THEN).rows == ask.run(name, {"day": str(THEN)}, THEN).rows


@pytest.mark.slow
def test_a_day_that_is_a_parameter_wins_over_that_of_the_law() -> None:
    result = ask.run("thresholds-on-a-day", {"day": str(THEN)}, date(2026, 6, 1))
    assert result.rows == ask.run("thresholds-on-a-day", {"day": str(THEN)}, THEN).rows
    assert result.rows != ask.run("thresholds-on-a-day", {}, date(2026, 6, 1)).rows


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/json"),
        ("application/sparql-results+json", "application/json"),
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/sparql-query", "application/sparql-query"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_the_format_is_negotiated(client: FlaskClient, accept: str, media: str) -> None:
    answer = client.get("/queries/layers", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert {"Accept", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
    tag = answer.headers["ETag"]
    again = client.get("/queries/layers", headers={"Accept": accept, "If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/queries/hard-gats", 404, "hard-gates"),
        ("/queries/hard-gates?contact=dsp", 404, "contract"),
        ("/queries/hard-gates?contract=mpgpp", 404, "mpgp"),
        ("/queries/hard-gates?contract=a%20b", 400, "identif"),
        ("/queries/thresholds-on-a-day?day=2026-02-30", 400, "2026-02-30"),
        ("/queries/layers?as_of=demain", 400, "2026-06-01"),
        ("/queries/layers.pdf", 404, "csv"),
        ("/queries/layers?_format=image/png", 406, "text/csv"),
    ],
)
def test_what_is_wrong_is_reported_with_the_nearest(
    client: FlaskClient, address: str, status: int, word: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert word in json.loads(answer.data)["detail"]


def test_the_texts_are_in_the_reader_s_language(client: FlaskClient) -> None:
    answers = [
        client.get("/queries/layers.csv", headers={"Accept-Language": lang}).text
        for lang in ("fr", "en")
    ]
    assert "Réseau" in answers[0]
    assert "network" in answers[1]


def test_the_list_tells_each_question_its_address_and_parameters(client: FlaskClient) -> None:
    tree = client.get("/queries", headers={"Accept": "application/json"}).json
    assert tree is not None
    assert [entry["name"] for entry in tree["queries"]] == [q.key for q in ask.listing()]
    for entry in tree["queries"]:
        assert client.get(entry["url"] + ".rq").status_code == 200
        assert all(p["default"] and p["description"] for p in entry["parameters"])


def test_the_text_of_a_question_has_its_parameters_in_place_and_runs(client: FlaskClient) -> None:
    text = client.get("/queries/hard-gates.rq?contract=dsp").text
    assert "<https://w3id.org/montages/id/contract/dsp>" in text
    by_text = client.get("/sparql", query_string={"query": text, "format": "csv"})
    by_name = client.get("/queries/hard-gates.csv?contract=dsp")
    assert by_text.text == by_name.text


def test_every_published_query_is_described_and_its_text_runs() -> None:
    graph = query_executables.query_executables()
    store = ox.Store()
    every = [q for folder in ("questions", "close", "derive") for q in queries(folder)]
    assert set(graph.subjects(RDF.type, SH.SPARQLExecutable)) == {q.iri for q in every}
    for query in every:
        texts = [o for p in (SH.select, SH.construct, SH.ask) for o in graph.objects(query.iri, p)]
        assert len(texts) == 1
        store.query(query_plan(str(texts[0]), ()).text)


def test_the_example_queries_are_found_by_a_query(client: FlaskClient) -> None:
    parameters = {
        "query": "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?q ?text "
        "{ ?q a sh:SPARQLSelectExecutable ; sh:select ?text ; "
        "<https://schema.org/keywords> ?word ; <https://schema.org/target> ?endpoint }"
    }
    tree = client.get("/sparql", query_string=parameters).json
    assert tree is not None
    assert {row["q"]["value"] for row in tree["results"]["bindings"]} == {
        str(q.iri) for q in ask.listing()
    }


def test_a_question_as_linked_data_is_its_example(client: FlaskClient) -> None:
    answer = client.get("/queries/layers.ttl")
    graph = Graph().parse(data=answer.text)
    one = Graph()
    query_executables.add_executable(one, ask.find("layers"))
    assert len(graph) == len(one)
    assert (ask.find("layers").iri, RDF.type, SH.SPARQLSelectExecutable) in graph


NASTY = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ['"', '\\', '\\"', '"""', "'", "fr\") || true || (\"", "a\n} SERVICE <http://x/> {", "\\u0022",
    "\\\\u0041",
     "?lang", "#", "<x>", "\r", "\x00", "\ufeff", '" . } ; INSERT DATA {', "\u2028"]
)  # fmt: skip


@settings(max_examples=400)
@given(NASTY)
def test_a_text_stays_a_text_whatever_it_holds(value: str) -> None:
    question = ask.find("layers")
    text = query_text(question, {"lang": Literal(value)})
    store = ox.Store()
    store.query(query_plan(text, ()).text)
    echo = replace(question, text="SELECT ?x WHERE { BIND(?lang AS ?x) }")
    plan = query_plan(query_text(echo, {"lang": Literal(value)}), ())
    rows = list(store.query(plan.text))
    assert rows[0]["x"].value == value


@settings(max_examples=200)
@given(
    st.text(
        st.characters(
            exclude_characters='<>"{}|\\^`', min_codepoint=0x21, exclude_categories=["Cs", "Cc"]
        ),
        min_size=1,
    )
)
def test_an_iri_stays_one_term(local: str) -> None:
    question = ask.find("hard-gates")
    iri = URIRef("https://w3id.org/montages/id/contract/" + local)
    text = query_text(question, {"contract": iri, "lang": Literal("fr")})
    plan = query_plan(text, ())
    assert f"<{iri}>" in [token[0] for token in plan.query.tokens if token.lastgroup == "iri"]
    variables = [token[0] for token in query_plan(question.text, ()).query.tokens]
    put = {"?contract": f"<{iri}>", "?lang": '"fr"'}
    assert [token[0] for token in plan.query.tokens] == [put.get(text, text) for text in variables]


def test_a_reader_gets_pages(client: FlaskClient) -> None:
    for address in ("/queries", "/queries/layers", "/queries/layers.html", "/sparql"):
        answer = client.get(
            address, headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"}
        )
        assert (answer.status_code, answer.mimetype) == (200, "text/html"), address
        assert "<h1" in answer.text


@pytest.mark.parametrize("query", queries("questions"), ids=lambda query: query.key)
def test_each_column_has_a_heading_in_both_languages(query: Query) -> None:
    result = ox.Store().query(query.text, base_iri=BASE)
    assert isinstance(result, ox.QuerySolutions)
    columns = [variable.value for variable in result.variables]
    assert list(query.header["columns"]) == columns
    for lang in ("fr", "en"):
        headings = [query.heading(column, lang) for column in columns]
        assert len(set(headings)) == len(headings)
        assert all(heading[0].isupper() for heading in headings)


HEADINGS = pytest.mark.parametrize(
    ("lang", "heading"), [("fr", "Énoncé pour"), ("en", "Stated for")]
)


@HEADINGS
def test_an_answer_has_headings_in_the_language_of_its_reader(
    client: FlaskClient, lang: str, heading: str
) -> None:
    page = client.get(f"/queries/hard-gates.html?lang={lang}").text
    assert f'<th scope="col" title="?statedFor">{heading}</th>' in page
    assert "headings=labels" in page
    path = f"/queries/hard-gates.csv?lang={lang}"
    plain, named = client.get(path).text, client.get(f"{path}&headings=labels").text
    assert plain.startswith("requirement,name,statedFor,")
    assert table(named)[0][2] == heading
    assert table(named)[1:] == table(plain)[1:]
    assert client.get("/queries/hard-gates.csv?headings=yes").status_code == 400


@pytest.mark.slow
@HEADINGS
def test_so_has_that_of_the_command(lang: str, heading: str) -> None:
    assert heading in run("query", "attention-points", "--lang", lang).out
    shell = ("query", "hard-gates", "--lang", lang, "--format", "csv")
    assert table(run(*shell, "--headings").out)[0][2] == heading
    assert run(*shell).out.startswith("requirement,name,statedFor,")


def test_a_column_that_repeats_the_one_before_is_shown_once_on_a_page(client: FlaskClient) -> None:
    page = client.get("/queries/contract-families.html").text
    assert "<th" in page
    assert "Nom</th>" not in page
    assert "name" in client.get("/queries/contract-families.csv").text.splitlines()[0]
