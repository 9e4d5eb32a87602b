"""The answers of a batch as data: loaded beside what is published, and counted by published questions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import PROV

import batches
from batches import DAY, OPTIONS, lines
from commands import run
from country_answers import country_answers, counts, require_counts
from montages.knowledge.files import library
from montages.names import PROJECT
from montages.store.answers_graph import answers_graph
from montages.store.published_graph import published_graph
from montages.store.questions import ask
from montages.store.questions.query_parameters import bind, query_text
from montages.web import create_app
from oxigraph import select, store

AS_OF = date.fromisoformat(DAY)
PROJECTS = 12


def answer(quads: ox.Store, name: str, **parameters: str) -> list[list[str]]:
    question = ask.find(name)
    return select(quads, query_text(question, bind(question, parameters, published_graph(AS_OF))))


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> tuple[ox.Store, list[batches.Tree]]:
    """Give a store with the published graph and the answers of a batch, and the same answers as JSON."""
    folder = tmp_path_factory.mktemp("country")
    path = batches.write(folder, "a.jsonl", batches.json_lines(batches.trees(PROJECTS)))
    for form in ("jsonl", "nq"):
        out = str(folder / f"o.{form}")
        assert run("batch", path, "-o", out, *OPTIONS, "--workers", "1", "--quiet").code == 0
    quads = store(published_graph(AS_OF))
    quads.load(path=folder / "o.nq", format=ox.RdfFormat.N_QUADS)
    return quads, lines(folder / "o.jsonl")


@pytest.mark.slow
def test_questions_over_loaded_answers_count_what_the_lines_say(
    country: tuple[ox.Store, list[batches.Tree]],
) -> None:
    quads, answers = country
    before = store(published_graph(AS_OF))
    verdicts = {"fits": "Fits", "fits-on-terms": "FitsOnTerms", "to-verify": "ToVerify"}
    verdicts |= {"closed-by-choice": "ClosedByChoice", "closed": "Closed"}
    entries = [entry for line in answers for entry in line["contracts"] if "in_force" not in entry]
    wanted = Counter((e["contract"], verdicts[e["verdict"]]) for e in entries)
    columns = ("contract", "verdict")
    added = counts(answer(quads, "verdicts-by-contract"), *columns)
    added.subtract(counts(answer(before, "verdicts-by-contract"), *columns))
    assert +added == wanted

    wanted = Counter()
    for line in answers:
        facts = (term for entry in line["contracts"] for term in entry["to_verify"])
        wanted.update({(fact["criterion"],) for fact in facts})
    added = counts(answer(quads, "criteria-most-unknown"), "criterion")
    added.subtract(counts(answer(before, "criteria-most-unknown"), "criterion"))
    assert +added == wanted


def test_each_real_project_has_its_answer_among_what_is_published() -> None:
    graph = answers_graph(AS_OF)
    projects = sorted((library.ROOT / "data" / "projects").glob("*.ttl"))
    derived = {str(project) for project in graph.objects(None, PROV.wasDerivedFrom)}
    assert derived == {str(PROJECT[path.stem]) for path in projects}
    assert len(set(graph.subjects())) == len(projects)


def test_before_the_first_rule_there_is_no_answer() -> None:
    assert len(answers_graph(date(1980, 1, 1))) == 0


def served(folder: Path, count: int, repeated: int = 1) -> FlaskClient:
    """Return a client over a store with the answers on a country, each project under so many names."""
    answers = country_answers(folder, count, repeated)
    assert run("load", str(answers), "--store", str(folder / "store")).code == 0
    return create_app({"STORE": folder / "store"}).test_client()


@pytest.mark.slow
def test_the_service_counts_the_answers_of_a_store(tmp_path: Path) -> None:
    require_counts(served(tmp_path, 30, repeated=10), 300)


@pytest.mark.soak
def test_the_service_counts_the_answers_of_a_hundred_thousand_projects(tmp_path: Path) -> None:
    require_counts(served(tmp_path, 1_000, repeated=100), 100_000)
