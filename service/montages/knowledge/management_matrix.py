"""What the management matrix tells of a layer run in a mode: who pays what, and how usual it is (R4b)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from rdflib import Graph, URIRef

from montages.bilingual import NO_TEXT, Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import label, one, passage, text
from montages.knowledge.law import Passage
from montages.knowledge.model import Rulebook
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, iris, slug

MODE = "management-mode"
CostReadings = tuple[tuple[Text, Passage], ...]
# The columns a cell of the matrix is in, its reading, its source.
_Cell = tuple[frozenset[str], Text, Passage]


@disk_cache
def _mode_columns() -> dict[str, str]:
    """Return the column of the matrix that tells of each management mode, by IRI."""
    return {str(mode): str(c) for mode, c in library.data().subject_objects(MTG.matrixColumn)}


@disk_cache
def _layer_cells() -> dict[str, tuple[_Cell, ...]]:
    """Return the cells of the matrix by the IRI of their layer, in the order of their own IRIs."""
    data, cells = library.data(), dict[str, tuple[_Cell, ...]]()
    for layer in set(iris(data.objects(None, MTG.ofLayer))):
        for cell in iris(data.subjects(MTG.ofLayer, layer)):
            source, *_ = iris(data.objects(cell, MTG.source))
            within = frozenset(str(column) for column in data.objects(cell, MTG.inColumn))
            read = (within, text(data, cell, MTG.reading), passage(data, source))
            cells[str(layer)] = (*cells.get(str(layer), ()), read)
    return cells


@cache
def costs(layer: str | None, mode: str | None) -> CostReadings:
    """Return the readings of the matrix for a layer and a management mode, with their sources.

    Without a mode both columns are given; without a layer there is nothing to say.
    """
    if layer is None:
        return ()
    column = _mode_columns().get(str(ID[f"management-mode/{mode}"])) if mode else None
    return tuple(
        (reading, source)
        for within, reading, source in _layer_cells().get(str(ID[f"layer/{layer}"]), ())
        if column is None or column in within
    )


def cost_sources() -> Iterator[Passage]:
    """Yield the source of each reading of the matrix."""
    return (source for cells in _layer_cells().values() for _, _, source in cells)


def how_usual(layer: str, mode: str) -> Text:
    """Return how usual it is to run a layer in a mode, nothing where the matrix does not say."""
    return usual_modes().get((layer, mode), NO_TEXT)


@disk_cache
def usual_modes() -> Mapping[tuple[str, str], Text]:
    """Return the best frequency of the contracts by which each layer is run in each mode, by both slugs."""
    data, book = library.data(), rulebook()
    ranks: dict[tuple[str, str], tuple[int, Text]] = {}
    for layer in sorted(set(iris(data.objects(None, MTG.ofLayer)))):
        for cell in iris(data.subjects(MTG.ofLayer, layer)):
            for mode, frequency in _usualities(data, cell, book):
                key = (slug(layer), mode)
                rank = (int(one(data, frequency, MTG.displayOrder, 0)), label(data, frequency))
                ranks[key] = min(ranks.get(key, rank), rank, key=lambda pair: pair[0])
    return {key: best for key, (_, best) in ranks.items()}


def _usualities(data: Graph, cell: URIRef, book: Rulebook) -> Iterator[tuple[str, URIRef]]:
    """Yield each mode of a cell by which a contract that it names is run, with how usual that is."""
    columns = set(data.objects(cell, MTG.inColumn))
    for usuality in data.objects(cell, MTG.hasUsuality):
        for frequency in iris(data.objects(usuality, MTG.howUsual)):
            for contract in iris(data.objects(usuality, MTG.arrangement)):
                for mode in modes_of(slug(contract), book):
                    if set(data.objects(URIRef(f"{ID}{MODE}/{mode}"), MTG.matrixColumn)) & columns:
                        yield mode, frequency


def modes_of(arrangement: str, book: Rulebook) -> frozenset[str]:
    """Return the modes that an arrangement wants, by the nearest requirement on them; none without."""
    wanted = {r.arrangement: r.own.accepts for r in book.requirements if r.own.criterion == MODE}
    line = [arrangement]
    while line:
        if line[0] in wanted:
            return frozenset(wanted[line[0]])
        of = book.arrangements.get(line.pop(0))
        line += of.parents if of else ()
    return frozenset()
