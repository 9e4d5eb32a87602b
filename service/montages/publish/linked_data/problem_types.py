"""The kinds of problem that the service answers with, as linked data: where `type` of a problem leads."""

from __future__ import annotations

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from montages import errors
from montages.bilingual import message
from montages.errors import MontagesError
from montages.guests import guests
from montages.knowledge.graphs import add_text
from montages.names import BASE, MODULE, SELF_DESCRIPTION
from montages.store.licence import LICENCE

PROBLEM = BASE + "problem/"
GRAPH = MODULE["problems"]
HTTP = Namespace(SELF_DESCRIPTION["http"])
_TITLE = message("Problem types")
_DEFINITION = message("The errors that the service can answer, each with its HTTP status.")


def problem_types() -> dict[str, type[MontagesError]]:
    """Return the errors that can be answered, by slug; the first class of a slug stands for it."""
    types: dict[str, type[MontagesError]] = {}
    for module in (errors, *guests().error_modules):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, MontagesError):
                types.setdefault(kind.slug, kind)
    return dict(sorted(types.items()))


def problem_graph() -> Graph:
    """Return the description of every kind of problem."""
    graph = Graph()
    graph.add((GRAPH, RDF.type, OWL.Ontology))
    add_text(graph, GRAPH, DCTERMS.title, _TITLE)
    add_text(graph, GRAPH, RDFS.label, _TITLE)
    add_text(graph, GRAPH, SKOS.definition, _DEFINITION)
    graph.add((GRAPH, DCTERMS.license, URIRef(LICENCE)))
    for slug, kind in problem_types().items():
        iri = URIRef(PROBLEM + slug)
        graph.add((iri, RDF.type, SKOS.Concept))
        graph.add((iri, RDFS.isDefinedBy, GRAPH))
        add_text(graph, iri, RDFS.label, kind.title)
        add_text(graph, iri, SKOS.definition, kind.meaning())
        graph.add((iri, SKOS.notation, Literal(slug)))
        graph.add((iri, HTTP.statusCodeNumber, Literal(kind.status, datatype=XSD.integer)))
    return graph
