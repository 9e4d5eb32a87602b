"""The ontology as one document: the modules of `ontology/`, merged under the address of their namespace."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import OWL, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from montages.bilingual import Text
from montages.knowledge.files import library
from montages.knowledge.graphs import add_text
from montages.names import MODULE, MTG

ONTOLOGY = URIRef(str(MTG))
SUMMARY = Text(
    "Toutes les classes et les propriétés, d'un seul tenant : les modules de l'ontologie réunis.",
    "All classes and properties in one piece: the modules of the ontology merged.",
)
MAIN = MODULE["montages"]


def merged_ontology(graphs: Mapping[str, Graph]) -> Graph:
    """Return the modules as one ontology with one header, that of the whole; what they import is in it."""
    modules = [MODULE[path.stem] for path in library.files("ontology")]
    merged = Graph()
    for module in modules:
        merged += graphs[str(module)]
    for predicate, value in list(merged.predicate_objects(MAIN)):
        if predicate not in (OWL.imports, SKOS.definition):
            merged.add((ONTOLOGY, predicate, _of_the_whole(value)))
    add_text(merged, ONTOLOGY, SKOS.definition, SUMMARY)
    for module in modules:
        merged.remove((module, None, None))
        merged.add((ONTOLOGY, DCTERMS.hasPart, module))
    return merged


def _of_the_whole(value: Node) -> Node:
    """Return what a header says, with the address of the ontology for that of its main module."""
    address, own = f"{MAIN}/", str(ONTOLOGY)
    if isinstance(value, Literal):
        text = str(value).replace(address, own)
        return Literal(text, lang=value.language, datatype=value.datatype)
    return URIRef(str(value).replace(address, own)) if isinstance(value, URIRef) else value
