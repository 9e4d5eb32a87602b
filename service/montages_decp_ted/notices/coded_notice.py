"""A notice in the forms before 2015 (schema R2.0.8): what the coded data at its head state, and its lots.

Those forms have an element of their own for each field; the codes at the head are the same in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from montages_decp_ted.field_meanings import import_fields, meanings
from montages_decp_ted.notices.notice import Buyer, Notice, NoticeLot, NoticeValues, Statement
from montages_decp_ted.notices.xml_tree import NoticeElement

FORMAT = "ted-codes"
_CODES = "CODED_DATA_SECTION/CODIF_DATA"
_LISTS = ("TD_DOCUMENT_TYPE", "PR_PROC", "AA_AUTHORITY_TYPE")


def read_coded_notice(root: NoticeElement) -> Notice | None:
    """Return what a notice states by its coded data, None where it has none of a contract."""
    section = root.first("FORM_SECTION")
    forms = [f for f in section.children if f.name != "OTH_NOT"] if section else []
    original = [form for form in forms if form.attributes.get("CATEGORY") == "ORIGINAL"]
    codes, form = root.first(_CODES), next(iter(original or forms), None)
    if codes is None or form is None or not _of_a_contract(codes):
        return None
    values = NoticeValues()
    lots = read_coded_lots(form, values)
    title = next(form.named("TITLE_CONTRACT"), None)
    number = next(form.named("NATIONALID"), None)
    name = next(form.named("OFFICIALNAME", "ORGANISATION"), None)
    return Notice(
        format=FORMAT,
        identifier=root.attributes.get("DOC_ID", ""),
        title=title.text if title else "",
        title_place=(title or form).place,
        description=_text(form, "SHORT_CONTRACT_DESCRIPTION"),
        day=values.day(codes.first("DS_DATE_DISPATCH")),
        buyer=Buyer(
            name.text if name else "", number.text if number else "", (number or form).place
        ),
        statements=tuple(_statements(codes, form, len(lots.lots) > 1)),
        lots=lots.lots or (NoticeLot("", (), months_in(form, values), _signed(form, values)),),
        value=_value(form, values, lots.elements) or values.sum_of(lots.values),
        regions=_codes(root, "ORIGINAL_NUTS", "PERFORMANCE_NUTS"),
        products=_codes(root, "ORIGINAL_CPV"),
        notes=values.notes,
    )


def _of_a_contract(codes: NoticeElement) -> bool:
    kind = codes.first("TD_DOCUMENT_TYPE")
    code = kind.attributes.get("CODE", "") if kind else ""
    return meanings(import_fields(FORMAT)["TD_DOCUMENT_TYPE"], code) is not None


def _text(part: NoticeElement, name: str) -> str:
    element = next(part.named(name), None)
    return element.text if element else ""


def _codes(root: NoticeElement, *names: str) -> tuple[str, ...]:
    data = root.first("CODED_DATA_SECTION/NOTICE_DATA")
    codes = (element.attributes.get("CODE", "") for element in (data.named(*names) if data else ()))
    return tuple(dict.fromkeys(code for code in codes if code))


def _statements(codes: NoticeElement, form: NoticeElement, several: bool) -> Iterator[Statement]:
    for name in _LISTS:
        for element in codes.all(name):
            yield Statement(name, element.attributes.get("CODE", ""), element.place)
    for element in codes.all("DIRECTIVE"):
        yield Statement("DIRECTIVE", element.attributes.get("VALUE", ""), element.place)
    known, telling = import_fields(FORMAT)["ELEMENT"], dict[str, bool]()
    for element in form.within():
        if element.name not in telling:
            telling[element.name] = meanings(known, element.name) is not None
        if telling[element.name]:
            yield Statement("ELEMENT", element.name, element.place)
    if several:
        yield Statement("ELEMENT", "LOTS", form.place)
    for element in codes.all("NC_CONTRACT_NATURE"):
        yield Statement("NC_CONTRACT_NATURE", element.attributes.get("CODE", ""), element.place)


def _signed(form: NoticeElement, values: NoticeValues) -> str | None:
    days = [values.day(date_in(date)) for date in form.named("CONTRACT_AWARD_DATE")]
    return min((day for day in days if day is not None), default=None)


def _value(
    form: NoticeElement, values: NoticeValues, lots: tuple[NoticeElement, ...]
) -> Decimal | None:
    """Return the value stated for the whole: the final one first, then the estimate; never that of a lot."""
    of_lots = {id(element) for lot in lots for element in lot.within()}
    for name in ("TOTAL_FINAL_VALUE", "COSTS_RANGE_AND_CURRENCY", "TOTAL_ESTIMATED"):
        for block in form.named(name):
            if id(block) not in of_lots and (cost := value_in(block, values)) is not None:
                return values.euros(cost)
    return None


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
        signed = {number: _award_day(own, values) for number, own in awards.items()}
        return CodedLots(
            tuple(
                NoticeLot(
                    _lot_name([lot]), (), months_in(lot, values), signed.get(_text(lot, _NUMBER))
                )
                for lot in annexes
            ),
            tuple(value_in(lot, values) for lot in annexes),
            tuple(annexes) + tuple(award for own in awards.values() for award in own),
        )
    elements = (*annexes, *(award for own in awards.values() for award in own))
    if len(awards) < 2:  # one lot is the whole
        return CodedLots(elements=elements)
    return CodedLots(
        tuple(
            NoticeLot(_lot_name(own), (), None, _award_day(own, values)) for own in awards.values()
        ),
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


def _award_day(awards: Iterable[NoticeElement], values: NoticeValues) -> str | None:
    return min(_award_days(awards, values), default=None)


def _award_days(awards: Iterable[NoticeElement], values: NoticeValues) -> Iterator[str]:
    for award in awards:
        for date in award.named("CONTRACT_AWARD_DATE"):
            day = values.day(date_in(date))
            if day is not None:
                yield day


def _lot_name(parts: list[NoticeElement]) -> str:
    """Return the name of a lot: its number and its title, whichever stand there."""
    number = _text(parts[0], _NUMBER)
    title = next((text for name in _TITLES if (text := _text(parts[0], name))), "")
    numbered = number and not title.lower().startswith("lot")
    return " : ".join(part for part in (f"Lot {number}" if numbered else "", title) if part)
