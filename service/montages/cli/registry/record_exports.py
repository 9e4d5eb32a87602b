"""`montages registry export`: the entries as quads."""

from __future__ import annotations

from pathlib import Path

import click

from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, session
from montages.cli.output import show, write
from montages.cli.registry.registry_folder import registry_in, registry_option
from montages.publish.text.typeset import Line
from montages.registry.graph_index import GraphIndex
from montages.registry.record_copies import write_whole

_QUADS = Text("{n} fiches publiques dans {file}", "{n} public entries in {file}")
_LOAD = Text(
    "Pour les charger : montages load {file} --store MAGASIN",
    "To load them: montages load {file} --store DIR",
)


@click.command(
    "export",
    cls=BilingualCommand,
    text=Text(
        "Écrit les graphes des fiches publiques en N-Quads, les mêmes octets pour le même registre.",
        "Write the graphs of the public entries as N-Quads, the same bytes for the same record.",
    ),
    examples=[
        (
            "montages registry export fiches.nq",
            Text("à charger par « montages load »", "to load with “montages load”"),
        ),
        ("montages registry export -", Text("sur la sortie standard", "to standard output")),
    ],
)
@argument("file", Text("FICHIER", "FILE"), type=click.Path(dir_okay=False, allow_dash=True))
@registry_option
@lang_option
def export(file: str, folder: str) -> None:
    """Write the quads of all public entries."""
    lang, graphs = session().lang, GraphIndex(registry_in(folder)).graphs()
    quads = b"".join(graph.quads for graph in graphs)
    if file == "-":
        write(quads)
        return
    write_whole(Path(file), quads)
    show(Line("✓ ", style="green").append(_QUADS[lang].format(n=len(graphs), file=file), "default"))
    show(Line(_LOAD[lang].format(file=file)))
