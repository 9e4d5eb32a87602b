"""R27: the rulebook checks itself; the figures of the shipped one, and faults it must find."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef

from montages.errors import UnknownName
from montages.knowledge import logic
from montages.knowledge.files import library
from montages.knowledge.model import Clause, Rulebook
from montages.knowledge.periods import Rules, change_dates, period, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, slug
from montages.quality.checks.answer_profiles import satisfying, unit_answers
from montages.quality.checks.check_rules import RulesReport, check_rules, unexercised
from montages.quality.checks.owl_rl_syntax import outside_rl
from montages.quality.checks.reachability import unreachable
from montages.quality.checks.sheet_coverage import sheet_coverage
from montages.quality.checks.well_formedness import ill_formed
from montages.quality.diffs.rules_diff import rules_diff
from montages.quality.rules_index import rule, rules_list

DAY = date(2026, 6, 1)


# What asks for it is slow: `make check` checks the shipped rulebook as well, before any test.
@pytest.fixture(scope="module")
def report() -> RulesReport:
    return check_rules(DAY)


@pytest.mark.slow
def test_the_shipped_rulebook_has_no_error(report: RulesReport) -> None:
    assert [text.en for text in report.errors] == []
    assert report.passed


@pytest.mark.slow
def test_the_figures_of_the_shipped_rulebook(report: RulesReport) -> None:
    figures = report.figures
    print(figures)
    assert figures["contract_types"] >= 14
    assert figures["criteria"] >= 35
    assert figures["requirements"] >= 80
    assert figures["hard"] >= 28
    kinds = ("hard", "duties", "soft")
    assert sum(figures[kind] for kind in kinds) == figures["requirements"]
    assert all(figures[kind] for kind in kinds)


@pytest.mark.slow
def test_every_element_of_the_sheet_is_cited_or_blank(report: RulesReport) -> None:
    assert report.sheet.uncited == ()
    assert set(report.sheet.blank) == {"T2-customer-marche", "T2-customer-accord"}
    assert report.figures["sheet_elements"] == 92


def test_an_uncited_cell_is_found() -> None:
    data = Graph() + library.data()
    cell = URIRef(f"{ID}sheet/T2-risk-marche")
    data.remove((None, MTG.source, cell))
    assert sheet_coverage(data).uncited == (slug(str(cell)),)


@pytest.mark.slow
def test_coherent_profiles_leave_something_but_for_the_law_that_is_named(
    report: RulesReport,
) -> None:
    """R39: nothing open nor to reopen only where a dead end of the data says so."""
    profiles = report.profiles
    assert profiles.drawn >= 4000
    assert [(c.clauses, c.example) for c in profiles.stuck] == []
    assert sum(profiles.explained.values()) <= profiles.nothing_open
    named = [(cause.names("en"), cause.clauses) for cause in profiles.only_own_causes]
    assert all(named.count(one) == 1 for one in named), "one line a cause"
    assert all("/clause/" in clause.iri for _, clauses in named for clause in clauses)
    assert sum(c.profiles for c in profiles.only_own_causes) == profiles.only_own


def test_a_gate_that_no_panel_case_exercises_is_an_error() -> None:
    remark = next(unexercised(["mpgp-realisation"]))
    assert (remark.check, remark.severity, remark.about) == (
        "unexercised-gate",
        "error",
        "mpgp-realisation",
    )


def test_every_arrangement_can_be_eligible() -> None:
    rules = rules_at(DAY)
    for arrangement in rules.proposed():
        profile = satisfying(arrangement.slug, rules)
        assert profile is not None, arrangement.slug
        assert logic.status(arrangement.slug, unit_answers(profile, rules), rules) == "eligible"


def broken(**changes: Any) -> Rulebook:
    """Return the shipped rulebook with one version of one requirement changed."""
    book = rulebook()
    return replace(
        book,
        requirements=tuple(
            replace(r, **changes) if r.slug == "mpgp-realisation" else r for r in book.requirements
        ),
    )


def test_faulty_statements_are_found() -> None:
    checks: dict[str, dict[str, Any]] = {
        "no-source": {"sources": ()},
        "no-reading": {"version": URIRef("urn:unread")},
        "hard-without-law": {"basis": "PracticeGuide"},
        "weight": {"strength": "soft", "weight": 9},
    }
    for check, change in checks.items():
        failing = {r.check for r in ill_formed(broken(**change)) if r.severity == "error"}
        assert check in failing, check


def test_versions_that_overlap_are_found() -> None:
    book = rulebook()
    first = next(r for r in book.requirements if r.slug == "accord-cadre-duration-entity")
    later = replace(first, span=replace(first.span, first=first.span.first + timedelta(days=30)))
    twice = replace(book, requirements=(*book.requirements, later))
    assert "overlap" in {r.check for r in ill_formed(twice)}


def test_dead_requirements_and_contracts_out_of_reach_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = broken(own=Clause("realisation-included", frozenset({"neither"})))

    def broken_rules(day: date) -> Rules:
        return Rules(book, period(book, day))

    monkeypatch.setattr("montages.quality.checks.reachability.rules_at", broken_rules)
    errors = {
        (r.check, r.about) for r in unreachable(book, broken_rules(DAY)) if r.severity == "error"
    }
    assert ("dead-requirement", "mpgp-realisation") in errors
    assert ("out-of-reach", "mpgp") in errors


def test_what_leaves_owl_2_rl_is_found() -> None:
    a, b, p = URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:p")

    def restriction(kind: URIRef, filler: URIRef) -> tuple[Graph, BNode]:
        graph, node = Graph(), BNode()
        graph.add((node, RDF.type, OWL.Restriction))
        graph.add((node, OWL.onProperty, p))
        graph.add((node, kind, filler))
        return graph, node

    for kind, narrow, wide in (
        (OWL.hasValue, True, True),
        (OWL.someValuesFrom, True, False),
        (OWL.allValuesFrom, False, False),
        (OWL.minCardinality, False, False),
    ):
        graph, node = restriction(kind, b)
        assert (not outside_rl(graph + _axiom(node, a))) is narrow, kind
        assert (not outside_rl(graph + _axiom(a, node))) is wide, kind
    functional = Graph()
    functional.add((p, RDF.type, OWL.FunctionalProperty))
    assert outside_rl(functional)


@pytest.mark.parametrize("procedure", ["procedure-sans-publicite", "procedure-adaptee"])
def test_the_ceiling_that_holds_whatever_the_object_is_the_highest_one(procedure: str) -> None:
    for day in change_dates(rulebook()):
        rules = rules_at(day)
        gates = [gate for gate in rules.own(procedure) if gate.hard]
        highest = [rules.limit(*gate.own.bounds) for gate in gates if not gate.when]
        others = [rules.limit(*gate.own.bounds) for gate in gates if gate.when]
        amounts = [amount for amount in others if amount is not None]
        for amount in highest:
            assert amount is None or amount > max(amounts), day


def _axiom(narrow: URIRef | BNode, wide: URIRef | BNode) -> Graph:
    graph = Graph()
    graph.add((narrow, RDFS.subClassOf, wide))
    return graph


def test_thresholds_that_change_are_told_with_their_sources() -> None:
    changes = rules_diff(date(2025, 6, 1), DAY)
    change = next(c for c in changes.thresholds if c.slug == "formal-supplies-local")
    assert change.before == 221000
    assert change.after == 216000
    assert [s.slug for s in change.sources] == ["ccp-annexe-2"]
    assert "procedure-adaptee-ceiling-authority" in change.requirements
    assert rules_diff(DAY, DAY).empty


def test_requirements_that_begin_or_change_are_told() -> None:
    kinds = {c.slug: c for c in rules_diff(date(2021, 12, 1), date(2023, 12, 1)).requirements}
    assert kinds["accord-cadre-maximum"].kind == "added"
    assert kinds["accord-cadre-duration-entity"].kind == "changed"
    assert set(kinds["accord-cadre-duration-entity"].parts) == {"reading", "sources"}
    back = {c.slug: c.kind for c in rules_diff(date(2023, 12, 1), date(2021, 12, 1)).requirements}
    assert back["accord-cadre-maximum"] == "removed"


def test_rules_are_found_by_name() -> None:
    assert len(rule("accord-cadre-duration-entity").versions) == 2
    inherited = {r.slug for r in rules_list(DAY, of="mpgp")}
    assert {"hors-adhesion-competence-held", "mpgp-realisation"} <= inherited
    with pytest.raises(UnknownName, match="mpgp-realisation"):
        rule("mpgp-realization")
    with pytest.raises(UnknownName, match="mpgp"):
        rules_list(DAY, of="mpgpp")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_all_of_it_is_said_as_json_in_both_languages(report: RulesReport, lang: str) -> None:
    assert report.to_json(lang)["figures"] == report.figures
    versions = rule("accord-cadre-duration-entity").to_json(lang)["versions"]
    assert [v["valid_through"] for v in versions] == ["2023-10-24", None]
    assert versions[0]["bounds"] == {"at-most": "96"}
    change = rules_diff(date(2025, 6, 1), DAY).to_json(lang)["thresholds"][0]
    assert change["label"]
