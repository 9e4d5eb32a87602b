"""Our award procedures with their codes elsewhere."""

from __future__ import annotations

from montages.api import Knowledge
from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.names import MTG, iris
from montages.publish.spreadsheets import csv_text


def csv_file(knowledge: Knowledge, lang: str) -> bytes:
    """Return the procedures and their DECP codes as a table."""
    graph = library.apart()
    rows = [
        (procedure, label(library.data(), procedure)[lang], "decp", code)
        for procedure in iris(set(graph.subjects(MTG.decpProcedure)))
        for code in sorted(map(str, graph.objects(procedure, MTG.decpProcedure)))
    ]
    return csv_text([("procedure", "label", "system", "code"), *rows]).encode()
