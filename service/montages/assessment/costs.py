"""Who pays what for a layer run in a given mode, read from the management matrix (R4b)."""

from __future__ import annotations

from functools import cache

from montages.bilingual import Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import passage, text
from montages.knowledge.model import Passage
from montages.names import ID, MTG, iris

CostReadings = tuple[tuple[Text, Passage], ...]
# The columns a cell of the matrix is in, its reading, its source.
Cell = tuple[frozenset[str], Text, Passage]


@disk_cache
def columns() -> dict[str, str]:
    """Return the column of the matrix that tells of each management mode, by IRI."""
    return {str(mode): str(c) for mode, c in library.data().subject_objects(MTG.matrixColumn)}


@disk_cache
def cells() -> dict[str, tuple[Cell, ...]]:
    """Return the cells of the matrix by the IRI of their layer, in the order of their own IRIs."""
    data, found = library.data(), dict[str, tuple[Cell, ...]]()
    for layer in set(iris(data.objects(None, MTG.ofLayer))):
        for cell in iris(data.subjects(MTG.ofLayer, layer)):
            source, *_ = iris(data.objects(cell, MTG.source))
            within = frozenset(str(column) for column in data.objects(cell, MTG.inColumn))
            read = (within, text(data, cell, MTG.reading), passage(data, source))
            found[str(layer)] = (*found.get(str(layer), ()), read)
    return found


@cache
def costs(layer: str | None, mode: str | None) -> CostReadings:
    """Return the readings of the matrix for a layer and a management mode, with their sources.

    Without a mode both columns are given; without a layer there is nothing to say.
    """
    if layer is None:
        return ()
    column = columns().get(str(ID[f"management-mode/{mode}"])) if mode else None
    return tuple(
        (reading, source)
        for within, reading, source in cells().get(str(ID[f"layer/{layer}"]), ())
        if column is None or column in within
    )
