"""Numbers become closed values: the bounds of the rulebook cut the number line into buckets (R12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from rdflib import URIRef

from montages.bilingual import Text
from montages.knowledge.model import Criterion, Value
from montages.names import ID
from montages.one_line import OneLine

# A cut lies just before its number (below / at least) or just after it (at most / above).
BEFORE, AFTER = 0, 1
CUT_OF_SIDE = {"below": BEFORE, "at-least": BEFORE, "at-most": AFTER, "above": AFTER}
Cut = tuple[Decimal, int]


@dataclass(frozen=True)
class Bucket(OneLine):
    """The numbers between two cuts; `None` means no cut on that side."""

    criterion: str
    low: Cut | None
    high: Cut | None
    unit: Text

    @property
    def slug(self) -> str:
        """Return a readable slug such as `over-48-to-60`."""
        low = f"{'over' if self.low[1] else 'from'}-{_plain(self.low[0])}" if self.low else ""
        high = f"{'to' if self.high[1] else 'under'}-{_plain(self.high[0])}" if self.high else ""
        return "-".join(part for part in (low, high) if part) or "any"

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the bucket as a value of its criterion."""
        return ID[f"{self.criterion}/{self.slug}"]

    @property
    def label(self) -> Text:
        """Return the bucket in words, with its unit."""
        fr, en = [], []
        sign, en_unit = around(self.unit.en, "en")
        if self.low:
            number = self.low[0]
            fr.append(f"{'plus de' if self.low[1] else 'à partir de'} {spaced(number, 'fr')}")
            en.append(f"{'over' if self.low[1] else 'from'} {sign}{spaced(number, 'en')}")
        if self.high:
            number = self.high[0]
            fr.append(f"{'au plus' if self.high[1] else 'moins de'} {spaced(number, 'fr')}")
            en.append(f"{'at most' if self.high[1] else 'under'} {sign}{spaced(number, 'en')}")
        fr_text = ", ".join(fr) or "toute valeur"
        en_text = ", ".join(en) or "any value"
        return Text(f"{fr_text} {self.unit.fr}".strip(), f"{en_text} {en_unit}".strip())

    def within(self, side: str, limit: Decimal) -> bool:
        """Tell whether every number of the bucket respects a bound."""
        cut = (limit, CUT_OF_SIDE[side])
        if side in ("at-most", "below"):
            return self.high is not None and self.high <= cut
        return self.low is not None and self.low >= cut

    def holds(self, number: Decimal) -> bool:
        """Tell whether a number lies in the bucket."""
        low, high = self.low, self.high
        above = low is None or number > low[0] or (number == low[0] and low[1] == BEFORE)
        below = high is None or number < high[0] or (number == high[0] and high[1] == AFTER)
        return above and below

    def value(self) -> Value:
        """Return the bucket as a value of its criterion's closed list."""
        return Value(self.slug, self.iri, self.label)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def spaced(number: Decimal | int, lang: str) -> str:
    """Return a number as people write it: `216 000` (fr, narrow no-break space) or `216,000` (en)."""
    text = f"{number:,}" if isinstance(number, int) else f"{number.normalize():,f}"
    return text.replace(",", "\u202f").replace(".", ",") if lang == "fr" else text


def measured(number: Decimal | int, unit: Text) -> Text:
    """Return a number as people write it, with its unit: `216 000 € HT`, `€216,000 excl. tax`."""
    return Text(*(measured_in(lang, number, unit[lang]) for lang in ("fr", "en")))


def measured_in(lang: str, number: Decimal | int, unit: str) -> str:
    """Return a number as people of a language write it, with its unit in that language."""
    before, after = around(unit, lang)
    return f"{before}{spaced(number, lang)} {after}".rstrip()


def around(unit: str, lang: str) -> tuple[str, str]:
    """Return what a unit puts before a number and after it: English writes a currency first."""
    if lang == "en" and unit.startswith("€"):
        return "€", unit[1:].lstrip()
    return "", unit


def buckets(criterion: Criterion, bounds: Iterable[tuple[str, Decimal]]) -> tuple[Bucket, ...]:
    """Return the buckets that the bounds (side, limit) cut, smallest first."""
    cuts = sorted({(limit, CUT_OF_SIDE[side]) for side, limit in bounds})
    edges: list[Cut | None] = [None, *cuts, None]
    return tuple(Bucket(criterion.slug, low, high, criterion.unit) for low, high in pairwise(edges))
