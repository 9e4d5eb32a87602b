"""`montages dump`: all that is published in one file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, session
from montages.cli.main import command_text
from montages.cli.output import show
from montages.errors import UnusableInput
from montages.publish.linked_data.documents import documents, served_dataset
from montages.publish.linked_data.dump_files import WHOLE_DUMP, dumps, graphs_in_order, parquet
from montages.publish.text.typeset import Line

_WRITTEN = message("{file}: {size} bytes")
_PARQUET = "parquet"


@click.command(
    "dump",
    cls=BilingualCommand,
    text=command_text(
        "dump",
        message(
            "The form follows the extension: .trig, .nq, and .gz, the same bytes as "
            "/dump/all.…; .parquet, a row a statement, for pandas, DuckDB or Arrow."
        ),
    ),
    examples=[
        ("montages dump tout.parquet", message("for pandas or DuckDB")),
        ("montages dump tout.nq.gz", message("for an RDF store")),
    ],
)
@argument("file", message("FILE"), type=click.Path(dir_okay=False, path_type=Path))
@lang_option
def dump(file: Path) -> None:
    """Write the file, whole or not at all."""
    published = dumps(documents(served_dataset(date.today())))
    forms = {
        name.removeprefix(f"{WHOLE_DUMP}."): dump_file
        for name, dump_file in published.files.items()
        if dump_file.name == WHOLE_DUMP
    }
    endings = sorted((*forms, _PARQUET), key=len, reverse=True)
    ending = next((extension for extension in endings if file.name.endswith(f".{extension}")), None)
    if ending is None:
        accepted = ", ".join(f".{extension}" for extension in (*forms, _PARQUET))
        raise UnusableInput(
            message(
                "{name}: the extension says the form, one of {accepted}.",
                name=file.name,
                accepted=accepted,
            )
        )
    if ending == _PARQUET:
        body = parquet(graphs_in_order(published.documents.graphs))
    else:
        body = published.body(forms[ending])
    partial = file.with_name(f".{file.name}.partial")
    try:
        partial.write_bytes(body)
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UnusableInput(
            message("{file}: {reason}. Name another file.", file=file, reason=error.strerror)
        ) from error
    size = len(body)
    show(Line(_WRITTEN[session().lang].format(file=file, size=size)), err=True)
