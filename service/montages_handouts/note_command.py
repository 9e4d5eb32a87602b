"""`montages note`: a paper to leave with, as a page, a PDF or a document for a word processor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from montages import settings
from montages.api import load
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, lang_option, option, session
from montages.cli.inputs import deadline
from montages.cli.options import (
    anyway_option,
    as_of_option,
    engine_option,
    file_argument,
    presumptions_option,
    project_option,
)
from montages.cli.output import write
from montages.errors import UnusableInput
from montages_handouts import NOTE
from montages_handouts.handout import HANDOUT_FORMS


@click.command(
    "note",
    cls=BilingualCommand,
    text=NOTE.help(
        message(
            "FILE is as for assess. The ending of the output's name says its form: .pdf, .docx "
            "or .html; without an output the page is written to the screen. PDF and Word need "
            "libraries, which the command names where they are missing."
        )
    ),
    examples=[
        ("montages note projet.yaml -o note.pdf", message("four pages at most")),
        (
            "montages note projet.yaml --mayor -o maire.docx",
            message("one page, to go on with in Word"),
        ),
    ],
)
@file_argument
@option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    text=message("File to write: .pdf, .docx or .html."),
)
@option("--mayor", is_flag=True, text=message("The page for the elected members."))
@option(
    "--site",
    metavar="URL",
    default=lambda: settings.get("base_url"),
    text=message(
        "Address of the service where the project is reopened (setting MONTAGES_BASE_URL)."
    ),
)
@project_option
@as_of_option
@anyway_option
@presumptions_option
@engine_option
@lang_option
def note(
    file: str,
    output: Path | None,
    mayor: bool,
    site: str,
    project: str | None,
    as_of: date | None,
    anyway: bool,
    presumptions: bool,
    engine: str,
) -> None:
    """Write a paper about a description."""
    form = output.suffix.lower().lstrip(".") if output else "html"
    if form not in HANDOUT_FORMS:
        listed = ", ".join(f".{name}" for name in HANDOUT_FORMS)
        raise UnusableInput(
            message(
                "Unknown form: {output}. End the name in {listed}.", output=output, listed=listed
            )
        )
    with deadline():
        content = load(engine).handout(
            load(engine).read(file, project=project),
            "mayor" if mayor else "note",
            form,
            site=site,
            as_of=as_of,
            lang=session().lang,
            anyway=anyway,
            presumptions=presumptions,
        )
    if output is None:
        write(content)
    else:
        output.write_bytes(content)
