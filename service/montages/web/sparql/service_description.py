"""What the endpoint says of itself, in the vocabulary of SPARQL Service Description (S2)."""

from __future__ import annotations

from functools import lru_cache

from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, VOID

from montages.bilingual import message
from montages.knowledge.graphs import add_text
from montages.names import BASE, MODULE, SELF_DESCRIPTION, VOCABULARIES
from montages.publish.linked_data.formats import in_full
from montages.store.sparql.answer_forms import GRAPHS, RESULTS
from montages.store.sparql.query_errors import Limits
from montages.web.app_state import AppState

SD = Namespace(SELF_DESCRIPTION["sd"])
SCHEMA = Namespace(VOCABULARIES["schema"])
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_SIMPLE = URIRef("http://www.w3.org/ns/entailment/Simple")
_NAME = message("SPARQL endpoint of Montages")
# The unit codes are those of UN/CEFACT, as schema.org asks.
_LIMITS = (
    ("seconds", "SEC", message("longest duration of a query")),
    ("length", "AD", message("longest query")),
    ("rows", "C62", message("most rows or triples")),
    ("bytes", "AD", message("largest answer")),
    ("megabytes", "4L", message("most memory for a query")),
)


_DEFAULT = message(
    "The union of the named graphs, with the triples of further data that are of no graph; of "
    "the compiled rules, those of today's law only. Graphs that change while the service runs "
    "are no part of it."
)
# Of more graphs than this the first are listed: a country's answers have one each.
_MOST_GRAPHS = 1000
# The graphs of the shapes that what is asked conforms to.
_SHAPES = f"{MODULE}shapes-"


@lru_cache(maxsize=32)
def description(state: AppState, limits: Limits, endpoint: str, form: str) -> str:
    """Return the service description in one of the formats of graphs."""
    graph = described(state, limits, URIRef(endpoint))
    return in_full([graph], "ttl" if form == "turtle" else form)


def described(state: AppState, limits: Limits, endpoint: URIRef) -> Graph:
    """Return the description as a graph: what is asked at `endpoint`, of which graphs, within what limits."""
    graph, service = Graph(), endpoint
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, endpoint))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    addresses = [form.iri for form in RESULTS.values()] + [form.iri for form in GRAPHS.values()]
    for address in addresses:
        # The engine has another one for JSON-LD, which W3C does not list.
        graph.add((service, SD.resultFormat, _FORMATS[address.rpartition("/")[2]]))
    graph.add((service, SD.defaultEntailmentRegime, _SIMPLE))
    add_text(graph, service, RDFS.label, _NAME)
    for name, unit, text in _LIMITS:
        limit = BNode(f"limit-{name}")
        graph.add((service, SCHEMA.additionalProperty, limit))
        graph.add((limit, RDF.type, SCHEMA.PropertyValue))
        graph.add((limit, SCHEMA.propertyID, Literal(f"query_{name}")))
        graph.add((limit, SCHEMA.value, _number(getattr(limits, name))))
        graph.add((limit, SCHEMA.unitCode, Literal(unit)))
        add_text(graph, limit, SCHEMA.name, text)
    _dataset(graph, state, service)
    return graph


def _number(value: float) -> Literal:
    return Literal(int(value)) if value == int(value) else Literal(value, datatype=XSD.double)


def _dataset(graph: Graph, state: AppState, service: URIRef) -> None:
    dataset, default = BNode("dataset"), BNode("default")
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((service, SD.availableGraphs, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, RDF.type, SD.GraphCollection))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    counts = state.graph_counts
    graph.add((default, VOID.triples, Literal(state.triples)))
    add_text(graph, default, DCTERMS.description, _DEFAULT)
    if state.queries.has_changing_graphs:
        # Which there are changes from one write to the next: they are told by their names' beginning.
        for changing in state.changing_datasets:
            graph.add((dataset, DCTERMS.hasPart, changing.iri))
            graph.add((changing.iri, RDF.type, VOID.Dataset))
            graph.add((changing.iri, VOID.uriSpace, Literal(changing.space)))
            add_text(graph, changing.iri, DCTERMS.description, changing.graphs)
    ours_first = sorted(counts, key=lambda name: (not name.startswith(BASE), name))
    for number, name in enumerate(ours_first[:_MOST_GRAPHS]):
        named, held = BNode(f"named-{number}"), BNode(f"graph-{number}")
        graph.add((dataset, SD.namedGraph, named))
        graph.add((named, RDF.type, SD.NamedGraph))
        graph.add((named, SD.name, URIRef(name)))
        graph.add((named, SD.graph, held))
        graph.add((held, RDF.type, SD.Graph))
        graph.add((held, VOID.triples, Literal(counts[name])))
        if name.startswith(str(MODULE)):
            graph.add((held, DCTERMS.source, URIRef(name)))
        if name.startswith(_SHAPES):
            graph.add((default, DCTERMS.conformsTo, URIRef(name)))
            graph.add((URIRef(name), RDF.type, DCTERMS.Standard))
