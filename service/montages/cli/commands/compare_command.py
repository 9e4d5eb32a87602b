"""`montages compare`: contracts side by side, criterion by criterion."""

from __future__ import annotations

from typing import Any

import click

from montages.bilingual import Text
from montages.cli.advice_answer import about_option, advice_options, show_advice
from montages.cli.bilingual_commands import BilingualCommand, option
from montages.cli.options import file_argument
from montages.cli.summaries import command_text
from montages.publish.text.comparison_text import comparison_text


@click.command(
    "compare",
    cls=BilingualCommand,
    text=command_text(
        "compare",
        "Votre réponse, ce que chacun accepte, ce qui en sort et par quel article ; puis ce qui n'est "
        "pas couvert.",
        "Your answer, what each accepts, what comes out and by which article; then what is not "
        "covered.",
    ),
    examples=[
        (
            "montages compare dijon --about mpgp --about marche-services",
            Text("deux contrats", "two contracts"),
        ),
        (
            "montages compare dijon --differences-only",
            Text("ce qui les distingue", "what tells them apart"),
        ),
    ],
)
@file_argument
@about_option(
    Text(
        "Montage à comparer (répétable) ; sans cela, les meilleurs et ceux retenus.",
        "Set-up to compare (may be repeated); without it, the best and those retained.",
    )
)
@option(
    "--differences-only",
    is_flag=True,
    text=Text("Ne montre que ce qui diffère.", "Show only what differs."),
)
@advice_options("compare")
def compare(file: str, about: tuple[str, ...], differences_only: bool, **options: Any) -> None:
    """Show contracts side by side."""
    options["differences_only"] = differences_only
    show_advice(file, "compare", comparison_text, options, about=about)
