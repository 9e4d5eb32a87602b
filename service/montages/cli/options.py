"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from montages import settings
from montages.bilingual import Text
from montages.cli.bilingual_commands import F, argument, option
from montages.description.dates import read_day
from montages.engine.engines import ENGINES
from montages.publish.detail import DETAILS
from montages.validation.findings import LEVELS


class Day(click.ParamType[date]):
    """A date written YYYY-MM-DD."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return what stands for the value in help."""
        return "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; raises UnreadableInput with an example."""
        return value if isinstance(value, date) else read_day(str(value))


_FILE = Text("FICHIER", "FILE")

files_argument = argument("files", _FILE, nargs=-1, required=True)
file_argument = argument("file", _FILE)
project_option = option(
    "--project",
    metavar="SLUG",
    text=Text(
        "Projet à lire, si le fichier en contient plusieurs.",
        "Project to read, if the file holds several.",
    ),
)
as_of_option = option(
    "--as-of",
    type=Day(),
    text=Text(
        "Date du droit appliqué, par exemple 2026-06-01 ; sans cela, aujourd'hui.",
        "Date of the law applied, for example 2026-06-01; without it, today.",
    ),
)
fail_on_option = option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="violation",
    text=Text(
        "Gravité à partir de laquelle le code de sortie est 1.",
        "Severity from which the exit code is 1.",
    ),
)
detail_option = option(
    "--detail",
    type=click.Choice(DETAILS),
    text=Text(
        "Ce qui est dit : brief, l'essentiel ; full, tout. Sans cela, le texte est bref.",
        "How much is said: brief, the essential; full, all of it. Without it, text is brief.",
    ),
)
anyway_option = option(
    "--anyway",
    is_flag=True,
    text=Text("Évalue malgré les points à corriger.", "Assess in spite of the points to correct."),
)
presumptions_option = option(
    "--no-presumptions",
    "presumptions",
    flag_value=False,
    default=True,
    text=Text(
        "Ne présume rien : seules comptent les réponses données et ce qui s'en déduit.",
        "Presume nothing: only the answers stated count, and what follows from them.",
    ),
)
engine_option = option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default=lambda: settings.get("engine"),
    text=Text("Moteur qui raisonne.", "Engine that reasons."),
)


def format_option(*forms: str) -> Callable[[F], F]:
    """Return the option that chooses the form of the output; the first form is the default."""
    return option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        text=Text("Forme de la sortie.", "Form of the output."),
    )
