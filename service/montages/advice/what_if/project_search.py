"""What opens an arrangement for the units of one project, and what each change then does (R21)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from montages.advice.counts_shown import WHAT_IFS
from montages.advice.what_if.choice_sets import ChoiceSet, ServingAnswer
from montages.advice.what_if.closing_effects import followers, premises
from montages.advice.what_if.described_changes import described, number_within
from montages.advice.what_if.openings import Openings, openings, total
from montages.advice.what_if.verdict_moves import ProjectVerdicts, VerdictMove
from montages.advice.what_if.what_ifs import ArrangementWhatIfs, ChoiceChange, WhatIf
from montages.assessment.verdict.answer_changes import Pair
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.assessment.verdict.unit_verdict import Term
from montages.description.description import Description
from montages.engine.protocol import Derivation, Engine
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.compiled.masked_requirement import MaskedRequirement
from montages.knowledge.compiled.masks import masks
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Arrangement, Incoherence, Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import (
    by_threshold,
    deciding,
    gates_of,
    unknown_threshold,
)

# Units that answer otherwise what a contract reads are searched one by one: so many at most.
KINDS_OF_UNITS = 24


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A set of choices for the units, by their place, that are alike in all that it rests on."""

    chosen: ChoiceSet
    places: tuple[int, ...]


class ProjectSearch:
    """Searches for what would open arrangements for the units of one project."""

    def __init__(
        self,
        description: Description,
        derived: Derivation,
        engine: Engine,
        rules: Rules,
        most: int = WHAT_IFS,
    ) -> None:
        self._description, self._derived = description, derived
        self._engine, self._rules = engine, rules
        self._units, self._most = derived.units, most
        self.board = ProjectVerdicts(derived.units, rules)
        self.left_out = 0
        self._answers: dict[Any, Mapping[int, StatedAnswers]] = {}
        self._moves: dict[Any, Sequence[VerdictMove]] = {}
        self._closings: dict[Any, dict[int, StatedAnswers]] = {}
        self._premises = premises(description, derived.units, rules)
        self._followers = followers(description, derived.units, engine, rules)

    def of(self, arrangement: Arrangement) -> ArrangementWhatIfs | None:
        """Return the what-ifs of an arrangement, None where it fits every unit."""
        slug = arrangement.slug
        places = [
            n for n in range(len(self._units)) if self.board.verdict(slug, n) is not Verdict.FITS
        ]
        if not places:
            return None
        groups = self._openings(slug, places)
        candidates = [_Candidate(each, alike) for alike, of in groups for each in of.sets]
        candidates.sort(key=lambda candidate: candidate.chosen.cost)
        looked_at = candidates[: self._most]
        verified = [c for c in looked_at if not self._pivots(c) or self._leads(slug, c)]
        count = total([of for _, of in groups])
        what_ifs = tuple(
            sorted((self._what_if(slug, c) for c in verified), key=lambda each: bool(each.unlikely))
        )
        closed_by, facts, presumed = self._obstacles(slug, places) if not what_ifs else ((), (), ())
        return ArrangementWhatIfs(
            arrangement,
            logic.worst(self._derived.statuses[u.id][slug] for u in self._units),
            self.board.best(slug),
            what_ifs,
            count - (len(looked_at) - len(verified)),
            closed_by,
            facts,
            presumed,
        )

    def _openings(self, slug: str, places: Sequence[int]) -> list[tuple[tuple[int, ...], Openings]]:
        """Return the sets of choices for units, those together that have the same ones."""
        kinds: dict[Any, list[int]] = {}
        for n in places:
            unit = self._units[n]
            read = tuple(unit.answers.get(name) for name in deciding(slug, self._rules))
            pivots = tuple((c, tuple(rows.items())) for c, rows in self._followers[unit.id].items())
            kinds.setdefault((read, unit.asserted, pivots), []).append(n)
        alike: dict[Openings, list[int]] = {}
        self.left_out += max(0, len(kinds) - KINDS_OF_UNITS)
        for first, *others in islice(kinds.values(), KINDS_OF_UNITS):
            unit = self._units[first]
            of_unit, answers = self._followers[unit.id], self.board.answers(first)
            found = openings(slug, answers, self._rules, unit.asserted, of_unit, WHAT_IFS)
            alike.setdefault(found, []).extend((first, *others))
        return [(tuple(sorted(each)), found) for found, each in alike.items()]

    def _pivots(self, candidate: _Candidate) -> bool:
        """Tell whether the closing step reads one of the choices of a set."""
        of_unit = self._followers[self._units[candidate.places[0]].id]
        return any(choice.criterion in of_unit for choice in candidate.chosen.choices)

    def _after(self, candidate: _Candidate) -> Mapping[int, StatedAnswers]:
        """Return what units answer once they choose so: by the engine what the closing step reads."""
        key = (candidate.chosen.pairs, candidate.places)
        if key not in self._answers:
            read = self._premises if self._pivots(candidate) else ()
            pivots = tuple(pair for pair in candidate.chosen.pairs if pair[0] in read)
            others = tuple(pair for pair in candidate.chosen.pairs if pair[0] not in read)
            closed = self._closed(pivots, candidate.places)
            self._answers[key] = {
                n: answers.changed_to(others) if others and n in candidate.places else answers
                for n, answers in closed.items()
            }
        return self._answers[key]

    def _moved(self, candidate: _Candidate) -> Sequence[VerdictMove]:
        """Return the verdicts that move once units choose so; worked out once for all arrangements."""
        key = (candidate.chosen.pairs, candidate.places)
        if key not in self._moves:
            self._moves[key] = tuple(self.board.moves(self._after(candidate)))
        return self._moves[key]

    def _closed(
        self, pivots: tuple[Pair, ...], places: tuple[int, ...]
    ) -> dict[int, StatedAnswers]:
        """Return what units answer once they take choices that the closing step reads; worked out once."""
        if not pivots:
            return {n: self.board.answers(n) for n in places}
        key = pivots, places
        if key not in self._closings:
            changing = [self._units[n] for n in places]
            written = described(self._description, pivots, changing, self._rules)
            derived = self._engine.derive([written], self._rules)[0]
            answers = {unit.id: unit.answers for unit in derived.units}
            self._closings[key] = {
                n: stated(answers[unit.id], self._rules)
                for n, unit in enumerate(self._units)
                if unit.id in answers
            }
        return self._closings[key]

    def _leads(self, slug: str, candidate: _Candidate) -> bool:
        """Tell whether a set leaves no gate violated once the closing step has read it."""
        after, gates = self._after(candidate), _gate_bits(slug, self._rules)
        return not any(after[n].against & gates for n in candidate.places)

    def _what_if(self, slug: str, candidate: _Candidate) -> WhatIf:
        chosen, place = candidate.chosen, candidate.places[0]
        unit, rules, after = self._units[place], self._rules, self._after(candidate)
        moves = [move for move in self._moved(candidate) if move.arrangement != slug]
        whole = len(candidate.places) == len(self._units)
        facts = (Term(fact.criterion, fact.values) for fact in chosen.facts)
        return WhatIf(
            changes=tuple(self._change(choice, candidate.places) for choice in chosen.choices),
            to_verify=(*facts, *self._waiting(slug, after[place].bits, unit)),
            verdict=max(
                (self.board.verdict_after(slug, n, after[n]) for n in candidate.places),
                key=lambda verdict: verdict.rank,
            ),
            gains=tuple(move for move in moves if move.gain),
            losses=tuple(move for move in moves if not move.gain),
            units=() if whole else tuple(self._units[n].id for n in candidate.places),
            incoherent=tuple(_incoherent(self.board.answers(place).bits, after[place].bits, rules)),
            unlikely=self._unlikely(slug, [after[n].bits for n in candidate.places]),
            provisional=any(unit.answer(name).state == "default" for name in deciding(slug, rules)),
        )

    def _unlikely(self, slug: str, places: Sequence[int]) -> tuple[Requirement, ...]:
        """Return the preferences that make an arrangement hardly sensible wherever it would be open."""
        folding = _folding(slug, self._rules)
        unmet = [[p for p, test in folding if test.folds(bits)] for bits in places]
        return tuple(dict.fromkeys(p for each in unmet for p in each)) if all(unmet) else ()

    def _change(self, choice: ServingAnswer, places: Sequence[int]) -> ChoiceChange:
        criterion = self._rules.criteria[choice.criterion]
        stated = [self._units[n].answer(choice.criterion) for n in places]
        number = None
        if criterion.numeric_property:
            number = number_within(choice.pair, stated[0].number, self._rules)
        before = frozenset[str]().union(*(answer.values for answer in stated))
        return ChoiceChange(
            criterion,
            tuple(v.slug for v in criterion.values if v.slug in before),
            choice.values,
            criterion.value(choice.values[0]).ordinary,
            number,
        )

    def _waiting(self, slug: str, after: int, unit: Unit) -> Iterator[Term]:
        """Yield the criteria whose threshold is that of another day, where they are not settled."""
        for gate in by_threshold(slug, self._rules)[1]:
            if not masks(self._rules).holds(gate, after, unit.asserted):
                yield Term(str(unknown_threshold(gate, self._rules)), ())

    def _obstacles(
        self, slug: str, places: Sequence[int]
    ) -> tuple[tuple[Requirement, ...], tuple[Term, ...], tuple[str, ...]]:
        """Return what closes an arrangement that no choice opens, what it lacks, what is only presumed."""
        unit = min((self._units[n] for n in places), key=lambda u: self._rank(slug, u))
        verdict = unit_verdict(slug, unit.answers, self._rules, unit.asserted)
        gates = {gate.slug: gate for gate in gates_of(slug, self._rules)}
        closed = tuple(gates[name] for name in verdict.closed_by if name in gates)
        return closed, verdict.to_verify, verdict.presumed

    def _rank(self, slug: str, unit: Unit) -> tuple[int, ...]:
        return unit_verdict(slug, unit.answers, self._rules, unit.asserted).rank


@cache
def _gate_bits(slug: str, rules: Rules) -> int:
    position = masks(rules).position
    return sum(1 << position[gate.slug] for gate in gates_of(slug, rules))


@cache
def _folding(slug: str, rules: Rules) -> tuple[tuple[Requirement, MaskedRequirement], ...]:
    known = masks(rules)
    folding = (each for each in rules.effective(slug) if each.soft and each.folds)
    return tuple((each, known.requirements[known.position[each.slug]]) for each in folding)


def _incoherent(before: int, after: int, rules: Rules) -> Iterator[Incoherence]:
    """Yield the pairs of answers that would not go together, and that are not stated so already."""
    for pair, one, other in _pairs_apart(rules):
        if after & one and after & other and not (before & one and before & other):
            yield pair


@cache
def _pairs_apart(rules: Rules) -> tuple[tuple[Incoherence, int, int], ...]:
    """Return the pairs of answers that do not go together, with the bits that meet each clause."""
    test = masks(rules).test
    pairs = rules.book.incoherences
    return tuple((pair, test(pair.between[0]).met, test(pair.between[1]).met) for pair in pairs)
