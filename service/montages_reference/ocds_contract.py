"""Who takes part in a contracting process, and the awards and contracts of its signed parts, in OCDS.

A contract is written where it was signed, by what is stated: a day that is not whole, or a state that was
seen some time ago, is told in words. What a contract is worth is not stated, only what it was estimated at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from montages.bilingual import Text, joined, message
from montages.knowledge.law import Passage
from montages.knowledge.thing_labels import name_of
from montages.names import ID
from montages_reference.ocds_project import (
    AWARDED,
    PLANNED,
    UNKNOWN,
    Party,
    PlannedPart,
    PlannedProject,
)

# What holds on the day that is stated only; the other states do not pass.
_PASSING = ("active",)
# The list of organisations to which the SIREN number belongs (https://org-id.guide/list/FR-RCS).
SIREN = "FR-RCS"
SCHEME = "MONTAGES"
_SINCE = message("{state}: {day}.", context="the state of a contract")
_DAYS_A_MONTH = Decimal("365.25") / 12
_WHOLE_DAY = len("2026-06-01")


@dataclass(frozen=True)
class Stage:
    """What OCDS calls a stage: the tags of a release that tells of it, the status of tender and contract."""

    tags: tuple[str, ...]
    tender: str | None = None
    contract: str | None = None


STAGES = {
    PLANNED: Stage(("planning",), "planning"),
    "in-consultation": Stage(("tender",), "active"),
    "dropped": Stage(("tenderCancellation",), "cancelled"),
    AWARDED: Stage(("award", "contract"), "complete"),
    "signed": Stage(("award", "contract"), "complete", "active"),
    "ended": Stage(("award", "contract", "contractTermination"), "complete", "terminated"),
    UNKNOWN: Stage(()),
}


def tender_status(part: PlannedPart) -> str | None:
    """Return where its consultation stands, None if that is only stated of an earlier day."""
    return _lasting(STAGES[part.stage].tender, part)


def parties(planned: PlannedProject, lang: str) -> list[dict[str, Any]]:
    """Return the buyer, and who holds the contracts."""
    buyers = [planned.buyer] if planned.buyer else []
    holders = {party.iri: party for part in _concluded(planned) for party in part.holders}
    return [
        *(_party(party, "buyer", lang) for party in buyers),
        *(_party(party, "supplier", lang) for party in holders.values()),
    ]


def reference(party: Party, lang: str) -> dict[str, Any]:
    """Return a party as other objects name it."""
    return filled(id=party.iri, name=party.name[lang])


def _party(party: Party, role: str, lang: str) -> dict[str, Any]:
    names = translated("name", party.name, lang)
    identifier = {"scheme": SIREN, "id": party.siren} if party.siren else None
    return filled(id=party.iri, **names, identifier=identifier, roles=[role])


def awards(planned: PlannedProject, lang: str) -> list[dict[str, Any]]:
    """Return the awards: one a signed part."""
    return [
        filled(
            id=f"{part.identifier}-award",
            **translated("title", part.title, lang),
            status="active",
            suppliers=[reference(party, lang) for party in part.holders],
            contractPeriod=period(part),
            relatedLots=[part.identifier] if planned.several else [],
        )
        for part in _concluded(planned)
    ]


def contracts(planned: PlannedProject, lang: str) -> list[dict[str, Any]]:
    """Return the contracts: one a signed part."""
    return [
        filled(
            id=f"{part.identifier}-contract",
            awardID=f"{part.identifier}-award",
            **translated("title", part.title, lang),
            **translated("description", standing(part), lang),
            **arrangement(part, lang),
            status=_lasting(STAGES[part.stage].contract, part),
            period=period(part),
            dateSigned=_instant(part.signed_on),
        )
        for part in _concluded(planned)
    ]


def standing(part: PlannedPart) -> Text:
    """Return in words where a part stands and since when, as far as that is stated."""
    dated = {"signed": part.signed_on} | ({part.stage: part.stage_on} if part.stage_on else {})
    states = {state: name_of(ID[f"contract-state/{state}"]) for state in dated}
    stated = ((states[state], on) for state, on in dated.items() if on)
    return joined([_SINCE.fill(state=state, day=on) for state, on in stated], " ")


def arrangement(part: PlannedPart, lang: str) -> dict[str, Any]:
    """Return the field of our extension, none where no contract is planned."""
    contract = part.contract
    if contract is None:
        return {}
    return {
        "contractualArrangement": filled(
            scheme=SCHEME,
            id=contract.slug,
            **translated("description", contract.label, lang),
            uri=str(contract.iri),
            status=part.status,
            verdict=part.verdict,
            legalBasis=[_classified(passage, lang) for passage in contract.basis],
        )
    }


def _classified(passage: Passage, lang: str) -> dict[str, Any]:
    return filled(
        scheme=SCHEME,
        id=passage.slug,
        **translated("description", passage.label, lang),
        uri=passage.url or str(passage.iri),
    )


def period(part: PlannedPart) -> dict[str, int] | None:
    """Return how long it runs: no first day is stated."""
    return None if part.months is None else {"durationInDays": round(part.months * _DAYS_A_MONTH)}


def value(amount: Decimal | None) -> dict[str, Any] | None:
    """Return an amount in euros."""
    if amount is None:
        return None
    whole = amount == int(amount)
    return {"amount": int(amount) if whole else float(amount), "currency": "EUR"}


def translated(field: str, text: Text, lang: str) -> dict[str, str]:
    """Return a field in the language of the release, and in the other one where it reads otherwise."""
    other = "en" if lang == "fr" else "fr"
    more = {f"{field}_{other}": text[other]} if text[other] != text[lang] else {}
    return {field: text[lang]} | more if text[lang] else {}


def filled(**values: Any) -> dict[str, Any]:
    """Return the values that there are."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _concluded(planned: PlannedProject) -> Iterable[PlannedPart]:
    return [part for part in planned.parts if part.concluded]


def _lasting(status: str | None, part: PlannedPart) -> str | None:
    return None if status in _PASSING and part.stage_on else status


def _instant(written: str) -> str | None:
    return f"{written}T00:00:00Z" if len(written) == _WHOLE_DAY else None
