"""Files of notices: one notice each, read by the reader of its family; each notice is taken once."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from montages.bilingual import message
from montages.errors import MontagesError, UnreadableInput, UnusableInput
from montages_decp_ted.imported_contract import ImportedContract, ImportNote
from montages_decp_ted.notices.eforms_notice import read_eforms
from montages_decp_ted.notices.notice_description import notice_description
from montages_decp_ted.notices.ted_form import form_of, read_ted_form
from montages_decp_ted.notices.xml_tree import MOST_BYTES, notice_tree

_GZIP = b"\x1f\x8b"
_ENDINGS = (".xml", ".xml.gz")


def notice_files(paths: Iterable[Path]) -> list[Path]:
    """Return files, and the notices in folders at any depth, by name; raises UnreadableInput for none."""
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        within = sorted(f for f in path.rglob("*") if f.is_file() and f.name.endswith(_ENDINGS))
        if not within:
            raise UnreadableInput(
                message("The folder {path} holds no notice (.xml, .xml.gz).", path=path)
            )
        files += within
    return files


class NoticeReading:
    """Reads notices one at a time: `on_error` is told of each that cannot be read, which stops nothing.

    `read` counts those read or tried, `broken` those that could not be; `notes` tells of those read twice.
    """

    def __init__(self, on_error: Callable[[str, MontagesError], None]) -> None:
        self._on_error = on_error
        self._seen: dict[str, str] = {}
        self.read, self.broken = 0, 0
        self.notes: list[ImportNote] = []

    def contracts(
        self,
        sources: Iterable[tuple[str, Callable[[], BinaryIO]]],
        on_progress: Callable[[int], None] = lambda count: None,
    ) -> Iterator[ImportedContract]:
        """Yield the contract of each source, by its name and what opens it; `on_progress` has how many."""
        for name, opened in sources:
            self.read += 1
            on_progress(self.read)
            try:
                contract = read_notice(_content(opened))
            except MontagesError as error:
                self.broken += 1
                self._on_error(name, error)
                continue
            first = self._seen.setdefault(contract.keys["id"], name)
            if first != name:
                self.notes.append(ImportNote("read-before", name, first))
                continue
            yield contract


def _content(opened: Callable[[], BinaryIO]) -> bytes:
    """Return the bytes of a file, one more than a notice may have at most; a compressed one as it was."""
    try:
        with opened() as file:
            raw = file.read(MOST_BYTES + 1)
            if not raw.startswith(_GZIP):
                return raw
            return _plain(raw)
    except OSError as error:
        raise UnreadableInput(
            message("The file cannot be read: {reason}.", reason=error.strerror or error)
        ) from error


def _plain(raw: bytes) -> bytes:
    """Return what was compressed, no more of it than a notice may have and one byte."""
    packed = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = packed.decompress(raw, MOST_BYTES + 1)
    except zlib.error as error:
        raise _damaged() from error
    if not packed.eof and len(plain) <= MOST_BYTES:
        raise _damaged()
    return plain


def _damaged() -> UnreadableInput:
    return UnreadableInput(message("The compressed file is damaged: download it again."))


_EFORMS = ("ContractNotice", "ContractAwardNotice", "PriorInformationNotice")


def read_notice(raw: bytes) -> ImportedContract:
    """Return the contract that a notice announces or tells of, as a description with its notes.

    Raises UnreadableInput and TooLarge as `notice_tree`, and UnusableInput for a notice of another kind.
    """
    root = notice_tree(raw)
    if root.name in _EFORMS:
        return notice_description(read_eforms(root))
    form = form_of(root)
    if form is None:
        raise UnusableInput(
            message(
                "This notice ({name}) neither announces nor awards a contract in a form that is read: "
                "eForms, and forms F01 to F06, F15 and F20 to F25 of 2015.",
                name=root.name,
            )
        )
    return notice_description(read_ted_form(root, form))
