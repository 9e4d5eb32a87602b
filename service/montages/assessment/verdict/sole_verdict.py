"""The verdict on an arrangement without what it rests on: that of `unit_verdict`, sooner (R34, R35).

Whoever compares how hundreds of changes move every verdict needs no terms and no reasons. Where a fact is in
dispute, or answers that go against nothing lead nowhere, the judge is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from montages.assessment.verdict.disputed_facts import disputed_facts
from montages.assessment.verdict.gate_parts import gate_parts
from montages.assessment.verdict.judgement import verdict_of
from montages.assessment.verdict.masked_gates import MaskedGate, masked_gate
from montages.assessment.verdict.needs import needs
from montages.assessment.verdict.reopenable import reopenable
from montages.assessment.verdict.stated_answers import StatedAnswers
from montages.assessment.verdict.verdict_gates import by_threshold, deciding, is_term
from montages.knowledge.compiled.masks import masks
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules


def sole_verdict(
    slug: str, answers: StatedAnswers, rules: Rules, asserted: frozenset[str] = frozenset()
) -> Verdict:
    """Return the verdict on an arrangement of a period for the answers of a unit, that of `unit_verdict`."""
    gates = _arrangement_gates(slug, rules, asserted)
    verdict = gates.verdict(answers)
    if verdict.open or not answers.default & gates.reads:
        return verdict
    return Verdict.TO_VERIFY if gates.is_open(answers.bare) else verdict


@lru_cache(maxsize=512)
def _arrangement_gates(slug: str, rules: Rules, asserted: frozenset[str]) -> _ArrangementGates:
    return _ArrangementGates(slug, rules, asserted)


@dataclass(frozen=True, eq=False)
class _ArrangementGates:
    """The gates of an arrangement, some of which may be asserted (R31)."""

    slug: str
    rules: Rules
    asserted: frozenset[str]

    @cached_property
    def reads(self) -> int:
        """Return all that may decide the verdict."""
        return masks(self.rules).of_criteria(deciding(self.slug, self.rules))

    @cached_property
    def _gates(self) -> tuple[MaskedGate, ...]:
        gates = by_threshold(self.slug, self.rules)[0]
        return tuple(masked_gate(gate, self.rules) for gate in gates)

    @cached_property
    def _waiting(self) -> tuple[MaskedGate, ...]:
        """Return the gates whose threshold is that of another day."""
        gates = by_threshold(self.slug, self.rules)[1]
        return tuple(masked_gate(gate, self.rules) for gate in gates)

    @cached_property
    def _bits(self) -> tuple[int, int]:
        """Return the bits of the gates, and of those that are not asserted."""
        return (
            sum(gate.bit for gate in self._gates),
            sum(gate.bit for gate in self._gates if gate.slug not in self.asserted),
        )

    def verdict(self, answers: StatedAnswers) -> Verdict:
        """Return the verdict for answers as they are, presumed ones included."""
        if answers.gates.against & self._bits[0]:
            if self._disputed(answers):
                return self._verdict_under(answers)
        elif (verdict := self._wanting(answers)) is not None:
            return verdict
        reopened = None if self.asserted else reopenable(self._gates, answers, self.reads)
        if reopened is None:
            return self._verdict_under(answers)
        return Verdict.CLOSED_BY_CHOICE if reopened else Verdict.CLOSED

    def is_open(self, answers: StatedAnswers) -> bool:
        """Tell whether the verdict is an open one."""
        if answers.gates.against & self._bits[0] and not self._disputed(answers):
            return False
        return self.verdict(answers).open

    def _wanting(self, answers: StatedAnswers) -> Verdict | None:
        """Return the verdict by what is wanted, where nothing stands against; None if no answers do."""
        false, verdict = answers.gates.false & self._bits[1], Verdict.FITS
        if false:
            verdict, seeds = Verdict.FITS_ON_TERMS, (g for g in self._gates if g.bit & false)
            for part in gate_parts(seeds, self._gates, answers.linking):
                terms = needs(part, answers, self.asserted)
                if terms is None:
                    return None
                if any(not is_term(term.criterion, self.rules) for term in terms):
                    verdict = Verdict.TO_VERIFY
        bits, asserted = answers.bits, self.asserted
        known = all(gate.holds(bits, asserted) for gate in self._waiting)
        return verdict if known else Verdict.TO_VERIFY

    def _disputed(self, answers: StatedAnswers) -> bool:
        """Tell whether gates stand against that are in conflict on a fact."""
        own, unasserted = self._bits
        bits = (answers.gates.contested | own & ~unasserted) & answers.gates.against & own
        standing = (gate for gate in self._gates if gate.bit & bits) if bits else ()
        return bool(disputed_facts(standing, answers.bits, self.asserted, self.rules))

    def _verdict_under(self, answers: StatedAnswers) -> Verdict:
        return verdict_of(self.slug, answers, self.rules, self.asserted, 0).verdict
