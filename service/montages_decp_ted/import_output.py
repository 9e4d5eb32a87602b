"""Where imported contracts go: descriptions, notes, verdicts; the options that every import has."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

import click
import orjson
import yaml
from rich.console import RenderableType

from montages.api import load
from montages.bilingual import message, plural
from montages.cli.bilingual_commands import F, option
from montages.cli.options import DayType
from montages.cli.output import show
from montages.cli.progress import Update, progress
from montages.errors import UnusableInput
from montages.publish.text.typeset import Line, indent
from montages_decp_ted.imported_contract import ImportedContract, ImportNote
from montages_decp_ted.retained_contracts import RetainedContracts, retained_contracts_text

STDOUT = "-"
FORMS = ("jsonl", "yaml")
_KEPT = plural("{n} contract imported", "{n} contracts imported")
_READ = plural("out of {n} read.", "out of {n} read.")
_NOTES = message("To know of what was read:")
_ASSESSING, _WRITING = message("Assessing"), message("Writing")
_EXAMPLE = message("for example")
_AS_OF = message(
    "With --assess: date of the law applied to all; without it, that of each signature."
)


@dataclass(frozen=True)
class ImportOptions:
    """What to make of imported contracts: where to write, in which form, whether to assess them."""

    out: str | None
    form: str
    assess: bool
    notes: str | None
    as_of: date | None
    overwrite: bool
    quiet: bool


def import_options(function: F) -> F:
    """Add the options that every import has, which `ImportOptions` takes by their names."""
    for add in reversed(_OPTIONS):
        function = add(function)
    return function


_OPTIONS: tuple[Callable[[F], F], ...] = (
    option(
        "-o",
        "--output",
        "out",
        metavar="OUT",
        text=message(
            "File to write; -: standard output, as it is without it and without --assess."
        ),
    ),
    option(
        "--format",
        "form",
        type=click.Choice(FORMS),
        default=FORMS[0],
        text=message(
            "jsonl: a description a line, for batch; yaml: a file a contract in the folder "
            "OUT, or documents one after the other."
        ),
    ),
    option(
        "--assess",
        is_flag=True,
        text=message("Assess each contract retained, and tell the share of each verdict."),
    ),
    option(
        "--notes",
        metavar="FILE",
        text=message("File to write every note to, one a line (JSON Lines)."),
    ),
    option("--overwrite", is_flag=True, text=message("Replace the output if it is there.")),
    option("--quiet", is_flag=True, text=message("Tell no summary.")),
    option("--as-of", type=DayType(), text=_AS_OF),
)


@dataclass
class ImportSummary:
    """How many contracts were written, how many notes of each code, with the first of each."""

    kept: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    first: dict[str, ImportNote] = field(default_factory=dict)

    def add(self, notes: Iterable[ImportNote]) -> None:
        """Count some notes."""
        for note in notes:
            self.codes[note.code] += 1
            self.first.setdefault(note.code, note)

    def text(self, read: int, lang: str) -> Iterator[RenderableType]:
        """Yield the summary line by line: what was kept, then what to know, the most frequent first."""
        yield Line(f"{_KEPT.fill(n=self.kept)[lang]} {_READ.fill(n=read)[lang]}", "bold")
        if self.codes:
            yield Line(_NOTES[lang])
        for code, number in sorted(self.codes.items(), key=lambda pair: (-pair[1], pair[0])):
            note = self.first[code]
            yield indent(Line(f"{number} × ").append(note.text[lang], "default"))
            yield indent(indent(Line(f"{_EXAMPLE[lang]} {note.place}", "dim")))


def write_import(
    contracts: Callable[[Update], Iterable[ImportedContract]],
    total: int,
    notes: Callable[[], Iterable[ImportNote]],
    options: ImportOptions,
    lang: str,
) -> ImportSummary:
    """Write contracts as the options say, assess them where they do, and return what came of it.

    `contracts` tells how far it is, of `total`; `notes` gives those on the files themselves, once the
    contracts are taken. A file is there whole or not at all. Raises UnusableInput for an output that is there
    already.
    """
    summary, retained = ImportSummary(), RetainedContracts()
    knowledge = load() if options.assess else None
    stage = _ASSESSING if options.assess else _WRITING
    with _writer(options) as write, _lines(options.notes, options.overwrite) as write_note:
        with progress(total, lang, options.quiet, stage) as update:
            for contract in contracts(update):
                write(contract)
                summary.kept += 1
                summary.add(contract.notes)
                for note in contract.notes:
                    write_note({"contract": contract.identifier, **note.to_json(lang)})
                if knowledge is not None:
                    retained.judge(contract.keys, knowledge, options.as_of)
        on_files = list(notes())
        summary.add(on_files)
        for note in on_files:
            write_note(note.to_json(lang))
    if options.assess:
        show(retained_contracts_text(retained, lang))
    return summary


Write = Callable[[ImportedContract], object]


@contextmanager
def _writer(options: ImportOptions) -> Iterator[Write]:
    """Yield what writes a contract."""
    out = options.out or (None if options.assess else STDOUT)
    if out is None:
        yield lambda contract: None
    elif options.form == "yaml" and out != STDOUT:
        yield _folder(Path(out), options.overwrite)
    else:
        with _file(out, options.overwrite) as file:
            if options.form == "yaml":
                yield lambda contract: file.write(b"---\n" + _yaml(contract))
            else:
                yield lambda contract: file.write(_json_line(contract.keys))


def _json_line(tree: dict[str, Any]) -> bytes:
    return orjson.dumps(tree, option=orjson.OPT_APPEND_NEWLINE)


def _yaml(contract: ImportedContract) -> bytes:
    return str(yaml.safe_dump(contract.keys, allow_unicode=True, sort_keys=False)).encode()


def _folder(folder: Path, overwrite: bool) -> Write:
    """Return what writes a contract to a file of its own, whole, named after it."""
    if folder.exists() and not folder.is_dir():
        raise _there(folder)
    if not overwrite and folder.is_dir() and any(folder.iterdir()):
        raise _there(folder)
    folder.mkdir(parents=True, exist_ok=True)

    def write(contract: ImportedContract) -> None:
        with _file(str(folder / f"{contract.keys['id']}.yaml"), overwrite=True) as file:
            file.write(_yaml(contract))

    return write


@contextmanager
def _lines(name: str | None, overwrite: bool) -> Iterator[Callable[[dict[str, str]], object]]:
    if name is None:
        yield lambda tree: None
        return
    with _file(name, overwrite) as file:
        yield lambda tree: file.write(_json_line(tree))


@contextmanager
def _file(name: str, overwrite: bool) -> Iterator[BinaryIO]:
    """Yield a file that takes its name once it is whole; standard output, a device or a pipe as it is."""
    if name == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as file:
            yield file
        return
    if path.is_dir() or (path.exists() and not overwrite):
        raise _there(path)
    if not path.parent.is_dir():
        raise UnusableInput(
            message(
                "There is no folder {parent}: make it, or name another output.", parent=path.parent
            )
        )
    with NamedTemporaryFile("wb", dir=path.parent, prefix=".", delete=False) as file:
        temporary = Path(file.name)
        try:
            yield file  # type: ignore[misc]
        except BaseException:
            temporary.unlink()
            raise
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
    temporary.replace(path)


def _there(path: Path) -> UnusableInput:
    return UnusableInput(
        message(
            "{path} exists already. Name another output, or add --overwrite to replace it.",
            path=path,
        )
    )
