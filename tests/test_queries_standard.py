"""The queries are SPARQL 1.1 as it is written: another engine gives the same, and headers are whole.

rdflib lets a nested group see the variables outside it; the standard does not. A query that leaned on
that would fail here.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery

from description_files import parse_file
from montages.description.parsing import parse
from montages.engine.reference import close, derive, reason
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import Query, queries
from montages.knowledge.periods import rules_at
from montages.names import QUERY
from montages.store.questions.query_parameters import declared_parameters
from oxigraph import construct, store

RULES = rules_at(date(2026, 6, 1))
PROJECTS = ("deux-perimetres", "saumur")
# For the queries that have nothing to say of those two.
SMALL = """
project: Petit projet
usages: [water, waste]
usages-complete: true
asserts: {hors-adhesion-competence-held: Délibération relue.}
assumes: {exploitation-risk: none}
answers: {dialogue-case: [none], yearly-value: 8000.5, duration-months: 37}
"""
FOLDERS = ("close", "derive", "questions", "pages")
ALL = [query for folder in FOLDERS for query in queries(folder)]
DECISION = [query for query in ALL if query.folder in ("close", "derive")]


@pytest.fixture(scope="module")
def stages() -> dict[str, tuple[Graph, Graph]]:
    """Return what each query of the decision sees and what rdflib makes of it, by query name."""
    asserted = Graph() + parse.parse(SMALL, "yaml").graph
    for project in PROJECTS:
        asserted += parse_file(library.projects()[project]).graph
    facts = reason.facts_to_reason_on(asserted, close.close(asserted, RULES))
    starts = {
        "close": asserted + close.background(RULES),
        "derive": reason.reason(facts, RULES) + derive.background(RULES),
    }
    seen = {}
    for folder, working in starts.items():
        for query in queries(folder):
            found = Graph()
            for triple in working.query(query.text):
                found.add(triple)
            seen[query.name] = (Graph() + working, found)
            working += found
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("query", DECISION, ids=lambda q: f"{q.folder}/{q.name}")
def test_a_query_of_the_decision_writes_the_same_on_two_engines(
    query: Query, stages: dict[str, tuple[Graph, Graph]]
) -> None:
    working, found = stages[query.name]
    assert set(construct(store(working), query.text)) == set(found)
    assert len(found), "it writes nothing for these projects: the comparison says nothing"


@pytest.mark.parametrize("query", ALL, ids=lambda q: f"{q.folder}/{q.name}")
def test_a_query_has_a_whole_header_and_keeps_to_the_rules(query: Query) -> None:
    body = re.sub(r"(?m)^\s*#.*$", "", query.text)
    assert all((query.title.fr, query.title.en, query.description.fr, query.description.en))
    assert set(query.header) <= {"title", "description", "tags", "parameters", "columns"}
    assert query.iri.startswith(QUERY)
    assert re.fullmatch(r"\d\d-[a-z0-9-]+", query.name)
    assert not re.search(r"\b(SERVICE|FROM)\b", body)
    prepareQuery(query.text)
    for name in declared_parameters(query):
        assert re.search(rf"\?{name}\b", body), f"{name} is declared and not used"
    used = re.sub(r"(?m)^PREFIX.*$", "", body)
    for prefix in re.findall(r"(?m)^PREFIX (\S*):", query.text):
        assert re.search(rf"(?<![\w-]){prefix}:", used), f"the prefix {prefix} is not used"


@pytest.mark.parametrize("query", queries("questions"), ids=lambda q: q.name)
def test_a_question_is_a_table_in_a_settled_order(query: Query) -> None:
    assert query.header["tags"]
    selected = re.search(r"SELECT(.*?)WHERE", query.text, re.DOTALL)
    assert selected
    assert "ORDER BY" in query.text
    for name in declared_parameters(query):
        assert not re.search(rf"\?{name}\b", selected[1]), f"{name} is asked, not answered"
