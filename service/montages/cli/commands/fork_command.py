"""`montages fork`: a project beside another, or beside itself with other answers."""

from __future__ import annotations

from typing import Any

import click

from montages.bilingual import Text
from montages.cli.advice_answer import advice_options, show_advice
from montages.cli.bilingual_commands import BilingualCommand, argument, option
from montages.cli.options import file_argument
from montages.cli.summaries import command_text
from montages.errors import UnusableInput
from montages.publish.text.fork_text import fork_text


@click.command(
    "fork",
    cls=BilingualCommand,
    text=command_text(
        "fork",
        "Les réponses qui diffèrent, les verdicts qui bougent, et les règles qui les font bouger.",
        "The answers that differ, the verdicts that move, and the rules that move them.",
    ),
    examples=[
        (
            "montages fork dijon --with investment-funding=private",
            Text(
                "si le privé avançait l'investissement", "if private money advanced the investment"
            ),
        ),
        ("montages fork dijon rennes", Text("deux projets", "two projects")),
    ],
)
@file_argument
@argument("other", Text("AUTRE", "OTHER"), required=False)
@option(
    "--with",
    "edits",
    multiple=True,
    metavar="KEY=VALUE",
    text=Text(
        "Réponse à changer, par sa clé (répétable).", "Answer to change, by its key (repeatable)."
    ),
)
@advice_options("fork")
def fork(file: str, other: str | None, edits: tuple[str, ...], **options: Any) -> None:
    """Show what moves between two descriptions."""
    show_advice(file, "fork", fork_text, options, other=other, answers=dict(map(_edit, edits)))


def _edit(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (key and sign and value):
        raise UnusableInput(
            f"--with {text} : clé=valeur est attendu, par exemple investment-funding=public.",
            f"--with {text}: key=value is needed, for example investment-funding=public.",
        )
    return key, value
