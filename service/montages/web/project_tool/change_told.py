"""What an answer given otherwise changes, in one line: what was named before, and what is named now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from montages.assessment.answer.sentences import called
from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.wording import enumerated, in_sentence, lower
from montages.bilingual import Text, in_both, message
from montages.description.address.address_difference import AddressChange

_MOVED = message("Before: {before}. Now: {now}, because {why}.")
_SAME = message("The contract and its procedure stay the same when {why}.")
_DONE_OTHERWISE = message(
    "The contract and its procedure stay the same when {why}; what is to be done changes."
)
_ANSWERED = message("you answer “{after}” to “{label}”")
_NOT_ANSWERED = message("you no longer answer “{label}”")


def change_told(changes: Sequence[AddressChange], before: ShortAnswer, now: ShortAnswer) -> Text:
    """Return what changed answers change of what is named, and which answers they are."""

    def sentence(lang: str) -> str:
        why = enumerated([_answered(change, lang) for change in changes], lang)
        old, new = _named(before, lang), _named(now, lang)
        if old != new:
            return _MOVED[lang].format(before=old, now=new, why=why)
        return (_SAME if before.due == now.due else _DONE_OTHERWISE)[lang].format(why=why)

    return in_both(sentence)


def _answered(change: AddressChange, lang: str) -> str:
    label = change.label[lang]
    if where := change.where[lang]:
        label = f"{label} ({where})"
    after = change.after[lang]
    words = (_ANSWERED if after else _NOT_ANSWERED)[lang]
    return words.format(after=lower(after), label=label)


def _named(answer: ShortAnswer, lang: str) -> str:
    """Return what an answer names, each contract with its procedure or its channel; else its first line."""
    if not answer.rows or answer.names_none:
        return lower(answer.headline[lang].removesuffix("."))
    return " + ".join(_rows(answer, lang))


def _rows(answer: ShortAnswer, lang: str) -> Iterator[str]:
    for named in answer.rows:
        way = named.award.channel or named.award.enough
        words = called(named, lang)
        yield f"{words}, {in_sentence(way.arrangement, lang)}" if way else words
