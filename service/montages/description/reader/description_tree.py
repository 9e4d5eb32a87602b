"""The description that an assessment takes, of the facts of a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.knowledge.description_keys import criterion_keys

# The key of a layer that says how it is got, and the criterion of that.
MODE, MODE_CRITERION = "mode", "management-mode"
# What is rented where no layer is named; nothing is said of a layer by another way of getting it.
_RENTED, _BY_RENT = "objects", "subscription"


def description_tree(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return holder, usages, layers with how they are got, and the answers in their questions' order."""
    tree: dict[str, Any] = {}
    if "holder" in facts:
        tree["holder"] = {"type": facts["holder"]}
    if facts.get("usages"):
        tree["usages"] = list(facts["usages"])
    mode = facts.get(MODE_CRITERION)
    layers = facts.get("layer") or ([_RENTED] if mode == _BY_RENT and facts.get("usages") else [])
    if layers:
        tree["layers"] = [{"layer": one, **({MODE: mode} if mode else {})} for one in layers]
    keys = criterion_keys()
    answers = {
        key: facts[criterion]
        for criterion, key in keys.items()
        if criterion in facts and criterion not in ("holder", "layer", MODE_CRITERION)
    }
    if mode and not layers:
        answers[MODE_CRITERION] = mode
    if answers:
        tree["answers"] = answers
    return tree
