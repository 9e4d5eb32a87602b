"""An arrangement judged for the answers of a unit: open on what terms, or closed by what (R34)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from montages.assessment.verdict.answer_changes import Pair, without
from montages.assessment.verdict.diagram_walks import diagram_of, walk_of, walked
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.assessment.verdict.unit_verdict import Reopening, Term, UnitVerdict
from montages.assessment.verdict.walks import Found, OpeningWalk, in_author_order, step_tables
from montages.knowledge import logic, suppositions
from montages.knowledge.compiled.masks import masks
from montages.knowledge.compiled.verdict_compiler import VERDICTS
from montages.knowledge.compiled.verdict_diagram import VerdictDiagram
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import by_threshold, is_term, unknown_threshold

FITS = UnitVerdict(Verdict.FITS)


@dataclass(frozen=True, eq=False)
class JudgedArrangement:
    """An arrangement under the answers of a unit."""

    slug: str
    rules: Rules
    answers: StatedAnswers
    asserted: frozenset[str]
    changes: int

    @cached_property
    def _gates(self) -> tuple[Requirement, ...]:
        return by_threshold(self.slug, self.rules)[0]

    @cached_property
    def _diagram(self) -> VerdictDiagram:
        return diagram_of(self.slug, self.answers)

    @cached_property
    def _walk(self) -> OpeningWalk:
        tables = step_tables(self._diagram, self.rules)
        tree = self._diagram.opening(self.slug, self.asserted)
        return OpeningWalk(tree, tables, self.answers.states)

    def verdict(self) -> UnitVerdict:
        """Return the verdict; what a threshold of another day would decide is to be verified."""
        verdict = self._by_known_thresholds()
        waiting = by_threshold(self.slug, self.rules)[1]
        if not waiting or not verdict.verdict.open:
            return verdict
        bits, named = self.answers.bits, {term.criterion for term in verdict.to_verify}
        criteria = dict.fromkeys(
            unknown_threshold(gate, self.rules)
            for gate in waiting
            if not masks(self.rules).holds(gate, bits, self.asserted)
        )
        if not criteria:
            return verdict
        more = tuple(Term(name, ()) for name in criteria if name and name not in named)
        return replace(verdict, verdict=Verdict.TO_VERIFY, to_verify=(*verdict.to_verify, *more))

    def _by_known_thresholds(self) -> UnitVerdict:
        """Return the verdict: a fact in dispute, then what the diagram says, and by what."""
        facts = disputed_facts(self.slug, self.answers, self.asserted)
        if facts:
            return self._disputed(facts)
        verdict = self._told
        if verdict is Verdict.FITS:
            return FITS
        if verdict.open:
            wanted = self._walk.least()
            assert wanted is not None, self.slug
            return self._open(wanted)
        return self._closed(self._standing_against() or self._obstacles())

    @cached_property
    def _told(self) -> Verdict:
        """Return the verdict alone."""
        tree = self._diagram.verdict(self.slug, self.asserted)
        return VERDICTS[walked(tree, self.answers.states)]

    def _open(self, wanted: Found) -> UnitVerdict:
        if not wanted.asked:
            return FITS  # but for a threshold of another day
        pairs = list(in_author_order(wanted.asked, self.rules))
        terms = [self._term(n, pairs) for n in range(len(pairs))]
        return UnitVerdict(
            self._after(wanted),
            terms=tuple(t for t in terms if is_term(t.criterion, self.rules)),
            to_verify=tuple(t for t in terms if not is_term(t.criterion, self.rules)),
        )

    def _term(self, place: int, pairs: Sequence[Pair]) -> Term:
        """Return an answer that is wanted with every value that serves as well, the others as they are."""
        name, chosen = pairs[place]
        serving = [
            value
            for value in self.rules.criteria[name].values
            if value.slug == chosen
            or self._walk.with_answers([*pairs[:place], (name, value.slug), *pairs[place + 1 :]])
        ]
        ordinary = any(value.ordinary for value in serving)
        return Term(name, tuple(value.slug for value in serving), ordinary)

    def _after(self, found: Found) -> Verdict:
        """Return the verdict on an arrangement that needs these answers."""
        if not found.asked:
            return Verdict.FITS
        terms_only = all(is_term(name, self.rules) for name, _ in found.asked)
        return Verdict.FITS_ON_TERMS if terms_only else Verdict.TO_VERIFY

    def _closed(self, closed_by: Sequence[str]) -> UnitVerdict:
        if self._told is Verdict.CLOSED:
            return UnitVerdict(Verdict.CLOSED, closed_by=tuple(closed_by))
        several = self._walk.reopenings()[: self.changes] if self.changes else ()
        return UnitVerdict(
            Verdict.CLOSED_BY_CHOICE,
            reopens_to=tuple(self._reopening(found) for found in several),
            closed_by=tuple(closed_by),
        )

    def _reopening(self, found: Found) -> Reopening:
        """Return changes with the verdict they lead to, each with every value that leads as far."""
        pairs = list(in_author_order(found.changed, self.rules))
        verdict = self._after(found)
        changes = []
        for n, (name, chosen) in enumerate(pairs):
            serving = tuple(
                value.slug
                for value in self.rules.criteria[name].values
                if value.slug == chosen
                or (
                    (other := self._walk.after([*pairs[:n], (name, value.slug), *pairs[n + 1 :]]))
                    and self._after(other) is verdict
                )
            )
            changes.append(Term(name, serving))
        return Reopening(tuple(changes), verdict)

    def _standing_against(self) -> list[str]:
        """Return the gates that stand against, those on a fact first."""
        against = [g for g in self._gates if masks(self.rules).against(g, self.answers.bits)]
        on_fact = sorted(against, key=lambda gate: is_term(gate.own.criterion, self.rules))
        return [gate.slug for gate in on_fact]

    def _obstacles(self) -> list[str]:
        """Return gates that no answers make true together, none of which could be left out."""
        gates = list(self._gates)
        for gate in self._gates:
            others = [other for other in gates if other is not gate]
            if walk_of(tuple(others), self.answers, self.asserted).least() is None:
                gates = others
        return [gate.slug for gate in gates]

    def _disputed(self, facts: Sequence[str]) -> UnitVerdict:
        """Return the verdict where facts are in dispute: to verify, whatever the rest leaves open."""
        bare = stated(without(self.answers.answers, facts), self.rules)
        rest = JudgedArrangement(self.slug, self.rules, bare, self.asserted, self.changes).verdict()
        if not rest.verdict.open:
            later = (replace(one, verdict=Verdict.TO_VERIFY) for one in rest.reopens_to)
            return replace(rest, reopens_to=tuple(later))
        named = {term.criterion for term in rest.to_verify}
        settling = [self._settling(name, bare) for name in facts if name not in named]
        return replace(rest, verdict=Verdict.TO_VERIFY, to_verify=(*settling, *rest.to_verify))

    def _settling(self, name: str, bare: StatedAnswers) -> Term:
        """Return a fact in dispute with the values that leave the arrangement open."""
        known, serving = masks(self.rules), []
        for value in self.rules.criteria[name].values:
            after = suppositions.supposing(bare.answers, name, value.slug, self.rules)
            bits = known.encode(after)
            if not any(known.against(gate, bits) for gate in self._gates):
                serving.append(value.slug)
        return Term(name, tuple(serving))


def disputed_facts(slug: str, answers: StatedAnswers, asserted: frozenset[str]) -> tuple[str, ...]:
    """Return the facts that a gate is in conflict on: accepted and refused, or refused but asserted."""
    if not answers.odd and not asserted:
        return ()
    rules, disputed = answers.rules, dict[str, None]()
    known = masks(rules)
    for gate in _contestable(slug, rules, frozenset(answers.odd), asserted):
        by_hand = gate.slug in asserted
        test = known.requirements[known.position[gate.slug]]
        if not test.violated(answers.bits) or not (by_hand or test.satisfied(answers.bits)):
            continue
        for clause in gate.clauses():
            accepted = logic.met(clause, answers.answers, rules) or (by_hand and clause == gate.own)
            refused = logic.refuted(clause, answers.answers, rules)
            if accepted and refused and not is_term(clause.criterion, rules):
                disputed[clause.criterion] = None
    return tuple(disputed)


@lru_cache(maxsize=4096)
def _contestable(
    slug: str, rules: Rules, odd: frozenset[str], asserted: frozenset[str]
) -> tuple[Requirement, ...]:
    """Return the gates of an arrangement that values at odds, or an assertion, may satisfy and violate."""
    return tuple(
        gate
        for gate in by_threshold(slug, rules)[0]
        if not gate.duty
        and (gate.slug in asserted or any(c.criterion in odd for c in gate.clauses()))
    )
