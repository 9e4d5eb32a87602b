"""The sets of choices that open an arrangement for a unit: those of its gates' parts, put together (R21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from montages.advice.what_if.choice_sets import NO_CHOICE, ChoiceSet
from montages.advice.what_if.closing_effects import Followers, bearing
from montages.advice.what_if.part_sets import PartSets, part_sets
from montages.assessment.verdict.gate_parts import GatePart, gate_parts
from montages.assessment.verdict.masked_gates import masked_gate
from montages.assessment.verdict.reopenings import stated_choices
from montages.assessment.verdict.stated_answers import StatedAnswers
from montages.assessment.verdict.verdict_gates import all_clauses, by_threshold
from montages.knowledge import suppositions
from montages.knowledge.compiled.masks import masks
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules


@dataclass(frozen=True)
class Openings:
    """The cheapest sets of choices that open an arrangement, and how many there are; `cut`: or more."""

    sets: tuple[ChoiceSet, ...]
    count: int
    cut: bool


def openings(
    slug: str,
    answers: StatedAnswers,
    rules: Rules,
    asserted: frozenset[str],
    followers: Followers,
    most: int,
) -> Openings:
    """Return the cheapest sets of choices that open an arrangement, so many at most, and the count of all.

    Parts of the gates that nothing open ties together share no choice: each set is one of each part.
    """
    parts = _parts(slug, answers, rules, asserted, followers)
    if any(not part.sets for part in parts):
        return Openings((), 0, False)
    unchanged = all(any(not each.choices for each in part.sets) for part in parts)
    count = prod(len(part.sets) for part in parts) - unchanged
    sets = [NO_CHOICE]
    for part in parts:
        joined = (one.joined(more) for one in sets for more in part.sets)
        sets = sorted(joined, key=lambda each: each.cost)[: most + 1]
    shown = tuple(_ordered(each, rules) for each in sets if each.choices)[:most]
    return Openings(shown, count, any(part.cut for part in parts))


def _parts(
    slug: str,
    answers: StatedAnswers,
    rules: Rules,
    asserted: frozenset[str],
    followers: Followers,
) -> list[PartSets]:
    gates = by_threshold(slug, rules)[0]
    masked = tuple(masked_gate(gate, rules) for gate in gates)
    choices = stated_choices(gates, answers.whole, rules)
    linking = answers.facts(masks(rules).of_criteria(choices)).linking
    of = masks(rules).of_criterion
    for name in choices:
        linking |= of[name]
    for name, rows in followers.items():
        linking |= of[name]
        tied = {n for pairs in rows.values() for n, _ in pairs}
        for other in tied:
            linking |= of[other]
    seeds = [
        gate for gate in masked if gate.reads & linking or not gate.holds(answers.bits, asserted)
    ]
    out = []
    for members in _tied(gate_parts(seeds, masked, linking), followers, rules):
        read = _read(members, rules)
        out.append(part_sets(members, answers.whole, rules, asserted, followers, read))
    return out


def _tied(
    parts: Sequence[GatePart], followers: Followers, rules: Rules
) -> list[tuple[Requirement, ...]]:
    """Return the gates of each part, those together that one choice bears on by what follows from it."""
    out: list[tuple[set[str], tuple[Requirement, ...]]] = []
    for part in parts:
        gates = tuple(gate.requirement for gate in part.gates)
        names = set(bearing(followers, _read(gates, rules)))
        apart = []
        for others, more in out:
            if others & names:
                names, gates = names | others, (*more, *gates)
            else:
                apart.append((others, more))
        out = [*apart, (names, gates)]
    return [gates for _, gates in out]


def _read(gates: Sequence[Requirement], rules: Rules) -> tuple[str, ...]:
    clauses = tuple(clause for gate in gates for clause in all_clauses(gate))
    return suppositions.read_by(clauses, rules)


def _ordered(each: ChoiceSet, rules: Rules) -> ChoiceSet:
    """Return a set with its choices and facts in author order."""

    def by_author(name: str) -> int:
        return rules.criteria[name].order

    return ChoiceSet(
        tuple(sorted(each.choices, key=lambda choice: by_author(choice.criterion))),
        tuple(sorted(each.facts, key=lambda fact: by_author(fact.criterion))),
        each.cost,
    )


def combined(several: Sequence[Openings]) -> tuple[int, bool]:
    """Return how many sets several openings hold, and whether at least so many."""
    return sum(each.count for each in several), any(each.cut for each in several)
