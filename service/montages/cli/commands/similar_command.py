"""`montages similar`: the real projects and the cases of the panel nearest to a project."""

from __future__ import annotations

from typing import Any

import click

from montages.advice.counts_shown import SIMILAR, SIMILAR_AT_MOST
from montages.bilingual import Text
from montages.cli.advice_answer import advice_options, show_advice
from montages.cli.bilingual_commands import BilingualCommand, option
from montages.cli.options import file_argument
from montages.cli.summaries import command_text
from montages.publish.text.similar_text import similar_text


@click.command(
    "similar",
    cls=BilingualCommand,
    text=command_text(
        "similar",
        "Les projets réels et les cas d'école les plus proches par les faits (porteur, usages, couches, "
        "montant…), ce qu'ils ont retenu ou ce qu'un praticien en attend, et ce qui diffère.",
        "The real projects and textbook cases nearest by facts (holder, uses, layers, amount…), what "
        "they retained or what a practitioner expects of them, and what differs.",
    ),
    examples=[
        ("montages similar dijon", Text("les plus proches", "the nearest")),
        (
            "montages similar dijon --top 5 --detail full",
            Text("cinq de chaque, fait par fait", "five of each, fact by fact"),
        ),
    ],
)
@file_argument
@option(
    "--top",
    type=click.IntRange(1, SIMILAR_AT_MOST),
    default=SIMILAR,
    show_default=True,
    text=Text(
        "Combien de projets réels, et de cas d'école.",
        "How many real projects, and textbook cases.",
    ),
)
@advice_options("similar")
def similar(file: str, top: int, **options: Any) -> None:
    """Show the nearest projects."""
    show_advice(file, "similar", similar_text, options, top=top)
