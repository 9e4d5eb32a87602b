"""Files of DECP, read from their first byte to their last, or as far as they can be; each contract once."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BufferedReader
from typing import Any, BinaryIO
from xml.parsers import expat

import ijson

from montages.bilingual import NO_TEXT, Text, message
from montages.errors import UnreadableInput
from montages_decp_ted.decp.contract_changes import latest_day
from montages_decp_ted.decp.contract_facts import buyer_number, contract_facts, is_concession
from montages_decp_ted.decp.contract_trees import (
    ContractTree,
    contract_trees,
    ends_early,
    xml_contracts,
)
from montages_decp_ted.decp.field_values import FieldValues
from montages_decp_ted.decp.file_text import EndlessText, Utf8Text
from montages_decp_ted.imported_contract import ImportedContract, ImportNote
from montages_decp_ted.theme_filter import themes_of

_GZIP = b"\x1f\x8b"
# What reading stops at, with what was read before.
_ENDS = (ijson.JSONError, expat.ExpatError, EndlessText, EOFError, OSError, zlib.error, SystemError)
Watch = Callable[[int, int], None]


@dataclass
class DecpReading:
    """What came of reading files: how many contracts they hold, how many were kept, what was wrong with them.

    `notes` are on the files themselves, and on contracts that could not be read; `broken` is set where a file
    could not be read to its end.
    """

    contracts: int = 0
    left_out: int = 0
    notes: list[ImportNote] = field(default_factory=list)
    broken: bool = False


class DecpFiles:
    """Reads files of DECP one after the other, then gives their contracts, each once.

    `every`: keep all contracts, not only those about a connected territory; `day`: that of the import;
    `several`: there are several files, and places begin with the name of theirs.
    """

    def __init__(self, every: bool, day: date, several: bool = False) -> None:
        self.reading = DecpReading()
        self._every, self._day, self._several = every, day, several
        self._shelf = ContractShelf()

    def read(self, file: BinaryIO, name: str, watch: Watch = lambda contracts, size: None) -> None:
        """Read a file; what was read before a fault stays, and the fault is noted.

        `watch` is told how many contracts were read, and how many bytes of the file, packed as it is. Raises
        UnreadableInput for a file in
        which nothing is a contract.
        """
        text, packed = Utf8Text(_unpacked(file), name), file.tell if file.seekable() else None
        before = self.reading.contracts
        try:
            for contract in xml_contracts(text) if text.starts_with(b"<") else contract_trees(text):
                self._take(
                    replace(contract, place=f"{name}#{contract.place}")
                    if self._several
                    else contract
                )
                text.go_on()
                watch(self.reading.contracts, packed() if packed else text.bytes_read)
        except (*_ENDS, UnreadableInput) as error:
            self._break(error, name, before)
        self.reading.notes += text.notes
        if self.reading.contracts == before:
            raise _no_contract(name)

    @property
    def kept(self) -> int:
        """Return how many contracts are kept, each once."""
        return self._shelf.kept

    def contracts(self, watch: Watch = lambda contracts, of: None) -> Iterator[ImportedContract]:
        """Yield the contracts kept, each once, in the order of the files.

        `watch` is told how many were taken.
        """
        for number, contract in enumerate(self._shelf.contracts(), 1):
            yield contract
            watch(number, number)
        self._shelf.close()

    def _break(self, error: Exception, name: str, before: int) -> None:
        count = self.reading.contracts - before
        if not count:
            raise _no_contract(name, _reason(error)) from error
        self.reading.broken = True
        code = "text-without-end" if isinstance(error, EndlessText) else "cut-short"
        if isinstance(error, expat.ExpatError) and not ends_early(error):
            code = "not-read-on"
        if isinstance(error, ijson.IncompleteJSONError) and "premature EOF" not in str(error):
            code = "not-read-on"
        self.reading.notes.append(ImportNote(code, name, str(count)))

    def _take(self, source: ContractTree) -> None:
        self.reading.contracts += 1
        fault = _fault(source)
        if fault is not None:
            self.reading.left_out += 1
            self.reading.notes.append(fault)
            return
        concession = is_concession(source)
        fields = FieldValues(source.tree, source.place)
        cpv = fields.cpv("codeCPV") if not concession else ""
        choice = themes_of(str(source.tree.get("objet") or ""), cpv)
        if not choice and not self._every:
            self.reading.left_out += 1
            return
        contract = contract_facts(fields, concession, cpv, choice, self._day)
        number = buyer_number(source.tree, concession)
        name = f"{number} {contract.identifier}" if contract.identifier else ""
        self._shelf.put(name, latest_day(source.tree), source.place, contract)


def _unpacked(file: BinaryIO) -> BinaryIO:
    """Return a file as it is, or what a gzip file holds, told by its first bytes."""
    buffered = file if isinstance(file, BufferedReader) else BufferedReader(file)  # type: ignore[type-var]
    if buffered.peek(2)[:2] == _GZIP:
        return gzip.GzipFile(fileobj=buffered)  # type: ignore[return-value]
    return buffered


def _fault(contract: ContractTree) -> ImportNote | None:
    """Return why something is no contract, None where it is one."""
    if contract.too_large:
        return ImportNote("contract-too-large", contract.place)
    if contract.tree is None:
        return ImportNote("null-contract", contract.place)
    if not isinstance(contract.tree, dict):
        return ImportNote("not-a-contract", contract.place, str(contract.tree))
    return None


def _reason(error: Exception) -> Text:
    if isinstance(error, UnreadableInput):
        return Text(*(f" ({error.message(lang).rstrip('.')})" for lang in ("fr", "en")))
    reason = f" ({' '.join(str(error).split())[:200]})"
    return Text(reason, reason)


def _no_contract(name: str, reason: Text = NO_TEXT) -> UnreadableInput:
    return UnreadableInput(
        message(
            "{name}: no contract was read in it{reason}. A file of essential data is needed, "
            "in JSON or XML: “marches” with “marche” and “contrat-concession” (format 2.0.3, "
            "or of 2019).",
            name=name,
            reason=reason,
        )
    )


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
        notes = [(note.code, note.place, note.value) for note in contract.notes]
        row = (
            name,
            rank,
            number,
            place,
            json.dumps([contract.identifier, contract.keys, notes], ensure_ascii=False),
        )
        self._base.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?, ?)", row)

    def contracts(self) -> Iterator[ImportedContract]:
        """Yield the contracts, each once, in the order in which the file first has them."""
        # Sorted in the same temporary file, and taken a few at a time.
        for (held,) in self._base.execute("SELECT held FROM shelf ORDER BY number"):
            yield _contract(held)

    def close(self) -> None:
        """Remove the file."""
        self._base.close()


def _contract(held: str) -> ImportedContract:
    parts: Any = json.loads(held)
    identifier, keys, notes = parts
    return ImportedContract(identifier, keys, tuple(ImportNote(*note) for note in notes))
