"""Coherent profiles drawn at random: what they leave open, and by which articles (R39)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from montages.assessment.verdict.judgement import as_answered, sole_verdict
from montages.assessment.verdict.stated_answers import stated
from montages.bilingual import Text
from montages.knowledge import logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.logic import Verdict
from montages.knowledge.model import DeadEnd, Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses, gates_of, stands_against
from montages.quality.checks.answer_profiles import (
    Profile,
    contracts_in_force,
    unit_answers,
)
from montages.quality.checks.coherent_draw import coherent_draw
from montages.quality.checks.profile_causes import ClosingCause, causes

DRAWN = 4000
# Profiles whose contracts are all judged: a verdict takes a search, a status does not.
_JUDGED = 250
# Running it oneself is no purchase: what is left when it alone is open (R36).
_OWN = frozenset({"regie"})


@dataclass(frozen=True)
class CoherentProfiles:
    """What profiles drawn at random leave: counts of profiles, and causes with theirs.

    `verdicts` counts the verdicts of every contract in the first profiles. `stuck` are the profiles where
    nothing is open and no choice reopens anything, and which no dead end of the data explains.
    """

    criteria: tuple[str, ...]
    drawn: int
    verdicts: Mapping[str, int]
    nothing_open: int
    explained: Mapping[str, int]
    stuck: tuple[ClosingCause, ...]
    only_own: int
    only_own_causes: tuple[ClosingCause, ...]

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the figures and the causes as JSON."""
        return {
            "drawn": self.drawn,
            "criteria": list(self.criteria),
            "verdicts": dict(self.verdicts),
            "nothing_open": self.nothing_open,
            "nothing_open_nor_reopenable": sum(c.profiles for c in self.stuck),
            "dead_ends": dict(self.explained),
            "causes": [cause.to_json(lang) for cause in self.stuck],
            "only_regie": self.only_own,
            "only_regie_causes": [cause.to_json(lang) for cause in self.only_own_causes],
        }

    def summary(self) -> Text:
        """Return what was drawn, in words."""
        n, k = self.drawn, len(self.criteria)
        return Text(
            f"{n} profils complets et cohérents tirés au hasard (graine fixe) sur les {k} critères "
            "que lisent les conditions des contrats",
            f"{n} complete, coherent profiles drawn at random (fixed seed) over the {k} criteria "
            "that the gates of contracts read",
        )


@dataclass(frozen=True, eq=False)
class _Contracts:
    """The contracts in force, and which of them are open for a complete profile."""

    rules: Rules
    slugs: tuple[str, ...]

    def criteria(self) -> tuple[str, ...]:
        """Return the criteria that decide verdicts on contracts, in author order."""
        gates = (gate for slug in self.slugs for gate in gates_of(slug, self.rules))
        names = {clause.criterion for gate in gates for clause in all_clauses(gate)}
        return tuple(name for name in self.rules.criteria if name in names)

    def open(self, profile: Profile) -> set[str]:
        """Return the contracts that no gate closes, and no duty that one may not refuse."""
        answers, masked = unit_answers(profile, self.rules), masks(self.rules)
        bits = masked.encode(answers)
        refused = {d.arrangement for d in self._duties if logic.refused(d, answers, self.rules)}
        closing = sum(
            1 << n
            for n, gate in enumerate(masked.requirements)
            if gate.hard and gate.outcome(bits, False) == "violated"
        )
        return {
            slug
            for slug in self.slugs
            if not closing & masked.hard[slug] and refused.isdisjoint(self.rules.lineage(slug))
        }

    @cached_property
    def _duties(self) -> list[Requirement]:
        return [r for r in self.rules.requirements if r.closes_if]

    def nearest(self, profile: Profile, left: frozenset[str]) -> tuple[Requirement, ...]:
        """Return what closes the contract with the fewest such gates, the first in order among equals."""
        answers = unit_answers(profile, self.rules)
        closing = [
            tuple(
                gate
                for gate in gates_of(slug, self.rules)
                if stands_against(gate, answers, self.rules)
            )
            for slug in self.slugs
            if slug not in left
        ]
        return min(closing, key=len)


def coherent_profiles(rules: Rules, drawn: int = DRAWN) -> CoherentProfiles:
    """Return what `drawn` complete profiles without incoherent answers leave."""
    contracts = _Contracts(rules, contracts_in_force(rules))
    criteria = contracts.criteria()
    verdicts: Counter[str] = Counter()
    explained: Counter[str] = Counter({end.slug: 0 for end in rules.book.dead_ends})
    stuck, own = [], []
    nothing = 0
    for number, profile in enumerate(coherent_draw(criteria, rules, drawn)):
        still_open = contracts.open(profile)
        if number < _JUDGED:
            answers = stated(unit_answers(profile, rules), rules)
            verdicts.update(sole_verdict(slug, answers, rules) for slug in contracts.slugs)
        if still_open:
            if still_open <= _OWN:
                own.append(profile)
            continue
        nothing += 1
        if not any(_reopens(slug, profile, rules) for slug in contracts.slugs):
            end = next((e for e in rules.book.dead_ends if _applies(e, profile, rules)), None)
            if end is not None:
                explained[end.slug] += 1
            else:
                stuck.append(profile)
    return CoherentProfiles(
        criteria=criteria,
        drawn=drawn,
        verdicts={verdict.value: verdicts[verdict] for verdict in Verdict},
        nothing_open=nothing,
        explained=explained,
        stuck=causes((p, contracts.nearest(p, frozenset())) for p in stuck),
        only_own=len(own),
        only_own_causes=causes((p, contracts.nearest(p, _OWN)) for p in own),
    )


def _reopens(slug: str, profile: Profile, rules: Rules) -> bool:
    answers = stated(unit_answers(profile, rules), rules)
    return as_answered(slug, answers, rules) is not Verdict.CLOSED


def _applies(end: DeadEnd, profile: Profile, rules: Rules) -> bool:
    answers = unit_answers(profile, rules)
    return all(logic.met(clause, answers, rules) for clause in end.when)
