"""The rulebook as rules that others run: each engine comes to the statuses of the fast path."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import orjson
import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.namespace import DCTERMS

import rule_engines
from montages import load
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import queries
from montages.knowledge.logic import STATUS_IRIS
from montages.knowledge.panel import DAY, panel
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import rulebook
from montages_reference.rule_cases import RuleCase, case_entries, cases_zip, rule_cases
from montages_reference.rules_draft import rules_draft_of
from montages_reference.rules_steps import DRAFT
from montages_reference.shacl_rules import shacl_rules_of

SHAPES = Path(__file__).with_name("draft-shapes.ttl")
# Each engine and what it runs; so many projects in one graph are quickest.
ENGINES = {
    "pySHACL": (rule_engines.by_pyshacl, shacl_rules_of),
    "shifty": (rule_engines.by_shifty, shacl_rules_of),
    "layers": (rule_engines.by_layers, rules_draft_of),
}
CHUNK = 8


@cache
def cases() -> list[RuleCase]:
    return rule_cases(load("fast"))


@cache
def edition(write: Callable[[Rules, str], bytes], first: date) -> bytes:
    return write(rules_at(first), "v")


def of_today(write: Callable[[Rules, str], bytes]) -> bytes:
    return edition(write, rules_at(DAY).period.first)


@pytest.fixture(scope="module", autouse=True)
def _read() -> None:
    """Read the cases and write the edition of today, which all tests share."""
    assert cases()
    assert of_today(shacl_rules_of)


def agree(name: str, some: Sequence[RuleCase]) -> int:
    """Hold an engine against what is expected of some cases; return how many verdicts were compared."""
    engine, write = ENGINES[name]
    arrangements, compared = rulebook().arrangements, 0
    for first, group in groupby(some, key=lambda case: case.first):
        entries = [*case_entries([*group])]
        for n in range(0, len(entries), CHUNK):
            part = entries[n : n + CHUNK]
            verdicts = engine(edition(write, first), [e["description"].encode() for e in part])
            for entry in part:
                wanted = {
                    str(arrangements[slug].iri): STATUS_IRIS[status]
                    for status, slugs in entry["expected"].items()
                    for slug in slugs
                }
                assert verdicts[entry["project"]] == wanted, entry["case"]
                compared += len(wanted)
    return compared


@pytest.mark.slow(seconds=20)
@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_comes_to_our_statuses_on_a_case_and_a_real_project(name: str) -> None:
    of_period = [case for case in cases() if case.first == rules_at(DAY).period.first]
    handful = [of_period[0], of_period[-1]]
    assert {case.origin for case in handful} == {"panel", "projects"}
    assert agree(name, handful) > 80


# The quickest engine runs every case in `make prove`, each of the others in `make soak`.
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("shifty", marks=pytest.mark.slow(seconds=120)),
        *(pytest.param(name, marks=pytest.mark.soak) for name in ENGINES if name != "shifty"),
    ],
)
def test_an_engine_comes_to_our_statuses_on_every_case(name: str) -> None:
    print(f"{name}: {len(cases())} cases, {agree(name, cases())} verdicts")


@pytest.mark.slow(seconds=30)
def test_the_archive_holds_every_case_and_the_rules_of_its_day_and_is_the_same_each_time() -> None:
    content = cases_zip(load(), "en")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = orjson.loads(archive.read("cases.json"))["cases"]
        files = set(archive.namelist())
    origins = Counter(entry["case"].partition("/")[0] for entry in entries)
    real = [path for path in library.projects().values() if path.parent.name == "projects"]
    assert origins == {"panel": len(panel()), "projects": len(real)}
    assert {entry["rules"] for entry in entries} == files - {"cases.json"}
    assert {status for entry in entries for status in entry["expected"]} >= {
        "eligible", "ineligible", "undetermined",
    }  # fmt: skip
    assert cases_zip(load(), "fr") != content == cases_zip(load(), "en")


def test_the_rules_are_the_published_queries_in_their_order() -> None:
    graph = Graph().parse(data=of_today(shacl_rules_of), format="turtle")
    orders = {int(str(order)): str(rule) for rule, order in graph.subject_objects(SH.order)}
    names = [orders[n].partition("#")[2] for n in range(1, len(orders) + 1)]
    phases = [name.partition("-")[0] for name in names]
    assert phases == sorted(phases, key=["close", "reason", "derive"].index)
    published = [f"{phase}-{q.name}" for phase in ("close", "derive") for q in queries(phase)]
    assert [name for name in names if name in published] == [
        name for name in published if name != "derive-60-covers"
    ]


def test_a_rule_about_a_project_holds_nothing_that_a_bound_focus_node_forbids() -> None:
    graph = Graph().parse(data=of_today(shacl_rules_of), format="turtle")
    texts = [str(text) for text in graph.objects(None, SH.construct)]
    assert len(texts) > 30
    for text in texts:
        assert "$this" in text
        assert not re.search(r"\b(VALUES|MINUS|SERVICE)\b|\?project\b", text), text


def test_the_draft_conforms_to_what_the_working_draft_asks_and_says_that_it_is_one() -> None:
    graph = Graph().parse(data=of_today(rules_draft_of), format="turtle")
    shapes = Graph().parse(SHAPES)
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, text
    titles = {str(title) for title in graph.objects(DRAFT, DCTERMS.title)}
    assert [sum(word in title for title in titles) for word in ("(draft)", "(brouillon)")] == [1, 1]
    rule = next(graph.subjects(RDF.type, SH.SPARQLRule))
    graph.remove((rule, URIRef(f"{SH}layer"), None))
    assert not pyshacl.validate(graph, shacl_graph=shapes)[0]


@pytest.mark.parametrize("write", [shacl_rules_of, rules_draft_of])
def test_an_edition_is_the_same_each_time_and_small(write: Callable[[Rules, str], bytes]) -> None:
    assert write(rules_at(DAY), "v") == of_today(write)
    assert len(of_today(write)) < 500_000
