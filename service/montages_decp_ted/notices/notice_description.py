"""A notice as a description of ours: what it states of the whole and of its lots; the rest is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from montages.assessment.check import plain_number
from montages.knowledge.thing_labels import plain_form
from montages_decp_ted.field_meanings import (
    Meaning,
    departements,
    import_fields,
    meanings,
    named_contract,
    named_holder,
    named_service,
    noted_values,
    siren_in,
)
from montages_decp_ted.imported_contract import ImportedContract, ImportNote, unknown_criteria
from montages_decp_ted.notices.notice import Notice, NoticeLot, Statement
from montages_decp_ted.theme_filter import themes_of

# What the words of a notice say is the same in all families.
_FORMAT = "ted"
# Notices that tell of no signature: what they announce is not retained; what they decide is.
_ANNOUNCED, _DECIDED = "announced-only", "decided-only"
_RETAINED = ("retained", "retained-procedure", "retained-channels")
_STATES = ("contract-state", "contract-state-on", "signed-on")
# Which of several elements of one name a place leads to.
_NUMBER = re.compile(r"\[\d+\]")
# Texts are shown as far as this.
_LONGEST = 1000
# No code of a list is longer.
_LONGEST_CODE = 100
# More notes are counted, and no more lots are parts of a project than it may have when assessed.
_MOST_NOTES, _MOST_PARTS = 100, 400
_CPV_DIGITS, _MOST_CODES = 8, 50
_CONCESSIONS = frozenset({"concession", "dsp", "affermage"})


def notice_description(notice: Notice) -> ImportedContract:
    """Return the description of the contract that a notice announces or tells of, with its notes."""
    notes = list(notice.notes)
    keys: dict[str, Any] = {}
    notice_meanings = _meanings(notice.format, notice.statements, notes)
    lots = [_lot_keys(notice, lot, notes) for lot in notice.lots[:_MOST_PARTS]]
    if len(notice.lots) > _MOST_PARTS:
        notes.append(ImportNote("more-lots", notice.title_place, str(len(notice.lots))))
    _state_title(keys, notice, notice_meanings, lots, notes)
    for meaning in (*notice_meanings, *named_service(notice.products)):
        meaning.state(keys)
    keys = lots_in_keys(keys, lots, [_short(lot.name) for lot in notice.lots[:_MOST_PARTS]])
    answers = keys.setdefault("answers", {})
    for key, amount in (("estimated-value", notice.value), ("highest-value", notice.highest_value)):
        if amount is not None:
            answers[key] = plain_number(amount)
    _state_themes(keys, notice, notes)
    codes = {note.code for note in notes}
    nodes = [keys, *keys.get("perimeters", {}).values()]
    gone = (*_RETAINED, *_STATES) if _ANNOUNCED in codes else _STATES if _DECIDED in codes else ()
    for place in nodes:
        for left_out in gone:
            place.pop(left_out, None)
        if notice.day is not None and place.get("contract-state"):
            place["contract-state-on"] = notice.day
    identifier = notice.identifier or "avis"
    places = ", ".join(departements(notice.regions))
    parts = (_short(notice.description), f"Lieu d'exécution : {places}." if places else "")
    whole = {
        "project": _short(notice.title) or identifier,
        "id": f"ted-{re.sub(r'[^A-Za-z0-9_-]+', '-', identifier)[:80]}",
        "description": " ".join(part for part in parts if part),
        "holder": _holder(notice, notes),
        **keys,
    }
    whole["unknown"] = unknown_criteria(whole)
    return ImportedContract(identifier, {k: v for k, v in whole.items() if v}, _once(notes))


def _meanings(
    format_slug: str, statements: Iterable[Statement], notes: list[ImportNote]
) -> list[Meaning]:
    """Return what statements say, with a note on those that no question takes up, or that are unknown."""
    fields, noted = import_fields(format_slug), noted_values(format_slug)
    notice_meanings: list[Meaning] = []
    codes = {note.code for note in notes}
    for statement in statements:
        long = len(statement.code) > _LONGEST_CODE
        code_meanings = None if long else meanings(fields[statement.list], statement.code)
        if code_meanings is None:
            _note(notes, "unknown-word", statement)
            continue
        code = noted.get((statement.list, plain_form(statement.code)))
        if code is not None and code not in codes:
            codes.add(code)
            _note(notes, code, statement)
        notice_meanings.extend(code_meanings)
    return notice_meanings


def _note(notes: list[ImportNote], code: str, statement: Statement) -> None:
    notes.append(ImportNote(code, statement.place, statement.code))


def _lot_keys(notice: Notice, lot: NoticeLot, notes: list[ImportNote]) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    for meaning in _meanings(notice.format, lot.statements, notes):
        meaning.state(keys)
    if lot.months is not None:
        keys.setdefault("answers", {})["duration-months"] = lot.months
    if lot.signed_on is not None:
        keys["signed-on"] = lot.signed_on
    return keys


def _state_title(
    keys: dict[str, Any],
    notice: Notice,
    notice_meanings: list[Meaning],
    lots: list[dict[str, Any]],
    notes: list[ImportNote],
) -> None:
    """State the contract that the title names, where the rest of the notice allows it."""
    answers = [(m.key, m.value) for m in notice_meanings] + [
        (key, value) for lot in lots for key, value in lot.get("answers", {}).items()
    ]
    concession = any(key == "retained" and value in _CONCESSIONS for key, value in answers)
    works = ("contract-object", "works") in answers or ("main-object", "works") in answers
    for meaning in named_contract(_short(notice.title), concession, works):
        notes.append(ImportNote("named-in-title", notice.title_place, _short(notice.title)))
        meaning.state(keys)


def _state_themes(keys: dict[str, Any], notice: Notice, notes: list[ImportNote]) -> None:
    """State the usages and layers that a notice is about, by its words and its codes of CPV."""
    words = f"{_short(notice.title)} {_short(notice.description)}"
    codes = [code[:_CPV_DIGITS] for code in notice.products[:_MOST_CODES]] or [""]
    themes = dict.fromkeys(t for code in codes for t in themes_of(words, code).themes)
    for theme in themes:
        value = {"layer": theme.value} if theme.key == "layers" else theme.value
        keys.setdefault(theme.key, []).append(value)
    if not themes:
        notes.append(ImportNote("no-theme", notice.title_place, _short(notice.title)))


def _holder(notice: Notice, notes: list[ImportNote]) -> dict[str, Any]:
    """Return who buys: its kind where its name tells it, else just somebody who acts."""
    buyer = notice.buyer
    if not buyer.name and not buyer.number:
        return {}
    holder: dict[str, Any] = {"name": _short(buyer.name), "type": "Actor"}
    for meaning in named_holder(_short(buyer.name), _FORMAT):
        holder["type"] = meaning.value
        notes.append(ImportNote("kind-in-name", buyer.place, buyer.name))
    siren = siren_in(buyer.number)
    if siren is not None:
        holder["siren"] = siren
    elif buyer.number:
        notes.append(ImportNote("no-siren", buyer.place, buyer.number))
    return {key: value for key, value in holder.items() if value}


def _once(notes: Iterable[ImportNote]) -> tuple[ImportNote, ...]:
    """Return notes without those that only repeat in one lot what another says in another."""
    seen: dict[tuple[str, str, str], ImportNote] = {}
    for note in notes:
        seen.setdefault((note.code, _NUMBER.sub("", note.place), note.value), note)
    once = tuple(seen.values())
    if len(once) <= _MOST_NOTES:
        return once
    left = ImportNote("more-notes", "/", str(len(once) - _MOST_NOTES))
    return (*once[:_MOST_NOTES], left)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


# Said together in one place: a state is that of what is retained there.
_TOGETHER = ("retained", "contract-state", "signed-on")


def lots_in_keys(
    whole: dict[str, Any], lots: Sequence[dict[str, Any]], names: Sequence[str]
) -> dict[str, Any]:
    """Return the keys of a project from those of the whole and those of its lots, one perimeter a lot.

    The contract that the whole names is that of each lot; the state of a lot goes before that of the whole.
    """
    if not lots:
        return whole
    full = [_together(whole, lot) for lot in lots]
    common = {
        key: value for key, value in full[0].items() if all(lot.get(key) == value for lot in full)
    }
    if not all(key in common for lot in full for key in _TOGETHER if key in lot):
        common = {key: value for key, value in common.items() if key not in _TOGETHER}
    shared = full[0].get("answers", {})
    answers = {
        key: value
        for key, value in shared.items()
        if all(lot.get("answers", {}).get(key) == value for lot in full)
    }
    out = {key: value for key, value in whole.items() if key not in _TOGETHER} | common
    out["answers"] = answers
    if len(lots) > 1:
        out["perimeters"] = {
            f"lot-{n}": _own(lot, common, answers, name)
            for n, (lot, name) in enumerate(zip(full, names, strict=True), start=1)
        }
    return out


def _together(whole: dict[str, Any], lot: dict[str, Any]) -> dict[str, Any]:
    out = whole | lot
    out["answers"] = lot.get("answers", {}) | whole.get("answers", {})
    if "retained" in whole:
        out["retained"] = whole["retained"]
    return out


def _own(
    lot: dict[str, Any], common: dict[str, Any], answers: dict[str, Any], name: str
) -> dict[str, Any]:
    own = {key: value for key, value in lot.items() if key != "answers" and key not in common}
    apart = {key: value for key, value in lot["answers"].items() if key not in answers}
    return {"name": name or None, **own, **({"answers": apart} if apart else {})}
