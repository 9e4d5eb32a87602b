"""The result of a procedure in eForms: what became of each lot, which contracts it led to, for how much."""

from __future__ import annotations

from collections.abc import Iterator

from montages.imports.notices.notice_element import NoticeElement


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
