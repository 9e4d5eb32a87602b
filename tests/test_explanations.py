"""R14, R18, R20: what an explanation always says, on any profile, without running an engine."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from montages.decision import kleene
from montages.decision.answers import Given, Unit
from montages.decision.explain import Explainer
from montages.knowledge.model import Text
from montages.knowledge.periods import rules_at

RULES = rules_at(date(2026, 6, 1))
SINGLE = [c for c in RULES.criteria.values() if c.values and not c.multiple]
MULTIPLE = [c for c in RULES.criteria.values() if c.multiple]


@st.composite
def profiles(draw: st.DrawFn) -> dict[str, Given]:
    """Draw answers: each criterion unknown, answered, or (for lists) partly or wholly known."""
    answers: dict[str, Given] = {}
    for criterion in SINGLE:
        value = draw(st.sampled_from([None, *(v.slug for v in criterion.values)]))
        if value is not None:
            state = draw(st.sampled_from(["explicit", "explicit", "default"]))
            answers[criterion.slug] = Given(frozenset({value}), state=state)
    for criterion in MULTIPLE:
        names = [v.slug for v in criterion.values]
        chosen = draw(st.sets(st.sampled_from(names), max_size=2))
        left_out = frozenset(names) - chosen if draw(st.booleans()) else frozenset()
        if chosen:
            answers[criterion.slug] = Given(frozenset(chosen), left_out, "explicit")
    return answers


def explainer(*found: dict[str, Given]) -> Explainer:
    units = tuple(
        Unit(URIRef(f"urn:u{n}"), f"u{n}", Text("", ""), None, None, None, answers)
        for n, answers in enumerate(found)
    )
    outcomes = {
        u.id: {r.slug: kleene.outcome(r, u.given, RULES) for r in RULES.requirements} for u in units
    }
    statuses = {
        u.id: {slug: kleene.status(slug, u.given, RULES) for slug in RULES.arrangements}
        for u in units
    }
    return Explainer(RULES, units, outcomes, statuses)


@settings(max_examples=60, deadline=None)
@given(profiles())
def test_a_status_is_always_borne_out_by_its_checks(answers: dict[str, Given]) -> None:
    """R14: ineligible shows what is violated, undetermined what is missing, eligible neither."""
    for verdict in explainer(answers).project_verdicts():
        hard = [c for c in verdict.checks if c.requirement.hard]
        outcomes = {c.outcome for c in hard}
        if verdict.status == "ineligible":
            blocking = [c for c in hard if c.outcome == "violated"]
            assert blocking
            multiple = [c for c in blocking if RULES.criteria[c.requirement.own.criterion].multiple]
            assert all(c.given for c in blocking if c not in multiple)
        elif verdict.status == "undetermined":
            assert "violated" not in outcomes
            assert verdict.missing
        elif verdict.status == "eligible":
            assert outcomes <= {"satisfied", "not-applicable"}
        effective = {r.slug for r in RULES.effective(verdict.arrangement.slug)}
        assert {c.requirement.slug for c in verdict.checks} == effective


@settings(max_examples=25, deadline=None)
@given(profiles(), st.data())
def test_an_impact_is_what_the_answer_really_does(
    answers: dict[str, Given], data: st.DataObject
) -> None:
    found = explainer(answers)
    open_verdicts = [v for v in found.project_verdicts() if v.missing]
    if not open_verdicts:
        return
    verdict = data.draw(st.sampled_from(open_verdicts))
    slug = verdict.arrangement.slug
    for missing in verdict.missing:
        for value, effect in missing.impact.items():
            assert value in {v.slug for v in RULES.criteria[missing.criterion].values}
            assert effect[slug] != verdict.status
            after = {**answers, missing.criterion: Given()}
            if RULES.criteria[missing.criterion].multiple:
                after = dict(answers)
            after = kleene.supposing(after, missing.criterion, value, RULES)
            assert kleene.status(slug, after, RULES) == effect[slug]


@settings(max_examples=30, deadline=None)
@given(profiles(), profiles())
def test_a_soft_score_is_an_interval_and_ranking_follows_the_status(
    one: dict[str, Given], other: dict[str, Given]
) -> None:
    verdicts = explainer(one, other).project_verdicts()
    order = ["eligible", "undetermined", "conflict", "ineligible", "not-in-force"]
    assert [v.status for v in verdicts] == sorted((v.status for v in verdicts), key=order.index)
    for verdict in verdicts:
        low, high = verdict.soft
        assert 0 <= low <= high <= 1
    eligible = [v.soft[0] for v in verdicts if v.status == "eligible"]
    assert eligible == sorted(eligible, reverse=True)


@settings(max_examples=30, deadline=None)
@given(profiles(), profiles())
def test_a_project_is_worth_its_worst_unit_and_covers_the_units_it_fits(
    one: dict[str, Given], other: dict[str, Given]
) -> None:
    """R4b: ineligible if any unit is, else conflict, else undetermined, else eligible."""
    found = explainer(one, other)
    for verdict in found.project_verdicts():
        slug = verdict.arrangement.slug
        statuses = [found.statuses[u.id][slug] for u in found.units]
        assert verdict.status == kleene.worst(statuses)
        fits = tuple(u.id for u, s in zip(found.units, statuses, strict=True) if s == "eligible")
        assert verdict.covers == fits


def test_points_of_attention_come_with_their_source_and_only_where_they_may_apply() -> None:
    """R18: an AMO is advised with a centrale, but not where expertise is said to be sufficient."""
    advised = {
        state: {
            a.slug
            for v in explainer(
                {"expertise": Given(frozenset({state}), state="explicit")}
            ).project_verdicts()
            for a in v.attention
        }
        for state in ("sufficient", "insufficient")
    }
    assert advised["insufficient"] - advised["sufficient"]
    assert all(a.sources for a in RULES.attentions)
