"""The set of thresholds: all that the graph holds, dated without a hole, told complete only where it is."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from rdflib import RDF, SKOS, URIRef

from montages import load
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris, slug
from montages_reference import threshold_files
from montages_reference.threshold_rows import CODE, THRESHOLDS, dated_thresholds

KNOWN = {  # threshold, day, amount: from the notices and decrees that the data cite
    ("formal-supplies-local", "2019-06-01", 221000), ("formal-supplies-local", "2021-12-31", 214000),
    ("formal-supplies-local", "2023-06-01", 215000), ("formal-supplies-local", "2025-06-01", 221000),
    ("formal-supplies-local", "2026-06-01", 216000), ("formal-supplies-central", "2019-06-01", 144000),
    ("formal-supplies-central", "2020-01-01", 139000), ("formal-supplies-central", "2022-01-01", 140000),
    ("formal-supplies-entity", "2018-01-01", 443000), ("formal-supplies-entity", "2020-06-01", 428000),
    ("formal-supplies-entity", "2022-06-01", 431000), ("formal-works", "2019-06-01", 5548000),
    ("formal-works", "2020-06-01", 5350000), ("formal-concession", "2023-12-31", 5382000),
    ("dispense-works", "2019-06-01", 25000), ("dispense-works", "2020-07-23", 40000),
    ("dispense-works", "2020-07-24", 70000), ("dispense-works", "2021-06-01", 100000),
    ("dispense-supplies-services", "2019-12-31", 25000), ("dispense-supplies-services", "2020-01-01", 40000),
    ("dispense-supplies-services", "2026-04-01", 60000), ("buyer-profile", "2019-06-01", 25000),
    ("essential-data", "2020-01-01", 40000), ("responsible-purchasing", "2022-12-31", 100000000),
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    text = threshold_files.table(load(), "fr").csv().decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.slow
def test_every_amount_of_the_graph_is_a_row_and_nothing_else() -> None:
    graph = library.data()
    stated = {
        (str(threshold), str(graph.value(value, MTG.validFrom)), str(graph.value(value, MTG.thresholdAmount)))
        for threshold, value in graph.subject_objects(MTG.thresholdValue)
    }  # fmt: skip
    assert {(row["threshold"], row["valid_from"], row["amount"]) for row in rows()} == stated
    assert len({row["id"] for row in rows()}) == len(rows()) == len(stated)


@pytest.mark.parametrize(("name", "day", "amount"), sorted(KNOWN))
def test_an_amount_is_found_by_its_day(name: str, day: str, amount: int) -> None:
    found = [
        int(row["amount"])
        for row in rows()
        if slug(row["threshold"]) == name and row["valid_from"] <= day <= (row["valid_through"] or "9")
    ]  # fmt: skip
    assert found == [amount]


def test_the_engine_reads_the_same_amount_on_the_first_and_last_day_of_each_row() -> None:
    values = rulebook().thresholds
    for row in rows():
        for text in (row["valid_from"], row["valid_through"]):
            if text:
                day = date.fromisoformat(text)
                dated = [
                    v
                    for v in values[URIRef(row["threshold"])]
                    if v.span.first <= day <= v.span.last
                ]
                assert [int(v.amount) for v in dated] == [int(row["amount"])]  # fmt: skip
    assert rules_at(date(2019, 6, 1))


def test_a_threshold_is_complete_since_the_first_day_after_which_there_is_no_hole() -> None:
    for entry in dated_thresholds():
        later = [amount for amount in entry.amounts if amount.first >= entry.complete_since]
        assert later[0].first == entry.complete_since
        for before, after in pairwise(later):
            assert before.last is not None
            assert after.first == before.last + timedelta(days=1)
        assert ("ne sont pas relevés" in entry.completeness.fr) == (entry.complete_since > CODE)
        unsure = any(amount.certainty == MTG.Unverified for amount in entry.amounts)
        assert ("remain to be verified" in entry.completeness.en) == unsure


def test_the_european_thresholds_are_complete_since_2018_and_most_of_the_others_since_the_code() -> (
    None
):
    since = {slug(entry.iri): entry.complete_since for entry in dated_thresholds()}
    formal = [day for name, day in since.items() if name.startswith("formal-")]
    assert formal == [date(2018, 1, 1)] * 5
    late = {name for name, day in since.items() if day > CODE}
    assert late == {
        "dispense-food", "innovative-lots-supplies-services", "innovative-lots-works",
    }  # fmt: skip


def test_what_it_switches_is_what_rules_say_and_every_threshold_switches_something() -> None:
    codes = {slug(row["threshold"]): set(row["switches"].split("|")) for row in rows()}
    assert all("" not in own for own in codes.values())
    assert {"procedure", "prefect", "award-committee"} <= codes["formal-supplies-local"]
    assert codes["formal-supplies-central"] == {"procedure"}
    assert codes["publicity-boamp"] == {"notice"}
    assert codes["essential-data"] == {"essential-data"}
    assert codes["buyer-profile"] == {"documents-online"}
    assert codes["marche-partenariat-other"] == {"marche-de-partenariat"}
    for row in rows():
        assert bool(row["rules"]) == bool(row["switches_since"])
        since = dict(zip(row["switches"].split("|"), row["switches_since"].split("|"), strict=True))
        assert since.get("social-clause", "2026-08-21") == "2026-08-21"


def test_data_say_what_a_threshold_switches_only_where_no_rule_does() -> None:
    graph = library.data()
    for entry in dated_thresholds():
        stated = list(graph.objects(entry.iri, MTG.switches))
        assert bool(stated) != any(switch.rule for switch in entry.switches)


def test_the_objects_and_buyers_stated_are_those_that_rules_ask_for() -> None:
    """A rule that reads a threshold for works alone reads none that is for supplies."""
    graph = library.data()
    for entry in dated_thresholds():
        for rule in {switch.rule for switch in entry.switches if switch.rule}:
            versions = [r for r in rulebook().requirements if r.slug == rule]
            for clause in (c for v in versions for when in v.when for c in when.clauses):
                if clause.criterion == "main-object" and entry.objects and not versions[0].unless:
                    named = {slug(thing) for thing in entry.objects}
                    assert clause.accepts & named, (entry.iri, rule)
    buyers = set(graph.objects(None, MTG.thresholdBuyer))
    assert buyers == set(graph.subjects(SKOS.inScheme, None)) & buyers


@pytest.mark.slow
def test_the_concepts_say_the_same_as_the_table() -> None:
    turtle = threshold_files.concepts(load(), "fr")
    amounts = {
        (str(turtle.value(row, SKOS.broader)), str(turtle.value(row, MTG.validFrom)), str(amount))
        for row, amount in turtle.subject_objects(MTG.thresholdAmount)
    }
    assert amounts == {(row["threshold"], row["valid_from"], row["amount"]) for row in rows()}
    for concept in iris(turtle.subjects(RDF.type, SKOS.Concept)):
        assert {label.language for label in turtle.objects(concept, SKOS.prefLabel)} == {"fr", "en"}  # type: ignore[attr-defined]
        scheme = URIRef(THRESHOLDS)
        assert {(concept, SKOS.inScheme, scheme), (concept, SKOS.topConceptOf, scheme)} & set(
            turtle
        )
