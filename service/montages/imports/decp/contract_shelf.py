"""Contracts put aside until the file is read: of several publications of one, the latest stays."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from montages.imports.imported_contract import ImportedContract, ImportNote


class ContractShelf:
    """Holds contracts on disk, in a file that goes with it: memory does not grow with how many are `kept`."""

    def __init__(self) -> None:
        # A database without a name is a temporary file that nobody else can open.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2048; BEGIN;"
            "CREATE TABLE shelf (name TEXT PRIMARY KEY, rank TEXT, number INTEGER, place TEXT, held TEXT)"
            " WITHOUT ROWID;"
        )
        self._number = self.kept = 0

    def put(self, name: str, rank: str, place: str, contract: ImportedContract) -> None:
        """Put a contract aside, known by a name; the higher `rank` is the later publication."""
        self._number += 1
        name = name or f"#{self._number}"
        query = "SELECT rank, number, place, held FROM shelf WHERE name = ?"
        there = self._base.execute(query, (name,)).fetchone()
        number = self._number
        self.kept += there is None
        if there is not None:
            other_rank, number, other_place, held = there
            if rank < other_rank:
                contract, place, other_place, rank = _contract(held), other_place, place, other_rank
            note = ImportNote("published-again", place, other_place)
            contract = replace(contract, notes=(*contract.notes, note))
        row = (name, rank, number, place, _text(contract))
        self._base.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?, ?)", row)

    def contracts(self) -> Iterator[ImportedContract]:
        """Yield the contracts, each once, in the order in which the file first has them."""
        # Sorted in the same temporary file, and taken a few at a time.
        for (held,) in self._base.execute("SELECT held FROM shelf ORDER BY number"):
            yield _contract(held)

    def close(self) -> None:
        """Remove the file."""
        self._base.close()


def _text(contract: ImportedContract) -> str:
    notes = [(note.code, note.place, note.value) for note in contract.notes]
    return json.dumps([contract.identifier, contract.keys, notes], ensure_ascii=False)


def _contract(held: str) -> ImportedContract:
    parts: Any = json.loads(held)
    identifier, keys, notes = parts
    return ImportedContract(identifier, keys, tuple(ImportNote(*note) for note in notes))
