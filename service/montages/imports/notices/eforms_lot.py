"""A lot of a notice in eForms: what is stated of it alone."""

from __future__ import annotations

from collections.abc import Iterator

from montages.imports.notices.eforms_result import EformsResult
from montages.imports.notices.notice import NoticeLot, Statement
from montages.imports.notices.notice_element import NoticeElement
from montages.imports.notices.notice_values import NoticeValues

_EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
_PROJECT = "ProcurementProject"
# Codes of several lists that stand under one name, told apart by the list they name.
_LISTED = {
    "TenderingProcess/ContractingSystem/ContractingSystemTypeCode": (
        "framework-agreement",
        "dps-usage",
    ),
    "TenderingTerms/FundingProgramCode": ("eu-funded",),
    "TenderingTerms/VariantConstraintCode": ("permission",),
    f"{_PROJECT}/ProcurementAdditionalType/ProcurementTypeCode": ("innovative-acquisition",),
}
# What tells something by standing there with something in it.
_TELLING = (
    "TenderingProcess/FrameworkAgreement/Justification",
    f"{_PROJECT}/RequestedTenderTotal/{_EXTENSION}/FrameworkMaximumAmount",
    f"{_PROJECT}/ContractExtension/OptionsDescription",
)
_AUCTION = "TenderingProcess/AuctionTerms/AuctionConstraintIndicator"
_PERIOD = f"{_PROJECT}/PlannedPeriod"
_RENEWALS = f"{_PROJECT}/ContractExtension/MaximumNumberNumeric"
_NATURE = "ProcurementTypeCode"
_FURTHER = "ProcurementAdditionalType/ProcurementTypeCode"


def read_eforms_lot(
    lot: NoticeElement,
    project: NoticeElement | None,
    result: EformsResult,
    several: bool,
    values: NoticeValues,
) -> NoticeLot:
    """Return what is stated of a lot; its nature is that of the procedure where it has none of its own."""
    number = lot.first("ID")
    key = number.text if several and number is not None else None
    days = [day for element in result.signed(key) if (day := values.day(element)) is not None]
    title = lot.first(f"{_PROJECT}/Name")
    return NoticeLot(
        name=" : ".join(e.text for e in (number, title) if e is not None and e.text),
        statements=tuple(_statements(lot, project, result.outcome(key))),
        months=_months(lot, values),
        signed_on=min(days, default=None),
    )


def _statements(
    lot: NoticeElement, project: NoticeElement | None, outcome: NoticeElement | None
) -> Iterator[Statement]:
    if outcome is not None:
        yield Statement("winner-selection-status", outcome.text, outcome.place)
    for path, lists in _LISTED.items():
        for element in lot.all(path):
            name = element.attributes.get("listName", "")
            if name in lists:
                yield Statement(name, element.text, element.place)
    for path in _TELLING:
        for element in lot.all(path)[:1]:
            if element.text:
                yield Statement("element", "/".join(path.split("/")[-2:]), element.place)
    for element in lot.all(_AUCTION):
        if element.text == "true":
            yield Statement("element", element.name, element.place)
    yield from _nature(lot.first(_PROJECT), project)


def _nature(own: NoticeElement | None, whole: NoticeElement | None) -> Iterator[Statement]:
    """Return what is mostly bought, and whether other things are bought with it."""
    source = next((p for p in (own, whole) if p is not None and p.first(_NATURE)), None)
    if source is None:
        return
    main = source.all(_NATURE)[0]
    further = [
        element.text
        for element in source.all(_FURTHER)
        if element.attributes.get("listName") == "contract-nature" and element.text != main.text
    ]
    yield Statement("mixed-nature" if further else "contract-nature", main.text, main.place)


def _months(lot: NoticeElement, values: NoticeValues) -> int | None:
    period = lot.first(_PERIOD)
    if period is None:
        return None
    measure = period.first("DurationMeasure")
    if measure is not None:
        months = values.months(measure)
    else:
        months = values.months_between(period.first("StartDate"), period.first("EndDate"))
    renewals = lot.first(_RENEWALS)
    if months is not None and renewals is not None and renewals.text not in ("", "0"):
        values.note("renewable", renewals, str(months))
        return None
    return months
