"""Who pays what for a layer run in a given mode, read from the management matrix (R4b)."""

from __future__ import annotations

from functools import cache

from montages.knowledge import library
from montages.knowledge.model import Passage, Text
from montages.knowledge.rulebook import passage, text
from montages.names import ID, MTG, iris

CostReadings = tuple[tuple[Text, Passage], ...]


@cache
def costs(layer: str | None, mode: str | None) -> CostReadings:
    """Return the readings of the matrix for a layer and a management mode, with their sources.

    Without a mode both columns are given; without a layer there is nothing to say.
    """
    if layer is None:
        return ()
    data = library.data()
    column = data.value(ID[f"management-mode/{mode}"], MTG.matrixColumn) if mode else None
    out = []
    for cell in iris(data.subjects(MTG.ofLayer, ID[f"layer/{layer}"])):
        if column is None or (cell, MTG.inColumn, column) in data:
            source, *_ = iris(data.objects(cell, MTG.source))
            out.append((text(data, cell, MTG.reading), passage(data, source)))
    return tuple(out)
