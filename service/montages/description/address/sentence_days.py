"""The days that a sentence names: `1er mars 2027`, `septembre 2027`, `fin 2027`, `01/03/2027`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from montages.description.dates import MONTHS
from montages.knowledge.thing_labels import plain_form

_MONTHS = {plain_form(name): n % 12 + 1 for n, name in enumerate(MONTHS)}
_WRITTEN = "|".join(sorted({*_MONTHS, *(name.lower() for name in MONTHS)}, reverse=True))
_PART = r"(?P<part>fin|début|debut|mi|end of|early|mid)[ -](?:de |d['’]|du mois de )?"
# A year alone is a day only where words before it say so: a number of four digits may count things.
NAMED_DAY = re.compile(
    rf"(?<![\w/.,])(?:(?:{_PART})?(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s)?(?P<month>{_WRITTEN})\s"
    r"|(?P<n>\d{1,2})/(?P<m>\d{1,2})/"
    r"|(?P<end>fin|end of)\s(?:de\s)?|(?P<start>début|debut|early)\s(?:de\s)?"
    r"|(?<=avant )|(?<=before )|(?<=ici )|(?<=ici à )"
    r")(?P<year>20\d\d)(?![\w€/]|\s?[€%]|[.,]\d)",
    re.IGNORECASE,
)


def named_day(match: re.Match[str]) -> date | None:
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
