"""The kinds of problem that the service answers with, as linked data: where `type` of a problem leads."""

from __future__ import annotations

from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from montages.errors import MontagesError
from montages.knowledge.model import Text
from montages.names import BASE, MODULE
from montages.publish.query_graph import add_text, header

PROBLEM = BASE + "problem/"
GRAPH = MODULE["problems"]
HTTP = Namespace("http://www.w3.org/2011/http#")
_TITLE = Text("Types de problème", "Problem types")
_SAYS = Text(
    "Les erreurs que le service peut répondre, chacune avec son code HTTP.",
    "The errors that the service can answer, each with its HTTP status.",
)


def problem_types() -> dict[str, type[MontagesError]]:
    """Return the errors that can be answered, by slug; the widest class of a slug stands for it."""
    found: dict[str, type[MontagesError]] = {}
    todo = [MontagesError]
    while todo:
        kind = todo.pop(0)
        found.setdefault(kind.slug, kind)
        todo += sorted(kind.__subclasses__(), key=lambda k: (k.slug, k.__qualname__))
    return dict(sorted(found.items()))


def problem_graph() -> Graph:
    """Return the description of every kind of problem."""
    graph = Graph()
    header(graph, GRAPH, _TITLE, _SAYS)
    for slug, kind in problem_types().items():
        iri = URIRef(PROBLEM + slug)
        graph.add((iri, RDF.type, SKOS.Concept))
        graph.add((iri, RDFS.isDefinedBy, GRAPH))
        add_text(graph, iri, RDFS.label, Text(kind.title["fr"], kind.title["en"]))
        says = " ".join((kind.__doc__ or "").split())
        graph.add((iri, SKOS.definition, Literal(says, lang="en")))
        graph.add((iri, SKOS.notation, Literal(slug)))
        graph.add((iri, HTTP.statusCodeNumber, Literal(kind.status, datatype=XSD.integer)))
    return graph
