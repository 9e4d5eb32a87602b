"""Graphs loaded into another engine by `montages load --endpoint`: the published ones, or those of files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from montages.bilingual import Text
from montages.cli.output import show
from montages.publish.linked_data.documents import served_dataset
from montages.publish.text.typeset import Line
from montages.store.disk.rdf_files import rdf_files
from montages.store.sparql.remote.engine_graphs import graphs_to_load
from montages.store.sparql.remote.graph_loading import add_quads, replace_graph, require_graph_store
from montages.store.sparql.remote.remote_engine import RemoteEngine

# Where triples go that are of no graph, unless one is named.
UNNAMED = "urn:montages:loaded"
_PUBLISHED = Text(
    "{graphs} graphes publiés dans le moteur, {triples} triplets. Pour répondre avec lui : montages serve "
    "--endpoint {endpoint}",
    "{graphs} published graphs in the engine, {triples} triples. To answer with it: montages serve "
    "--endpoint {endpoint}",
)
_LOADED = Text("{triples} triplets envoyés à <{graph}>", "{triples} triples sent to <{graph}>")
_NEXT = Text(
    'Pour que les requêtes les lisent à côté des graphes publiés : MONTAGES_ENDPOINT_GRAPHS="{graphs}"',
    'For queries to read them beside the published graphs: MONTAGES_ENDPOINT_GRAPHS="{graphs}"',
)
_SHOWN = 20  # graphs


def load_published(engine: RemoteEngine, lang: str) -> None:
    """Put the published graphs into an engine, each in the place of what is there under its name."""
    require_graph_store(engine)
    graphs = triples = 0
    for name, graph in graphs_to_load(served_dataset(date.today())):
        replace_graph(engine, name, graph.serialize(format="nt", encoding="utf-8"))
        graphs, triples = graphs + 1, triples + len(graph)
    _show(_PUBLISHED, lang, graphs=graphs, triples=triples, endpoint=engine.endpoint)


def load_remotely(engine: RemoteEngine, files: Sequence[str], graph: str | None, lang: str) -> None:
    """Add the graphs of files to those of an engine, and tell which they are."""
    require_graph_store(engine)
    counts: dict[str, int] = {}
    for file in rdf_files([Path(name) for name in files]):
        with file.source() as source:
            quads = ox.parse(**source, rename_blank_nodes=True)
            for name, count in add_quads(engine, quads, graph or UNNAMED).items():
                counts[name] = counts.get(name, 0) + count
    for name, count in list(counts.items())[:_SHOWN]:
        _show(_LOADED, lang, triples=count, graph=name)
    _show(
        _NEXT, lang, graphs=" ".join(list(counts)[:_SHOWN]) + (" …" if len(counts) > _SHOWN else "")
    )


def _show(text: Text, lang: str, **values: object) -> None:
    show(Line(text[lang].format(**values)), err=True)
