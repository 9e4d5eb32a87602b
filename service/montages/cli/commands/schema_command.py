"""`montages schema`: the columns of a table of projects, for data validators."""

from __future__ import annotations

from collections.abc import Callable

import click

from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.options import format_option
from montages.cli.output import write
from montages.cli.summaries import command_text
from montages.publish.json_text import dump
from montages.publish.tables.example_table import example_table
from montages.publish.tables.table_schema import table_schema

_WRITERS: dict[str, Callable[[str], str]] = {
    "table-schema": lambda lang: dump(table_schema(lang)),
    "csv": lambda lang: example_table(),
}


@click.command(
    "schema",
    cls=BilingualCommand,
    text=command_text(
        "schema",
        "En Table Schema (Frictionless), tel que le demande schema.data.gouv.fr : chaque colonne avec son "
        "titre, sa question, un exemple et ce qu'elle accepte. Un exemple valide : --format csv.",
        "As Table Schema (Frictionless), in the form of schema.data.gouv.fr: each column with its title, its "
        "question, an example and what it accepts. A valid example: --format csv.",
    ),
    examples=[
        ("montages schema > schema.json", Text("le schéma", "the schema")),
        (
            "montages schema --format csv > exemple.csv",
            Text("un exemple valide", "a valid example"),
        ),
    ],
)
@format_option(*_WRITERS)
@lang_option
def schema(form: str) -> None:
    """Write the Table Schema of tables of projects, or an example."""
    write(_WRITERS[form](session().lang))
