"""What contracts really retained are worth by the assessment: how many of each verdict, by contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.assessment.retained import Retained
from montages.bilingual import Text
from montages.errors import MontagesError
from montages.knowledge.periods import change_dates
from montages.knowledge.rulebook import rulebook

# Of which nothing says where they stand.
STATE_UNKNOWN = "unknown"
# To verify, and only by who buys: nothing is missing but what all purchases of the project wait for.
BUYER_VERIFIES = "buyer-verifies"


@dataclass
class RetainedContracts:
    """Contracts retained, counted by contract and verdict on it; `closed` names those closed by a fact.

    Those that only the buyer can verify are apart from the others to verify: `waiting` counts them by the
    facts that they wait for. `states` counts all by where they stand (signed, in consultation…), `untold` the
    descriptions that name no contract, `errors` those not assessed.
    """

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    waiting: Counter[tuple[str, ...]] = field(default_factory=Counter)
    closed: list[tuple[str, Text]] = field(default_factory=list)
    untold: int = 0
    errors: int = 0

    @property
    def judged(self) -> int:
        """Return how many contracts have a verdict."""
        return sum(self.verdicts.values())

    def share(self, number: int) -> float:
        """Return the share that a number is of the contracts judged, between 0 and 1."""
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
            facts = _common_facts(assessment, retained)
            verdict = BUYER_VERIFIES if facts else retained.verdict.value
            self.verdicts[retained.contract, verdict] += 1
            self.states[_state(retained)] += 1
            if facts:
                self.waiting[facts] += 1
            if retained.verdict.value == "closed" and retained.why is not None:
                self.closed.append((str(keys.get("id", "")), retained.why))


def _places(keys: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the whole project and its parts, where a contract may be said to be retained."""
    return [keys, *keys.get("perimeters", {}).values()]


def _state(retained: Retained) -> str:
    """Return where a contract stands: as it is said, else signed where a day of signature is."""
    return retained.state or ("signed" if retained.signed_on else STATE_UNKNOWN)


def _common_facts(assessment: Assessment, retained: Retained) -> tuple[str, ...]:
    """Return the facts that a contract to verify waits for, nothing where it waits for one of its own."""
    if retained.verdict.value != "to-verify":
        return ()
    units = [each.unit for each in assessment.units if each.unit.id in retained.units]
    result = assessment.explainer.of(units).result(retained.contract)
    facts = {term.criterion for term in result.to_verify} if result else set()
    common = assessment.answer.common
    return tuple(name for name in common if name in facts) if facts <= set(common) else ()


def _day_of_signature(keys: Mapping[str, Any]) -> date:
    """Return the day whose law is applied: that of the signature or of the state, where the rules go."""
    days = ("signed-on", "contract-state-on")
    signed = next((place[day] for day in days for place in _places(keys) if place.get(day)), None)
    today, first = date.today(), change_dates(rulebook())[0]
    return min(today, max(first, date.fromisoformat(signed))) if signed else today
