"""What the VoID description says of further data: of which files, loaded when, how many triples there are."""

from __future__ import annotations

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, VOID

from montages.bilingual import Text
from montages.knowledge.graphs import add_text
from montages.publish.linked_data.documents import WHOLE
from montages.publish.linked_data.void import DESCRIPTION
from montages.store.disk.store_folder import StoreManifest

_ALL = URIRef(f"{DESCRIPTION}#served")
_TITLE = Text(
    "Tout ce que ce service interroge : Montages, et des données ajoutées",
    "All that this service queries: Montages, and further data",
)


def add_further_data(graph: Graph, manifest: StoreManifest, base: str) -> None:
    """Add the whole that a service at a base address queries, and each load of further files.

    Their licence and publisher are not ours to say. A file is known by its name, not by where it lay.
    """
    graph.add((_ALL, RDF.type, VOID.Dataset))
    add_text(graph, _ALL, DCTERMS.title, _TITLE)
    graph.add((_ALL, VOID.sparqlEndpoint, URIRef(f"{base}/sparql")))
    graph.add((_ALL, VOID.triples, Literal(manifest.triples)))
    graph.add((_ALL, VOID.subset, WHOLE))
    for number, load in enumerate(manifest.loads, 1):
        part = URIRef(f"{DESCRIPTION}#load-{number}")
        graph.add((_ALL, VOID.subset, part))
        graph.add((part, RDF.type, VOID.Dataset))
        names = ", ".join(file.path.rpartition("/")[2] for file in load.files)
        graph.add((part, DCTERMS.title, Literal(names)))
        graph.add((part, VOID.triples, Literal(load.triples)))
        graph.add((part, PROV.generatedAtTime, Literal(load.at, datatype=XSD.dateTime)))
        for file in load.files:
            graph.add((part, DCTERMS.identifier, Literal(f"sha256:{file.sha256}")))
