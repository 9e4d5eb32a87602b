"""What the page of thresholds says of limits, periods and moves: in words, and short where it is drawn."""

from __future__ import annotations

from decimal import Decimal

from montages.advice.thresholds.amount_point import ProcedureMove
from montages.advice.thresholds.procedure_timeline import DEPENDS, NONE, UNKNOWN, amount_criterion
from montages.bilingual import message
from montages.knowledge.buckets import Bucket, Cut, measured
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
# By direction and by whether the limit itself is on the lower side: from where on something switches.
_LIMITS = {
    (True, 0): message("From"),
    (True, 1): message("Above"),
    (False, 0): message("Below"),
    (False, 1): message("Up to"),
}


def enough_words(what: str, lang: str) -> str:
    """Return what suffices: the name of a procedure, or why none can be named."""
    return _WORDS[what][lang] if what in _WORDS else rulebook().arrangements[what].label[lang]


def enough_short(what: str, lang: str) -> str:
    """Return the name of a procedure as a ladder has room for it: without what follows a comma."""
    return rulebook().arrangements[what].label[lang].partition(",")[0]


def foot_words(span: Bucket, lang: str) -> str:
    """Return where a step begins; of the lowest one, where it ends."""
    cut = span.low or span.high
    return limit_words(cut, upwards=span.low is not None, lang=lang) if cut else ""


def amount_words(amount: Decimal, lang: str) -> str:
    """Return an amount with its unit."""
    return measured(amount, amount_criterion().unit)[lang]


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
