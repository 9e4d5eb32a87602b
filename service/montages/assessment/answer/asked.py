"""What a person asked in a sentence, answered first: whether to publish, how long, who signs, how much.

May one, and which contract, are what the answer says anyhow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from montages.assessment.answer.row_duties import decides, due_duties, published
from montages.assessment.wording import facts_text
from montages.bilingual import NO_TEXT, Text, in_both, message

if TYPE_CHECKING:
    from montages.assessment.answer.short_answer import ShortAnswer

_DURATION = "duration-months"
_PUBLISH = message("An advertisement is due.")
_DO_NOT_PUBLISH = message("No advertisement is due.")
_ON_FACTS = message("An advertisement is due, unless it is verified {facts}.")
_ON_AMOUNT = message("Whether an advertisement is due depends on the amount.")
_NO_PRICES = message("We do not estimate prices: ask for a quote.")


def asked_first(asks: str, answer: ShortAnswer) -> Text:
    """Return what answers the question of a sentence, nothing where a refusal or the contract does."""
    telling = _ANSWERS.get(asks)
    if telling is None or not answer.affirms:
        return NO_TEXT
    return in_both(lambda lang: " ".join(telling(answer, lang)))


def _published(answer: ShortAnswer, lang: str) -> Iterator[str]:
    open_ways = [way for way in answer.ways if not (way.channel or way.enough) and way.needed]
    if not open_ways:
        due = any(published(due_duties(duties)) for duties in answer.duties)
        yield (_PUBLISH if due else _DO_NOT_PUBLISH)[lang]
    elif any(way.ladder for way in open_ways):
        yield _ON_AMOUNT[lang]
    elif awaited := [lightest for way in open_ways for lightest in way.awaited[:1]]:
        unless = [one for one in awaited if one.arrangement.ends_questions]
        facts = facts_text(unless[0].to_verify, answer.explainer.rules)[lang] if unless else ""
        yield _ON_FACTS[lang].format(facts=facts) if facts else _PUBLISH[lang]


def _lasting(answer: ShortAnswer, lang: str) -> Iterator[str]:
    """Yield how long the contract may last, where the law says so, then how long it takes to make."""
    for check in answer.rows[0].row.shown.checks:
        rule = check.requirement
        if rule.hard and rule.own.criterion == _DURATION and check.outcome != "not-applicable":
            yield check.requirement.reading[lang]
    if answer.calendar:
        yield answer.calendar.sentence[lang]


def _deciding(answer: ShortAnswer, lang: str) -> Iterator[str]:
    yield from (f"{duty.label[lang]}." for duty in decides(answer.due)[:1])


def _pricing(answer: ShortAnswer, lang: str) -> Iterator[str]:
    yield _NO_PRICES[lang]


_ANSWERS: dict[str, Callable[[ShortAnswer, str], Iterator[str]]] = {
    "publish": _published,
    "how-long": _lasting,
    "who-signs": _deciding,
    "how-much": _pricing,
}
