"""What contracts really signed are worth by the assessment: how many of each verdict, by contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from montages.api import Knowledge
from montages.errors import MontagesError
from montages.knowledge.periods import change_dates
from montages.knowledge.rulebook import rulebook


@dataclass
class SignedContracts:
    """Contracts signed, counted by contract and verdict on it; `closed` names those closed by a fact.

    `untold` counts those of which nothing tells what was retained, `errors` those not assessed.
    """

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    closed: list[tuple[str, str]] = field(default_factory=list)
    untold: int = 0
    errors: int = 0

    @property
    def judged(self) -> int:
        """Return how many contracts have a verdict."""
        return sum(self.verdicts.values())

    def share(self, verdict: str) -> float:
        """Return the share of the contracts judged that have a verdict, between 0 and 1."""
        number = sum(count for (_, v), count in self.verdicts.items() if v == verdict)
        return number / self.judged if self.judged else 0.0

    def judge(self, keys: Mapping[str, Any], knowledge: Knowledge, as_of: date | None) -> None:
        """Assess a description, under the law of a day or else of its signature, and count its contract."""
        if not any("retained" in place for place in _places(keys)):
            self.untold += 1
            return
        try:
            day = as_of or _day_of_signature(keys)
            assessment = knowledge.assess(keys, as_of=day, anyway=True)
        except MontagesError:
            self.errors += 1
            return
        for retained in assessment.retained_contracts:
            self.verdicts[retained.contract, retained.verdict.value] += 1
            if retained.verdict.value == "closed" and retained.why is not None:
                self.closed.append((str(keys.get("id", "")), retained.why.fr))


def _places(keys: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the whole project and its parts, where a contract may be said to be retained."""
    return [keys, *keys.get("perimeters", {}).values()]


def _day_of_signature(keys: Mapping[str, Any]) -> date:
    """Return the day whose law is applied: that of the signature or of the state, where the rules go."""
    days = ("signed-on", "contract-state-on")
    signed = next((place[day] for day in days for place in _places(keys) if place.get(day)), None)
    today, first = date.today(), change_dates(rulebook())[0]
    return min(today, max(first, date.fromisoformat(signed))) if signed else today
