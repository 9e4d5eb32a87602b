"""What a person asked in a sentence, answered first: whether to publish, how long, who signs, how much.

May one, and which contract, are what the answer says anyhow.
"""

from __future__ import annotations

from collections.abc import Sequence

from montages.assessment.answer.calendar import Calendar
from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.answer.row_duties import deciding_duties, due_duties, publication_duties
from montages.assessment.wording import facts_text
from montages.bilingual import NO_TEXT, Text, in_both, message

_DURATION = "duration-months"
_PUBLISH = message("An advertisement is due.")
_NOT_WITHOUT = message("No: an advertisement is due.")
_DO_NOT_PUBLISH = message("No advertisement is due.")
_ON_FACTS = message("An advertisement is due, unless it is verified {facts}.")
_ON_AMOUNT = message("Whether an advertisement is due depends on the amount.")
_NO_PRICES = message("We do not estimate prices: ask for a quote.")


def asked_first(asks: str, named: Sequence[NamedContract], time: Calendar | None) -> Text:
    """Return what answers the question of a sentence, nothing where the contracts that are named do.

    `time` is how long the one that takes longest takes.
    """
    match asks:
        case "publish":
            return _published(named, _PUBLISH)
        case "directly":
            return _published(named, _NOT_WITHOUT)
        case "how-long":
            rules = [
                check.requirement.reading
                for check in named[0].shown.checks
                if check.requirement.hard
                and check.requirement.own.criterion == _DURATION
                and check.outcome != "not-applicable"
            ]
            texts = [*rules, *([time.sentence] if time else [])]
            return in_both(lambda lang: " ".join(text[lang] for text in texts))
        case "who-signs":
            due = due_duties(duty for one in named for duty in one.duties)
            return in_both(
                lambda lang: "".join(f"{d.label[lang]}." for d in deciding_duties(due)[:1])
            )
        case "how-much":
            return _NO_PRICES
    return NO_TEXT


def _published(named: Sequence[NamedContract], due: Text) -> Text:
    awards = [one.award for one in named]
    if not all(award.needed for award in awards):
        return NO_TEXT
    open_awards = [award for award in awards if not (award.channel or award.enough)]
    if not open_awards:
        notices = any(publication_duties(due_duties(one.duties)) for one in named)
        return due if notices else _DO_NOT_PUBLISH
    if any(award.ladder for award in open_awards):
        return _ON_AMOUNT
    awaited = [lightest for award in open_awards for lightest in award.awaited[:1]]
    unless = [one for one in awaited if one.arrangement.ends_questions]
    facts = facts_text(unless[0].to_verify, named[0].part.rules) if unless else NO_TEXT
    if facts.fr:
        return in_both(lambda lang: _ON_FACTS[lang].format(facts=facts[lang]))
    return due if awaited else NO_TEXT
