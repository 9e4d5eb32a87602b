"""Profiles that leave no contract: how many in a sample, and the few answers that suffice."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from montages.knowledge.model import Text
from montages.knowledge.periods import Rules
from montages.knowledge.profiles import Profile, contracts_in_force, hard, possible, read, status

SAMPLED = 2000
# Profiles without a contract brought down to their causes: each costs a few hundred checks.
_REDUCED = 60
_SEED = 2024


@dataclass(frozen=True)
class DeadEnds:
    """What the sample showed.

    `causes` are minimal sets of answers that rule out every contract; `others` counts the profiles
    without any answer that does so by itself.
    """

    criteria: tuple[str, ...]
    sampled: int
    without_contract: int
    others: int
    others_without_contract: int
    reduced: int
    causes: tuple[dict[str, str], ...]

    def enumerated(self) -> Text:
        """Return what was looked at, in words."""
        n, k = self.sampled, len(self.criteria)
        return Text(
            f"{n} profils complets tirés au hasard (graine fixe) sur les {k} critères que lisent "
            f"les exigences juridiques des contrats ; {self.reduced} profils sans contrat ramenés "
            "à leurs causes.",
            f"{n} complete profiles drawn at random (fixed seed) over the {k} criteria that legal "
            f"requirements of contracts read; {self.reduced} profiles without a contract brought "
            "down to their causes.",
        )

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the figures and the causes as JSON."""
        return {
            "enumerated": self.enumerated()[lang],
            "criteria": list(self.criteria),
            "sampled": self.sampled,
            "without_contract": self.without_contract,
            "others": self.others,
            "others_without_contract": self.others_without_contract,
            "causes": list(self.causes),
        }


def dead_ends(rules: Rules, sampled: int = SAMPLED) -> DeadEnds:
    """Return how many sampled complete profiles leave no contract eligible, and why."""
    contracts = contracts_in_force(rules)
    criteria = read((r for slug in contracts for r in hard(slug, rules)), rules)
    drawn = list(_draw(criteria, rules, sampled))
    without = [p for p in drawn if not any(status(slug, p, rules) for slug in contracts)]
    alone = [
        (name, value.slug)
        for name in criteria
        for value in rules.criteria[name].values
        if all(status(c, {name: frozenset({value.slug})}, rules) is False for c in contracts)
    ]
    others = [p for p in drawn if not any(value in p.get(name, ()) for name, value in alone)]
    others_without = [p for p in without if p in others]
    causes = dict.fromkeys(_cause(p, contracts, rules) for p in others_without[:_REDUCED])
    found = [*((cause,) for cause in alone), *sorted(causes, key=lambda c: (len(c), c))]
    return DeadEnds(
        criteria=criteria,
        sampled=len(drawn),
        without_contract=len(without),
        others=len(others),
        others_without_contract=len(others_without),
        reduced=min(len(others_without), _REDUCED),
        causes=tuple(dict(cause) for cause in found),
    )


def _draw(criteria: Sequence[str], rules: Rules, number: int) -> Iterator[Profile]:
    """Yield complete profiles: an answer that others imply is not drawn."""
    draw = random.Random(_SEED)  # noqa: S311 — a sample, not a secret
    for _ in range(number):
        chosen: list[tuple[str, str]] = []
        for name in criteria:
            if name not in (possible(chosen, rules) or {}):
                chosen.append((name, draw.choice(rules.criteria[name].values).slug))
        profile = possible(chosen, rules)
        if profile is not None:
            yield profile


def _cause(profile: Profile, contracts: Sequence[str], rules: Rules) -> tuple[tuple[str, str], ...]:
    """Return the answers that remain once all that are not needed to rule out everything go."""
    kept = dict(profile)
    for name in profile:
        fewer = {criterion: values for criterion, values in kept.items() if criterion != name}
        if all(status(slug, fewer, rules) is False for slug in contracts):
            kept = fewer
    return tuple((name, "+".join(sorted(values))) for name, values in kept.items())
