"""Verdicts by brute force, read off the sentences of R34: every way of answering is tried.

It is for units small enough. Gates come out by Kleene's logic, which other tests hold (R11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, product
from math import prod

import kleene
from montages.knowledge import logic
from montages.knowledge.entailment import implications
from montages.knowledge.law import Clause, Requirement
from montages.knowledge.logic import NO_ANSWER, Answer, Answers, Verdict
from montages.knowledge.periods import Rules

Pair = tuple[str, str]
# So many ways of answering are tried for one question at most.
LIMIT = 1_000
# Facts, then terms that are not ordinary, then ordinary ones: fewer are better, in that order.
Cost = tuple[int, int, int]


class TooLarge(Exception):
    """There are more ways of answering than one would try."""


@dataclass(frozen=True)
class Completion:
    """The cheapest answers that make every gate true: what they cost, and the first of those that do."""

    cost: Cost
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Judgement:
    """A verdict with its completion, and each minimal set of choices that reopens with where it leads."""

    verdict: Verdict
    answers: Answers = field(default_factory=dict)
    completion: Completion | None = None
    disputed: frozenset[str] = frozenset()
    reopens: Mapping[frozenset[str], Verdict] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Oracle:
    """Judges one arrangement by trying everything."""

    slug: str
    rules: Rules
    asserted: frozenset[str] = frozenset()
    _known: dict[object, str] = field(default_factory=dict, repr=False)

    @property
    def gates(self) -> list[Requirement]:
        return [r for r in self.rules.effective(self.slug) if r.hard]

    @property
    def duties(self) -> list[Requirement]:
        return [r for r in self.rules.effective(self.slug) if r.duty and r.closes_if]

    @property
    def clauses(self) -> list[Clause]:
        return [clause for r in (*self.gates, *self.duties) for clause in clauses_of(r)]

    def outcome(self, gate: Requirement, answers: Answers) -> str:
        key = (gate.slug, *(answers.get(c.criterion) for c in gate.clauses()))
        if key not in self._known:
            self._known[key] = logic.outcome(gate, answers, self.rules, self.asserted)
        return self._known[key]

    def refused(self, answers: Answers) -> bool:
        return any(kleene.refused(duty, answers, self.rules) for duty in self.duties)

    def stands_against(self, answers: Answers) -> bool:
        """Tell whether a gate is violated or in conflict, or a duty is refused that may not be (R37b)."""
        return self.refused(answers) or any(
            self.outcome(gate, answers) in ("violated", "contradicted") for gate in self.gates
        )

    def holds(self, answers: Answers) -> bool:
        """Tell whether every gate is true, and no duty is refused."""
        return not self.refused(answers) and all(
            self.outcome(gate, answers) in ("satisfied", "not-applicable") for gate in self.gates
        )

    def unanswered(self, answers: Answers) -> list[str]:
        """Return the criteria one may still answer for the gates; what is only derived, by its premises."""
        wanted = [r for r in (*self.gates, *self.duties) if r.slug not in self.asserted]
        read = {c.criterion for r in wanted for c in clauses_of(r)}
        asked = {
            premise
            for name in read
            for premise in (
                [c for (c, _), implied in implications().items() if name in dict(implied)]
                if self.rules.criteria[name].answer_origin == "Derived"
                else [name]
            )
        }
        return [n for n in self.rules.criteria if n in asked and self.ways(n, answers) != [()]]

    def ways(self, name: str, answers: Answers) -> list[tuple[Pair, ...]]:
        """Return every way of answering a criterion further, not at all included."""
        question, given = self.rules.criteria[name], answers.get(name, NO_ANSWER)
        still = [(name, v.slug) for v in question.values if v.slug not in given.values]
        still = [pair for pair in still if pair[1] not in given.excluded]
        if question.multiple:
            sizes = range(len(still) + 1)
            return list(chain.from_iterable(combinations(still, n) for n in sizes))
        return [()] if given.values else [(), *((pair,) for pair in still)]

    def stated_choices(self, answers: Answers) -> list[str]:
        """Return the choices that the description states and that bear on the gates."""
        read = {c.criterion for c in self.clauses}
        return [
            name
            for name, question in self.rules.criteria.items()
            if question.nature == "choice"
            and answers.get(name, NO_ANSWER).state == "explicit"
            and answers[name].values
            and read & {c for v in question.values for c, _ in implied([(name, v.slug)])}
        ]

    def judge(self, answers: Answers) -> Judgement:
        """Return the verdict; raises TooLarge where too much would have to be tried."""
        if self.slug not in self.rules.arrangements:
            return Judgement(Verdict.CLOSED)
        disputed = self.disputed_facts(answers)
        if disputed:
            rest = self.judge(without(answers, disputed))
            if rest.verdict.open:
                return replace(rest, verdict=Verdict.TO_VERIFY, disputed=disputed)
            best = Verdict.TO_VERIFY
            return replace(rest, reopens=dict.fromkeys(rest.reopens, best), disputed=disputed)
        cheapest = None if self.stands_against(answers) else self.completion(answers)
        if cheapest is None:
            reopens = self.reopens(answers)
            verdict = Verdict.CLOSED_BY_CHOICE if reopens else Verdict.CLOSED
            return Judgement(verdict, answers, reopens=reopens)
        return Judgement(self.reached(cheapest), answers, cheapest)

    def reached(self, cheapest: Completion | None) -> Verdict:
        """Return the verdict that answers lead to, by what it still takes to make every gate true."""
        if cheapest is None:
            return Verdict.CLOSED
        facts, terms, ordinary = cheapest.cost
        if facts:
            return Verdict.TO_VERIFY
        return Verdict.FITS_ON_TERMS if terms + ordinary else Verdict.FITS

    def disputed_facts(self, answers: Answers) -> frozenset[str]:
        """Return the facts that put a gate in conflict: answered twice, or against what is asserted."""
        return frozenset(
            clause.criterion
            for gate in self.gates
            if self.outcome(gate, answers) == "contradicted"
            for clause in gate.clauses()
            if self.rules.criteria[clause.criterion].nature not in ("choice", "step")
            and logic.refuted(clause, answers, self.rules)
            and (
                logic.met(clause, answers, self.rules)
                or (gate.slug in self.asserted and clause == gate.own)
            )
        )

    def completion(self, answers: Answers) -> Completion | None:
        """Return the cheapest answers that make every gate true, the first in author order among equals."""
        order = {
            (name, v.slug): (n, m)
            for n, (name, question) in enumerate(self.rules.criteria.items())
            for m, v in enumerate(question.values)
        }
        serving = []
        within_reach(len(self.ways(name, answers)) for name in self.unanswered(answers))
        for pairs in self.every_way(answers):
            if self.completes(pairs, answers):
                places = [order[pair] for pair in pairs]
                serving.append((self.cost(pairs), places, pairs))
        return Completion(*min(serving)[::2]) if serving else None

    def every_way(self, answers: Answers) -> Iterator[tuple[Pair, ...]]:
        """Yield every way of answering the criteria that are not answered yet."""
        for ways in product(*(self.ways(name, answers) for name in self.unanswered(answers))):
            yield tuple(chain.from_iterable(ways))

    def serving(self, pairs: Sequence[Pair], answers: Answers) -> dict[str, tuple[str, ...]]:
        """Return each criterion of a completion with every value that serves, the others as they are."""
        return {
            name: tuple(
                value.slug
                for value in self.rules.criteria[name].values
                if self.completes((*pairs[:n], (name, value.slug), *pairs[n + 1 :]), answers)
            )
            for n, (name, _) in enumerate(pairs)
        }

    def completes(self, pairs: Sequence[Pair], answers: Answers) -> bool:
        """Tell whether some more answers go with the rest and make every gate true."""
        after = supposing(answers, pairs, self.rules)
        return after is not None and self.holds(after)

    def cost(self, pairs: Iterable[Pair]) -> Cost:
        facts = terms = ordinary = 0
        for name, value in pairs:
            question = self.rules.criteria[name]
            if question.nature not in ("choice", "step"):
                facts += 1
            elif question.value(value).ordinary:
                ordinary += 1
            else:
                terms += 1
        return facts, terms, ordinary

    def reopens(self, answers: Answers) -> dict[frozenset[str], Verdict]:
        """Return the minimal sets of stated choices which, answered otherwise, open the arrangement again."""
        choices, found = self.stated_choices(answers), dict[frozenset[str], Verdict]()
        within_reach(len(self.rules.criteria[name].values) for name in choices)
        for size in range(1, len(choices) + 1):
            for names in combinations(choices, size):
                if any(smaller <= set(names) for smaller in found):
                    continue
                verdicts = [self.after(pairs, answers) for pairs in self.changes(names, answers)]
                if still_open := [verdict for verdict in verdicts if verdict.open]:
                    found[frozenset(names)] = min(still_open, key=lambda verdict: verdict.rank)
        return found

    def changes(self, names: Sequence[str], answers: Answers) -> Iterator[tuple[Pair, ...]]:
        """Yield every way of answering some criteria otherwise."""
        yield from product(*(self.others(name, answers) for name in names))

    def others(self, name: str, answers: Answers) -> list[Pair]:
        """Return the answers to a criterion but the one stated."""
        values = self.rules.criteria[name].values
        return [(name, v.slug) for v in values if answers[name].values != {v.slug}]

    def after(self, pairs: Sequence[Pair], answers: Answers) -> Verdict:
        """Return the verdict once some choices are answered otherwise, without reopening it again."""
        changed = supposing(without(answers, dict(pairs)), pairs, self.rules)
        if changed is None or self.stands_against(changed):
            return Verdict.CLOSED
        return self.reached(self.completion(changed))


def within_reach(counts: Iterable[int]) -> None:
    if (ways := prod(counts)) > LIMIT:
        raise TooLarge(ways)


def clauses_of(requirement: Requirement) -> list[Clause]:
    return [*requirement.clauses(), *(c for one in requirement.closes_if for c in one.clauses)]


def implied(pairs: Iterable[Pair]) -> list[Pair]:
    """Return answers with all that they imply."""
    out = list(pairs)
    for pair in out:
        out += [other for other in implications().get(pair, ()) if other not in out]
    return out


def supposing(answers: Answers, pairs: Iterable[Pair], rules: Rules) -> dict[str, Answer] | None:
    """Return answers with some more and all that these imply, None where they do not go together."""
    out = dict(answers)
    for name, value in implied(pairs):
        question, before = rules.criteria[name], out.get(name, NO_ANSWER)
        if value in before.values:
            continue
        alone = {v.slug for v in question.values if v.excludes_others}
        clash = alone & (before.values | {value}) if question.multiple else True
        if value in before.excluded or (before.values and clash):
            return None
        others = {v.slug for v in question.values} - {value} if value in alone else before.excluded
        out[name] = Answer(before.values | {value}, frozenset(others), "explicit")
    return out


def without(answers: Answers, names: Iterable[str]) -> dict[str, Answer]:
    """Return answers less some, and less what is derived from these alone."""
    names = set(names)
    gone = set(implied((n, v) for n in names for v in answers[n].values))
    return {
        name: given
        for name, given in answers.items()
        if name not in names
        and not (
            given.state == "derived"
            and given.values
            and all((name, value) in gone for value in given.values)
        )
    }


def stands_against(
    gate: Requirement, answers: Answers, rules: Rules, asserted: frozenset[str] = frozenset()
) -> bool:
    """Tell whether answers violate a gate or dispute it, or refuse a duty."""
    if gate.duty:
        return kleene.refused(gate, answers, rules)
    return logic.outcome(gate, answers, rules, asserted) in ("violated", "contradicted")
