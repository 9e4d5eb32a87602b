"""The description that a row of a table makes, which knows its cells."""

from __future__ import annotations

from montages.description.description import Description
from montages.description.tables.row_places import RowPlaces


class RowDescription(Description):
    """One project of a table; `cells` are where it says what it says."""

    cells: RowPlaces

    @classmethod
    def of(cls, description: Description, cells: RowPlaces) -> RowDescription:
        """Return the description of a row, once its tree is parsed as any other."""
        row = cls(description.statements, description.project, description.places)
        row.source, row.readings = description.source, description.readings
        row.is_written, row.cells = False, cells
        return row
