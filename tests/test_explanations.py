"""R14, R18, R20: what an explanation always says, on any profile, without running an engine."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from montages.assessment.explain import Explainer
from montages.assessment.rows import rows
from montages.assessment.verdict.judgement import unit_verdict
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge import logic, suppositions
from montages.knowledge.logic import Answer, Verdict
from montages.knowledge.periods import rules_at

RULES = rules_at(date(2026, 6, 1))
SINGLE = [c for c in RULES.criteria.values() if c.values and not c.multiple]
MULTIPLE = [c for c in RULES.criteria.values() if c.multiple]


@st.composite
def profiles(draw: st.DrawFn) -> dict[str, Answer]:
    """Draw answers: each criterion unknown, answered, or (for lists) partly or wholly known."""
    answers: dict[str, Answer] = {}
    for criterion in SINGLE:
        value = draw(st.sampled_from([None, *(v.slug for v in criterion.values)]))
        if value is not None:
            state = draw(st.sampled_from(["explicit", "explicit", "default"]))
            answers[criterion.slug] = Answer(frozenset({value}), state=state)
    for criterion in MULTIPLE:
        names = [v.slug for v in criterion.values]
        chosen = draw(st.sets(st.sampled_from(names), max_size=2))
        left_out = frozenset(names) - chosen if draw(st.booleans()) else frozenset()
        if chosen:
            answers[criterion.slug] = Answer(frozenset(chosen), left_out, "explicit")
    return answers


def explainer(*found: dict[str, Answer]) -> Explainer:
    units = tuple(
        Unit(URIRef(f"urn:u{n}"), f"u{n}", Text("", ""), None, None, None, answers)
        for n, answers in enumerate(found)
    )
    outcomes = {
        u.id: {r.slug: logic.outcome(r, u.answers, RULES) for r in RULES.requirements}
        for u in units
    }
    statuses = {
        u.id: {slug: logic.status(slug, u.answers, RULES) for slug in RULES.arrangements}
        for u in units
    }
    return Explainer(RULES, units, outcomes, statuses)


@settings(max_examples=60, deadline=None)
@given(profiles())
def test_a_status_is_always_borne_out_by_its_checks(answers: dict[str, Answer]) -> None:
    """R14: ineligible shows what is violated, undetermined what is missing, eligible neither."""
    for verdict in explainer(answers).project_verdicts:
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
        effective = RULES.effective(verdict.arrangement.slug)
        assert {c.requirement for c in verdict.checks} == {r for r in effective if not r.duty}
        assert {d.requirement for d in verdict.duties} <= {r for r in effective if r.duty}


@settings(max_examples=25, deadline=None)
@given(profiles(), st.data())
def test_an_impact_is_what_the_answer_really_does(
    answers: dict[str, Answer], data: st.DataObject
) -> None:
    found = explainer(answers)
    open_verdicts = [v for v in found.project_verdicts if v.missing]
    if not open_verdicts:
        return
    verdict = data.draw(st.sampled_from(open_verdicts))
    slug = verdict.arrangement.slug
    for missing in verdict.missing:
        for value, effect in missing.impact.items():
            assert value in {v.slug for v in RULES.criteria[missing.criterion].values}
            assert effect[slug] != verdict.status
            after = {**answers, missing.criterion: Answer()}
            if RULES.criteria[missing.criterion].multiple:
                after = dict(answers)
            after = suppositions.supposing(after, missing.criterion, value, RULES)
            assert logic.status(slug, after, RULES) == effect[slug]


@settings(max_examples=30, deadline=None)
@given(profiles(), profiles())
def test_a_soft_score_is_an_interval_and_what_is_open_comes_first(
    one: dict[str, Answer], other: dict[str, Answer]
) -> None:
    """R20, R34b: open rows, those that are folded, closed by choice, closed; the only open row unfolded."""
    verdicts = explainer(one, other).project_verdicts
    groups = []
    for row in rows(verdicts, RULES):
        still_open, best = row.best.verdict.open, row.best
        groups.append((not still_open, best.folded is not None, best.verdict is Verdict.CLOSED))
    assert groups == sorted(groups)
    assert groups[0][0] or not groups[0][1]
    for verdict in verdicts:
        low, high = verdict.soft
        assert 0 <= low <= high <= 1


@settings(max_examples=30, deadline=None)
@given(profiles(), profiles())
def test_the_status_of_a_project_is_its_worst_and_its_verdict_its_best(
    one: dict[str, Answer], other: dict[str, Answer]
) -> None:
    """R4b, R4c: the status is that of the worst unit, the verdict of the best; covers: where it is open."""
    found = explainer(one, other)
    for verdict in found.project_verdicts:
        slug = verdict.arrangement.slug
        statuses = [found.statuses[u.id][slug] for u in found.units]
        assert verdict.status == logic.worst(statuses)
        of_units = [unit_verdict(slug, u.answers, RULES).verdict for u in found.units]
        still_open = zip(found.units, of_units, strict=True)
        assert verdict.covers == tuple(u.id for u, of_unit in still_open if of_unit.open)
        if verdict.arrangement.kind != "procedure":
            assert verdict.verdict == min(of_units, key=lambda of_unit: of_unit.rank)


def test_points_of_attention_come_with_their_source_and_only_where_they_may_apply() -> None:
    """R18: an AMO is advised with a centrale, but not where expertise is said to be sufficient."""
    advised = {
        state: {
            a.slug
            for v in explainer(
                {"expertise": Answer(frozenset({state}), state="explicit")}
            ).project_verdicts
            for a in v.attention
        }
        for state in ("sufficient", "insufficient")
    }
    assert advised["insufficient"] - advised["sufficient"]
    assert all(a.sources for a in RULES.attentions)
