"""`montages facts`: what a description says, and what is read off it before any rule is applied."""

from __future__ import annotations

from datetime import date

import click

from montages.api import load
from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.options import as_of_option, file_argument, project_option
from montages.cli.output import write
from montages.cli.summaries import command_text
from montages.engine.reference.close import close
from montages.knowledge.periods import rules_at
from montages.publish.linked_data.rdf import sections

_ASSERTED = Text("Ce que dit la description", "What the description says")
_CLOSING = Text(
    "Ce qui s'en lit, chaque fait avec sa prémisse : unités, réponses reportées, nombres rangés",
    "What is read off it, each fact with its premise: units, answers carried over, numbers in buckets",
)


@click.command(
    "facts",
    cls=BilingualCommand,
    text=command_text(
        "facts",
        "Les faits dits par la description, puis ceux que la clôture en tire à une date. Avec "
        "l'ontologie et les règles publiées, n'importe quel raisonneur OWL 2 RL qui suit les chaînes "
        "de propriétés en tire les mêmes conclusions.",
        "The facts the description states, then those the closing step reads off it at a date. With "
        "the published ontology and rules, any OWL 2 RL reasoner that does property chains draws the "
        "same conclusions.",
    ),
    examples=[
        (
            "montages facts dijon --as-of 2026-06-01",
            Text("les faits de Dijon", "the facts of Dijon"),
        )
    ],
)
@file_argument
@project_option
@as_of_option
@lang_option
def facts(file: str, project: str | None, as_of: date | None) -> None:
    """Write the asserted and the closing graph as Turtle."""
    lang = session().lang
    asserted = load().read(file, project=project).graph
    closing = close(asserted, rules_at(as_of or date.today()))
    write(sections([(_ASSERTED[lang], asserted), (_CLOSING[lang], closing)]))
