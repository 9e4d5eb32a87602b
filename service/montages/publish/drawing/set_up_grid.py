"""A whole set-up as a grid: a row a layer, a column a perimeter, in each cell the contract that covers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from montages.advice.compose.composition import Composition, Compositions
from montages.bilingual import NO_TEXT, Text, message
from montages.description.facts import label
from montages.engine.units import Unit
from montages.knowledge.thing_labels import name_of
from montages.names import ID, slug

_WHOLE = message("The whole project")
_NO_AREA = message("No area")
# A row and a column, from 0.
Cell = tuple[int, int]


@dataclass(frozen=True)
class Seam:
    """A cell of one part and a cell of another, side by side unless nothing lies between the two parts."""

    one: Cell
    other: Cell

    @property
    def adjacent(self) -> bool:
        """Tell whether the two cells have a side in common."""
        return _distance(self.one, self.other) == 1


@dataclass(frozen=True)
class SetUpGrid:
    """Names of rows and columns, and the place of the part that covers each cell; gaps are no part of it."""

    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    cells: Mapping[Cell, int]

    def pieces(self, part: int) -> list[tuple[Cell, Cell]]:
        """Return the rectangles of a part, by their first and last cells, the largest first."""
        runs: list[tuple[Cell, Cell]] = []
        for column in range(len(self.columns)):
            rows = [r for r in range(len(self.rows)) if self.cells.get((r, column)) == part]
            for first, last in _runs(rows):
                wider = next(
                    (n for n, run in enumerate(runs) if _beside(run, first, last, column)), None
                )
                if wider is None:
                    runs.append(((first, column), (last, column)))
                else:
                    runs[wider] = (runs[wider][0], (last, column))
        return sorted(runs, key=_size, reverse=True)

    def seams(self) -> list[Seam]:
        """Return a seam for each part but the first: where it is nearest to those before."""
        left = sorted(set(self.cells.values()))
        done = [cell for cell, part in self.cells.items() if part in left[:1]]
        left, seams = left[1:], []
        while left:
            seam, part = min(
                (
                    (Seam(one, other), part)
                    for other, part in self.cells.items()
                    if part in left
                    for one in done
                ),
                key=lambda pair: (_distance(pair[0].one, pair[0].other), pair[1]),
            )
            seams.append(seam)
            left.remove(part)
            done += [cell for cell, of in self.cells.items() if of == part]
        return seams


def set_up_grid(composition: Composition, composed: Compositions) -> SetUpGrid:
    """Return the grid of a whole set-up: layers in the order of the sheet, perimeters in that of units."""
    units = [unit_assessment.unit for unit_assessment in composed.assessment.conclusions.units]
    order = {v.slug: n for n, v in enumerate(composed.rules.criteria["layer"].values)}
    places = dict(zip((unit.id for unit in units), _places(units), strict=True))
    rows = sorted({place[:2] for place in places.values()}, key=lambda r: (order.get(r[0], -1), r))
    areas = list(dict.fromkeys(unit.perimeter for unit in units))
    facts = composed.assessment.premises.description.facts
    names: dict[str | None, Text] = {}
    for unit in units:
        iri = next((part for part in unit.parts if slug(part) == unit.perimeter), None)
        names[unit.perimeter] = label(facts, iri) if iri else _NO_AREA
    return SetUpGrid(
        rows=tuple(name_of(f"{ID}layer/{layer}") if layer else _WHOLE for layer, _ in rows),
        columns=tuple(names[area] if len(areas) > 1 or area else NO_TEXT for area in areas),
        cells={
            (
                rows.index(places[unit_assessment.unit.id][:2]),
                areas.index(unit_assessment.unit.perimeter),
            ): number
            for number, part in enumerate(composition.parts)
            for unit_assessment in part.units
        },
    )


def _places(units: Sequence[Unit]) -> Iterator[tuple[str, int]]:
    """Yield the row of each unit: its layer, and the how manieth of that layer in its perimeter it is."""
    counts: dict[tuple[str | None, str | None], int] = {}
    for unit in units:
        key = unit.layer, unit.perimeter
        counts[key] = counts.get(key, 0) + 1
        yield unit.layer or "", counts[key]


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of places that follow each other."""
    start = 0
    for n, place in enumerate(places):
        if n + 1 == len(places) or places[n + 1] != place + 1:
            yield places[start], place
            start = n + 1


def _beside(run: tuple[Cell, Cell], first: int, last: int, column: int) -> bool:
    """Tell whether a rectangle ends in the column before, and has the same rows."""
    return run[0][0] == first and run[1] == (last, column - 1)


def _size(piece: tuple[Cell, Cell]) -> int:
    (top, first), (bottom, last) = piece
    return (bottom - top + 1) * (last - first + 1)


def _distance(one: Cell, other: Cell) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])
