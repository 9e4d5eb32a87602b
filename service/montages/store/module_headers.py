"""Complete the headers of modules: each file states its own part, `ontology/montages.ttl` what all share."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from montages.names import MODULE, iris

_MAIN = MODULE["montages"]
_BIBO = Namespace("http://purl.org/ontology/bibo/")
_SCHEMA = Namespace("https://schema.org/")
# What every module takes from the header of the whole: they are made, dated and published together.
_SHARED = (
    DCTERMS.creator,
    DCTERMS.contributor,
    DCTERMS.publisher,
    DCTERMS.created,
    DCTERMS.issued,
    DCTERMS.modified,
    DCTERMS.license,
    _BIBO.status,
    _SCHEMA.includedInDataCatalog,
    OWL.versionInfo,
)
# Catalogues and FAIR checkers look for a title and a description; ours are the label and the definition.
_COPIES = ((DCTERMS.title, RDFS.label), (DCTERMS.description, SKOS.definition))


def complete_headers(graph: Graph, main: Graph) -> None:
    """Add to each module header of a graph what it does not state itself.

    `main` is a graph that holds the header of `module:montages`, from which the shared part is taken.
    """
    for module in iris(graph.subjects(RDF.type, OWL.Ontology)):
        for predicate in _SHARED:
            _default(graph, module, predicate, *main.objects(_MAIN, predicate))
        for copy, original in _COPIES:
            _default(graph, module, copy, *graph.objects(module, original))
        version = graph.value(module, OWL.versionInfo)
        _default(graph, module, OWL.versionIRI, URIRef(f"{module}/{version}"))
        _default(graph, module, DCTERMS.bibliographicCitation, _citation(graph, module))


def _default(graph: Graph, subject: URIRef, predicate: URIRef, *values: Node) -> None:
    if (subject, predicate, None) not in graph:
        for value in values:
            graph.add((subject, predicate, value))


def _citation(graph: Graph, module: URIRef) -> Literal:
    titles = graph.objects(module, DCTERMS.title)
    title = next(str(t) for t in titles if isinstance(t, Literal) and t.language == "en")
    version, address = (graph.value(module, p) for p in (OWL.versionInfo, OWL.versionIRI))
    year = str(graph.value(module, DCTERMS.issued))[:4]
    return Literal(
        f"Montages contributors, Montages, {title}, version {version}, {year}. {address}"
    )
