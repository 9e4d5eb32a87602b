"""How long the contract lasts: durations, renewals, a trial first, and the duration of an amount alone.

The sentence is written as one sign for each number or word of time, and renewals are found in it as shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.amount_types import Span, Sum, Term
from montages.description.reader.amounts.line import Item, Line

# D a duration, A « annuel », N a number, € an amount, r « reconductible », R « reconductions », f « ferme »,
# t « fois », o « once », l « dans la limite de », + a plus, w a small word, W another.
_GAP = "[fwWA,(€]{0,6}"
_SHAPES = (
    (r"N\|w*(?P<first>D)", "either"),
    (r"(?P<first>D)\|w*[ND]", "either"),
    (f"(?P<first>[DA]){_GAP}[rR][wR,]*l[wl]*(?P<all>D)", "limit"),
    (f"(?P<first>[DA]){_GAP}r[wR,A]*(?:(?P<count>N)t|(?P<once>o))w*(?P<each>D)?", "times"),
    ("(?P<first>D)[fw+,(]*(?P<count>N)[Rr]w*(?P<each>D)?", "times"),
    ("(?P<first>D)f?[+,w]+(?P<count>N)tw*(?P<each>D)", "times"),
    ("(?P<first>D)f?[+,w]+Rw+(?P<each>D)", "plus"),
    (r"(?P<first>D)f\+(?P<count>N)(?!t|\+N)", "times"),
    (r"(?P<first>D)f?(?P<years>(?:\+N){2,})(?!t)", "years"),
    (r"(?P<first>D)f*[,w]*\+[wf]*(?P<each>D)", "plus"),
    (r"(?P<years>N(?:\+N)*\+)(?P<first>D)", "years"),
    (f"(?P<first>[DA]){_GAP}[rR]", "unknown"),
    ("(?P<first>D)", "plain"),
)
_READ = tuple((re.compile(shape), how) for shape, how in _SHAPES)
_REASONS = {"either": "one-length-or-another", "unknown": "renewals-not-counted"}
_CODES = {"renewable": "r", "renewals": "R", "firm": "f", "times": "t", "limits": "l"}
_CODES |= {"either": "|", "plus": "+", "small": "w"}
_YEAR = Decimal(12)
_ONCE = {"once": Decimal(1), "twice": Decimal(2)}


@dataclass
class Time:
    """The months of a contract: what they are the sum of, the words they rest on, why they may be wrong.

    `first` is the length before renewals.
    """

    months: Decimal
    terms: tuple[Term, ...]
    items: list[Item] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    reason: str = ""
    renewed: bool = False
    first: Decimal = Decimal(0)

    @property
    def sum(self) -> Sum:
        """Return the sum of the months."""
        return Sum("duration-months", self.terms)


def time_of(line: Line) -> Time | None:
    """Return how long the contract lasts, as far as the sentence says."""
    read = list(_read(line))
    paid = any(item.kind == "amount" for item in line.items)
    if paid and any(_is_free(line, item) for time in read for item in time.items):
        read[0].reason = "free-at-first"
    if len({time.months for time in read}) < 2:
        return read[0] if read else None
    renewed = [time for time in read if time.renewed]
    if len({time.months for time in renewed}) == 1:
        return renewed[0]
    read[0].reason = "several-durations"
    return read[0]


def _is_free(line: Line, item: Item) -> bool:
    """Tell whether a duration may be that of a trial, or of what is free for a while."""
    near = range(line.clause_start(item.first), min(item.last + 3, len(line.tokens)))
    return any(line.label(at, "gratis") for at in near)


def _read(line: Line) -> Iterator[Time]:
    """Yield each duration with its renewals."""
    signs, places, lengths = _signs(line)
    at = 0
    while at < len(signs):
        matched = next(((m, how) for shape, how in _READ if (m := shape.match(signs, at))), None)
        if matched and not (matched[1] == "unknown" and matched[0]["first"] == "A"):
            yield _worked_out(line, *matched, places, lengths)
        at = matched[0].end() if matched else at + 1


def _signs(line: Line) -> tuple[str, list[int], dict[int, Item]]:
    """Return a sentence as signs, the token of each, and the durations by sign."""
    whole = {i.first: i for i in line.items if i.kind in ("amount", "share", "date", "measure")}
    whole |= {i.first: i for i in line.items if _is_length(i)}
    signs, places, at = "", [0], 0
    lengths: dict[int, Item] = {}
    while at < len(line.tokens):
        item = whole.get(at)
        if item and item.kind == "duration":
            lengths[len(signs)] = item
            signs, at = signs + "D", item.last
        elif item:
            signs, at = signs + ("A" if item.period == "year" else "€"), item.last
        else:
            sign, at = _sign(line, at)
            signs += sign
        places.append(at)
    return signs, places, lengths


def _is_length(item: Item) -> bool:
    return item.kind == "duration" and item.unit == "month" and not item.role


def _sign(line: Line, at: int) -> tuple[str, int]:
    word = line.word(at)
    if line.number(at):
        return "N", at + 1
    if word in _ONCE:
        return "o", at + 1
    yearly = line.label(at, "periods")
    if yearly and yearly.says == "year" and yearly.last == at + 1:
        return "A", at + 1
    if label := line.label(at, *_CODES):
        return _CODES[label.name], label.last
    return word if word in {",", "."} else "." if word in ";?!" else "W", at + 1


def _worked_out(
    line: Line, match: re.Match[str], how: str, places: list[int], lengths: dict[int, Item]
) -> Time:
    """Return the time that a shape writes."""
    named, held = match.groupdict(), range(places[match.start()], places[match.end()])
    first = lengths.get(match.start("first"))
    base = first.low if first else _YEAR
    last = next((lengths[match.start(k)] for k in ("each", "all") if named.get(k)), None)
    whole = first if first and how in ("plain", "unknown") else None
    span = line.span(whole.first, whole.last) if whole else line.span(held[0], held[-1] + 1)
    time = Time(base, (Term((base,)),), [i for i in (first, last) if i], [span], first=base)
    time.held = set() if how == "plain" else set(held)
    time.renewed = how not in ("plain", "years", "either")
    ranged = "duration-in-a-range" if first and first.high is not None else ""
    time.reason = _REASONS.get(how, ranged)
    if how == "limit" and last:
        time.terms = (Term((last.low,)),)
    elif how == "plus" and last:
        time.terms = (Term((base,)), Term((last.low,)))
    elif how == "years":
        numbers = (k for k in range(*match.span("years")) if match.string[k] == "N")
        years = (line.value(places[k]) for k in numbers)
        scale = 12 if base % 12 == 0 else 1
        time.terms = (*(Term((n * scale,)) for n in years), Term((base,)))
    elif how == "times":
        word = places[match.start("count" if named["count"] else "once")]
        count, length = _ONCE.get(line.word(word), line.value(word)), last.low if last else base
        renewals = (Term((base,)), Term((count, length)))
        time.terms = (Term((base, count + 1)),) if length == base else renewals
    time.months = sum((term.value for term in time.terms), Decimal(0))
    return time


def own_time(line: Line, amount: Item) -> tuple[Item | None, str]:
    """Return the duration that stands right behind an amount, and the word that joins them."""
    after = line.beside(amount, 1)
    if not after or not _is_length(after):
        return None, ""
    between = line.words[amount.last : after.first]
    if len(between) > 4 or set(between) & set(".?;+"):
        return None, ""
    joins = (line.label(k, "for-long", "whole-long") for k in range(amount.last, after.first))
    return after, next((label.name for label in joins if label), "")
