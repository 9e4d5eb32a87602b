"""R21, R22: what would change the answer: every smallest change of choices, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest

import what_if_clingo
import what_if_rc2
from montages import load
from montages.advice.counts_shown import WHAT_IFS
from montages.advice.questions.answer_writing import with_choices
from montages.advice.what_if.closing_effects import number_within
from montages.advice.what_if.openings import openings
from montages.advice.what_if.what_ifs import WhatIfs
from montages.assessment.verdict.answers import stated
from montages.assessment.verdict.judgement import unit_verdict
from montages.description.to_keys import to_keys
from montages.engine.engines import engine_named
from montages.engine.whole_project import together
from montages.errors import Refused, UnknownName
from montages.knowledge import logic
from montages.knowledge.files import library
from montages.knowledge.logic import Answers, Verdict
from montages.knowledge.panel import PanelCase, panel
from montages.knowledge.periods import rules_at
from montages.knowledge.verdict_gates import by_threshold, gates_of
from sampled_cases import proved_cases
from sampling import RULES, profile
from verdict_oracle import Oracle, Pair, TooLarge, stands_against
from verdict_samples import PROPOSED, sample
from what_if_oracle import opening_sets

FAST = load("fast")
DAY = "2026-06-01"
COMMUNE: dict[str, Any] = {
    "project": "Éclairage",
    "holder": {"type": "Commune"},
    "usages": ["street-lighting"],
    "layers": [{"layer": "objects"}],
}


def searched(slug: str, number: int) -> dict[frozenset[Pair], int]:
    """Return what the search gives for a sample: each combination of values, with the facts left."""
    unit = sample(number)
    found = openings(slug, stated(unit.answers, RULES), RULES, unit.asserted, {}, 10_000)
    assert len(found.sets) == found.count
    return {
        frozenset(pairs): len(each.facts)
        for each in found.sets
        for pairs in product(*([(c.criterion, v) for v in c.values] for c in each.choices))
    }


def alike_to_brute_force(numbers: Sequence[int]) -> int:
    compared = 0
    for number in numbers:
        unit = sample(number)
        for slug in (unit.near, PROPOSED[(number * 7 + 3) % len(PROPOSED)]):
            oracle = Oracle(slug, RULES, unit.asserted)
            if by_threshold(slug, RULES)[1]:
                continue
            try:
                expected = opening_sets(oracle, unit.answers)
            except TooLarge:
                continue
            assert searched(slug, number) == expected, (slug, number)
            compared += bool(expected)
    return compared


@pytest.mark.parametrize("first", [0, 25])
def test_the_search_finds_what_brute_force_finds(first: int) -> None:
    assert alike_to_brute_force(range(first, first + 25)) > 2


@pytest.mark.slow
@pytest.mark.parametrize("first", proved_cases(range(80, 480, 100), 1))
def test_the_search_finds_what_brute_force_finds_in_many_more(first: int) -> None:
    assert alike_to_brute_force(range(first, first + 100)) > 10


Solver = Callable[[Oracle, Answers], Iterable[tuple[frozenset[Pair], int]]]
SOLVERS = {"clingo": what_if_clingo.opening_sets, "RC2": what_if_rc2.opening_sets}


def alike_to(solver: Solver, numbers: Sequence[int]) -> int:
    compared = 0
    for number in numbers:
        unit = sample(number)
        oracle = Oracle(unit.near, RULES, unit.asserted)
        found = searched(unit.near, number) if not by_threshold(unit.near, RULES)[1] else {}
        if 0 < len(found) <= 60:
            assert dict(solver(oracle, unit.answers)) == found, number
            compared += 1
    return compared


@pytest.mark.parametrize("name", SOLVERS)
def test_another_solver_finds_the_same(name: str) -> None:
    assert alike_to(SOLVERS[name], range(500, 520)) > 4


@pytest.mark.slow
@pytest.mark.parametrize("name", SOLVERS)
@pytest.mark.parametrize("first", proved_cases(range(520, 820, 100), 1))
def test_another_solver_finds_the_same_in_many_more(name: str, first: int) -> None:
    assert alike_to(SOLVERS[name], range(first, first + 100)) > 20


def described(case: PanelCase) -> dict[str, Any]:
    return {**case.tree, "project": case.slug, "id": case.slug}


def opens(
    tree: dict[str, Any], slug: str, case: PanelCase, engine: str = "fast"
) -> tuple[int, int] | None:
    """Return how many choices, then facts, an arrangement still lacks, None where it is closed."""
    rules, description = rules_at(case.as_of), load(engine).read(tree)
    units = engine_named(engine).derive([description], rules)[0].units
    whole = together(units, description.facts, rules)
    answers, asserted = whole.answers, whole.asserted
    if any(stands_against(gate, answers, rules, asserted) for gate in gates_of(slug, rules)):
        return None
    if logic.status(slug, answers, rules, asserted) == "eligible":
        return 0, 0
    verdict = unit_verdict(slug, answers, rules, asserted)
    return (len(verdict.terms), len(verdict.to_verify)) if verdict.verdict.open else None


def parts_of(changes: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield every proper part of a set of changes, none of them included."""
    for size in range(len(changes)):
        yield from combinations(changes, size)


def written_and_judged(
    cases: Sequence[PanelCase], most: int, step: int = 3, engine: str = "fast"
) -> int:
    """Write what-ifs into descriptions and hold what comes out, and what parts of them come to."""
    written = 0
    for case in cases:
        tree = described(case)
        found = FAST.what_if(tree, as_of=case.as_of, anyway=True)
        for each in found.nearest[written % 3 :: step]:
            for one in each.what_ifs[:most]:
                slug = each.arrangement.slug
                left = opens(with_choices(tree, one.changes), slug, case, engine)
                assert left is not None, (case.slug, slug, one.changes)
                assert (left == (0, 0)) == (not one.to_verify), (case.slug, slug, one.changes)
                for some in parts_of(one.changes):
                    less = opens(with_choices(tree, some), slug, case)
                    # A verdict rather asks for a choice than for a fact: then a part may lack as little.
                    alike = left[0] > 0 and less == left
                    assert less is None or less > left or alike, (case.slug, slug, some)
                written += 1
    return written


@pytest.mark.slow
@pytest.mark.parametrize("first", range(6))
def test_a_change_that_is_written_opens_the_contract_and_no_part_of_it_does_as_much(
    first: int,
) -> None:
    """Through the whole way from the description, not through the search alone."""
    assert written_and_judged(panel()[first * 7 :: 60], 1) > 1


@pytest.mark.slow
@pytest.mark.parametrize("first", proved_cases(range(8), 2))
def test_every_change_of_the_panel_that_is_written_opens_its_contract(first: int) -> None:
    assert written_and_judged(panel()[first::8], 2) > 10


@pytest.mark.slow
def test_the_reference_path_opens_it_too() -> None:
    assert written_and_judged(panel()[3:4], 1, 7, "reference") > 1


@pytest.mark.soak
def test_both_engines_say_the_same() -> None:
    case, reference = panel()[30], load("reference")
    one, other = (
        k.what_if(described(case), as_of=case.as_of, about=["mpgp"], anyway=True).to_json()
        for k in (FAST, reference)
    )
    assert one == other


def commune(**answers: Any) -> WhatIfs:
    return FAST.what_if(COMMUNE | {"answers": answers}, as_of=DAY)


def test_changes_come_lightest_first_and_all_are_counted() -> None:
    for each in commune().arrangements:
        costs = [one.cost for one in each.what_ifs]
        assert costs == sorted(costs)
        assert len(each.what_ifs) == min(each.count, WHAT_IFS)


def test_the_number_of_a_range_lies_in_it() -> None:
    for name, buckets in RULES.buckets.items():
        for bucket, before in product(buckets, (None, Decimal(0), Decimal(10**9))):
            number = number_within((name, bucket.slug), before, RULES)
            assert RULES.range_of(name, number) == {bucket.slug}


def test_a_fact_is_never_changed() -> None:
    found = commune(**{"competence-held": "transferred", "investment-funding": "private"})
    for each in found.arrangements:
        for one in each.what_ifs:
            natures = {change.criterion.nature for change in one.changes}
            assert natures <= {"choice", "step"}
    closed = found.of("mpgp")
    assert not closed.what_ifs
    assert "competence-held" in {gate.own.criterion for gate in closed.closed_by}
    assert "Aucun choix" in closed.why_none(RULES).fr


def test_going_back_on_a_choice_says_what_was_stated() -> None:
    found = commune(**{"competence-held": "yes", "investment-funding": "private"}).of("affermage")
    first = found.what_ifs[0]
    (funding,) = (c for c in first.changes if c.criterion.slug == "investment-funding")
    assert (funding.before, funding.to) == (("private",), ("public",))
    assert first.cost[0] == 1


def test_what_is_gained_and_lost_elsewhere_is_what_an_assessment_then_says() -> None:
    tree = COMMUNE | {"answers": {"competence-held": "yes", "investment-funding": "private"}}
    before = FAST.assess(tree, as_of=DAY)
    for one in FAST.what_if(tree, as_of=DAY).of("mpgp").what_ifs[:3]:
        after = FAST.assess(with_choices(tree, one.changes), as_of=DAY)
        moved = {
            r.arrangement.slug: r.verdict
            for r in after.conclusions.verdicts
            if r.arrangement.kind != "procedure"
            and before.conclusions.verdict(r.arrangement.slug).verdict is not r.verdict
        }
        moved.pop("mpgp", None)
        told = {move.arrangement: move.after for move in (*one.gains, *one.losses)}
        assert told == moved


def test_a_change_that_the_closing_step_reads_is_judged_with_what_follows_from_it() -> None:
    """A shorter contract is a smaller amount, where the amount is stated a year: a procedure reads it."""
    answers = {"competence-held": "yes", "yearly-value": 40_000, "duration-months": 84}
    tree = COMMUNE | {"answers": answers}
    found = FAST.what_if(tree, as_of=DAY, about=["procedure-adaptee"]).of("procedure-adaptee")
    (shorter,) = found.what_ifs
    assert [c.criterion.slug for c in shorter.changes] == ["duration-months"]
    assert shorter.changes[0].number == 60
    after = FAST.assess(with_choices(tree, shorter.changes), as_of=DAY)
    assert after.verdict("procedure-adaptee") == "fits"


TWO_FUNDINGS = COMMUNE | {
    "layers": [
        {"layer": "objects", "mode": "own", "answers": {"investment-funding": "private"}},
        {"layer": "iot-network", "answers": {"investment-funding": "public"}},
    ],
    "answers": {"competence-held": "yes"},
}


def test_layers_that_say_otherwise_are_changed_together_and_told_to_go_back_on_what_they_say() -> (
    None
):
    found = FAST.what_if(TWO_FUNDINGS, as_of=DAY, about=["affermage"]).of("affermage")
    for one in found.what_ifs:
        (funding,) = (c for c in one.changes if c.criterion.slug == "investment-funding")
        assert set(funding.before) == {"private", "public"}
        assert one.cost[0] >= 1
        written = with_choices(TWO_FUNDINGS, one.changes)
        assert written["answers"]["investment-funding"] == funding.to[0]
        assert all("investment-funding" not in each["answers"] for each in written["layers"])
        after = FAST.assess(written, as_of=DAY)
        assert after.conclusions.verdict("affermage").verdict is one.verdict


def test_a_way_of_having_a_layer_is_changed_for_all_layers() -> None:
    found = FAST.what_if(TWO_FUNDINGS, as_of=DAY, about=["location-abonnement"])
    one = found.of("location-abonnement").what_ifs[0]
    assert "management-mode" in {change.criterion.slug for change in one.changes}
    written = with_choices(TWO_FUNDINGS, one.changes)
    assert written["answers"]["management-mode"] == "subscription"
    assert all("mode" not in each for each in written["layers"])


def in_layers(number: int) -> dict[str, Any]:
    """Draw a project of two or three layers."""
    layers = [{"layer": layer} for layer in ("objects", "iot-network", "business-portal")]
    return {**profile(number), "layers": layers[: 2 + number % 2]}


def promises_of_several_layers(numbers: Iterable[int]) -> int:
    """Hold that changes lead to the verdict they tell, whatever is presumed of a layer they bear on."""
    held = 0
    for number in numbers:
        tree = in_layers(number)
        for each in FAST.what_if(tree, as_of=DAY, anyway=True).nearest:
            for one in each.what_ifs[:2]:
                after = FAST.assess(with_choices(tree, one.changes), as_of=DAY, anyway=True)
                slug = each.arrangement.slug
                assert after.conclusions.verdict(slug).verdict is one.verdict, (
                    number,
                    slug,
                    one.changes,
                )
                assert not (one.verdict is Verdict.FITS and one.to_verify), (number, slug)
                assert one.to_verify or one.verdict is Verdict.FITS, (number, slug)
                held += 1
    return held


@pytest.mark.slow
def test_a_change_keeps_its_promise_where_layers_are_presumed_on() -> None:
    assert promises_of_several_layers((10, 16)) > 20


@pytest.mark.slow
def test_and_so_do_those_of_many_projects_of_several_layers() -> None:
    assert promises_of_several_layers(range(100, 200, 3)) > 300


def test_where_nothing_can_be_proposed_one_is_told_whom_to_turn_to() -> None:
    tree = COMMUNE | {"answers": {"competence-held": "transferred", "body-offers-it": "no"}}
    found = FAST.what_if(tree, as_of=DAY)
    assert not found.nearest or found.turn_to is not None
    assert all(each.what_ifs or each.why_none(RULES).fr for each in found.arrangements)


def test_every_real_project_has_something_to_change() -> None:
    for path in list(library.projects().values())[::6]:
        found = FAST.what_if(str(path), as_of=DAY, anyway=True)
        assert found.nearest or found.fitting, path


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_everything_is_said_in_words(lang: str) -> None:
    found = commune().to_json(lang)
    for each in found["contracts"]:
        assert all(one["sentence"] for one in each["what_if"])
        assert each["what_if"] or each["none"]["text"]
    named = {c["criterion"] for e in found["contracts"] for o in e["what_if"] for c in o["changes"]}
    assert named <= found["criteria"].keys()


def test_brief_says_less() -> None:
    found = commune()
    brief, full = found.to_json(brief=True), found.to_json()
    assert len(str(brief)) < len(str(full))
    assert "criteria" not in brief
    assert (
        full["contracts"][0]["what_if"][0]["sentence"]
        == brief["contracts"][0]["what_if"][0]["sentence"]
    )


def test_a_tree_of_a_real_project_can_be_changed() -> None:
    description = FAST.read(str(library.projects()["dijon"]))
    tree = to_keys(description.graph, description.project)
    one = FAST.what_if(description, as_of=DAY).of("mpgp").what_ifs[0]
    after = FAST.assess(with_choices(tree, one.changes), as_of=DAY, anyway=True)
    assert after.conclusions.verdict("mpgp").verdict == one.verdict


def test_bad_input_is_refused_as_everywhere() -> None:
    with pytest.raises(UnknownName, match="sortilege"):
        FAST.what_if(COMMUNE, about=["sortilege"])
    with pytest.raises(Refused):
        FAST.what_if(COMMUNE | {"answers": {"estimated-value": -1}}, as_of=DAY)


def test_what_would_stay_hardly_sensible_comes_after_what_is_sensible_and_says_why() -> None:
    """R34b: a concession for a village's sensors is lawful, and never near the top."""
    village = COMMUNE | {
        "answers": {"estimated-value": 20_000, "revenue": "no"},
        "layers": [{"layer": "objects", "mode": "own"}],
    }
    what_ifs = FAST.what_if(village, as_of=DAY, anyway=True)
    unlikely = [bool(each.what_ifs[0].unlikely) for each in what_ifs.nearest]
    assert unlikely == sorted(unlikely)
    assert "concession" not in what_ifs.to_json()["nearest"]
    (concession,) = what_ifs.of("concession").what_ifs[:1]
    assert concession.unlikely
    assert all(preference.sources for preference in concession.unlikely)
