"""A notice in the forms before 2015 (schema R2.0.8): what the coded data at its head state, and its lots.

Those forms have an element of their own for each field; the codes at the head are the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from montages.imports.import_fields import import_fields, meanings
from montages.imports.notices.coded_lots import date_in, months_in, read_coded_lots, value_in
from montages.imports.notices.notice import Buyer, Notice, NoticeLot, Statement
from montages.imports.notices.notice_element import NoticeElement
from montages.imports.notices.notice_values import NoticeValues

FORMAT = "ted-codes"
_CODES = "CODED_DATA_SECTION/CODIF_DATA"
_LISTS = ("TD_DOCUMENT_TYPE", "PR_PROC", "AA_AUTHORITY_TYPE")


def read_coded_notice(root: NoticeElement) -> Notice | None:
    """Return what a notice states by its coded data, None where it has none of a contract."""
    codes, form = root.first(_CODES), _form(root)
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


def _form(root: NoticeElement) -> NoticeElement | None:
    section = root.first("FORM_SECTION")
    forms = [f for f in section.children if f.name != "OTH_NOT"] if section else []
    original = [form for form in forms if form.attributes.get("CATEGORY") == "ORIGINAL"]
    return next(iter(original or forms), None)


def _of_a_contract(codes: NoticeElement) -> bool:
    kind = codes.first("TD_DOCUMENT_TYPE")
    code = kind.attributes.get("CODE", "") if kind else ""
    return meanings(import_fields(FORMAT)["TD_DOCUMENT_TYPE"], code) is not None


def _text(form: NoticeElement, name: str) -> str:
    element = next(form.named(name), None)
    return element.text if element else ""


def _codes(root: NoticeElement, *names: str) -> tuple[str, ...]:
    data = root.first("CODED_DATA_SECTION/NOTICE_DATA")
    found = (element.attributes.get("CODE", "") for element in (data.named(*names) if data else ()))
    return tuple(dict.fromkeys(code for code in found if code))


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
