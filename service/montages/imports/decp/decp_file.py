"""A file of DECP, read from its first byte to its last, or as far as it can be."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BufferedReader
from typing import BinaryIO
from xml.parsers import expat

import ijson

from montages.bilingual import Text
from montages.errors import UnreadableInput
from montages.imports.decp.contract_changes import latest_day
from montages.imports.decp.contract_facts import buyer_number, contract_facts, is_concession
from montages.imports.decp.contract_shelf import ContractShelf
from montages.imports.decp.contract_trees import ContractTree, contract_trees
from montages.imports.decp.field_values import FieldValues
from montages.imports.decp.utf8_text import EndlessText, Utf8Text
from montages.imports.decp.xml_contracts import ends_early, xml_contracts
from montages.imports.imported_contract import ImportedContract, ImportNote
from montages.imports.theme_filter import themes_of

_NO_REASON = Text("", "")
_GZIP = b"\x1f\x8b"
# What reading stops at, with what was read before.
_ENDS = (
    ijson.JSONError,
    expat.ExpatError,
    EndlessText,
    EOFError,
    OSError,
    zlib.error,
    SystemError,
)
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

    def read(self, file: BinaryIO, name: str, watch: Watch = lambda done, size: None) -> None:
        """Read a file; what was read before a fault stays, and the fault is noted.

        `watch` is told how many contracts were read, and how many bytes of the file, packed as it is. Raises
        UnreadableInput for a file in
        which nothing is a contract.
        """
        text, packed = Utf8Text(_unpacked(file), name), file.tell if file.seekable() else None
        before = self.reading.contracts
        try:
            for found in xml_contracts(text) if text.starts_with(b"<") else contract_trees(text):
                self._take(
                    replace(found, place=f"{name}#{found.place}") if self._several else found
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

    def contracts(self, watch: Watch = lambda done, of: None) -> Iterator[ImportedContract]:
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

    def _take(self, found: ContractTree) -> None:
        self.reading.contracts += 1
        fault = _fault(found)
        if fault is not None:
            self.reading.left_out += 1
            self.reading.notes.append(fault)
            return
        concession = is_concession(found)
        fields = FieldValues(found.tree, found.place)
        cpv = fields.cpv("codeCPV") if not concession else ""
        choice = themes_of(str(found.tree.get("objet") or ""), cpv)
        if not choice and not self._every:
            self.reading.left_out += 1
            return
        contract = contract_facts(fields, concession, cpv, choice, self._day)
        number = buyer_number(found.tree, concession)
        name = f"{number} {contract.identifier}" if contract.identifier else ""
        self._shelf.put(name, latest_day(found.tree), found.place, contract)


def _unpacked(file: BinaryIO) -> BinaryIO:
    """Return a file as it is, or what a gzip file holds, told by its first bytes."""
    buffered = file if isinstance(file, BufferedReader) else BufferedReader(file)  # type: ignore[type-var]
    if buffered.peek(2)[:2] == _GZIP:
        return gzip.GzipFile(fileobj=buffered)  # type: ignore[return-value]
    return buffered


def _fault(found: ContractTree) -> ImportNote | None:
    """Return why something is no contract, None where it is one."""
    if found.too_large:
        return ImportNote("contract-too-large", found.place)
    if found.tree is None:
        return ImportNote("null-contract", found.place)
    if not isinstance(found.tree, dict):
        return ImportNote("not-a-contract", found.place, str(found.tree))
    return None


def _reason(error: Exception) -> Text:
    if isinstance(error, UnreadableInput):
        return Text(*(f" ({error.message(lang).rstrip('.')})" for lang in ("fr", "en")))
    said = f" ({' '.join(str(error).split())[:200]})"
    return Text(said, said)


def _no_contract(name: str, reason: Text = _NO_REASON) -> UnreadableInput:
    return UnreadableInput(
        f"{name} : aucun contrat n'y a été lu{reason.fr}. Il faut un fichier de données essentielles, en "
        "JSON ou en XML : « marches » avec « marche » et « contrat-concession » (format 2.0.3, ou de 2019).",
        f"{name}: no contract was read in it{reason.en}. A file of essential data is needed, in JSON or XML: "
        "“marches” with “marche” and “contrat-concession” (format 2.0.3, or of 2019).",
    )
