"""What a notice states, whatever the family of its XML: codes of its lists, amounts, periods, days, texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from montages.imports.imported_contract import ImportNote


@dataclass(frozen=True)
class Statement:
    """A code of one of the lists of its format, and where it stands; `data/imports/ted.ttl` has the lists."""

    list: str
    code: str
    place: str


@dataclass(frozen=True)
class NoticeLot:
    """A lot: its name, what is stated of it alone, how many months it lasts, and the day it was signed."""

    name: str
    statements: tuple[Statement, ...] = ()
    months: int | None = None
    signed_on: str | None = None


@dataclass(frozen=True)
class Buyer:
    """Who buys: its name, the number by which it is known, and where it stands."""

    name: str
    number: str = ""
    place: str = ""


@dataclass(frozen=True)
class Notice:
    """What a notice states of the contract it announces or tells of.

    `format` names the family, whose lists the statements are of; amounts are in euros, excluding tax; `day`
    is that of its dispatch; `regions` are codes of NUTS, `products` codes of CPV.
    """

    format: str
    identifier: str
    title: str
    title_place: str = ""
    description: str = ""
    day: str | None = None
    buyer: Buyer = Buyer("")
    statements: tuple[Statement, ...] = ()
    lots: tuple[NoticeLot, ...] = ()
    value: Decimal | None = None
    highest_value: Decimal | None = None
    regions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    notes: tuple[ImportNote, ...] = field(default=())
