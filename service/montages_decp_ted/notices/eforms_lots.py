"""The lots of a notice in eForms: what is stated of each alone, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from montages_decp_ted.notices.notice import NoticeLot, NoticeValues, Statement
from montages_decp_ted.notices.xml_tree import NoticeElement

EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
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
    f"{_PROJECT}/RequestedTenderTotal/{EXTENSION}/FrameworkMaximumAmount",
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


class EformsResult:
    """The result that a notice holds, or that of one that holds none."""

    def __init__(self, result: NoticeElement | None) -> None:
        self._result = result
        self._all = result.all("LotResult") if result else []
        self._by_lot: dict[str, list[NoticeElement]] = {}
        for outcome in self._all:
            for lot in outcome.all("TenderLot/ID"):
                self._by_lot.setdefault(lot.text, []).append(outcome)
        self._contracts: dict[str, list[NoticeElement]] = {}
        for contract in result.all("SettledContract") if result else []:
            for number in contract.all("ID")[:1]:
                self._contracts.setdefault(number.text, []).append(contract)

    @property
    def given(self) -> bool:
        """Tell whether the notice tells of a result at all."""
        return self._result is not None

    @property
    def total(self) -> NoticeElement | None:
        """Return the value of all contracts concluded."""
        return self._result.first("TotalAmount") if self._result else None

    @property
    def most(self) -> NoticeElement | None:
        """Return the most that the framework agreements concluded may come to."""
        if self._result is None:
            return None
        return self._result.first("OverallMaximumFrameworkContractsAmount")

    def revenues(self) -> Iterator[NoticeElement]:
        """Return the amounts that the users of a concession pay, and those that its buyer pays, if any."""
        if self._result is not None:
            for amount in self._result.named("RevenueUserAmount", "RevenueBuyerAmount"):
                if amount.text.strip("0.,") != "":
                    yield amount

    def payable(self) -> Iterator[NoticeElement | None]:
        """Return the price of each tender that led to a contract."""
        if self._result is None:
            return
        won = {e.text for c in self._result.all("SettledContract") for e in c.all("LotTender/ID")}
        for tender in self._result.all("LotTender"):
            number = tender.first("ID")
            if number is not None and number.text in won:
                yield tender.first("LegalMonetaryTotal/PayableAmount")

    def outcome(self, lot: str | None) -> NoticeElement | None:
        """Return the code of what became of a lot; without a lot, of the first."""
        for outcome in self._outcomes(lot):
            code = outcome.first("TenderResultCode")
            if code is not None:
                return code
        return None

    def signed(self, lot: str | None) -> list[NoticeElement]:
        """Return the days on which the contracts of a lot were concluded, or else won."""
        numbers = {e.text: None for o in self._outcomes(lot) for e in o.all("SettledContract/ID")}
        contracts = [c for number in numbers for c in self._contracts.get(number, [])]
        days = [contract.first("IssueDate", "AwardDate") for contract in contracts]
        return [day for day in days if day is not None]

    def _outcomes(self, lot: str | None) -> list[NoticeElement]:
        return self._all if lot is None else self._by_lot.get(lot, [])
