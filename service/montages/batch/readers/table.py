"""CSV: one project a row, the columns told by the header."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence

from montages.batch import columns
from montages.batch.pieces import Fault, Piece
from montages.batch.readers.graphs import unreadable
from montages.batch.readers.stream import Stream
from montages.errors import UnreadableInput, UnusableInput


class _Lines:
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


def read(stream: Stream) -> Iterator[Piece]:
    """Return a piece a row: the cells that say something, by key of their column."""
    keys, rows, lines = _open(stream)
    begun = lines.number
    while True:
        fault = None
        try:
            cells = next(rows, None)
        except csv.Error as error:
            cells, fault = [], _broken(lines.number, str(error))
        if cells is None:
            return
        number, begun = begun + 1, lines.number
        said = {k: v.strip() for k, v in zip(keys, cells, strict=False) if v.strip()}
        if not said and not fault and not any(cell.strip() for cell in cells):
            continue
        fault = fault or _faulty(cells, keys, number)
        size, lines.size = lines.size, 0
        content = b"" if fault else json.dumps(said, ensure_ascii=False).encode()
        name = None if fault else said.get("id") or said.get("project")
        yield Piece(stream.name, number, content, "csv", size, name, fault)


def _open(stream: Stream) -> tuple[list[str], Iterator[list[str]], _Lines]:
    lines = _Lines(stream)
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
    known = columns.by_name()
    keys: list[str] = []
    for name in (name.strip() for name in names):
        if name not in known:
            close = columns.nearest_name(name)
            hint_fr = f" Vouliez-vous « {close} » ?" if close else ""
            hint_en = f" Did you mean “{close}”?" if close else ""
            raise UnusableInput(
                f"{file} : colonne inconnue : « {name} ».{hint_fr} « montages batch --table-schema » "
                "les décrit toutes.",
                f"{file}: unknown column: “{name}”.{hint_en} “montages batch --table-schema” "
                "describes them all.",
            )
        if known[name].key in keys:
            raise UnusableInput(
                f"{file} : la colonne « {name} » ({known[name].key}) est là deux fois.",
                f"{file}: the column “{name}” ({known[name].key}) is there twice.",
            )
        keys.append(known[name].key)
    if not {"project", "id"} & set(keys):
        raise UnusableInput(
            f"{file} : il faut une colonne « projet » ou « identifiant », pour nommer les projets.",
            f"{file}: a column “projet” or “identifiant” is needed, to name the projects.",
        )
    return keys


def _faulty(cells: Sequence[str], keys: Sequence[str], number: int) -> Fault | None:
    """Return what is wrong with a row before its cells are understood."""
    for place, cell in enumerate(cells):
        if any("\udc80" <= c <= "\udcff" for c in cell):
            return unreadable(
                f"Ligne {number}, cellule {place + 1} : ce n'est pas de l'UTF-8.",
                f"Line {number}, cell {place + 1}: this is not UTF-8.",
                line=number,
            )
    if any(cell.strip() for cell in cells[len(keys) :]):
        return _broken(number, f"{len(cells)} > {len(keys)}")
    named = {k for k, cell in zip(keys, cells, strict=False) if cell.strip()}
    if not {"project", "id"} & named:
        return unreadable(
            f"Ligne {number} : le projet n'a pas de nom (colonne « projet » ou « identifiant »).",
            f"Line {number}: the project has no name (column “projet” or “identifiant”).",
            line=number,
        )
    return None


def _broken(number: int, detail: str) -> Fault:
    return unreadable(
        f"Ligne {number} : cellules et colonnes ne correspondent pas ({detail}). Vérifiez le "
        "séparateur et les guillemets.",
        f"Line {number}: cells and columns do not match ({detail}). Check the delimiter and the quotes.",
        line=number,
    )
