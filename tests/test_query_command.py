"""`montages query` over a store on disk, and with queries of one's own: as the service answers them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import run

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
OTHER = "http://example.org/"
MPGP = "https://w3id.org/montages/id/contract/mpgp"
LAMPS = f"SELECT (COUNT(*) AS ?n) {{ ?lamp a <{OTHER}Lamp> }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    lamps = folder / "lamps.nt"
    lines = (f'<{OTHER}{n}> a <{OTHER}Lamp> ; <{LABEL}> "Lamp {n}" .' for n in range(7))
    lamps.with_suffix(".ttl").write_text("\n".join(lines), encoding="utf-8")
    loaded = run("load", lamps.with_suffix(".ttl"), "--store", folder / "store")
    assert loaded.code == 0, loaded.err
    return folder / "store"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("layers", "--query", "ASK {}"), "layers"),
        (("--query", "ASK {}", "--parameters", "lang=en"), "--parameters"),
        (("--query", "ASK {}", "--headings"), "--headings"),
        (("--query", "ASK {}", "--query-file", "-"), "--query-file"),
        (("layers", "--store", "s", "--endpoint", "http://127.0.0.1:9/"), "--endpoint"),
        (("layers", "--store", "/nowhere"), "no store here"),
    ],
)
def test_what_does_not_go_together_is_refused_and_named(
    arguments: tuple[str, ...], said: str
) -> None:
    result = run("query", *arguments, "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())


@pytest.mark.slow(seconds=15)
def test_a_store_answers_published_questions_and_others_beside_what_is_published(
    store: Path,
) -> None:
    own = run("query", "--query", LAMPS, "--store", store, "--format", "csv")
    assert (own.code, own.out.split()) == (0, ["n", "7"])
    published = ("query", "layers", "--format", "csv")
    assert run(*published, "--store", store).out == run(*published).out
    old = ("query", "criteria-of-a-contract", "--format", "csv", "--as-of", "2023-06-01")
    assert sorted(run(*old, "--store", store).out) == sorted(run(*old).out)


@pytest.mark.slow(seconds=15)
def test_each_form_of_output_has_the_answer_whole_or_none(store: Path) -> None:
    graph = ("query", "--query", f"DESCRIBE <{MPGP}>", "--store", store, "--lang", "en")
    assert f"<{MPGP}>" in run(*graph).out
    assert MPGP in json.dumps(json.loads(run(*graph, "--format", "json").out))
    refused = run(*graph, "--format", "csv")
    assert (refused.code, refused.out) == (2, "")
    assert "--format turtle" in " ".join(refused.err.split())
    rows = f"SELECT ?lamp {{ ?lamp a <{OTHER}Lamp> }}"
    too_many = run(
        "query", "--query-file", "-", "--store", store, "--format", "json", "--lang", "en",
        stdin=rows, env={"MONTAGES_QUERY_ROWS": "3"},
    )  # fmt: skip
    assert (too_many.code, too_many.out) == (2, "")
    assert "3" in too_many.err
    table = run("query", "--query", f"{rows} ORDER BY ?lamp", "--store", store, "--lang", "en")
    assert f"{OTHER}6" in table.out
    assert "7 rows" in table.out
    as_turtle = run("query", "--query", rows, "--store", store, "--format", "turtle")
    assert as_turtle.out.count("rs:solution ") >= 1


@pytest.mark.slow(seconds=15)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("DROP ALL", "read-only"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        (f"SELECT * FROM <{OTHER}g> {{ ?s ?p ?o }}", "not here"),
        ("SELECT * { ?s ?p }", "Line 1"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "was stopped after 1 s"),
    ],
)
def test_a_query_of_ones_own_is_held_by_the_guard_of_the_service(
    store: Path, query: str, said: str
) -> None:
    result = run(
        "query", "--query", query, "--store", store, "--lang", "en",
        env={"MONTAGES_QUERY_SECONDS": "1"},
    )  # fmt: skip
    assert result.code
    assert result.out == ""
    assert said in " ".join(result.err.split())
