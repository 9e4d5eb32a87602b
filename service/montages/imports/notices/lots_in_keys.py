"""The lots of a notice in our keys: what all have in common for the whole project, the rest in its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
