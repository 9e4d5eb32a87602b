"""The lots of a notice in the forms before 2015: each by its annex, or, in an award notice, by its awards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from montages.imports.notices.notice import NoticeLot
from montages.imports.notices.notice_element import NoticeElement
from montages.imports.notices.notice_values import NoticeValues

_ANNEX = re.compile(r"(?:F\d\d_)?ANNEX_B")
_AWARD = re.compile(
    r"(?:F\d\d_|VEAT_)?AWARD_(?:OF_CONTRACT|AND_CONTRACT_VALUE|OF_CONTRACT_DEFENCE)"
)
_NUMBER, _TITLES = "LOT_NUMBER", ("LOT_TITLE", "CONTRACT_TITLE", "TITLE_CONTRACT")
# What an award that was made tells at least one of; a lot that was not has an empty one.
_TELLING = (
    "ECONOMIC_OPERATOR_NAME_ADDRESS", "CONTRACT_VALUE_INFORMATION", "CONTRACT_NUMBER", "CONTRACT_AWARD_DATE",
)  # fmt: skip
_DURATIONS = (
    (("DURATION_FRAMEWORK_MONTH", "MONTHS"), "MONTH"),
    (("DURATION_FRAMEWORK_YEAR",), "YEAR"),
    (("DAYS",), "DAY"),
)
# How long bidders stay bound is no duration of the contract.
_OF_TENDERS = "MINIMUM_TIME"


@dataclass(frozen=True)
class CodedLots:
    """The lots of a notice where it states several, none else; `values` are those stated of each.

    `elements` are what speaks of one lot alone, and not of the whole.
    """

    lots: tuple[NoticeLot, ...] = ()
    values: tuple[NoticeElement | None, ...] = ()
    elements: tuple[NoticeElement, ...] = ()


def read_coded_lots(form: NoticeElement, values: NoticeValues) -> CodedLots:
    """Return the lots that a form states by their annexes, or else by awards that bear numbers of lots."""
    annexes = [element for element in form.within() if _ANNEX.fullmatch(element.name)]
    awards = _awards(form, values)
    if len(annexes) > 1:
        signed = {number: _signed(own, values) for number, own in awards.items()}
        return CodedLots(
            tuple(
                NoticeLot(_name([lot]), (), months_in(lot, values), signed.get(_text(lot, _NUMBER)))
                for lot in annexes
            ),
            tuple(value_in(lot, values) for lot in annexes),
            tuple(annexes) + tuple(award for own in awards.values() for award in own),
        )
    elements = (*annexes, *(award for own in awards.values() for award in own))
    if len(awards) < 2:  # one lot is the whole
        return CodedLots(elements=elements)
    return CodedLots(
        tuple(NoticeLot(_name(own), (), None, _signed(own, values)) for own in awards.values()),
        tuple(value_in(award, values) for own in awards.values() for award in own),
        elements,
    )


def months_in(part: NoticeElement, values: NoticeValues) -> int | None:
    """Return how long a contract or a lot lasts: as it is stated, or from its first to its last day."""
    for names, unit in _DURATIONS:
        for element in part.named(*names):
            if element.parent is not None and element.parent.name != _OF_TENDERS:
                stated = NoticeElement(
                    element.name, {"TYPE": unit}, element.parent, element.content, element.number
                )
                return values.months(stated)
    for period in part.named("INTERVAL_DATE"):
        first, last = period.first("START_DATE"), period.first("END_DATE")
        if first is not None and last is not None:
            return values.months_between(date_in(first), date_in(last))
    return None


def value_in(part: NoticeElement, values: NoticeValues) -> NoticeElement | None:
    """Return the first amount that a part of a form states, with its currency; one with its tax is noted."""
    cost = next(part.named("VALUE_COST"), None)
    if cost is None or cost.parent is None:
        return None
    if cost.parent.first("INCLUDING_VAT") is not None:
        values.note("with-tax", cost)
        return None
    currencies = (cost.parent, part, *part.within())
    currency = next(
        (e.attributes["CURRENCY"] for e in currencies if "CURRENCY" in e.attributes), ""
    )
    written = cost.attributes.get("FMTVAL") or cost.text
    return NoticeElement(cost.name, {"CURRENCY": currency}, cost.parent, [written], cost.number)


def date_in(date: NoticeElement) -> NoticeElement:
    """Return a day that stands in three elements as one that holds it in the order of the calendar."""
    parts = [date.first(name) for name in ("YEAR", "MONTH", "DAY")]
    written = "-".join(part.text.zfill(2) for part in parts if part is not None)
    return NoticeElement(date.name, {}, date.parent, [written], date.number)


def _awards(form: NoticeElement, values: NoticeValues) -> dict[str, list[NoticeElement]]:
    """Return the awards made by the number of their lot; a lot of which nothing is told is noted."""
    by_lot: dict[str, list[NoticeElement]] = {}
    for award in form.within():
        number = _text(award, _NUMBER) if _AWARD.fullmatch(award.name) else ""
        if not number:
            continue
        if next(award.named(*_TELLING), None) is None:
            values.note("lot-not-awarded", award, number)
            continue
        by_lot.setdefault(number, []).append(award)
    return by_lot


def _signed(awards: Iterable[NoticeElement], values: NoticeValues) -> str | None:
    return min(_days(awards, values), default=None)


def _days(awards: Iterable[NoticeElement], values: NoticeValues) -> Iterator[str]:
    for award in awards:
        for date in award.named("CONTRACT_AWARD_DATE"):
            day = values.day(date_in(date))
            if day is not None:
                yield day


def _name(parts: list[NoticeElement]) -> str:
    """Return the name of a lot: its number and its title, whichever stand there."""
    number = _text(parts[0], _NUMBER)
    title = next((text for name in _TITLES if (text := _text(parts[0], name))), "")
    numbered = number and not title.lower().startswith("lot")
    return " : ".join(part for part in (f"Lot {number}" if numbered else "", title) if part)


def _text(part: NoticeElement, name: str) -> str:
    element = next(part.named(name), None)
    return element.text if element else ""
