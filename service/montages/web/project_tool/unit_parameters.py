"""Where an answer for some units of a project stands in its address: with their layer uses, or perimeters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from montages.description.address.project_address import NODE, PERIMETER, Tree, layer_names
from montages.description.parsing.key_values import listing

_NUMBER = re.compile(r"\.\d+$")


def unit_parameters(units: Iterable[str], key: str, tree: Tree) -> tuple[str, ...]:
    """Return the parameters that answer a key for some units, the key itself where they are all."""
    heads = _heads(tree)
    names = dict.fromkeys(heads.get(unit, _perimeter_of(unit, tree)) for unit in units)
    if not names or "" in names:
        return (key,)
    return tuple(f"{head}{NODE}{key}" for head in names)


def _heads(tree: Tree) -> dict[str, str]:
    """Return the head of the parameters of each layer use that is one unit, by the identifier of the unit."""
    heads: dict[str, str] = {}
    counts: dict[str, int] = {}
    for head, layer in layer_names(tree.get("layers")):
        areas = listing(layer.get("perimeter")) or [None]
        named = str(next(iter(listing(layer.get("layer"))), ""))
        for area in areas:
            name = named if area is None else f"{named}{PERIMETER}{area}"
            counts[name] = counts.get(name, 0) + 1
            unit = name if counts[name] == 1 else f"{name}.{counts[name]}"
            if len(areas) == 1:
                heads[unit] = head
    return heads


def _perimeter_of(unit: str, tree: Tree) -> str:
    """Return the head of the parameters of the perimeter of a unit, empty where it has none."""
    name = _NUMBER.sub("", unit).rpartition(PERIMETER)[2]
    return PERIMETER + name if name in (tree.get("perimeters") or {}) else ""
