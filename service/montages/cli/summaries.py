"""What each command does, in a sentence: the list that `montages --help` gives without importing any.

Those of guests are told by them (`montages.guests`).
"""

from __future__ import annotations

from montages.bilingual import Text, message, paragraphs
from montages.operations.descriptions import CHECK
from montages.operations.graph import QUERY
from montages.operations.table import offered_by

# In the order of the list.
SUMMARIES = {
    "new": message("Write a description to fill in."),
    "schema": message("Describe the columns of a table of projects."),
    "ask": message(
        "Ask the questions that can still change the answer, one at a time, and tell what fits."
    ),
    CHECK.name: CHECK.summary,
    **{operation.name: operation.summary for operation in offered_by("cli")},
    "demo": message("A guided tour: a real project, then an example with every answer."),
    "batch": message("Assess many projects, and write the answers in their order."),
    "query": QUERY.summary,
    "rules": message("The rules: check them, list them, read one, compare two dates."),
    "facts": message("Write the facts of a project as Turtle, concluding nothing."),
    "verify-proof": message("Check a proof again, step by step."),
    "test": message("Run cases written in YAML: a description, and what must come out of it."),
    "load": message(
        "Load files of RDF into a store on disk, beside the published graphs, or into another "
        "SPARQL engine (--endpoint); without files, that engine gets the published graphs."
    ),
    "dump": message("Write all that is published to a file."),
    "serve": message(
        "Start the HTTP service on this machine: pages, linked data, SPARQL, the catalogue, "
        "validation and assessment of descriptions."
    ),
}


def command_text(name: str, text: Text) -> Text:
    """Return the help of a command: its summary, then its details in both languages."""
    return paragraphs(SUMMARIES[name], text)
