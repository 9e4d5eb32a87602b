"""R3, R8: the algebra of a requirement, its truth tables in full and what never happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from montages.bilingual import Text
from montages.knowledge import logic
from montages.knowledge.law import Clause, Condition, Requirement, Span
from montages.knowledge.logic import Answer
from montages.knowledge.model import Criterion, Rulebook, Value
from montages.knowledge.periods import Rules, rules_at

NOTHING_SAID = Text("", "")
REAL = rules_at(date(2026, 6, 1))
POSITIVE = ("satisfied", "not-applicable")

# Own clause, unless, when: T met, F refuted, ? not answered.
TABLE = """
T T T satisfied        T T F not-applicable   T T ? satisfied
T F T satisfied        T F F not-applicable   T F ? satisfied
T ? T satisfied        T ? F not-applicable   T ? ? satisfied
F T T satisfied        F T F not-applicable   F T ? satisfied
F F T violated         F F F not-applicable   F F ? undetermined
F ? T undetermined     F ? F not-applicable   F ? ? undetermined
? T T satisfied        ? T F not-applicable   ? T ? satisfied
? F T undetermined     ? F F not-applicable   ? F ? undetermined
? ? T undetermined     ? ? F not-applicable   ? ? ? undetermined
"""
ROWS = [tuple(TABLE.split()[n : n + 4]) for n in range(0, len(TABLE.split()), 4)]
# Two clauses that must hold together, and two conditions of which one is enough.
BOTH = {
    "TT": "T",
    "TF": "F",
    "T?": "?",
    "FT": "F",
    "FF": "F",
    "F?": "F",
    "?T": "?",
    "?F": "F",
    "??": "?",
}
EITHER = {
    "TT": "T",
    "TF": "T",
    "T?": "T",
    "FT": "T",
    "FF": "F",
    "F?": "?",
    "?T": "T",
    "?F": "?",
    "??": "?",
}


def criterion(slug: str, values: Iterable[str], multiple: bool = False) -> Criterion:
    return Criterion(
        slug=slug,
        iri=URIRef(f"urn:{slug}"),
        label=NOTHING_SAID,
        question=NOTHING_SAID,
        help=NOTHING_SAID,
        property=URIRef(f"urn:property/{slug}"),
        order=0,
        answer_origin="Asked",
        nature="choice",
        multiple=multiple,
        values=tuple(Value(v, URIRef(f"urn:{slug}/{v}"), NOTHING_SAID) for v in values),
    )


CRITERIA = {slug: criterion(slug, "TF") for slug in ("own", "u1", "u2", "w1", "w2")}
CRITERIA["list"] = criterion("list", "xyz", multiple=True)
RULES = Rules(Rulebook(CRITERIA, {}, (), ()), Span(date(2026, 1, 1)))


def condition(*names: str) -> Condition:
    return Condition(tuple(Clause(name, frozenset("T")) for name in names))


def requirement(
    own: Clause | None = None,
    when: tuple[Condition, ...] = (),
    unless: tuple[Condition, ...] = (),
    hard: bool = True,
) -> Requirement:
    like = next(r for r in REAL.requirements if r.hard == hard and r.soft != hard)
    return replace(
        like, slug="r", own=own or Clause("own", frozenset("T")), when=when, unless=unless
    )


def answers(**states: str) -> dict[str, Answer]:
    """Return answers from T, F, ? (none) and B (both, a contradiction)."""
    values = {"T": "T", "F": "F", "B": "TF"}
    return {
        k: Answer(frozenset(values[s]), state="explicit") for k, s in states.items() if s != "?"
    }


def outcome(found: Requirement, asserted: Iterable[str] = (), **states: str) -> str:
    return logic.outcome(found, answers(**states), RULES, asserted)


def test_the_truth_table_is_whole() -> None:
    assert {row[:3] for row in ROWS} == set(product("TF?", repeat=3))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "".join(row[:3]))
def test_accepts_unless_when(row: tuple[str, ...]) -> None:
    own, unless, when, wanted = row
    found = requirement(when=(condition("w1"),), unless=(condition("u1"),))
    assert outcome(found, own=own, u1=unless, w1=when) == wanted


@pytest.mark.parametrize(
    ("own", "wanted"), [("T", "satisfied"), ("F", "violated"), ("?", "undetermined")]
)
def test_without_conditions_the_answer_decides(own: str, wanted: str) -> None:
    assert outcome(requirement(), own=own) == wanted


@pytest.mark.parametrize("pair", BOTH)
def test_conditions_and_clauses_combine(pair: str) -> None:
    """Clauses of a condition all hold, any `unless` suffices, all `when` must hold."""
    as_one = {
        "unless": (requirement(unless=(condition("u1", "u2"),)), "u", BOTH),
        "any-unless": (requirement(unless=(condition("u1"), condition("u2"))), "u", EITHER),
        "when": (requirement(when=(condition("w1", "w2"),)), "w", BOTH),
        "all-when": (requirement(when=(condition("w1"), condition("w2"))), "w", BOTH),
    }
    for found, letter, combined in as_one.values():
        plain = requirement(
            when=(condition("w1"),) if letter == "w" else (),
            unless=(condition("u1"),) if letter == "u" else (),
        )
        for own in "TF?":
            two = outcome(found, own=own, **{f"{letter}1": pair[0], f"{letter}2": pair[1]})
            assert two == outcome(plain, own=own, **{f"{letter}1": combined[pair]})


def test_of_a_list_one_value_satisfies_and_only_a_full_exclusion_violates() -> None:
    found = requirement(Clause("list", frozenset("xy")))
    for said, left_out in product(("", "x", "z", "xz"), ("", "x", "y", "xy", "z", "xyz")):
        answer = {"list": Answer(frozenset(said), frozenset(left_out), "explicit")}
        met, refused = "x" in said, {"x", "y"} <= set(left_out)
        wanted = {
            (True, True): "contradicted",
            (True, False): "satisfied",
            (False, True): "violated",
            (False, False): "undetermined",
        }[met, refused]
        assert logic.outcome(found, answer, RULES) == wanted, (said, left_out)


def test_a_contradiction_is_neither_satisfied_nor_violated() -> None:
    assert outcome(requirement(), own="B") == "contradicted"
    assert outcome(requirement(unless=(condition("u1"),)), own="F", u1="B") == "contradicted"
    assert outcome(requirement(when=(condition("w1"),)), own="F", w1="B") == "contradicted"


def test_an_assertion_satisfies_hard_requirements_only() -> None:
    """R31: it settles what is open, and contradicts what the facts violate."""
    assert outcome(requirement(), ["r"]) == "satisfied"
    assert outcome(requirement(), ["r"], own="F") == "contradicted"
    assert outcome(requirement(hard=False), ["r"]) == "undetermined"


SINGLE = [c for c in REAL.criteria.values() if c.values and not c.multiple]
REQUIREMENTS = st.sampled_from(REAL.requirements)


@st.composite
def about(draw: st.DrawFn) -> tuple[Requirement, dict[str, Answer]]:
    """Draw a real requirement and consistent answers to some of the criteria it reads."""
    found = draw(REQUIREMENTS)
    out: dict[str, Answer] = {}
    for name in {clause.criterion for clause in found.clauses()}:
        values = [v.slug for v in REAL.criteria[name].values]
        chosen = draw(st.sampled_from([None, *values]))
        if chosen is not None:
            multiple = REAL.criteria[name].multiple and draw(st.booleans())
            left_out = frozenset(values) - {chosen} if multiple else frozenset()
            out[name] = Answer(frozenset({chosen}), left_out, "explicit")
    return found, out


@settings(max_examples=300)
@given(about())
def test_outcomes_of_consistent_answers_exclude_each_other(
    drawn: tuple[Requirement, dict[str, Answer]],
) -> None:
    found, said = drawn
    assert logic.outcome(found, said, REAL) != "contradicted"
    for clause in found.clauses():
        assert not (logic.met(clause, said, REAL) and logic.refuted(clause, said, REAL))


@settings(max_examples=300)
@given(about(), st.data())
def test_more_information_never_takes_a_conclusion_back(
    drawn: tuple[Requirement, dict[str, Answer]], data: st.DataObject
) -> None:
    found, said = drawn
    kept = data.draw(st.sets(st.sampled_from(sorted(said)))) if said else set()
    before = logic.outcome(found, {k: v for k, v in said.items() if k in kept}, REAL)
    after = logic.outcome(found, said, REAL)
    if before in POSITIVE:
        assert after in POSITIVE
    elif before == "violated":
        assert after == "violated"


@settings(max_examples=200)
@given(about())
def test_a_violation_rests_on_a_stated_value_that_is_rejected(
    drawn: tuple[Requirement, dict[str, Answer]],
) -> None:
    """R8: absence never violates and never satisfies."""
    found, said = drawn
    result = logic.outcome(found, said, REAL)
    if result == "violated":
        given_own = said[found.own.criterion]
        rejected = REAL.rejected(found.own)
        assert given_own.values & rejected or found.own.accepts <= given_own.excluded
    if result != "undetermined":
        assert any(name in said for name in {c.criterion for c in found.clauses()})


def test_nothing_said_leaves_every_requirement_and_arrangement_open() -> None:
    for found in REAL.requirements:
        assert logic.outcome(found, {}, REAL) == "undetermined", found.slug
    for slug in REAL.arrangements:
        has_hard = any(r.hard for r in REAL.effective(slug))
        assert logic.status(slug, {}, REAL) == ("undetermined" if has_hard else "eligible"), slug


def test_statuses_follow_their_priority() -> None:
    """R5: not-in-force, ineligible, conflict, undetermined, eligible."""
    order = ["not-in-force", "ineligible", "conflict", "undetermined", "eligible"]
    for first, second in product(order, repeat=2):
        assert logic.worst([first, second]) == min(first, second, key=order.index)
    assert logic.status("no-such-thing", {}, REAL) == "not-in-force"
