"""A sum in words: « 60 × 22 × 48 = 63 360 € HT »."""

from __future__ import annotations

from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.model import Sum, Term
from montages.knowledge.buckets import spaced


def sum_text(of: Sum, lang: str) -> str:
    """Return a sum as people write it, with what it comes to and its unit."""
    unit = lexicon().written.get(of.criterion, {}).get(lang, "")
    whole = f"{spaced(of.value, lang)} {unit}".rstrip()
    sums = " + ".join(_term(term, lang) for term in of.terms)
    return whole if sums == spaced(of.value, lang) else f"{sums} = {whole}"


def _term(term: Term, lang: str) -> str:
    factors = [number for number in term.factors if number != 1] or [Decimal(1)]
    text = " × ".join(_number(number, lang) for number in factors)
    if term.percent is not None:
        text += f" × {_number(term.percent, lang)} %"
    return f"{text} ÷ {_number(term.over, lang)}" if term.over else text


def _number(number: Decimal, lang: str) -> str:
    return spaced(number.quantize(Decimal("0.01")), lang)
