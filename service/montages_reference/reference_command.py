"""`montages reference`: the list of reference sets, or a file of one."""

from __future__ import annotations

from pathlib import Path

import click

from montages.api import load
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.output import write
from montages_reference import REFERENCE
from montages_reference.reference_set import ReferenceSet
from montages_reference.reference_sets import SETS, reference_file, reference_set


@click.command(
    "reference",
    cls=BilingualCommand,
    text=REFERENCE.help(
        message(
            "Without a NAME, the list of sets with their forms. The ending of the output's name says "
            "the form too; without either, the first of the list. A service has the same at "
            "/reference."
        )
    ),
    examples=[
        ("montages reference", message("which sets there are")),
        ("montages reference thresholds -o seuils.csv", message("every dated amount, as a table")),
    ],
)
@argument("name", message("NAME"), required=False, default="")
@option("--format", "form", metavar="ENDING", default="", text=message("Form: csv, ttl, jsonld…"))
@option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    text=message("File to write."),
)
@lang_option
def reference(name: str, form: str, output: Path | None) -> None:
    """Write a reference set, or the list of them."""
    lang = session().lang
    if not name:
        write(_list_text(lang))
        return
    entry = reference_set(name)
    content = reference_file(entry, form or _ending(entry, output)).write(load(), lang)
    if output is None:
        write(content)
    else:
        output.write_bytes(content)


def _ending(entry: ReferenceSet, output: Path | None) -> str:
    """Return the form that the name of an output ends with, the longest; nothing where none does."""
    endings = sorted((file.ending for file in entry.files), key=len, reverse=True)
    name = output.name if output else ""
    return next((ending for ending in endings if name.endswith(ending.rpartition("/")[2])), "")


def _list_text(lang: str) -> str:
    """Return the sets, each with its forms and what it holds."""
    lines = []
    for entry in SETS:
        endings = ", ".join(file.ending for file in entry.files)
        lines += [f"{entry.name} ({endings})", f"  {entry.title[lang]}", f"  {entry.summary[lang]}"]
    return "\n".join(lines) + "\n"
