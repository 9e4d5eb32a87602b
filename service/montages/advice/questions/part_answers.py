"""Who, what for and with which layers, written into a description; and how each of its layers is run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from typing import Any, cast

from montages.advice.questions.interview import Question
from montages.advice.questions.parts_to_describe import DescribedPart
from montages.description.address.project_address import Tree, layer_names
from montages.description.parsing.key_values import listing

MODE = "management-mode"


def with_part(tree: Tree, part: DescribedPart, chosen: Sequence[str]) -> Tree:
    """Return a description with one of its parts: the kind of holder, the usages or the layers."""
    write: dict[str, Callable[[], Tree]] = {
        "/holder/type": lambda: {"holder": {**(tree.get("holder") or {}), "type": chosen[0]}},
        "/usages": lambda: {"usages": list(chosen)},
        "/layers": lambda: {"layers": [{"layer": each} for each in chosen]},
    }
    out = tree | write[part.key]()
    if part.key == "/holder/type" and "holder" in listing(tree.get("unknown")):
        out["unknown"] = [each for each in listing(tree["unknown"]) if each != "holder"]
    return out


def with_layers_of(tree: Tree, before: Tree) -> Tree:
    """Return a description whose layers say again what they said in the one before, those that stay."""
    said = [use for _, use in layer_names(before.get("layers"))]
    layers: list[Any] = []
    for _, use in layer_names(tree["layers"]):
        layers += [each for each in said if each.get("layer") == use.get("layer")] or [use]
    return tree | {"layers": layers}


def layers_without_mode(tree: Tree) -> list[str]:
    """Return the heads of the layer uses of which nothing says how they are run."""
    return [
        head
        for head, use in layer_names(tree.get("layers"))
        if not use.get("mode") and MODE not in (use.get("answers") or {})
    ]


def mode_question() -> Question:
    """Return the question how a layer is run."""
    return Question.of(MODE)


def with_mode(tree: Tree, heads: Collection[str], mode: str) -> Tree:
    """Return a description in which some layer uses are run in a mode."""
    out = deepcopy(tree)
    out["layers"] = [
        {**use, "mode": mode} if head in heads else use
        for head, use in layer_names(cast("Any", out.get("layers")))
    ]
    return out
