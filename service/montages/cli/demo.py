"""`montages demo`: a guided look at what Montages says of two projects."""

from __future__ import annotations

import click

from montages.cli import inputs
from montages.cli.bilingual import Command, lang_option, session
from montages.cli.output import show
from montages.decision.api import load
from montages.knowledge.model import Text
from montages.publish import tour
from montages.publish.typeset import Line

_REAL, _EXAMPLE = "dijon", "exemple-metropole"


@click.command(
    "demo",
    cls=Command,
    text=Text(
        "Visite guidée : un projet réel, puis un exemple entièrement répondu.",
        "A guided tour: a real project, then an example with every answer.",
    ),
)
@lang_option
def demo() -> None:
    """Assess the real project and the example, and tell both."""
    lang = session().lang
    show(Line(tour.OPENING[lang]))
    descriptions = [inputs.read(name) for name in (_REAL, _EXAMPLE)]
    real, example = load().assess_all(descriptions, lang=lang)
    show(tour.real(real, lang))
    show(tour.example(example, lang))
    show(tour.next_steps(lang))
