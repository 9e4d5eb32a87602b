"""How long it takes from the decision to the signature: months by practice, and the days that the law sets.

A channel says it in the place of the procedure; of the contract and its procedure, whichever takes longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from montages.assessment.answer.named_rows import AnswerRow
from montages.assessment.answer.ways import Ways
from montages.assessment.arrangement_result import DutyResult
from montages.bilingual import Text, in_both, message
from montages.knowledge.law import Duty
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

_MONTHS = message(
    "Count {least} to {most} months from the decision to the signature ({spent}): practice, not law."
)
_WITHIN_A_MONTH = message(
    "Count some weeks from the decision to the signature ({spent}): practice, not law."
)


@dataclass(frozen=True)
class Calendar(OneLine):
    """The months that usually pass, for which arrangement, and the duties that make days pass meanwhile."""

    of: Arrangement
    least: float
    most: float
    waits: tuple[Duty, ...]

    @property
    def sentence(self) -> Text:
        """Return the months in a sentence, with what they are spent on."""
        text = _MONTHS if self.most > 1 else _WITHIN_A_MONTH
        return in_both(
            lambda lang: text[lang].format(
                least=_number(self.least), most=_number(self.most), spent=self.of.time_spent[lang]
            )
        )

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the calendar as JSON; months may be halves."""
        return {
            "of": self.of.slug,
            "months": [self.least, self.most],
            "text": self.sentence[lang],
            "steps": [{"duty": duty.slug, "days": duty.days} for duty in self.waits],
        }


def calendar(
    named: AnswerRow, ways: Ways, duties: Iterable[DutyResult], rules: Rules
) -> Calendar | None:
    """Return how long a row of the answer takes, None where practice says nothing of it."""
    if ways.channel is not None:
        timed = _timed(ways.channel.arrangement.slug, rules)
    else:
        timed = _timed(named.row.shown.arrangement.slug, rules)
        if ways.enough is not None:
            timed += _timed(ways.enough.arrangement.slug, rules)
    if not timed:
        return None
    longest = max(timed, key=_most)
    least, most = longest.months or (0, 0)
    waits = tuple(duty.requirement for duty in duties if duty.requirement.days is not None)
    return Calendar(longest, least, most, waits)


def longest(calendars: Sequence[Calendar]) -> Calendar | None:
    """Return the calendar that takes longest, None where there is none."""
    return max(calendars, key=lambda one: one.most, default=None)


def _timed(slug: str, rules: Rules) -> list[Arrangement]:
    """Return the nearest arrangement of a lineage of which practice says the months, if any does."""
    lineage = (rules.arrangements[name] for name in rules.lineage(slug))
    return [arrangement for arrangement in lineage if arrangement.months is not None][:1]


def _most(arrangement: Arrangement) -> float:
    return arrangement.months[1] if arrangement.months else 0


def _number(months: float) -> str:
    return f"{months:g}"
