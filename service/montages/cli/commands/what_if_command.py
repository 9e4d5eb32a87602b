"""`montages what-if`: which changes of choices would open each contract that does not fit."""

from __future__ import annotations

from typing import Any

import click

from montages.bilingual import Text
from montages.cli.advice_answer import about_option, advice_options, show_advice
from montages.cli.bilingual_commands import BilingualCommand
from montages.cli.options import file_argument
from montages.cli.summaries import command_text
from montages.publish.text.what_if_text import what_if_text


@click.command(
    "what-if",
    cls=BilingualCommand,
    text=command_text(
        "what-if",
        "Pour chaque contrat qui ne convient pas encore : les plus petits changements de vos choix "
        "qui l'ouvrent, les moins lourds d'abord, et ce que chacun fait gagner ou perdre ailleurs. "
        "Les faits ne changent pas : ceux qui restent à trouver sont nommés.",
        "For each contract that does not fit yet: the smallest changes of your choices that open it, "
        "the lightest first, and what each gains or loses elsewhere. Facts do not change: those left "
        "to find out are named.",
    ),
    examples=[
        ("montages what-if dijon", Text("le plus proche pour chacun", "the nearest for each")),
        (
            "montages what-if dijon --about mpgp --detail full",
            Text("tout ce qui ouvre un MPGP", "all that opens an MPGP"),
        ),
    ],
)
@file_argument
@about_option(
    Text(
        "Montage à ouvrir (répétable) ; sans cela, tous les contrats.",
        "Set-up to open (may be repeated); without it, every contract.",
    )
)
@advice_options("what_ifs")
def what_if(file: str, about: tuple[str, ...], **options: Any) -> None:
    """Show what would open the contracts that do not fit a description."""
    show_advice(file, "what_ifs", what_if_text, options, about=about)
