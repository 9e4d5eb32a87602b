"""The calendar as it is drawn: its stops from the decision to the signature, who acts at each, the days."""

from __future__ import annotations

from dataclasses import dataclass

from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.wording import lower
from montages.bilingual import message
from montages.description.dates import written_day
from montages.knowledge.law import Duty

# The moments at which a calendar stops, and whether it does where nothing is due.
_STOPS = {
    "before-launch": (message("Decision", context="of whoever buys"), True),
    "at-publication": (message("Notice"), False),
    "at-award": (message("Choice of the offer"), False),
    "at-signature": (message("Signature"), True),
}
_BETWEEN, _BY = message("between {} and {}"), message("by {} at the latest")
_BEFORE = message("before {}")
_DAYS, _THEN = message("at least {} days"), message("then: {}")


@dataclass(frozen=True)
class CalendarStop:
    """A stop of the calendar: its name, the days that are known, who acts, the days to leave."""

    title: str
    day: str
    bodies: tuple[str, ...]
    days: str


def calendar_stops(answer: ShortAnswer, lang: str) -> list[CalendarStop]:
    """Return the stops of a calendar, none where practice says nothing of the time it takes."""
    if answer.calendar is None or answer.names_none:
        return []
    stops = []
    for moment, (title, always) in _STOPS.items():
        members = [duty for duty in answer.due if duty.due_at == moment]
        if members or always:
            bodies = dict.fromkeys(duty.body_name[lang] for duty in members if duty.body)
            # Who controls acts once it is signed.
            after = moment == "at-signature"
            who = [_THEN[lang].format(lower(body)) if after else body for body in bodies]
            day = moment_day(moment, answer, lang)
            stops.append(CalendarStop(title[lang], day, tuple(who), _days(members, lang)))
    return stops


def moment_day(moment: str, answer: ShortAnswer, lang: str) -> str:
    """Return by when what is due at a moment is done; "" where no day is wanted, or it is too near."""
    calendar = answer.calendar
    if calendar is None or calendar.wanted is None or calendar.decide is None:
        return ""
    first, last = calendar.decide
    if last < calendar.wanted.seen_on:
        return ""
    if moment == "at-signature":
        return _BY[lang].format(written_day(calendar.wanted.day, lang))
    if moment == "at-award":
        return _BEFORE[lang].format(written_day(calendar.wanted.day, lang))
    if moment == "before-launch":
        if first < calendar.wanted.seen_on:
            return _BY[lang].format(written_day(last, lang))
        return _BETWEEN[lang].format(*(written_day(day, lang) for day in (first, last)))
    return ""


def _days(duties: list[Duty], lang: str) -> str:
    days = max((duty.days for duty in duties if duty.days is not None), default=None)
    return _DAYS[lang].format(days) if days is not None else ""
