"""Coherent profiles drawn at random: what they leave open, and by which articles (R39)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from montages.assessment.unit_verdict import unit_verdict
from montages.knowledge import logic
from montages.knowledge.logic import Verdict
from montages.knowledge.model import DeadEnd, Requirement, Text
from montages.knowledge.periods import Rules
from montages.quality.checks.answer_profiles import (
    Profile,
    contracts_in_force,
    criteria_of,
    hard,
    unit_answers,
)
from montages.quality.checks.coherent_draw import coherent_draw

DRAWN = 4000
# Profiles whose contracts are all judged: a verdict takes a search, a status does not.
_JUDGED = 250
# Running it oneself is no purchase: what is left when it alone is open (R36).
_OWN = frozenset({"regie"})


@dataclass(frozen=True)
class Cause:
    """Gates that close the contract nearest to being open, in how many profiles, with an example."""

    gates: tuple[Requirement, ...]
    example: Mapping[str, str]
    profiles: int

    @property
    def articles(self) -> tuple[str, ...]:
        """Return the places of the law that the gates rest on, each once."""
        sources = [gate.sources[0] for gate in self.gates]
        return tuple(dict.fromkeys(s.locator or s.document.fr for s in sources))

    def to_json(self) -> dict[str, Any]:
        """Return the cause as JSON."""
        return {
            "requirements": [gate.slug for gate in self.gates],
            "articles": list(self.articles),
            "profiles": self.profiles,
            "example": dict(self.example),
        }


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
    stuck: tuple[Cause, ...]
    only_own: int
    only_own_causes: tuple[Cause, ...]

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the figures and the causes as JSON."""
        return {
            "drawn": self.drawn,
            "criteria": list(self.criteria),
            "verdicts": dict(self.verdicts),
            "nothing_open": self.nothing_open,
            "nothing_open_nor_reopenable": sum(c.profiles for c in self.stuck),
            "dead_ends": dict(self.explained),
            "causes": [cause.to_json() for cause in self.stuck],
            "only_regie": self.only_own,
            "only_regie_causes": [cause.to_json() for cause in self.only_own_causes],
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


@dataclass(eq=False)
class _Statuses:
    """The statuses of contracts, each remembered for the answers that it reads."""

    rules: Rules
    contracts: tuple[str, ...]
    reads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    known: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for slug in self.contracts:
            self.reads[slug] = criteria_of(hard(slug, self.rules), self.rules)

    def status(self, slug: str, profile: Profile) -> str:
        key = (slug, *(profile.get(name) for name in self.reads[slug]))
        if key not in self.known:
            self.known[key] = logic.status(slug, unit_answers(profile, self.rules), self.rules)
        return self.known[key]

    def open(self, profile: Profile) -> set[str]:
        return {s for s in self.contracts if self.status(s, profile) != "ineligible"}


def coherent_profiles(rules: Rules, drawn: int = DRAWN) -> CoherentProfiles:
    """Return what `drawn` complete profiles without incoherent answers leave."""
    contracts = contracts_in_force(rules)
    criteria = criteria_of((r for slug in contracts for r in hard(slug, rules)), rules)
    statuses = _Statuses(rules, contracts)
    verdicts: Counter[str] = Counter()
    explained: Counter[str] = Counter({end.slug: 0 for end in rules.book.dead_ends})
    stuck, own = [], []
    nothing = 0
    for number, profile in enumerate(coherent_draw(criteria, rules, drawn)):
        still_open = statuses.open(profile)
        if number < _JUDGED:
            answers = unit_answers(profile, rules)
            verdicts.update(unit_verdict(slug, answers, rules).verdict for slug in contracts)
        if still_open:
            if still_open <= _OWN:
                own.append(profile)
            continue
        nothing += 1
        if not any(_reopens(slug, profile, rules) for slug in contracts):
            end = next((e for e in rules.book.dead_ends if _applies(e, profile, rules)), None)
            if end is not None:
                explained[end.slug] += 1
            else:
                stuck.append(profile)
    return CoherentProfiles(
        criteria=criteria,
        drawn=drawn,
        verdicts=verdicts,
        nothing_open=nothing,
        explained=explained,
        stuck=_causes(stuck, statuses, frozenset()),
        only_own=len(own),
        only_own_causes=_causes(own, statuses, _OWN),
    )


def _reopens(slug: str, profile: Profile, rules: Rules) -> bool:
    verdict = unit_verdict(slug, unit_answers(profile, rules), rules).verdict
    return verdict is not Verdict.CLOSED


def _applies(end: DeadEnd, profile: Profile, rules: Rules) -> bool:
    answers = unit_answers(profile, rules)
    return all(logic.met(clause, answers, rules) for clause in end.when)


def _causes(
    profiles: Sequence[Profile], statuses: _Statuses, left: frozenset[str]
) -> tuple[Cause, ...]:
    """Return what closes the contract nearest to being open in each profile, the most frequent first."""
    counted: Counter[tuple[Requirement, ...]] = Counter()
    examples: dict[tuple[Requirement, ...], Profile] = {}
    for profile in profiles:
        gates = _nearest(profile, statuses, left)
        counted[gates] += 1
        examples.setdefault(gates, profile)
    return tuple(
        Cause(gates, {n: "+".join(sorted(v)) for n, v in examples[gates].items()}, times)
        for gates, times in sorted(
            counted.items(), key=lambda pair: (-pair[1], [gate.slug for gate in pair[0]])
        )
    )


def _nearest(
    profile: Profile, statuses: _Statuses, left: frozenset[str]
) -> tuple[Requirement, ...]:
    """Return the gates that close the contract with the fewest of them, the first in order among equals."""
    rules, unit = statuses.rules, unit_answers(profile, statuses.rules)
    closing = [
        tuple(r for r in hard(slug, rules) if logic.outcome(r, unit, rules) == "violated")
        for slug in statuses.contracts
        if slug not in left
    ]
    return min(closing, key=len)
