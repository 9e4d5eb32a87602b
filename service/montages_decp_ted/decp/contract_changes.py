"""How a contract was modified after it was signed: the day, the new duration, the new amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from montages_decp_ted.decp.field_values import FieldValues, nested_items

_DAYS = (
    "dateNotificationModification",
    "dateSignatureModification",
    "datePublicationDonneesModification",
)


@dataclass(frozen=True)
class ContractChange:
    """A modification: its day, the months and euros of the whole contract from then on, if told."""

    day: date | None
    months: int | None
    amount: int | float | None


def changes(fields: FieldValues, concession: bool) -> list[ContractChange]:
    """Return the modifications of a contract, in the order of the file; a mere text tells nothing."""
    return [
        _change(FieldValues(item, f"{fields.place}/modifications", fields.notes), concession)
        for item in nested_items(fields, "modifications")
        if isinstance(item, Mapping)
    ]


def _change(fields: FieldValues, concession: bool) -> ContractChange:
    days = [day for name in _DAYS if (day := fields.day(name)) is not None]
    amount = "valeurGlobale" if concession else "montant"
    return ContractChange(
        days[0] if days else None, fields.months("dureeMois"), fields.amount(amount)
    )


def change_words(change: ContractChange, signed: Mapping[str, Any]) -> str:
    """Return a modification in figures: `2024-03-01 · 48 → 60 mois · 100000 → 120000 €`."""
    parts = [change.day.isoformat() if change.day else ""]
    for key, new, unit in (
        ("duration-months", change.months, "mois"),
        ("estimated-value", change.amount, "€"),
    ):
        if new is not None:
            parts.append(f"{signed.get(key, '?')} → {new} {unit}")
    return " · ".join(part for part in parts if part)


def latest_day(tree: Mapping[str, Any]) -> str:
    """Return the last day a contract tells of itself, to know which of two publications is the later one."""
    fields = FieldValues(tree, "")
    days = [change.day.isoformat() for change in changes(fields, False) if change.day]
    published = fields.day("datePublicationDonnees")
    return max(days, default="") or (published.isoformat() if published else "")
