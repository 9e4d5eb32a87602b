"""A notice in one of the forms of 2014, F01 to F25 (schema R2.0.9): what it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from montages_decp_ted.field_meanings import import_fields, meanings
from montages_decp_ted.notices.notice import Buyer, Notice, NoticeLot, NoticeValues, Statement
from montages_decp_ted.notices.xml_tree import NoticeElement

FORMAT = "ted-forms"
_FORM = re.compile(r"F\d\d_2014")
# Where what a form states of the contract stands; the rest tells bidders what to send.
_TELLING = ("CONTRACTING_BODY", "OBJECT_CONTRACT", "PROCEDURE", "AWARD_CONTRACT")
_MODIFIED = "MODIFICATIONS_CONTRACT/DESCRIPTION_PROCUREMENT"


def form_of(root: NoticeElement) -> NoticeElement | None:
    """Return the form of 2014 that a file holds, in its original language, None where it holds none."""
    section = root.first("FORM_SECTION")
    forms = [f for f in section.children if _FORM.fullmatch(f.name)] if section else []
    original = [form for form in forms if form.attributes.get("CATEGORY") == "ORIGINAL"]
    return next(iter(original or forms), None)


def read_ted_form(root: NoticeElement, form: NoticeElement) -> Notice:
    """Return what a form states."""
    values = NoticeValues()
    contract = form.first("OBJECT_CONTRACT") or form
    lots = contract.all("OBJECT_DESCR")
    awards = form.all("AWARD_CONTRACT")
    several = len(lots) > 1
    own = tuple(_statements(form, values))
    if several:
        own += (Statement("ELEMENT", "LOTS", contract.place),)
    by_lot: dict[str, list[NoticeElement]] = {}
    for award in awards:
        number = _text(award.first("LOT_NO"))
        if number:
            by_lot.setdefault(number, []).append(award)
    read = tuple(_lot(lot, by_lot if several else {"": awards}, several, values) for lot in lots)
    if not several:
        whole = read[0] if lots else _lot(contract, {"": awards}, False, values)
        changed = form.first(_MODIFIED)
        months = (_months(changed, values) if changed else None) or whole.months
        read = (NoticeLot(whole.name, whole.statements, months, whole.signed_on),)
    body = form.first("CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY")
    return Notice(
        format=FORMAT,
        identifier=root.attributes.get("DOC_ID", ""),
        title=_text(contract.first("TITLE")),
        title_place=(contract.first("TITLE") or contract).place,
        description=_text(contract.first("SHORT_DESCR", "OBJECT_DESCR/SHORT_DESCR")),
        day=values.day(form.first("COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE")),
        buyer=_buyer(body),
        statements=own,
        lots=read,
        value=_value(form, contract, lots, awards, values),
        regions=tuple(_codes(contract, "NUTS")),
        products=tuple(_codes(contract, "CPV_CODE")),
        notes=values.notes,
    )


def _text(element: NoticeElement | None) -> str:
    return element.text if element else ""


def _codes(contract: NoticeElement, name: str) -> Iterator[str]:
    codes = (element.attributes.get("CODE", "") for element in contract.named(name))
    return iter(dict.fromkeys(code for code in codes if code))


def _buyer(body: NoticeElement | None) -> Buyer:
    if body is None:
        return Buyer("")
    number = body.first("NATIONALID")
    return Buyer(_text(body.first("OFFICIALNAME")), _text(number), (number or body).place)


def _statements(form: NoticeElement, values: NoticeValues) -> Iterator[Statement]:
    """Return what holds for the whole contract: a contract is named before what it merely buys."""
    yield Statement("FORM", form.name[:3], form.place)
    basis, outside = form.first("LEGAL_BASIS"), next(form.named("D_OUTSIDE_SCOPE"), None)
    if basis is not None and outside is not None:
        values.note("out-of-directive", outside, basis.attributes.get("VALUE", ""))
    elif basis is not None:
        yield Statement("LEGAL_BASIS", basis.attributes.get("VALUE", ""), basis.place)
    for section in form.all("PROCEDURE"):
        for element in section.within():
            if element.name.startswith("PT_"):
                yield Statement("PROCEDURE", element.name, element.place)
    for section in form.children:
        if section.name in _TELLING:
            yield from _telling(section)
    for name, attribute in (("CA_TYPE", "VALUE"), ("CE_ACTIVITY", "VALUE")):
        for element in form.all(f"CONTRACTING_BODY/{name}"):
            yield Statement(name, element.attributes.get(attribute, ""), element.place)
    for element in form.all("OBJECT_CONTRACT/TYPE_CONTRACT"):
        yield Statement("TYPE_CONTRACT", element.attributes.get("CTYPE", ""), element.place)


def _telling(section: NoticeElement) -> Iterator[Statement]:
    """Return the elements that tell something by standing there, by name or by name within another."""
    known, telling = import_fields(FORMAT)["ELEMENT"], dict[str, bool]()
    for element in section.within():
        above = element.parent.name if element.parent else ""
        for code in (element.name, f"{above}/{element.name}"):
            if code not in telling:
                telling[code] = meanings(known, code) is not None
            if telling[code] and element.text != "0":
                yield Statement("ELEMENT", code, element.place)


def _lot(
    lot: NoticeElement, awards: dict[str, list[NoticeElement]], several: bool, values: NoticeValues
) -> NoticeLot:
    """Return a lot with what became of it; `awards` are those of each lot, or under no name those of all."""
    number = _text(lot.first("LOT_NO"))
    own = awards.get(number if several else "", [])
    title = _text(lot.first("TITLE"))
    numbered = number and not title.lower().startswith("lot")
    name = " : ".join(part for part in (f"Lot {number}" if numbered else "", title) if part)
    signed = [values.day(a.first("AWARDED_CONTRACT/DATE_CONCLUSION_CONTRACT")) for a in own]
    days = [day for day in signed if day is not None]
    outcomes = [element for award in own for element in award.named("AWARDED_CONTRACT")]
    outcomes = outcomes or [e for award in own for e in award.named("NO_AWARDED_CONTRACT")]
    statements = tuple(Statement("AWARD", e.name, e.place) for e in outcomes[:1])
    return NoticeLot(name, statements, _months(lot, values), min(days, default=None))


def _months(lot: NoticeElement, values: NoticeValues) -> int | None:
    duration, renewal = lot.first("DURATION"), lot.first("RENEWAL")
    start, end = lot.first("DATE_START"), lot.first("DATE_END")
    months = values.months(duration) if duration else values.months_between(start, end)
    if renewal is not None and months is not None:
        values.note("renewable", renewal, str(months))
        return None
    return months


def _value(
    form: NoticeElement,
    contract: NoticeElement,
    lots: list[NoticeElement],
    awards: list[NoticeElement],
    values: NoticeValues,
) -> Decimal | None:
    """Return the value of the whole contract: as modified, as stated, or summed over lots."""
    changed = form.first(
        "MODIFICATIONS_CONTRACT/INFO_MODIFICATIONS/VALUES/VAL_TOTAL_AFTER",
        f"{_MODIFIED}/VALUES/VAL_TOTAL",
    )
    if changed is not None:
        values.note("as-modified", changed)
        return values.euros(changed)
    for offers in contract.all("VAL_RANGE_TOTAL"):
        values.note("offers-only", offers)
    stated = contract.first("VAL_TOTAL", "VAL_ESTIMATED_TOTAL")
    if stated is not None:
        return values.euros(stated)
    given = [award for award in awards if award.first("AWARDED_CONTRACT")]
    return values.sum_of(
        a.first("AWARDED_CONTRACT/VALUES/VAL_TOTAL") for a in given
    ) or values.sum_of(lot.first("VAL_OBJECT") for lot in lots)
