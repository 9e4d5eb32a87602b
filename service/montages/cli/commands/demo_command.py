"""`montages demo`: a guided look at what Montages says of two projects."""

from __future__ import annotations

import click

from montages.api import load
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.output import show
from montages.cli.summaries import SUMMARIES
from montages.publish.text import demo_text
from montages.publish.text.typeset import Line

_REAL, _EXAMPLE = "dijon", "exemple-metropole"


@click.command(
    "demo",
    cls=BilingualCommand,
    text=SUMMARIES["demo"],
)
@lang_option
def demo() -> None:
    """Assess the real project and the example, and tell both."""
    lang = session().lang
    show(Line(demo_text.OPENING[lang]))
    real, example = load().assess_all([_REAL, _EXAMPLE], lang=lang)
    show(demo_text.real(real, lang))
    show(demo_text.example(example, lang))
    show(demo_text.next_steps(lang))
