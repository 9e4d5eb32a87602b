"""R14, R18, R20: what an explanation always says, on any profile, without running an engine."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.parts import Parts
from montages.assessment.ranking import CLOSED_BY_CHOICE, FOLDED
from montages.assessment.verdict.judgement import unit_verdict
from montages.bilingual import Text
from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.engine.whole_project import together
from montages.knowledge import logic
from montages.knowledge.logic import Answer, Verdict
from montages.knowledge.periods import rules_at
from reasoned_statuses import fits_status

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


def parts(*found: dict[str, Answer]) -> Parts:
    units = tuple(
        Unit(URIRef(f"urn:u{n}"), f"u{n}", Text("", ""), None, None, None, answers)
        for n, answers in enumerate(found)
    )
    return Parts(RULES, Facts(), units)


def verdicts_of(*found: dict[str, Answer]) -> tuple[ArrangementVerdict, ...]:
    return parts(*found).project.verdicts


@pytest.mark.slow
@settings(max_examples=60)
@given(profiles())
def test_a_verdict_is_always_borne_out_by_its_checks(answers: dict[str, Answer]) -> None:
    """R14: what is closed shows by what, what is open waits for something, what fits has nothing against it.

    What a refused duty closes, or every way of meeting a gate, has no gate violated; what something presumed
    alone would close is open.
    """
    for verdict in verdicts_of(answers):
        hard = [c for c in verdict.checks if c.requirement.hard]
        outcomes = {c.outcome for c in hard}
        if not verdict.in_force:
            continue
        if not verdict.verdict.open:
            blocking = [c for c in hard if c.outcome == "violated"]
            assert blocking or verdict.best.closed_by, verdict.arrangement.slug
            multiple = [c for c in blocking if RULES.criteria[c.requirement.own.criterion].multiple]
            assert all(c.given for c in blocking if c not in multiple)
        elif verdict.verdict is not Verdict.FITS:
            assert "violated" not in outcomes or verdict.best.presumed
            assert [*verdict.terms, *verdict.to_verify, *verdict.best.presumed]
        else:
            assert outcomes <= {"satisfied", "not-applicable"}
        effective = RULES.effective(verdict.arrangement.slug)
        assert {c.requirement for c in verdict.checks} == {r for r in effective if not r.duty}
        assert {d.requirement for d in verdict.duties} <= {r for r in effective if r.duty}


@pytest.mark.slow
@settings(max_examples=30)
@given(profiles(), profiles())
def test_what_is_open_comes_first(one: dict[str, Answer], other: dict[str, Answer]) -> None:
    """R34b, R42, R49: the one to name, open rows, those that are folded, closed by choice, closed."""
    project = parts(one, other).project
    groups = []
    for row in project.rows:
        still_open, shown = row.shown.verdict.open, row.shown
        by_choice = shown.verdict is Verdict.CLOSED_BY_CHOICE
        assert (row.group <= FOLDED, row.group == CLOSED_BY_CHOICE) == (still_open, by_choice)
        groups.append((not row.named, row.group))
    assert groups == sorted(groups)


@pytest.mark.slow
@settings(max_examples=30)
@given(profiles(), profiles())
def test_the_verdict_of_a_project_is_that_of_what_its_units_answer_together(
    one: dict[str, Answer], other: dict[str, Answer]
) -> None:
    """R45, R50: what is stated of a unit and contradicted nowhere counts for all; the reasoner agrees."""
    found = parts(one, other)
    whole = together(found.units, Facts(), RULES)
    for name, answer in whole.answers.items():
        of_units = [u.answers[name] for u in found.units if name in u.answers]
        best = "explicit" if any(each.state == "explicit" for each in of_units) else "default"
        assert answer.state == best
        known = frozenset[str]().union(*(each.values for each in of_units))
        values = RULES.criteria[name].values
        assert answer.values <= known | {v.slug for v in values if known <= {*v.prevails_over}}
    for result in found.project.verdicts:
        slug = result.arrangement.slug
        if result.arrangement.kind != "procedure":
            assert result.verdict == unit_verdict(slug, whole.answers, RULES).verdict
        derived = logic.status(slug, whole.answers, RULES)
        if result.arrangement.kind != "procedure" and result.in_force:
            assert fits_status(result.best, derived), slug


def test_points_of_attention_come_with_their_source_and_only_where_they_may_apply() -> None:
    """R18: an AMO is advised with a centrale, but not where expertise is said to be sufficient."""
    advised = {
        state: {
            a.slug
            for v in verdicts_of({"expertise": Answer(frozenset({state}), state="explicit")})
            for a in v.attention
        }
        for state in ("sufficient", "insufficient")
    }
    assert advised["insufficient"] - advised["sufficient"]
    assert all(a.sources for a in RULES.attentions)
