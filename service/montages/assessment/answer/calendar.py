"""How long it takes from the decision to the signature: months by practice, and the days that the law sets.

A channel says it in the place of the procedure; of the contract and its procedure, whichever takes longer.
Where the project says by when it wants the signature, the days between which to decide are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, NotRequired, TypedDict

from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.entry_types import Months
from montages.bilingual import Text, in_both, message
from montages.description.dates import months_before, written_day
from montages.json_schema import Counted, Day, Rule, Slug
from montages.knowledge.buckets import spaced
from montages.knowledge.law import Duty
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

_MONTHS = message(
    "Count {least} to {most} months from the decision to the signature: practice, not law."
)
_WITHIN_A_MONTH = message("Count some weeks from the decision to the signature: practice, not law.")
_BETWEEN = message("To sign by {wanted}, decide between {first} and {last}: practice, not law.")
_AT_THE_LATEST = message(
    "To sign by {wanted}, decide now, by {last} at the latest: practice, not law."
)
_TOO_NEAR = message(
    "{wanted} is too near: count {least} to {most} months from the decision to the signature; "
    "practice, not law."
)


class WaitEntry(TypedDict):
    """Days that the law makes one let pass, and the duty that does."""

    duty: Slug
    days: Counted


class CalendarEntry(TypedDict):
    """How long it takes from the decision to the signature."""

    of: Slug
    months: Annotated[
        Months, "At least and at most, from the decision to the signature: practice, not law."
    ]
    wanted: Annotated[
        Day | None, "The day by which the project wants the signature, null for none."
    ]
    decide: Annotated[
        Annotated[list[Day], Rule(minItems=2, maxItems=2)] | None,
        "The days between which to decide for that, null where none is wanted.",
    ]
    text: str
    steps: NotRequired[
        Annotated[
            list[WaitEntry],
            "The days that the law makes one let pass; in brief, the duties say them.",
        ]
    ]


@dataclass(frozen=True)
class Wanted(OneLine):
    """The day by which a signature is wanted, seen from another."""

    day: date
    seen_on: date


@dataclass(frozen=True)
class Calendar(OneLine):
    """The months that usually pass, for which arrangement, and the duties that make days pass meanwhile."""

    of: Arrangement
    least: float
    most: float
    waits: tuple[Duty, ...]
    wanted: Wanted | None = None

    @property
    def decide(self) -> tuple[date, date] | None:
        """Return the days between which to decide for the signature to come in time, None for any time."""
        if self.wanted is None:
            return None
        return months_before(self.wanted.day, self.most), months_before(self.wanted.day, self.least)

    @property
    def sentence(self) -> Text:
        """Return the months in a sentence, or the days to decide in."""
        return in_both(self._sentence)

    def _sentence(self, lang: str) -> str:
        days: dict[str, str] = {}
        text = _MONTHS if self.most > 1 else _WITHIN_A_MONTH
        if self.wanted is not None and self.decide is not None:
            first, last = self.decide
            late, pressing = last < self.wanted.seen_on, first < self.wanted.seen_on
            text = _TOO_NEAR if late else _AT_THE_LATEST if pressing else _BETWEEN
            named = {"wanted": self.wanted.day, "first": first, "last": last}
            days = {name: written_day(day, lang) for name, day in named.items()}
        least, most = _number(self.least, lang), _number(self.most, lang)
        sentence = text[lang].format(least=least, most=most, **days)
        return sentence[0].upper() + sentence[1:]

    def to_json(self, lang: str) -> CalendarEntry:
        """Return the calendar as JSON; months may be halves."""
        return {
            "of": self.of.slug,
            "months": [self.least, self.most],
            "wanted": self.wanted.day.isoformat() if self.wanted else None,
            "decide": [day.isoformat() for day in self.decide] if self.decide else None,
            "text": self.sentence[lang],
            "steps": [{"duty": d.slug, "days": d.days} for d in self.waits if d.days is not None],
        }


def calendar(named: NamedContract, wanted: Wanted | None = None) -> Calendar | None:
    """Return how long a contract takes with its award, None where practice says nothing of it."""
    award, rules = named.award, named.part.rules
    timed = [award.channel] if award.channel else [named.shown, award.enough]
    calendars = (usual_months(one.arrangement.slug, rules) for one in timed if one is not None)
    waits = tuple(duty.requirement for duty in named.duties if duty.requirement.days is not None)
    longer = longest(calendars)
    return longer and replace(longer, waits=waits, wanted=wanted)


def longest(calendars: Iterable[Calendar | None]) -> Calendar | None:
    """Return the calendar that takes longest, None where there is none."""
    return max(filter(None, calendars), key=lambda one: one.most, default=None)


def usual_months(slug: str, rules: Rules) -> Calendar | None:
    """Return how long an arrangement takes whatever the project, None where practice says nothing of it.

    That of the nearest in force of what it is a kind of.
    """
    for name in rules.lineage(slug):
        arrangement = rules.arrangements.get(name)
        if arrangement is not None and arrangement.months is not None:
            return Calendar(arrangement, *arrangement.months, ())
    return None


_RANGE, _SOME_WEEKS = message("{} to {} months"), message("some weeks")


def months_text(months: tuple[float, float], lang: str) -> str:
    """Return a range of months in words."""
    if months[1] <= 1:
        return _SOME_WEEKS[lang]
    return _RANGE[lang].format(*(_number(number, lang) for number in months))


def _number(months: float, lang: str) -> str:
    return spaced(Decimal(str(months)), lang)
