"""What a resource holds: the template to fill in; the set-ups and the terms as JSON."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import OWL, RDF, RDFS

from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, PREFIXES, compact, iris
from montages.publish.json_text import dump_bytes
from montages.publish.text.template import template


def resource_answer(name: str, lang: str) -> bytes:
    """Return the resource of a name."""
    return _RESOURCES[name](lang)


def contracts_list(lang: str) -> bytes:
    """Return all that may be chosen: contracts, procedures, channels, activities and vehicles."""
    entries = [
        {
            "slug": arrangement.slug,
            "kind": arrangement.kind,
            "label": arrangement.label[lang],
            "definition": arrangement.definition[lang],
        }
        for arrangement in rulebook().arrangements.values()
        if not arrangement.abstract
    ]
    return dump_bytes({"contracts": entries})


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
                name: [compact(str(node)) for node in iris(graph.objects(term, predicate))]
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


_RESOURCES: dict[str, Callable[[str], bytes]] = {
    "template": lambda lang: template(lang).encode(),
    "contracts": contracts_list,
    "terms": term_list,
}
