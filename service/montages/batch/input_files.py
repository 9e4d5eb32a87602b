"""The inputs of a batch: which files, in which order, how each is cut into records; their fingerprint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b, file_digest
from pathlib import Path

from montages.batch import n_quads, records
from montages.batch.records import BUFFER, Record, Stream
from montages.bilingual import message
from montages.description.parsing.source_text import SUFFIXES
from montages.errors import UnreadableInput, UnusableInput, no_file

_TABLES = {"csv": records.csv_rows, "xlsx": records.workbook_rows}
_CUT: dict[str, Callable[[Stream], Iterator[Record]]] = {
    "jsonl": records.read_json_lines,
    **{form: partial(records.read_table, rows) for form, rows in _TABLES.items()},
    "nquads": n_quads.read,
}
_ENDINGS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".nq": "nquads",
} | SUFFIXES
FORMATS = (*_CUT, *dict.fromkeys(SUFFIXES.values()))
STDIN = "-"


@dataclass(frozen=True)
class InputPlan:
    """What a batch will read: `size` in bytes (None: unknown), a fingerprint (None: standard input)."""

    inputs: tuple[Path | None, ...]
    format: str | None
    apart: frozenset[Path]
    size: int | None = 0
    fingerprint: str | None = None
    left_aside: int = 0

    def records(self) -> Iterator[Record]:
        """Return the records of every input, in order; files are read as their turn comes."""
        for source in self.inputs:
            if source is None:
                yield from _cut(Stream("<stdin>", sys.stdin.buffer), self.format or "jsonl")
                continue
            for path, form in _files(source, self.format, self.apart):
                if form is None:
                    continue
                if form in _CUT:
                    with path.open("rb", BUFFER) as file:
                        yield from _cut(Stream(str(path), file), form)
                else:
                    yield records.whole_file(path, form)


def plan(inputs: Sequence[Path | None], form: str | None, outputs: Sequence[Path]) -> InputPlan:
    """Return the plan of a batch, None standing for standard input; `outputs` are never read.

    Raises UnreadableInput for a missing file or an unknown ending, UnusableInput for a table whose
    columns are not known or an output that is also an input.
    """
    apart = frozenset(path.resolve() for path in outputs)
    size, left_aside, digest = 0, 0, blake2b(digest_size=16)
    for source in inputs:
        if source is None:
            continue
        if source.resolve() in apart:
            raise UnusableInput(
                message("{source} is both input and output: name another output.", source=source)
            )
        for path, path_form in _files(source, form, apart):
            if path_form is None:
                left_aside += 1
                continue
            weight, content = path.stat().st_size, _checked_hash(path, path_form)
            digest.update(f"{path.resolve()}\0{weight}\0{content}\0".encode())
            size += weight
    if None in inputs:
        return InputPlan(tuple(inputs), form, apart, None, None, left_aside)
    return InputPlan(tuple(inputs), form, apart, size, digest.hexdigest(), left_aside)


def _checked_hash(path: Path, form: str) -> str:
    """Return the hash of what a file holds; raises where it is a table whose columns are not known."""
    try:
        with path.open("rb") as file:
            content = file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
            if form in _TABLES:
                file.seek(0)
                _TABLES[form](Stream(str(path), file))
            return content
    except OSError as error:
        raise UnreadableInput(
            message("{path} cannot be read: {reason}.", path=path, reason=error.strerror)
        ) from error


def _files(
    source: Path, form: str | None, apart: frozenset[Path]
) -> Iterator[tuple[Path, str | None]]:
    """Return each file with how it is written; in a folder, None for a file that is no description."""
    if source.is_dir():
        for path in _walk(source):
            if path.resolve() not in apart:
                yield path, _ENDINGS.get(path.suffix.lower())
        return
    if not source.is_file():
        raise no_file(source, message(" Check the path."))
    source_form = form or _ENDINGS.get(source.suffix.lower())
    if source_form is None:
        accepted = " ".join(_ENDINGS)
        raise UnreadableInput(
            message(
                "{name}: unknown ending. Accepted: {accepted}; otherwise --input-format.",
                name=source.name,
                accepted=accepted,
            )
        )
    yield source, source_form


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


def _cut(stream: Stream, form: str) -> Iterator[Record]:
    cut = _CUT.get(form)
    return cut(stream) if cut else records.read_whole(stream, form)
