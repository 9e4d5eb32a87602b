"""A row of a table as a record of a batch, whichever file it comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping

from montages.batch.record import ROW, Fault, Record
from montages.description.tables.table_row import TableRow


def row_record(file: str, row: TableRow, letters: Mapping[str, str]) -> Record:
    """Return the record of a row: its cells as JSON; `letters` are those of each column by its key."""
    fault = Fault.of(row.fault) if row.fault is not None else None
    content = b"" if fault else json.dumps(row.cells, ensure_ascii=False).encode()
    name = None if fault else row.name
    return Record(file, row.line, content, ROW, row.size, name, fault, row.number, letters)
