"""`montages compose`: whole set-ups, contracts that cover every layer and perimeter."""

from __future__ import annotations

from typing import Any

import click

from montages.advice.counts_shown import COMPOSITIONS, COMPOSITIONS_AT_MOST
from montages.bilingual import Text
from montages.cli.advice_answer import advice_options, show_advice
from montages.cli.bilingual_commands import BilingualCommand, option
from montages.cli.options import file_argument
from montages.cli.summaries import command_text
from montages.publish.linked_data.formats import SVG
from montages.publish.text.compositions_text import compositions_text


@click.command(
    "compose",
    cls=BilingualCommand,
    text=command_text(
        "compose",
        "Un contrat pour tout, ou plusieurs qui couvrent ensemble chaque couche et chaque périmètre, "
        "une fois chacun, avec leur procédure ; les meilleurs d'abord, et leur nombre.",
        "One contract for all of it, or several that together cover every layer and every perimeter "
        "once, with their procedure; the best first, and how many there are.",
    ),
    examples=[
        ("montages compose dijon", Text("les meilleurs montages", "the best set-ups")),
        ("montages compose dijon --top 3", Text("les trois meilleurs", "the best three")),
        (
            "montages compose dijon --format svg > montage.svg",
            Text("le meilleur, dessiné", "the best one, drawn"),
        ),
    ],
)
@file_argument
@option(
    "--top",
    type=click.IntRange(1, COMPOSITIONS_AT_MOST),
    default=COMPOSITIONS,
    show_default=True,
    text=Text("Combien de compositions montrer.", "How many set-ups to show."),
)
@option(
    "--composition",
    type=click.IntRange(1, COMPOSITIONS_AT_MOST),
    default=1,
    show_default=True,
    text=Text("Avec --format svg, laquelle dessiner.", "With --format svg, which one to draw."),
)
@advice_options("compose")
def compose(file: str, top: int, composition: int, **options: Any) -> None:
    """Show the best whole set-ups, or draw one."""
    drawn = {"number": composition} if options["form"] == SVG.extension else {}
    top = max(top, *drawn.values(), 1)
    show_advice(file, "compose", compositions_text, options, drawn, top=top)
