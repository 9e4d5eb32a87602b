"""What the page of thresholds says of limits, periods and moves: in words, and short where it is drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from montages.advice.thresholds.amount_point import ProcedureMove
from montages.advice.thresholds.amount_rules import amount_criterion
from montages.advice.thresholds.procedure_timeline import DEPENDS, NONE, UNKNOWN
from montages.bilingual import Text, message
from montages.knowledge.buckets import Cut, spaced
from montages.knowledge.law import FOREVER, Span
from montages.knowledge.rulebook import rulebook
from montages.publish.text.signs import PROCEDURE_SIGNS
from montages.publish.text.typography import day

_UNKNOWN = message("threshold not known on that day")
_WORDS = {
    DEPENDS: message("depends on the answers asked for"),
    UNKNOWN: _UNKNOWN,
    NONE: message("no procedure open"),
}
_SHORT = {DEPENDS: message("depends on answers"), UNKNOWN: message("unknown"), NONE: Text("", "")}
# By direction and by whether the limit itself is on the lower side: from where on something switches.
_LIMITS = {
    (True, 0): message("From"),
    (True, 1): message("Above"),
    (False, 0): message("Below"),
    (False, 1): message("Up to"),
}
_POWERS = ((6, "M"), (3, "k"))


def enough_words(what: str, lang: str) -> str:
    """Return what suffices: the name of a procedure, or why none can be named."""
    return _WORDS[what][lang] if what in _WORDS else rulebook().arrangements[what].label[lang]


def enough_short(what: str, lang: str) -> str:
    """Return what suffices in few signs, as it is written in the picture."""
    if what in _SHORT:
        return _SHORT[what][lang]
    known = rulebook().arrangements.get(what)
    return known.label[lang].partition(",")[0] if known else ""


def amount_words(amount: Decimal, lang: str) -> str:
    """Return an amount with its unit."""
    return f"{spaced(amount, lang)} {amount_criterion().unit[lang]}"


def short_amount(amount: Decimal, lang: str) -> str:
    """Return an amount in few signs: `216 k€`, `€5.404M`."""
    power, letter = next(((p, x) for p, x in _POWERS if amount >= 10**p), (0, ""))
    text = spaced(amount.scaleb(-power), lang)
    return f"{text}\u202f{letter}€" if lang == "fr" else f"€{text}{letter}"


def short_day(value: date, lang: str) -> str:
    """Return a day in few signs: `1/4/2026`, `1 Apr 2026`."""
    return (
        f"{value.day}/{value.month}/{value.year}"
        if lang == "fr"
        else f"{value.day} {value:%b} {value.year}"
    )


def span_words(span: Span, lang: str) -> str:
    """Return the days of a period."""
    first, last = day(span.first, lang), day(span.last, lang)
    if span.last == FOREVER:
        return f"depuis le {first}" if lang == "fr" else f"since {first}"
    return f"du {first} au {last}" if lang == "fr" else f"{first} to {last}"


def limit_words(cut: Cut, *, upwards: bool, lang: str) -> str:
    """Return from where on something switches."""
    return f"{_LIMITS[upwards, cut[1]][lang]} {amount_words(cut[0], lang)}"


def move_words(move: ProcedureMove, lang: str) -> str:
    """Return what becomes of a procedure."""
    before, after = (PROCEDURE_SIGNS[v].one[lang] for v in (move.before, move.after))
    return f"{before} → {after}" + (f" ({_UNKNOWN[lang]})" if move.waits else "")
