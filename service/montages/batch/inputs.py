"""The inputs of a batch: which files, in which order, how each is cut into pieces, and their fingerprint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from montages.batch.pieces import Piece
from montages.batch.readers import json_lines, n_quads, table, trig, whole
from montages.batch.readers.stream import BUFFER, Stream
from montages.decision.parse import SUFFIXES
from montages.errors import UnreadableInput, UnusableInput

_CUT: dict[str, Callable[[Stream], Iterator[Piece]]] = {
    "jsonl": json_lines.read,
    "csv": table.read,
    "nquads": n_quads.read,
    "trig": trig.read,
}
_ENDINGS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".nq": "nquads",
    ".trig": "trig",
} | SUFFIXES
FORMATS = (*_CUT, *dict.fromkeys(SUFFIXES.values()))
STDIN = "-"


@dataclass(frozen=True)
class Plan:
    """What a batch will read: `size` in bytes (None: unknown), a fingerprint (None: standard input)."""

    inputs: tuple[Path | None, ...]
    format: str | None
    apart: frozenset[Path]
    size: int | None = 0
    fingerprint: str | None = None
    left_aside: int = 0

    def pieces(self) -> Iterator[Piece]:
        """Return the pieces of every input, in order; files are read as their turn comes."""
        for given in self.inputs:
            if given is None:
                yield from _cut(Stream("<stdin>", sys.stdin.buffer), self.format or "jsonl")
                continue
            for path, form in _files(given, self.format, self.apart):
                if form is None:
                    continue
                if form in _CUT:
                    with path.open("rb", BUFFER) as file:
                        yield from _cut(Stream(str(path), file), form)
                else:
                    yield whole.from_file(path, str(path), form)


def plan(inputs: Sequence[Path | None], form: str | None, outputs: Sequence[Path]) -> Plan:
    """Return the plan of a batch, None standing for standard input; `outputs` are never read.

    Raises UnreadableInput for a missing file or an unknown ending, UnusableInput for a CSV whose
    columns are not known or an output that is also an input.
    """
    apart = frozenset(path.resolve() for path in outputs)
    seen = _Looked()
    for given in inputs:
        if given is None:
            seen.size = None
            continue
        if given.resolve() in apart:
            raise UnusableInput(
                f"{given} est à la fois entrée et sortie : nommez une autre sortie.",
                f"{given} is both input and output: name another output.",
            )
        for path, known in _files(given, form, apart):
            seen.look(path, known)
    fingerprint = None if None in inputs else seen.digest.hexdigest()
    return Plan(tuple(inputs), form, apart, seen.size, fingerprint, seen.left_aside)


@dataclass
class _Looked:
    """What looking at every file before reading any tells."""

    size: int | None = 0
    left_aside: int = 0
    digest: blake2b = field(default_factory=lambda: blake2b(digest_size=16))

    def look(self, path: Path, form: str | None) -> None:
        if form is None:
            self.left_aside += 1
            return
        if form in _CUT:
            try:
                with path.open("rb") as file:
                    if form == "csv":
                        table.header(Stream(str(path), file))
            except OSError as error:
                raise UnreadableInput(
                    f"{path} ne peut pas être lu : {error.strerror}.",
                    f"{path} cannot be read: {error.strerror}.",
                ) from error
        told = path.stat()
        self.digest.update(f"{path.resolve()}\0{told.st_size}\0{told.st_mtime_ns}\0".encode())
        if self.size is not None:
            self.size += told.st_size


def _files(
    given: Path, form: str | None, apart: frozenset[Path]
) -> Iterator[tuple[Path, str | None]]:
    """Return each file with how it is written; in a folder, None for a file that is no description."""
    if given.is_dir():
        for path in _walk(given):
            if path.resolve() not in apart:
                yield path, _ENDINGS.get(path.suffix.lower())
        return
    if not given.is_file():
        raise UnreadableInput(
            f"Fichier introuvable : {given}. Vérifiez le chemin.",
            f"No such file: {given}. Check the path.",
        )
    known = form or _ENDINGS.get(given.suffix.lower())
    if known is None:
        accepted = " ".join(_ENDINGS)
        raise UnreadableInput(
            f"{given.name} : extension inconnue. Acceptées : {accepted} ; sinon --input-format.",
            f"{given.name}: unknown ending. Accepted: {accepted}; otherwise --input-format.",
        )
    yield given, known


def _walk(folder: Path) -> Iterator[Path]:
    """Return the files below a folder by name, hidden ones left out; one folder is listed at a time."""
    for name in sorted(path.name for path in folder.iterdir()):  # names weigh less
        if name.startswith("."):
            continue
        path = folder / name
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file():
            yield path


def _cut(stream: Stream, form: str) -> Iterator[Piece]:
    cut = _CUT.get(form)
    return cut(stream) if cut else whole.read(stream, form)
