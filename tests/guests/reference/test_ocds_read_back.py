"""Each release is read as a stranger would, and says what the facts of its project say: no more, no less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from rdflib import RDFS, Graph, URIRef

from montages.api import load
from montages.knowledge.files import library
from montages.names import ID, MTG, slug
from montages_reference.ocds_release import LOTS, package

DAY = "2026-06-01"
PROJECTS = sorted(n for n, p in library.projects().items() if p.parent.name == "projects")
# Under consultation the day the notice appeared; two régies buy nothing.
CONSULTED = {
    "aerodromes", "annemasse", "grdf", "hyeres", "lyonnais", "sesam-vitale", "strasbourg",
}  # fmt: skip


@cache
def releases(lang: str) -> dict[str, dict[str, Any]]:
    assessments = load().assess_all(PROJECTS, as_of=DAY, lang=lang, anyway=True)
    whole = json.loads(package(list(assessments)))
    return {one["ocid"].removeprefix("unregistered-"): one for one in whole["releases"]}


def facts(name: str) -> Graph:
    return Graph().parse(library.projects()[name])


def stated(name: str, term: URIRef) -> Iterator[Any]:
    return facts(name).objects(None, term)


def names(name: str, role: URIRef, lang: str) -> set[str]:
    graph, out = facts(name), set()
    for party in graph.objects(None, role):
        labels = {label.language: str(label) for label in graph.objects(party, RDFS.label)}
        out.add(labels.get(lang) or labels[None])
    return out


@pytest.mark.parametrize("name", PROJECTS)
def test_a_release_says_signed_what_is_signed_and_planned_what_is_planned(name: str) -> None:
    written = releases("fr")[name]
    states = {slug(state) for state in stated(name, MTG.contractState)}
    signed = [*stated(name, MTG.signedOn), *stated(name, MTG.operator)]
    if name in CONSULTED:
        assert states == {"in-consultation"}
        assert written["tag"] == ["tender"]
        assert "status" not in written["tender"]
        (seen,) = stated(name, MTG.contractStateOn)
        assert written["tender"]["description"].endswith(f"{seen}.")
    elif signed:
        assert written["tag"][:2] == ["award", "contract"]
        assert ("contractTermination" in written["tag"]) == (states == {"ended"})
    else:
        assert written["tag"] == ["compiled"]
    assert bool(written.get("contracts")) == (bool(signed) and name not in CONSULTED)
    assert "planning" not in written


@pytest.mark.parametrize("name", PROJECTS)
def test_a_release_names_who_buys_of_whom_and_since_when(name: str) -> None:
    for lang in ("fr", "en"):
        written, other = releases(lang)[name], {"fr": "en", "en": "fr"}[lang]
        by_role: dict[str, set[str]] = {"buyer": set(), "supplier": set()}
        for party in written["parties"]:
            by_role[party["roles"][0]].add(party["name"])
        assert by_role["buyer"] <= names(name, MTG.holder, lang)
        assert written["buyer"]["name"] in by_role["buyer"]
        assert by_role["supplier"] == names(name, MTG.operator, lang)
        awarded = {s["name"] for a in written.get("awards", []) for s in a.get("suppliers", [])}
        assert awarded == by_role["supplier"]
        title = next(stated_label(name, lang))
        assert written["tender"]["title"] == title
        assert written["tender"].get(f"title_{other}", title) == next(stated_label(name, other))
    numbers = {p["identifier"]["id"] for p in written["parties"] if "identifier" in p}
    assert numbers == {str(number) for number in stated(name, MTG.siren)}
    days = {str(day) for day in stated(name, MTG.signedOn)}
    told = {c["dateSigned"][:10] for c in written.get("contracts", []) if "dateSigned" in c}
    assert told == {day for day in days if len(day) == 10}
    words = " ".join(c.get("description", "") for c in written.get("contracts", []))
    assert all(day in words for day in days)


def stated_label(name: str, lang: str) -> Iterator[str]:
    labels = facts(name).objects(URIRef(ID[f"project/{name}"]), RDFS.label)
    return (str(label) for label in labels if label.language == lang)


@pytest.mark.parametrize("name", PROJECTS)
def test_a_release_says_how_much_until_when_and_how_no_more_than_the_facts(name: str) -> None:
    written = releases("en")[name]
    tender, contracts = written["tender"], written.get("contracts", [])
    amounts = {float(str(v)) for v in stated(name, MTG.estimatedValue)}
    assert {float(tender["value"]["amount"])} if "value" in tender else set() == amounts
    parts = [*contracts, tender, *tender.get("lots", [])]
    periods = (one.get("period") or one.get("contractPeriod") for one in parts)
    months = {round(one["durationInDays"] * 12 / 365.25) for one in periods if one}
    assert months == {int(str(m)) for m in stated(name, MTG.durationMonths)}
    kinds = {
        one["contractualArrangement"]["id"] for one in parts if "contractualArrangement" in one
    }
    assert kinds == {slug(kind) for kind in stated(name, MTG.retains)}
    ended = {c["status"] for c in contracts if "status" in c}
    states = {slug(state) for state in stated(name, MTG.contractState)}
    assert ended == ({"terminated"} if states == {"ended"} else set())
    procedures = {slug(p) for p in stated(name, MTG.retainedProcedure)}
    assert ("procurementMethodDetails" in tender) == bool(procedures)


def test_what_is_signed_and_what_is_consulted_is_counted() -> None:
    tags = [one["tag"] for one in releases("fr").values()]
    assert sum("contract" in tag for tag in tags) == len(PROJECTS) - len(CONSULTED)
    assert sum(tag == ["tender"] for tag in tags) == len(CONSULTED)


@pytest.mark.parametrize(
    ("more", "tags", "tender", "contract"),
    [
        ("", ["planning"], "planning", None),
        ("retained: mpgp\n", ["compiled"], None, None),
        ("retained: mpgp\ncontract-state: in-consultation\n", ["tender"], "active", None),
        ("retained: mpgp\ncontract-state: dropped\n", ["tenderCancellation"], "cancelled", None),
        ("retained: mpgp\ncontract-state: signed\n", ["award", "contract"], "complete", "active"),
        ("retained: mpgp\nsigned-on: 2024-03\n", ["award", "contract"], "complete", "-"),
    ],
)
def test_a_stage_that_is_not_stated_is_not_guessed(
    more: str, tags: list[str], tender: str | None, contract: str | None
) -> None:
    text = f"holder: commune\nusages: [street-lighting]\n{more}"
    (one,) = json.loads(
        package([load().assess(text=text, as_of=DAY, lang="en", syntax="yaml", anyway=True)])
    )["releases"]
    assert one["tag"] == tags
    assert one["tender"].get("status") == tender
    assert ("planning" in one) == (tags == ["planning"])
    assert [c.get("status", "-") for c in one.get("contracts", [])] == (
        [contract] if contract else []
    )


def test_the_advice_is_no_reason_beside_a_procedure_that_was_chosen() -> None:
    text = "holder: commune\nusages: [street-lighting]\nretained-procedure: dialogue-competitif\n"
    (one,) = json.loads(
        package([load().assess(text=text, as_of=DAY, lang="en", syntax="yaml", anyway=True)])
    )["releases"]
    assert one["tender"]["procurementMethodDetails"] == "Competitive dialogue"
    assert "rationale" not in one["planning"]


def test_the_lots_extension_is_declared_wherever_a_lot_is_named() -> None:
    for name in PROJECTS:
        whole = json.loads(package([load().assess(name, as_of=DAY, lang="fr", anyway=True)]))
        (one,) = whole["releases"]
        lots = {lot["id"] for lot in one["tender"].get("lots", [])}
        assert (LOTS in whole["extensions"]) == bool(lots)
        assert {lot for a in one.get("awards", []) for lot in a.get("relatedLots", [])} <= lots
