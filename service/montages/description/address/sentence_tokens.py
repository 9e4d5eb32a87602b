"""The words, numbers and days of a sentence, in their order, in the form in which names are compared."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from montages.description.dates import MONTHS
from montages.description.parsing.answer_values import written_amount
from montages.knowledge.everyday_answers import ANY_NUMBER, everyday_answers
from montages.knowledge.measurement_units import answer_units
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import plain_form, singular

WHOLE, YEARLY, DURATION = "estimated-value", "yearly-value", "duration-months"
# A number is an amount where its currency stands beside it.
_AMOUNT = re.compile(
    r"€\s?\d[\d., \u00a0\u202f]*(?:k|m|million|billion)?\b|"
    r"(?<![\w.,])(?<!(?<![^\W\d_])\d[ \u00a0\u202f])\d[\d., \u00a0\u202f]*"
    r"(?:(?:k|m|md|mds|milliers?|millions?|milliards?)\s?(?:d['’]\s?)?)?"
    r"(?:€|euros?\b|eur\b)",
    re.IGNORECASE,
)
# What may follow an amount and belongs to it: `par an`, `/an`, `a year`.
_TAX = r"(?:HT|TTC|hors\staxes?|excl\.?\s(?:tax|VAT)|excluding\stax)\b"
_AFTER = re.compile(rf"\s?(?:{_TAX}\s?)?(?!\s?{_TAX})(/?\s?[^\W\d_]+)(\s[^\W\d_]+)?", re.IGNORECASE)
# What makes it the price of a part: `/mois`, `pièce`; it is asked, not taken, but for one of a year.
_OF_A_PART = re.compile(
    r"/|par\s(?!an\b)|(?:le|la|du|au|chaque)\s(?:mois|jour|trimestre|semestre|m2|mètre|point|poste)\b"
    r"|pièces?\b|l['’]unité|mensuel|trimestriel|semestriel|(?:a|per|each)\s(?:month|day|quarter|unit)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?<![\w.,])(\d[\d., \u00a0\u202f]*?)\s?([^\W\d_]+²?)")
_WORD = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|[^\W_]+")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
# An article too, but before a time: `un an`, `une fois`.
_ONE, _TIMES = "1", frozenset({"fois", "time", "times"})
# Days: `1er mars 2027`, `septembre 2027`, `fin 2027`, `01/03/2027`.
_MONTHS = {plain_form(name): n % 12 + 1 for n, name in enumerate(MONTHS)}
_WRITTEN = "|".join(sorted({*_MONTHS, *(name.lower() for name in MONTHS)}, reverse=True))
_PART = r"(?P<part>fin|début|debut|mi|end of|early|mid)[ -](?:de |d['’]|du mois de )?"
# A year alone is a day only where words before it say so: a number of four digits may count things.
_DAY = re.compile(
    rf"(?<![\w/.,])(?:(?:{_PART})?(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s)?(?P<month>{_WRITTEN})\s"
    r"|(?P<n>\d{1,2})/(?P<m>\d{1,2})/"
    r"|(?P<end>fin|end of)\s(?:de\s)?|(?P<start>début|debut|early)\s(?:de\s)?"
    r"|(?<=avant )|(?<=before )|(?<=ici )|(?<=ici à )"
    r")(?P<year>20\d\d)(?![\w€/]|\s?[€%]|[.,]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SentenceNumber:
    """A number with the criterion that its unit answers, "" for none; no value where it is in doubt."""

    criterion: str
    value: Decimal | None


@dataclass(frozen=True)
class Token:
    """A word, a number or a day of a sentence, and where it stands there."""

    form: str
    start: int
    end: int
    number: SentenceNumber | None = None
    day: date | None = None


def sentence_tokens(sentence: str) -> tuple[Token, ...]:
    """Return the words and numbers of a sentence, whose numbers are in digits, in their order."""
    tokens: list[Token] = []

    def take(match: re.Match[str], number: SentenceNumber) -> str:
        start, text = match.start(), match[0].rstrip()
        tokens.append(Token(ANY_NUMBER, start, start + len(text), number))
        return " " * len(match[0])

    def amount(match: re.Match[str]) -> str:
        if (after := _AFTER.match(sentence, match.end())) is not None:
            for text in (match[0] + after[1], match[0] + after[1] + (after[2] or "")):
                if read_amount(text, WHOLE) is None and read_amount(text, YEARLY) is not None:
                    return take(match, SentenceNumber(YEARLY, read_amount(match[0], YEARLY)))
            if _OF_A_PART.match(after[1].lstrip() + (after[2] or "")):
                return take(match, SentenceNumber(WHOLE, None))
        return take(match, SentenceNumber(WHOLE, read_amount(match[0], WHOLE)))

    def counted(match: re.Match[str]) -> str:
        for criterion in _counted_in(match[2]):
            return take(match, SentenceNumber(criterion, read_amount(match[0], criterion)))
        return match[0]

    def day(match: re.Match[str]) -> str:
        if (named := _named_day(match)) is None:
            return match[0]
        tokens.append(Token(ANY_NUMBER, *match.span(), day=named))
        return " " * len(match[0])

    rest = _COUNTED.sub(counted, _AMOUNT.sub(amount, _DAY.sub(day, sentence)))
    tokens += (_word(match) for match in _WORD.finditer(rest))
    return tuple(sorted(tokens, key=lambda token: token.start))


def name_forms(name: str) -> str:
    """Return a name in the form in which it is looked for among the words and numbers of a sentence."""
    return " ".join(_word(match).form for match in _WORD.finditer(in_digits(name)))


def in_digits(sentence: str) -> str:
    """Return a sentence with the numbers that it writes in letters written in digits."""
    pattern, digits = _number_words()

    def written(match: re.Match[str]) -> str:
        number, after = digits[plain_form(match[0])], _NEXT_WORD.match(sentence, match.end())
        timed = after and (after[1] in _TIMES or DURATION in _counted_in(after[1]))
        return match[0] if number == _ONE and not timed else number

    return pattern.sub(written, sentence)


def sentence_amount(sentence: str) -> Decimal | None:
    """Return the amount that a sentence writes with its currency, None where it is in doubt or not there."""
    match = _AMOUNT.search(sentence)
    return read_amount(match[0], WHOLE) if match else None


def read_amount(text: str, criterion: str) -> Decimal | None:
    """Return the number of a text, None in doubt: `9,000 inhabitants` and `€11,500` are thousands."""
    units, text = answer_units()[criterion], text.strip()
    amount = written_amount(text, units)
    whole = text.startswith("€") or not rulebook().criteria[criterion].amount
    if amount and amount.doubtful and whole:
        amount = written_amount(amount.doubtful[1] + (" €" if text.startswith("€") else ""), units)
    return amount.number if amount and amount.doubtful is None else None


def _word(match: re.Match[str]) -> Token:
    text = match[0]
    if text[0].isdecimal() and (digits := "".join(text.split())).isdecimal():
        return Token(ANY_NUMBER, *match.span(), SentenceNumber("", Decimal(digits)))
    form = singular(plain_form(text))
    # `payée` is compared as `payé`.
    return Token(form[:-1] if form.endswith("ee") else form, *match.span())


def _counted_in(word: str) -> Iterator[str]:
    """Yield the criteria that are counted in a unit and asked whatever else is said, but for amounts."""
    for name, units in answer_units().items():
        criterion = rulebook().criteria[name]
        if not criterion.amount and not criterion.asked_when and units.is_unit(word):
            yield name


@cache
def _number_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds a number in letters, and the digits of each by its plain form."""
    worths = [(w, a.worth) for a in everyday_answers().values() if a.worth for w in a.words]
    longest_first = sorted((word for word, _ in worths), key=lambda word: (-len(word), word))
    words = "|".join(re.escape(word) for word in longest_first)
    return (
        re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE),
        {plain_form(word): str(worth) for word, worth in worths},
    )


def _named_day(match: re.Match[str]) -> date | None:
    """Return the day that is named: of a month the first, its last at its end; None where there is none."""
    of, year = match.groupdict(), int(match["year"])
    part = plain_form(of["part"] or of["end"] or "")
    ends, middle = part in ("fin", "end of"), part in ("mi", "mid")
    month = int(of["m"] or 0) or _MONTHS.get(plain_form(of["month"] or ""), 12 if ends else 1)
    try:
        first = date(year, month, int(of["n"] or of["day"] or (15 if middle else 1)))
    except ValueError:  # 31/02/2027
        return None
    return first.replace(day=monthrange(year, month)[1]) if ends else first
