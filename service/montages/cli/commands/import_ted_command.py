"""`montages import ted`: notices of TED, as descriptions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import click

from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.import_output import STDOUT, ImportOptions, import_options, write_import
from montages.cli.inputs import show_error
from montages.cli.options import files_argument
from montages.cli.output import show
from montages.errors import no_file
from montages.imports.notices.notice_files import NoticeReading, notice_files
from montages.imports.notices.xml_tree import MOST_BYTES

_STDIN = "<stdin>"


@click.command(
    "ted",
    cls=BilingualCommand,
    text=Text(
        "Reprend des avis de marchés et de concessions publiés par TED.\n\n"
        "FICHIER est le XML d'un avis (eForms, ou formulaires F01 à F06, F15 et F20 à F25), compressé ou non "
        "(.gz), un dossier d'avis, ou - pour l'entrée standard. Ce que l'avis dit devient des faits, "
        "plusieurs lots des parties du projet, et le reste est déclaré inconnu. Un avis qui ne parle pas "
        "d'un territoire connecté est repris quand même, et c'est noté. Code de sortie : 0, tous ont été "
        "lus ; 2, un au moins n'a pu l'être : les autres sont gardés.",
        "Import notices of contracts and concessions published by TED.\n\n"
        "FILE is the XML of a notice (eForms, or forms F01 to F06, F15 and F20 to F25), compressed or not "
        "(.gz), a folder of notices, or - for standard input. What the notice states becomes facts, several "
        "lots parts of the project, and the rest is declared unknown. A notice that is not about a smart "
        "territory is imported all the same, and that is noted. Exit code: 0, all were read; 2, at least one "
        "could not be: the others are kept.",
    ),
    examples=[
        (
            "montages import ted 301-2024.xml --format yaml",
            Text("un avis, à compléter", "a notice, to be completed"),
        ),
        (
            "montages import ted avis/ -o contrats.jsonl --notes notes.jsonl",
            Text("tout un dossier, et ses notes", "a whole folder, and its notes"),
        ),
        (
            "montages import ted avis/ --assess",
            Text("ce que valent les contrats retenus", "what the contracts retained are worth"),
        ),
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
