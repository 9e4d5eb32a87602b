"""`montages import`: contracts that others have published, as descriptions: DECP, and notices of TED."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import click

from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualGroup, lang_option, option, session
from montages.cli.inputs import show_error
from montages.cli.options import files_argument
from montages.cli.output import show
from montages.cli.progress import progress
from montages.errors import UnreadableInput, no_file
from montages.publish.text.typeset import Line
from montages_decp_ted import IMPORT
from montages_decp_ted.decp.decp_files import DecpFiles
from montages_decp_ted.import_output import STDOUT, ImportOptions, import_options, write_import
from montages_decp_ted.notices.notice_files import NoticeReading, notice_files
from montages_decp_ted.notices.xml_tree import MOST_BYTES

_STDIN = "<stdin>"
_READING = message("Reading")


@click.group(
    "import",
    cls=BilingualGroup,
    text=IMPORT.help(
        message(
            "What the file tells becomes facts, the contract signed is said to be retained, "
            "and the rest is declared unknown. What could not be read is noted, and stops "
            "nothing."
        )
    ),
    examples=[
        ("montages import decp decp.json -o contrats.jsonl", message("a description a contract")),
        ("montages import decp decp.json --assess", message("what the contracts signed are worth")),
    ],
)
@lang_option
def import_() -> None:
    """Group the imports."""


@import_.command(
    "decp",
    text=message(
        "Import the French essential data of public procurement (DECP).\n\nFILE is a JSON or XML "
        "file in format 2.0.3 or of 2019, compressed or not (.gz), or - for standard input. "
        "Only the contracts of a connected territory are kept, told by their object and their "
        "CPV code; --all keeps everything. Exit code: 0, all was read; 2, a file could not be "
        "read to its end: what was read is kept."
    ),
    examples=[
        (
            "montages import decp decp-2024.json.gz -o contrats.jsonl --notes notes.jsonl",
            message("and all that could not be read"),
        ),
        ("montages batch contrats.jsonl -o reponses.nq", message("verdicts to query")),
    ],
)
@files_argument
@option(
    "--all",
    "every",
    is_flag=True,
    text=message("Keep all contracts, not only those of a connected territory."),
)
@import_options
@lang_option
def decp(files: Sequence[str], every: bool, **options: Any) -> int:
    """Import files of DECP."""
    lang, chosen = session().lang, ImportOptions(**options)
    paths = [None if name == STDOUT else Path(name) for name in files]
    for path in paths:
        if path is not None and not path.is_file():
            raise no_file(path)
    size = None if None in paths else sum(path.stat().st_size for path in paths if path)
    reader = DecpFiles(every, date.today(), several=len(paths) > 1)
    left = list[UnreadableInput]()
    with progress(size, lang, chosen.quiet, _READING) as update:
        bytes_read = 0
        for path in paths:
            before = bytes_read
            if path is None:
                reader.read(sys.stdin.buffer, _STDIN, lambda n, at: None)
                continue
            try:
                with path.open("rb") as file:
                    reader.read(file, str(path), lambda n, at, b=before: update(n, b + at))  # type: ignore[misc]
            except OSError as error:
                raise UnreadableInput(
                    message("{path} cannot be read: {reason}.", path=path, reason=error.strerror)
                ) from error
            except UnreadableInput as error:
                left.append(error)
                if len(left) == len(paths):
                    raise
                failure = Line("✗ ", style="red").append(error.message(lang), style="default")
                show(failure, err=True)
            bytes_read += path.stat().st_size
    reading = reader.reading
    summary = write_import(reader.contracts, reader.kept, lambda: reading.notes, chosen, lang)
    if not chosen.quiet:
        for line in summary.text(reading.contracts, lang):
            show(line, err=True)
    return 2 if reading.broken or left else 0


@import_.command(
    "ted",
    text=message(
        "Import notices of contracts and concessions published by TED.\n\nFILE is the XML of a "
        "notice (eForms, or forms F01 to F06, F15 and F20 to F25), compressed or not (.gz), a "
        "folder of notices, or - for standard input. What the notice states becomes facts, "
        "several lots parts of the project, and the rest is declared unknown. A notice that is "
        "not about a smart territory is imported all the same, and that is noted. Exit code: "
        "0, all were read; 2, at least one could not be: the others are kept."
    ),
    examples=[
        ("montages import ted 301-2024.xml --format yaml", message("a notice, to be completed")),
        (
            "montages import ted avis/ -o contrats.jsonl --notes notes.jsonl",
            message("a whole folder, and its notes"),
        ),
        ("montages import ted avis/ --assess", message("what the contracts retained are worth")),
    ],
)
@files_argument
@import_options
@lang_option
def ted(files: Sequence[str], **options: Any) -> int:
    """Import notices of TED."""
    lang, chosen = session().lang, ImportOptions(**options)
    sources = _sources(files)
    reading = NoticeReading(lambda name, error: show_error(name, error, lang))
    summary = write_import(
        lambda update: reading.contracts(sources, lambda count: update(count, count)),
        len(sources),
        lambda: reading.notes,
        chosen,
        lang,
    )
    if not chosen.quiet:
        for line in summary.text(reading.read, lang):
            show(line, err=True)
    return 2 if reading.broken else 0


def _sources(names: Sequence[str]) -> list[tuple[str, Callable[[], BinaryIO]]]:
    """Return what is to be read, by its name and what opens it; raises UnreadableInput for no file."""
    sources: list[tuple[str, Callable[[], BinaryIO]]] = []
    for name in names:
        if name == STDOUT:
            sources.append((_STDIN, lambda: BytesIO(sys.stdin.buffer.read(MOST_BYTES + 1))))
            continue
        path = Path(name)
        if not path.is_file() and not path.is_dir():
            raise no_file(path)
        sources += [(str(file), partial(_open, file)) for file in notice_files([path])]
    return sources


def _open(file: Path) -> BinaryIO:
    return file.open("rb")
