"""What each command does, in a line: the list that `montages --help` gives without importing any.

Those of guests are told by them (`montages.guests`).
"""

from __future__ import annotations

from collections.abc import Mapping

from montages.bilingual import Text, message, paragraphs
from montages.operations.descriptions import CHECK
from montages.operations.graph import QUERY
from montages.operations.table import offered_by

_ADVICE = {operation.name: operation.summary for operation in offered_by("cli")}

# What each command does, under whom it serves, in the order of the list.
GROUPS: tuple[tuple[Text, Mapping[str, Text]], ...] = (
    (
        message("Your project"),
        {
            "demo": message("A guided tour of two projects."),
            "ask": message("Ask, one question at a time, what can still change the answer."),
            "new": message("Write a description to fill in."),
            "assess": _ADVICE.pop("assess"),
            **{name: _ADVICE.pop(name) for name in ("what-if", "compare", "compose", "similar")},
        },
    ),
    (
        message("The law"),
        {
            "explain": _ADVICE.pop("explain"),
            "rules": message("The rules: check them, read one, compare two dates."),
            "facts": message("Write the facts of a project as Turtle, concluding nothing."),
            "verify-proof": message("Check a proof again, step by step."),
        },
    ),
    (
        message("Data"),
        {
            CHECK.name: CHECK.summary,
            "schema": message("Describe the columns of a table of projects."),
            "batch": message("Assess many projects, in their order."),
            "query": QUERY.summary,
            **_ADVICE,
            "dump": message("Write all that is published to a file."),
        },
    ),
    (
        message("Running the service"),
        {
            "serve": message("Start the HTTP service on this machine."),
            "load": message("Load RDF into a store on disk, or into a SPARQL engine."),
        },
    ),
)
SUMMARIES = {name: text for _, group in GROUPS for name, text in group.items()}


def command_text(name: str, text: Text) -> Text:
    """Return the help of a command: its summary, then its details in both languages."""
    return paragraphs(SUMMARIES[name], text)
