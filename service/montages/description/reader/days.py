"""The day by which one wants to sign, as a sentence writes it: `avant septembre 2027`, `d'ici fin 2027`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache

from montages.description.dates import MONTHS
from montages.description.reader.reader_data import yaml_of
from montages.knowledge.thing_labels import plain_form

_MONTHS = {plain_form(name): n % 12 + 1 for n, name in enumerate(MONTHS)}
_WRITTEN = "|".join(sorted({*_MONTHS, *(name.lower() for name in MONTHS)}, reverse=True))
_PART = r"(?P<part>fin|début|debut|mi|end of|early|mid)[ -](?:de |d['’]|du mois de )?"
_DAY = re.compile(
    rf"(?<![\w/.,])(?:(?:{_PART})?(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s)?(?P<month>{_WRITTEN})\s"
    r"|(?P<n>\d{1,2})/(?P<m>\d{1,2})/"
    r"|(?P<end>fin|end of)\s(?:de\s)?|(?P<start>début|debut|early)\s(?:de\s)?|"
    r")(?P<year>20\d\d)(?![\w€/]|\s?[€%]|[.,]\d)",
    re.IGNORECASE,
)
# So many words before a day tell what it is of.
_BEFORE = 6


def wanted_day(text: str) -> date | None:
    """Return the one day by which one wants to sign, None where there is none or there are several."""
    written = [match for match in _DAY.finditer(text) if _is_wanted(text[: match.start()])]
    wanted = {day for match in written if (day := _named(match)) is not None}
    return wanted.pop() if len(wanted) == 1 else None


def _is_wanted(before: str) -> bool:
    """Tell whether the words just before a day make it the one wanted, and none says of what else it is."""
    clause = re.split(r"[,;:.(]", before)[-1]
    before = _bare(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", clause)[-_BEFORE:])
    wanted, other = _listed("wanted"), _listed("of-other")
    return before.endswith(tuple(wanted)) and not other & set(before.split())


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_bare(words.split("_")) for words in yaml_of("days")[name].split())


def _bare(words: Iterable[str]) -> str:
    """Return words as they are compared, without the articles."""
    forms = " ".join(map(plain_form, words)).split()
    return " ".join(form for form in forms if form not in yaml_of("days")["articles"])


def _named(match: re.Match[str]) -> date | None:
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
