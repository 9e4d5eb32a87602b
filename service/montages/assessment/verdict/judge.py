"""Judges an arrangement: open or closed, on what terms, after what, and what reopens it (R34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from montages.assessment.verdict.answer_changes import Pair, changed, without
from montages.assessment.verdict.completions import completion
from montages.assessment.verdict.reopenings import reopenings
from montages.assessment.verdict.unit_verdict import Reopening, Term, UnitVerdict
from montages.assessment.verdict.verdict_gates import (
    by_threshold,
    holds,
    is_term,
    stands_against,
    unknown_threshold,
)
from montages.knowledge import logic, suppositions
from montages.knowledge.logic import Answer, Answers, Verdict
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# Of the changes that reopen an arrangement, so many are given.
_REOPENINGS = 3


@dataclass(frozen=True)
class Judge:
    """Judges one arrangement, some gates of which may be asserted (R31)."""

    slug: str
    rules: Rules
    asserted: frozenset[str]

    @property
    def _gates(self) -> tuple[Requirement, ...]:
        return by_threshold(self.slug, self.rules)[0]

    def _holds(self, answers: Answers) -> bool:
        return all(holds(gate, answers, self.rules, self.asserted) for gate in self._gates)

    def _completion(
        self, answers: Answers, gates: Sequence[Requirement] | None = None
    ) -> tuple[Pair, ...] | None:
        gates = self._gates if gates is None else gates
        return completion(gates, answers, self.rules, self.asserted)

    def _open(self, needs: Sequence[Pair]) -> Verdict:
        """Return the verdict on an arrangement that needs these answers."""
        terms_only = all(is_term(name, self.rules) for name, _ in needs)
        return Verdict.FITS_ON_TERMS if terms_only else Verdict.TO_VERIFY

    def verdict(self, answers: Answers) -> UnitVerdict:
        """Return the verdict; what a threshold of another day would decide is to be verified."""
        verdict = self._by_known_thresholds(answers)
        waiting = dict.fromkeys(
            unknown_threshold(gate, self.rules)
            for gate in by_threshold(self.slug, self.rules)[1]
            if not holds(gate, answers, self.rules, self.asserted)
        )
        if not waiting or not verdict.verdict.open:
            return verdict
        named = {term.criterion for term in verdict.to_verify}
        more = tuple(Term(name, ()) for name in waiting if name and name not in named)
        return replace(verdict, verdict=Verdict.TO_VERIFY, to_verify=(*verdict.to_verify, *more))

    def _by_known_thresholds(self, answers: Answers) -> UnitVerdict:
        """Return the verdict: a fact in dispute, then what stands against, then what is missing."""
        if disputed := self._disputed_facts(answers):
            return self._disputed(disputed, answers)
        if against := self._against(answers):
            return self._closed(against, answers)
        return self._still_open(answers) or self._closed(self._obstacles(answers), answers)

    def _still_open(self, answers: Answers) -> UnitVerdict | None:
        """Return the verdict on an arrangement that nothing stands against, None if no answers open it."""
        if self._holds(answers):
            return UnitVerdict(Verdict.FITS)
        needs = self._completion(answers)
        if needs is None:
            return None
        wanted = self._terms(needs, answers)
        return UnitVerdict(
            self._open(needs),
            terms=tuple(t for t in wanted if is_term(t.criterion, self.rules)),
            to_verify=tuple(t for t in wanted if not is_term(t.criterion, self.rules)),
        )

    def _against(self, answers: Answers) -> list[Requirement]:
        """Return the gates that answers stand against, those on a fact first."""
        rules, asserted = self.rules, self.asserted
        against = [gate for gate in self._gates if stands_against(gate, answers, rules, asserted)]
        return sorted(against, key=lambda gate: is_term(gate.own.criterion, rules))

    def _obstacles(self, answers: Answers) -> list[Requirement]:
        """Return gates that no answers make true together, none of which could be left out."""
        gates = list(self._gates)
        for gate in self._gates:
            others = [other for other in gates if other is not gate]
            if self._completion(answers, gates=others) is None:
                gates = others
        return gates

    def _closed(self, against: Sequence[Requirement], answers: Answers) -> UnitVerdict:
        """Return the verdict on an arrangement that these gates close, and what reopens it, if anything."""
        rules, closed_by = self.rules, tuple(gate.slug for gate in against)
        changes = islice(reopenings(self._gates, answers, rules, self.asserted), _REOPENINGS)
        reopens_to = tuple(self._reopening(pairs, answers) for pairs in changes)
        verdict = Verdict.CLOSED_BY_CHOICE if reopens_to else Verdict.CLOSED
        return UnitVerdict(verdict, reopens_to=reopens_to, closed_by=closed_by)

    def _reopening(self, pairs: Sequence[Pair], answers: Answers) -> Reopening:
        """Return changes with the verdict they lead to, each with every value that leads as far."""
        after = self._after(pairs, answers)
        assert after is not None
        changes = []
        for n, (name, chosen) in enumerate(pairs):
            serving = tuple(
                value.slug
                for value in self.rules.criteria[name].values
                if value.slug == chosen
                or (
                    {value.slug} != answers[name].values
                    and self._after((*pairs[:n], (name, value.slug), *pairs[n + 1 :]), answers)
                    is after
                )
            )
            changes.append(Term(name, serving))
        return Reopening(tuple(changes), after)

    def _after(self, pairs: Sequence[Pair], answers: Answers) -> Verdict | None:
        """Return the verdict once some choices are answered otherwise, None where it stays closed."""
        after = changed(answers, pairs, self.rules)
        if self._against(after):
            return None
        if self._holds(after):
            return Verdict.FITS
        needs = self._completion(after)
        return None if needs is None else self._open(needs)

    def _terms(self, pairs: Sequence[Pair], answers: Answers) -> tuple[Term, ...]:
        """Return the answers wanted, each with every value that serves as well, the others as they are."""
        terms = []
        for n, (name, chosen) in enumerate(pairs):
            rest = changed(answers, (*pairs[:n], *pairs[n + 1 :]), self.rules)
            serving = [
                value
                for value in self.rules.criteria[name].values
                if value.slug == chosen or self._serves(name, value.slug, rest, answers)
            ]
            ordinary = any(value.ordinary for value in serving)
            terms.append(Term(name, tuple(value.slug for value in serving), ordinary))
        order = self.rules.criteria
        return tuple(sorted(terms, key=lambda term: order[term.criterion].order))

    def _serves(self, name: str, value: str, rest: Answers, answers: Answers) -> bool:
        """Tell whether an answer makes every gate true with the rest, and goes with what is stated."""
        after = suppositions.supposing(rest, name, value, self.rules)
        single = all(
            len(after[n].values) <= 1 or (n in answers and after[n] == answers[n])
            for n in after
            if not self.rules.criteria[n].multiple
        )
        excluded = value in answers.get(name, Answer()).excluded
        return single and not excluded and self._holds(after)

    def _disputed_facts(self, answers: Answers) -> list[str]:
        """Return the facts that a gate is in conflict on: accepted and refused, or refused but asserted."""
        disputed: dict[str, None] = {}
        for gate in (gate for gate in self._gates if gate.hard):
            if logic.outcome(gate, answers, self.rules, self.asserted) != "contradicted":
                continue
            for clause in gate.clauses():
                accepted = logic.met(clause, answers, self.rules)
                accepted |= gate.slug in self.asserted and clause == gate.own
                if (
                    accepted
                    and not is_term(clause.criterion, self.rules)
                    and logic.refuted(clause, answers, self.rules)
                ):
                    disputed[clause.criterion] = None
        return list(disputed)

    def _disputed(self, facts: Iterable[str], answers: Answers) -> UnitVerdict:
        """Return the verdict where facts are in dispute: to verify, whatever the rest leaves open."""
        bare = without(answers, facts)
        rest = self.verdict(bare)
        if not rest.verdict.open:
            later = (replace(one, verdict=Verdict.TO_VERIFY) for one in rest.reopens_to)
            return replace(rest, reopens_to=tuple(later))
        named = {term.criterion for term in rest.to_verify}
        settling = [self._settling(name, bare) for name in facts if name not in named]
        return replace(rest, verdict=Verdict.TO_VERIFY, to_verify=(*settling, *rest.to_verify))

    def _settling(self, name: str, bare: Answers) -> Term:
        """Return a fact in dispute with the values that leave the arrangement open."""
        values = (value.slug for value in self.rules.criteria[name].values)
        supposed = ((v, suppositions.supposing(bare, name, v, self.rules)) for v in values)
        return Term(name, tuple(v for v, after in supposed if not self._against(after)))
