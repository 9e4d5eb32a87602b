"""CSV: one project a row, under a header that names the columns."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence

from montages.batch.readers.named_graphs import unreadable
from montages.batch.readers.stream import Stream
from montages.batch.record import Fault, Record
from montages.batch.tables import columns
from montages.errors import UnreadableInput, UnusableInput
from montages.knowledge.did_you_mean import suggestion


class _TextLines:
    """The lines of a file as text for the csv module, with a count of their bytes."""

    def __init__(self, stream: Stream) -> None:
        self._lines, self.size, self.number = stream.lines(), 0, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line, size = next(self._lines)
        self.size += size
        return line.decode("utf-8", "surrogateescape")


def header(stream: Stream) -> list[str]:
    """Return the keys of the columns of a file.

    Raises UnreadableInput for an empty or binary header, UnusableInput for an unknown column, a
    column written twice, or none that names the project.
    """
    return _open(stream)[0]


def read(stream: Stream) -> Iterator[Record]:
    """Yield a record a row: the cells that are not empty, by key of their column."""
    keys, rows, lines = _open(stream)
    end = lines.number
    while True:
        fault = None
        try:
            cells = next(rows, None)
        except csv.Error as error:
            cells, fault = [], _misfit(lines.number, str(error))
        if cells is None:
            return
        number, end = end + 1, lines.number
        values = {k: v.strip() for k, v in zip(keys, cells, strict=False) if v.strip()}
        if not values and not fault and not any(cell.strip() for cell in cells):
            continue
        fault = fault or _fault(cells, keys, number)
        size, lines.size = lines.size, 0
        content = b"" if fault else json.dumps(values, ensure_ascii=False).encode()
        name = None if fault else values.get("id") or values.get("project")
        yield Record(stream.name, number, content, "csv", size, name, fault)


def _open(stream: Stream) -> tuple[list[str], Iterator[list[str]], _TextLines]:
    lines = _TextLines(stream)
    first = next(lines, "")
    if not first.strip() or "\x00" in first or any("\udc80" <= c <= "\udcff" for c in first):
        raise UnreadableInput(
            f"{stream.name} : la première ligne doit être celle des colonnes, en UTF-8 "
            "(dans un tableur : « CSV UTF-8 »).",
            f"{stream.name}: the first line must be that of the columns, in UTF-8 "
            "(in a spreadsheet: “CSV UTF-8”).",
        )
    delimiter = ";" if first.count(";") > first.count(",") else ","
    names = next(csv.reader([first], delimiter=delimiter))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    return _keys(stream.name, names), rows, lines


def _keys(file: str, names: Sequence[str]) -> list[str]:
    by_name = columns.by_name()
    keys: list[str] = []
    for name in (name.strip() for name in names):
        if name not in by_name:
            hint = suggestion(columns.nearest_name(name))
            raise UnusableInput(
                f"{file} : colonne inconnue : « {name} ».{hint.fr} « montages batch --table-schema » "
                "les décrit toutes.",
                f"{file}: unknown column: “{name}”.{hint.en} “montages batch --table-schema” "
                "describes them all.",
            )
        key = by_name[name].key
        if key in keys:
            raise UnusableInput(
                f"{file} : la colonne « {name} » ({key}) est là deux fois.",
                f"{file}: the column “{name}” ({key}) is there twice.",
            )
        keys.append(key)
    if not {"project", "id"} & set(keys):
        raise UnusableInput(
            f"{file} : il faut une colonne « projet » ou « identifiant », pour nommer les projets.",
            f"{file}: a column “projet” or “identifiant” is needed, to name the projects.",
        )
    return keys


def _fault(cells: Sequence[str], keys: Sequence[str], number: int) -> Fault | None:
    """Return what is wrong with a row before its cells are understood."""
    for place, cell in enumerate(cells):
        if any("\udc80" <= c <= "\udcff" for c in cell):
            return unreadable(
                f"Ligne {number}, cellule {place + 1} : ce n'est pas de l'UTF-8.",
                f"Line {number}, cell {place + 1}: this is not UTF-8.",
                line=number,
            )
    if any(cell.strip() for cell in cells[len(keys) :]):
        return _misfit(number, f"{len(cells)} > {len(keys)}")
    used = {k for k, cell in zip(keys, cells, strict=False) if cell.strip()}
    if not {"project", "id"} & used:
        return unreadable(
            f"Ligne {number} : le projet n'a pas de nom (colonne « projet » ou « identifiant »).",
            f"Line {number}: the project has no name (column “projet” or “identifiant”).",
            line=number,
        )
    return None


def _misfit(number: int, detail: str) -> Fault:
    return unreadable(
        f"Ligne {number} : cellules et colonnes ne correspondent pas ({detail}). Vérifiez le "
        "séparateur et les guillemets.",
        f"Line {number}: cells and columns do not match ({detail}). Check the delimiter and the quotes.",
        line=number,
    )
