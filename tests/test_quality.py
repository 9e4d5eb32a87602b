"""R27: the rulebook checks itself; the figures of the shipped one, and faults it must find."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef

from montages.assessment.verdict.answers import stated
from montages.assessment.verdict.judgement import as_answered
from montages.errors import UnknownName
from montages.knowledge import logic
from montages.knowledge.compiled.verdict_compiler import VERDICTS, VerdictCompiler
from montages.knowledge.compiled.verdict_diagram import gate_diagrams
from montages.knowledge.entailment import implied
from montages.knowledge.files import library
from montages.knowledge.law import Clause
from montages.knowledge.logic import Answer
from montages.knowledge.model import Rulebook
from montages.knowledge.periods import Rules, change_dates, period, rules_at
from montages.knowledge.rulebook import rulebook
from montages.knowledge.verdict_gates import deciding
from montages.names import ID, MTG, slug
from montages.quality.checks.check_rules import check_rules, proofs
from montages.quality.checks.counted_descriptions import (
    closed_by,
    contracts_in_force,
    counted_descriptions,
    description_text,
)
from montages.quality.checks.counted_verdicts import CountedVerdicts
from montages.quality.checks.reachability import unit_answers, unreachable
from montages.quality.checks.rules_report import RulesReport, sheet_coverage
from montages.quality.checks.well_formedness import ill_formed, outside_rl
from montages.quality.rules_diff import rules_diff
from montages.quality.rules_index import rule
from sampling import satisfying

DAY = date(2026, 6, 1)


def the_shipped_rulebook_has_no_error(report: RulesReport) -> None:
    assert [text.en for text in report.errors] == []
    assert report.passed


def the_figures_of_the_shipped_rulebook(report: RulesReport) -> None:
    figures = report.figures
    print(figures)
    assert figures["contract_types"] >= 14
    assert figures["criteria"] >= 35
    assert figures["requirements"] >= 80
    assert figures["hard"] >= 28
    kinds = ("hard", "duties", "soft")
    assert sum(figures[kind] for kind in kinds) == figures["requirements"]
    assert all(figures[kind] for kind in kinds)


def every_element_of_the_sheet_is_cited_or_blank(report: RulesReport) -> None:
    assert report.sheet.uncited == ()
    assert set(report.sheet.blank) == {"T2-customer-marche", "T2-customer-accord"}


def test_an_uncited_cell_is_found() -> None:
    data = Graph() + library.data()
    cell = URIRef(f"{ID}sheet/T2-risk-marche")
    data.remove((None, MTG.source, cell))
    assert sheet_coverage(data).uncited == (slug(str(cell)),)


def no_coherent_description_is_left_with_nothing_but_for_the_law_that_is_named(
    report: RulesReport,
) -> None:
    """R39, D6: nothing open nor to reopen only where a prohibition says so; counted, not sampled."""
    counted = report.descriptions
    assert counted.total > 10**28
    assert (counted.stuck, counted.smallest_stuck) == (0, None)
    assert (counted.own_stuck, counted.smallest_own_stuck) == (0, None)
    assert 0 < sum(counted.explained.values()) < counted.nothing_open < counted.total
    contracts = len(contracts_in_force(rules_at(DAY)))
    assert sum(counted.verdicts.values()) == contracts * counted.total
    assert (counted.useless, counted.unread) == ((), ())
    assert set(counted.idle) == {"marche-public-not-a-concession", "accord-cadre-execution"}


# What the report takes is slow: `make check` checks the period of the day, before any test.
@pytest.mark.slow(seconds=20)
def test_the_report_of_the_shipped_rulebook() -> None:
    report = check_rules(DAY)
    the_shipped_rulebook_has_no_error(report)
    the_figures_of_the_shipped_rulebook(report)
    every_element_of_the_sheet_is_cited_or_blank(report)
    no_coherent_description_is_left_with_nothing_but_for_the_law_that_is_named(report)


@pytest.mark.slow
def test_a_duty_made_a_ban_on_everything_is_found_with_the_shortest_description_it_hurts() -> None:
    book, slug = rulebook(), "concession-delegation-vote"
    faulty = tuple(
        replace(r.as_gate(), arrangement="hors-adhesion") if r.slug == slug else r
        for r in book.requirements
    )
    rules = Rules(replace(book, requirements=faulty), period(book, DAY))
    counted = counted_descriptions(rules)
    assert counted.stuck > 0
    assert counted.smallest_stuck is not None
    assert slug.removeprefix("concession-") in counted.smallest_stuck
    said = [r.text["en"] for r in proofs(counted, rules) if r.check == "stuck-description"]
    assert len(said) == 1
    assert description_text(counted.smallest_stuck, rules)["en"] in said[0]


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(2))
def test_counting_is_exact_where_every_description_can_be_tried(chunk: int) -> None:
    """The count of a few criteria is that of all their descriptions, tried one by one."""
    rules = rules_at(DAY)
    counted = CountedVerdicts(VerdictCompiler(gate_diagrams(rules)))
    slug = ("adhesion", "cooperation")[chunk]
    names = [n for n in rules.criteria if n in deciding(slug, rules)]
    options = [[None, *(v.slug for v in rules.criteria[n].values)] for n in names]
    tried: Counter[int] = Counter()
    for values in product(*options):
        stated_values = {n: v for n, v in zip(names, values, strict=True) if v is not None}
        if any(
            stated_values.get(other) != follows
            for pair in stated_values.items()
            for other, follows in implied(pair)
            if other in names
        ):
            continue
        answers = {n: Answer(frozenset({v}), state="explicit") for n, v in stated_values.items()}
        if any(
            all(logic.met(clause, answers, rules) for clause in pair.between)
            for pair in rules.book.incoherences
        ):
            continue
        tried[VERDICTS.index(as_answered(slug, stated(answers, rules), rules))] += 1
    own = CountedVerdicts(counted.compiler, only=frozenset(names))
    for place in range(len(VERDICTS)):
        found = own.count(own.where(lambda v, p=place: v == p, own.verdicts[slug]))
        assert found == tried[place], place


def test_every_arrangement_can_be_eligible() -> None:
    rules = rules_at(DAY)
    for arrangement in rules.proposed():
        profile = satisfying(arrangement.slug, rules)
        assert profile is not None, arrangement.slug
        assert logic.status(arrangement.slug, unit_answers(profile, rules), rules) == "eligible"


def broken(book: Rulebook, name: str, **changes: Any) -> Rulebook:
    """Return a rulebook with every version of one requirement changed."""
    requirements = (replace(r, **changes) if r.slug == name else r for r in book.requirements)
    return replace(book, requirements=tuple(requirements))


@pytest.mark.slow
def test_faulty_statements_and_versions_that_overlap_are_found() -> None:
    checks: dict[str, tuple[str, dict[str, Any]]] = {
        "no-source": ("mpgp-realisation", {"sources": ()}),
        "no-reading": ("mpgp-public-funding", {"version": URIRef("urn:unread")}),
        "hard-without-law": ("mpgp-performance-commitments", {"basis": "PracticeGuide"}),
        "weight": ("conception-realisation-not-global", {"weight": 9}),
    }
    book = rulebook()
    for name, changes in checks.values():
        book = broken(book, name, **changes)
    first = next(r for r in book.requirements if r.slug == "accord-cadre-duration-entity")
    later = replace(first, span=replace(first.span, first=first.span.first + timedelta(days=30)))
    book = replace(book, requirements=(*book.requirements, later))
    errors = {(r.check, r.about) for r in ill_formed(book) if r.severity == "error"}
    wanted = {(check, name) for check, (name, _) in checks.items()}
    assert errors == wanted | {("overlap", "accord-cadre-duration-entity")}


@pytest.mark.slow
def test_dead_requirements_and_contracts_out_of_reach_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = Clause("realisation-included", frozenset({"neither"}))
    book = broken(rulebook(), "mpgp-realisation", own=own)

    def broken_rules(day: date) -> Rules:
        return Rules(book, period(book, day))

    monkeypatch.setattr("montages.quality.checks.reachability.rules_at", broken_rules)
    errors = {
        (r.check, r.about)
        for r in unreachable(broken_rules(DAY), change_dates(book))
        if r.severity == "error"
    }
    assert ("never-satisfied", "mpgp-realisation") in errors
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
            assert amount is None or amount >= max(amounts), day


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
    with pytest.raises(UnknownName, match="mpgp-realisation"):
        rule("mpgp-realization")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_rules_and_their_changes_are_said_as_json_in_both_languages(lang: str) -> None:
    versions = rule("accord-cadre-duration-entity").to_json(lang)["versions"]
    assert [v["valid_through"] for v in versions] == ["2023-10-24", None]
    assert versions[0]["bounds"] == {"at-most": "96"}
    change = rules_diff(date(2025, 6, 1), DAY).to_json(lang)["thresholds"][0]
    assert change["label"]


def test_the_shortest_description_that_a_gate_closes_is_closed_by_it_alone() -> None:
    rules = rules_at(DAY)
    gate = next(r for r in rules.requirements if r.slug == "mpgp-realisation")
    assert closed_by(gate, rules) == {"realisation-included": ("no",)}


@pytest.mark.slow
def test_the_values_of_a_list_are_all_in_the_shortest_description() -> None:
    rules = rules_at(DAY)
    gate = next(r for r in rules.requirements if r.slug == "procedure-negociation-case")
    stated_values = closed_by(gate, rules)
    assert stated_values is not None
    counted = CountedVerdicts(VerdictCompiler(gate_diagrams(rules)))
    place = counted.value(counted.verdicts["procedure-negociation"], stated_values)
    assert not VERDICTS[place].open
    assert len(stated_values["dialogue-case"]) > 1


@pytest.mark.slow
def test_what_moves_between_two_days_is_told_by_share_and_shortest_description() -> None:
    verdicts = rules_diff(date(2025, 12, 31), DAY).verdicts
    moving = {share.arrangement.slug: share for share in verdicts.moving}
    adapted = moving["procedure-adaptee"]
    assert adapted.smallest == {"estimated-value": ("from-216000-under-221000",)}
    assert (adapted.before.value, adapted.after.value) == ("fits", "to-verify")
    assert 0 < adapted.moved < adapted.total
    # The amounts up to which a running contract is changed move with the European thresholds.
    assert [s for s in moving if s in contracts_in_force(rules_at(DAY))] == ["modification"]
    assert not rules_diff(DAY, DAY).verdicts.moving
