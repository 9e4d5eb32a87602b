"""Judges an arrangement: open or closed, on what terms, after what, and what reopens it (R34)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice

from montages.assessment.verdict.answer_changes import Pair, without
from montages.assessment.verdict.completions import CompletionSearch, completion_search
from montages.assessment.verdict.disputed_facts import disputed_facts
from montages.assessment.verdict.gate_parts import gate_parts
from montages.assessment.verdict.masked_gates import MaskedGate, masked_gate
from montages.assessment.verdict.needs import needs
from montages.assessment.verdict.reopenable import reopenable
from montages.assessment.verdict.reopenings import reopenings
from montages.assessment.verdict.stated_answers import StatedAnswers, stated, supposing
from montages.assessment.verdict.unit_verdict import Reopening, Term, UnitVerdict
from montages.assessment.verdict.verdict_gates import by_threshold, is_term, unknown_threshold
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# Of the changes that reopen an arrangement, so many are given.
REOPENINGS = 3
# An arrangement is judged by some asserted gates or by none: so many combinations are at hand.
_JUDGES = 512


@dataclass(frozen=True, eq=False)
class Judge:
    """Judges one arrangement, some gates of which may be asserted (R31)."""

    slug: str
    rules: Rules
    asserted: frozenset[str]

    @cached_property
    def _gates(self) -> tuple[Requirement, ...]:
        return by_threshold(self.slug, self.rules)[0]

    @cached_property
    def _masked(self) -> tuple[MaskedGate, ...]:
        return tuple(masked_gate(gate, self.rules) for gate in self._gates)

    @cached_property
    def _waiting(self) -> tuple[tuple[MaskedGate, str | None], ...]:
        """Return the gates whose threshold is that of another day, each with its criterion."""
        gates = by_threshold(self.slug, self.rules)[1]
        return tuple((masked_gate(g, self.rules), unknown_threshold(g, self.rules)) for g in gates)

    def _holds(self, bits: int) -> bool:
        asserted = self.asserted
        return all(gate.holds(bits, asserted) for gate in self._masked)

    @cached_property
    def _search(self) -> CompletionSearch:
        return completion_search(self._masked, self.rules, self.asserted)

    def _open(self, pairs: Sequence[Pair]) -> Verdict:
        """Return the verdict on an arrangement that needs these answers."""
        terms_only = all(is_term(name, self.rules) for name, _ in pairs)
        return Verdict.FITS_ON_TERMS if terms_only else Verdict.TO_VERIFY

    def verdict(self, answers: StatedAnswers, changes: int = REOPENINGS) -> UnitVerdict:
        """Return the verdict; what a threshold of another day would decide is to be verified.

        Of the changes that reopen what is closed so many are told; with 0, only whether there are any.
        """
        verdict = self._by_known_thresholds(answers, changes)
        if not self._waiting or not verdict.verdict.open:
            return verdict
        waiting = dict.fromkeys(
            criterion
            for gate, criterion in self._waiting
            if not gate.holds(answers.bits, self.asserted)
        )
        if not waiting:
            return verdict
        named = {term.criterion for term in verdict.to_verify}
        more = tuple(Term(name, ()) for name in waiting if name and name not in named)
        return replace(verdict, verdict=Verdict.TO_VERIFY, to_verify=(*verdict.to_verify, *more))

    @cached_property
    def _bits(self) -> int:
        return sum(gate.bit for gate in self._masked)

    @cached_property
    def _asserted_bits(self) -> int:
        return sum(gate.bit for gate in self._masked if gate.slug in self.asserted)

    def _by_known_thresholds(self, answers: StatedAnswers, changes: int) -> UnitVerdict:
        """Return the verdict: a fact in dispute, then what stands against, then what is missing."""
        against = answers.gates.against & self._bits
        if not against:
            return self._still_open(answers) or self._closed(
                self._obstacles(answers.bits), answers, changes
            )
        standing = [gate for gate in self._masked if gate.bit & against]
        if disputed := disputed_facts(standing, answers.bits, self.asserted, self.rules):
            return self._disputed(disputed, answers, changes)
        return self._closed(self._on_facts_first(standing), answers, changes)

    def _still_open(self, answers: StatedAnswers) -> UnitVerdict | None:
        """Return the verdict on an arrangement that nothing stands against, None if no answers open it."""
        bits = answers.gates.false & self._bits & ~self._asserted_bits
        if not bits:
            return FITS
        false = [gate for gate in self._masked if gate.bit & bits]
        wanted = list[Term]()
        for part in gate_parts(false, self._masked, answers.linking):
            terms = needs(part, answers, self.asserted)
            if terms is None:
                return None
            wanted += terms
        order = self.rules.criteria
        wanted.sort(key=lambda term: order[term.criterion].order)
        return UnitVerdict(
            self._open([(term.criterion, "") for term in wanted]),
            terms=tuple(t for t in wanted if is_term(t.criterion, self.rules)),
            to_verify=tuple(t for t in wanted if not is_term(t.criterion, self.rules)),
        )

    def _on_facts_first(self, against: Sequence[MaskedGate]) -> list[str]:
        """Return the gates that stand against, those on a fact first."""
        return sorted((gate.slug for gate in against), key=self._on_terms.__getitem__)

    @cached_property
    def _on_terms(self) -> dict[str, bool]:
        """Return whether each gate is on a term that one accepts."""
        return {gate.slug: is_term(gate.own.criterion, self.rules) for gate in self._gates}

    def _obstacles(self, bits: int) -> list[str]:
        """Return gates that no answers make true together, none of which could be left out."""
        gates = list(self._masked)
        for gate in self._masked:
            others = [other for other in gates if other is not gate]
            search = completion_search(tuple(others), self.rules, self.asserted)
            if search.cheapest(bits) is None:
                gates = others
        return [gate.slug for gate in gates]

    def _closed(
        self, closed_by: Sequence[str], answers: StatedAnswers, changes: int
    ) -> UnitVerdict:
        """Return the verdict on an arrangement that these gates close, and what reopens it, if anything."""
        if not changes:
            reopened = self._reopened(answers)
            verdict = Verdict.CLOSED_BY_CHOICE if reopened else Verdict.CLOSED
            return UnitVerdict(verdict, closed_by=tuple(closed_by))
        possible = self._reopenable(answers) is not False
        several = islice(self._reopenings(answers), changes) if possible else ()
        reopens_to = tuple(self._reopening(pairs, answers) for pairs in several)
        verdict = Verdict.CLOSED_BY_CHOICE if reopens_to else Verdict.CLOSED
        return UnitVerdict(verdict, reopens_to=reopens_to, closed_by=tuple(closed_by))

    def _reopenings(self, answers: StatedAnswers) -> Iterator[tuple[Pair, ...]]:
        return reopenings(self._gates, answers.answers, self.rules, self.asserted)

    def _reopened(self, answers: StatedAnswers) -> bool:
        """Tell whether anything reopens the arrangement; which changes do is searched for only in doubt."""
        reopened = self._reopenable(answers)
        return next(self._reopenings(answers), None) is not None if reopened is None else reopened

    def _reopenable(self, answers: StatedAnswers) -> bool | None:
        """Tell the same without a search for changes, where something stands against; None: in doubt."""
        if self.asserted or not answers.gates.against & self._bits:
            return None
        return reopenable(self._masked, answers, answers.within)

    def _reopening(self, pairs: Sequence[Pair], answers: StatedAnswers) -> Reopening:
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
                    {value.slug} != answers.answers[name].values
                    and self._after((*pairs[:n], (name, value.slug), *pairs[n + 1 :]), answers)
                    is after
                )
            )
            changes.append(Term(name, serving))
        return Reopening(tuple(changes), after)

    def _after(self, pairs: Sequence[Pair], answers: StatedAnswers) -> Verdict | None:
        """Return the verdict once some choices are answered otherwise, None where it stays closed."""
        after = answers.changed(pairs)
        if any(gate.against(after) for gate in self._masked):
            return None
        if self._holds(after):
            return Verdict.FITS
        needed = self._search.cheapest(after)
        return None if needed is None else self._open(needed)

    def _disputed(self, facts: Iterable[str], answers: StatedAnswers, changes: int) -> UnitVerdict:
        """Return the verdict where facts are in dispute: to verify, whatever the rest leaves open."""
        bare = stated(without(answers.answers, facts), self.rules)
        rest = self.verdict(bare, changes)
        if not rest.verdict.open:
            later = (replace(one, verdict=Verdict.TO_VERIFY) for one in rest.reopens_to)
            return replace(rest, reopens_to=tuple(later))
        named = {term.criterion for term in rest.to_verify}
        settling = [self._settling(name, bare) for name in facts if name not in named]
        return replace(rest, verdict=Verdict.TO_VERIFY, to_verify=(*settling, *rest.to_verify))

    def _settling(self, name: str, bare: StatedAnswers) -> Term:
        """Return a fact in dispute with the values that leave the arrangement open."""
        values = (value.slug for value in self.rules.criteria[name].values)
        supposed = ((v, supposing(bare.bits, ((name, v),), self.rules)) for v in values)
        settling = (
            v for v, after in supposed if not any(gate.against(after) for gate in self._masked)
        )
        return Term(name, tuple(settling))


FITS = UnitVerdict(Verdict.FITS)


@lru_cache(maxsize=_JUDGES)
def judge(slug: str, rules: Rules, asserted: frozenset[str]) -> Judge:
    """Return the judge of an arrangement, with what it works out once."""
    return Judge(slug, rules, asserted)
