"""`montages demo`: a guided look at what Montages says of two projects."""

from __future__ import annotations

import click

from montages.api import load
from montages.bilingual import Text
from montages.cli import inputs
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.output import show
from montages.publish.text import demo_text
from montages.publish.text.typeset import Line

_REAL, _EXAMPLE = "dijon", "exemple-metropole"


@click.command(
    "demo",
    cls=BilingualCommand,
    text=Text(
        "Visite guidée : un projet réel, puis un exemple entièrement répondu.",
        "A guided tour: a real project, then an example with every answer.",
    ),
)
@lang_option
def demo() -> None:
    """Assess the real project and the example, and tell both."""
    lang = session().lang
    show(Line(demo_text.OPENING[lang]))
    descriptions = [inputs.read(name) for name in (_REAL, _EXAMPLE)]
    real, example = load().assess_all(descriptions, lang=lang)
    show(demo_text.real(real, lang))
    show(demo_text.example(example, lang))
    show(demo_text.next_steps(lang))
