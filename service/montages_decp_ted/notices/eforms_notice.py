"""A notice in eForms (UBL 2.3, SDK 1.10 and later): what it states."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from montages_decp_ted.notices.eforms_lots import EXTENSION, EformsResult, read_eforms_lot
from montages_decp_ted.notices.notice import Buyer, Notice, NoticeValues, Statement
from montages_decp_ted.notices.xml_tree import NoticeElement

FORMAT = "eforms"
MAXIMUM = f"ProcurementProject/RequestedTenderTotal/{EXTENSION}/FrameworkMaximumAmount"
_ESTIMATE = "ProcurementProject/RequestedTenderTotal/EstimatedOverallContractAmount"
# Codes that hold for the whole procedure: the list each is of, and where it stands.
_CODES = (
    ("notice-subtype", f"{EXTENSION}/NoticeSubType/SubTypeCode"),
    ("legal-basis", "RegulatoryDomain"),
    ("procurement-procedure-type", "TenderingProcess/ProcedureCode"),
)
# Codes of several lists that stand under one name, told apart by the list they name.
_LISTED = {
    "TenderingProcess/ProcessJustification/ProcessReasonCode": ("direct-award-justification",),
    "ContractingParty/ContractingPartyType/PartyTypeCode": (
        "buyer-legal-type",
        "buyer-contracting-type",
    ),
    "ContractingParty/ContractingActivity/ActivityTypeCode": ("entity-activity",),
}
# What the body that buys is besides: a leader of others, or one that buys for them.
_ROLES = ("GroupLeadIndicator", "AcquiringCPBIndicator", "AwardingCPBIndicator")


def read_eforms(root: NoticeElement) -> Notice:
    """Return what a notice in eForms states."""
    values = NoticeValues()
    result = EformsResult(root.first(f"{EXTENSION}/NoticeResult"))
    lots = [lot for lot in root.all("ProcurementProjectLot") if _is_lot(lot)]
    project = root.first("ProcurementProject")
    bodies = _bodies(root)
    return Notice(
        format=FORMAT,
        identifier=_identifier(root),
        title=spoken(root, "ProcurementProject/Name"),
        title_place=(root.first("ProcurementProject/Name") or root).place,
        description=spoken(root, "ProcurementProject/Description"),
        day=values.day(root.first("IssueDate")),
        buyer=_buyer(bodies),
        statements=tuple(_statements(root, bodies, result, lots)),
        lots=tuple(read_eforms_lot(lot, project, result, len(lots) > 1, values) for lot in lots),
        value=_value(root, lots, result, values),
        highest_value=_highest(root, lots, result, values),
        regions=_codes(root, "CountrySubentityCode", "RealizedLocation"),
        products=_codes(root, "ItemClassificationCode", "MainCommodityClassification")
        + _codes(root, "ItemClassificationCode", "AdditionalCommodityClassification"),
        notes=values.notes,
    )


def spoken(element: NoticeElement, path: str) -> str:
    """Return a text in French where it is given in several languages, else the first of them."""
    texts = element.all(path)
    french = [text for text in texts if text.attributes.get("languageID") == "FRA"]
    return next((text.text for text in french or texts), "")


def _is_lot(lot: NoticeElement) -> bool:
    scheme = lot.first("ID")
    return scheme is None or scheme.attributes.get("schemeName", "Lot") != "LotsGroup"


def _identifier(root: NoticeElement) -> str:
    published = root.first(f"{EXTENSION}/Publication/NoticePublicationID")
    if published is not None:
        return published.text.lstrip("0")
    own = root.first("ID")
    return own.text if own else ""


def _bodies(root: NoticeElement) -> list[NoticeElement]:
    """Return the organisations that buy, each once, in the order in which the notice names them."""
    by_number = {
        number.text: body
        for body in root.all(f"{EXTENSION}/Organizations/Organization")
        for number in body.all("Company/PartyIdentification/ID")
    }
    named = [number.text for number in root.all("ContractingParty/Party/PartyIdentification/ID")]
    return [by_number[number] for number in dict.fromkeys(named) if number in by_number]


def _buyer(bodies: list[NoticeElement]) -> Buyer:
    if not bodies:
        return Buyer("")
    number = bodies[0].first("Company/PartyLegalEntity/CompanyID")
    place = (number or bodies[0]).place
    return Buyer(spoken(bodies[0], "Company/PartyName/Name"), number.text if number else "", place)


def _statements(
    root: NoticeElement,
    bodies: list[NoticeElement],
    result: EformsResult,
    lots: list[NoticeElement],
) -> Iterator[Statement]:
    for name, path in _CODES:
        for element in root.all(path)[:1]:
            yield Statement(name, element.text, element.place)
    for path, lists in _LISTED.items():
        for element in root.all(path):
            name = element.attributes.get("listName", "")
            if name in lists:
                yield Statement(name, element.text, element.place)
    for body in bodies:
        for role in _ROLES:
            for element in body.all(role):
                if element.text == "true":
                    yield Statement("element", role, element.place)
    for element in result.revenues():
        yield Statement("element", element.name, element.place)
    for lot in lots[1:2]:
        yield Statement("element", "LOTS", lot.place)


def _codes(root: NoticeElement, name: str, within: str) -> tuple[str, ...]:
    places = (project for project in root.named("ProcurementProject"))
    codes = (
        code.text
        for project in places
        for place in project.all(within)
        for code in place.named(name)
    )
    return tuple(dict.fromkeys(code for code in codes if code))


def _value(
    root: NoticeElement, lots: list[NoticeElement], result: EformsResult, values: NoticeValues
) -> Decimal | None:
    """Return the value of the whole contract: as concluded, as estimated, or summed over lots."""
    stated = result.total or (None if result.given else root.first(_ESTIMATE))
    if stated is not None:
        return values.euros(stated)
    if result.given:
        return values.sum_of(result.payable())
    return values.sum_of(lot.first(_ESTIMATE) for lot in lots)


def _highest(
    root: NoticeElement, lots: list[NoticeElement], result: EformsResult, values: NoticeValues
) -> Decimal | None:
    """Return the most that a framework agreement may come to, over all its lots."""
    stated = result.most or root.first(MAXIMUM)
    if stated is not None:
        return values.euros(stated)
    own = [most for lot in lots if (most := lot.first(MAXIMUM)) is not None]
    return values.sum_of(own) if own and len(own) == len(lots) else None
