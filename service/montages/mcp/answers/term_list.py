"""The terms of the ontology in short: what a query may read."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS

from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.names import MTG, PREFIXES, compact, iris
from montages.publish.json_text import dump_bytes


def term_list(lang: str) -> bytes:
    """Return the classes and properties of the ontology: name, label, and between which classes."""
    graph = library.ontology()
    kinds = {OWL.Class: "class", OWL.ObjectProperty: "property", OWL.DatatypeProperty: "property"}
    entries = [
        {
            "term": compact(str(term)),
            "kind": kind,
            "label": label(graph, term)[lang],
            **{
                name: [compact(str(each)) for each in iris(graph.objects(term, predicate))]
                for name, predicate in (("domain", RDFS.domain), ("range", RDFS.range))
                if kind == "property"
            },
        }
        for of_kind, kind in kinds.items()
        for term in iris(graph.subjects(RDF.type, of_kind))
        if term.startswith(str(MTG))
    ]
    prefixes = {name: str(namespace) for name, namespace in PREFIXES.items()}
    return dump_bytes({"prefixes": prefixes, "terms": entries})
