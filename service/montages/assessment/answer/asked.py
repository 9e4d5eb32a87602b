"""What a person asked in a sentence, answered first: whether to publish, how long, who signs, how much.

May one, and which contract, are what the answer says anyhow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from montages.assessment.answer.calendar import Calendar
from montages.assessment.answer.named_rows import AnswerRow
from montages.assessment.answer.row_duties import decides, due_duties, published
from montages.assessment.answer.ways import Ways
from montages.assessment.check import DutyResult
from montages.assessment.wording import facts_text
from montages.bilingual import NO_TEXT, Text, in_both, message
from montages.knowledge.periods import Rules

_DURATION = "duration-months"
_PUBLISH = message("An advertisement is due.")
_NOT_WITHOUT = message("No: an advertisement is due.")
_DO_NOT_PUBLISH = message("No advertisement is due.")
_ON_FACTS = message("An advertisement is due, unless it is verified {facts}.")
_ON_AMOUNT = message("Whether an advertisement is due depends on the amount.")
_NO_PRICES = message("We do not estimate prices: ask for a quote.")


class Named(NamedTuple):
    """What an answer names: its rows, the ways and the duties of each, how long the longest takes."""

    rows: Sequence[AnswerRow]
    ways: Sequence[Ways]
    duties: Sequence[Sequence[DutyResult]]
    calendar: Calendar | None
    rules: Rules


def asked_first(asks: str, named: Named) -> Text:
    """Return what answers the question of a sentence, nothing where the contract that is named does."""
    telling = _ANSWERS.get(asks)
    return in_both(lambda lang: " ".join(telling(named, lang))) if telling else NO_TEXT


def _published(named: Named, lang: str, due: Text = _PUBLISH) -> Iterator[str]:
    if not all(way.needed for way in named.ways):
        return
    open_ways = [way for way in named.ways if not (way.channel or way.enough)]
    if not open_ways:
        notices = any(published(due_duties(duties)) for duties in named.duties)
        yield (due if notices else _DO_NOT_PUBLISH)[lang]
    elif any(way.ladder for way in open_ways):
        yield _ON_AMOUNT[lang]
    elif awaited := [lightest for way in open_ways for lightest in way.awaited[:1]]:
        unless = [one for one in awaited if one.arrangement.ends_questions]
        facts = facts_text(unless[0].to_verify, named.rules)[lang] if unless else ""
        yield _ON_FACTS[lang].format(facts=facts) if facts else due[lang]


def _directly(named: Named, lang: str) -> Iterator[str]:
    yield from _published(named, lang, _NOT_WITHOUT)


def _lasting(named: Named, lang: str) -> Iterator[str]:
    """Yield how long the contract may last, where the law says so, then how long it takes to make."""
    for check in named.rows[0].row.shown.checks:
        rule = check.requirement
        if rule.hard and rule.own.criterion == _DURATION and check.outcome != "not-applicable":
            yield rule.reading[lang]
    if named.calendar:
        yield named.calendar.sentence[lang]


def _deciding(named: Named, lang: str) -> Iterator[str]:
    due = due_duties(duty for duties in named.duties for duty in duties)
    yield from (f"{duty.label[lang]}." for duty in decides(due)[:1])


def _pricing(named: Named, lang: str) -> Iterator[str]:
    yield _NO_PRICES[lang]


_ANSWERS: dict[str, Callable[[Named, str], Iterator[str]]] = {
    "publish": _published,
    "directly": _directly,
    "how-long": _lasting,
    "who-signs": _deciding,
    "how-much": _pricing,
}
