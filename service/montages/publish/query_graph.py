"""The published queries as linked data: SHACL-SPARQL executables that editors and catalogues can list."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from montages.knowledge.model import Text
from montages.knowledge.queries import Query, queries
from montages.names import BASE, MODULE
from montages.publish.licence import LICENCE
from montages.store.parameters import bind, filled

SCHEMA = Namespace("https://schema.org/")
FOLDERS = ("close", "derive", "questions", "pages")
GRAPH = MODULE["queries"]
_TITLE = Text("Requêtes publiées", "Published queries")
_SAYS = Text(
    "Les requêtes SPARQL qui complètent, concluent et répondent aux questions, avec des valeurs par défaut.",
    "The SPARQL queries that complete, conclude and answer the questions, with default values.",
)
# The class and the property of each form of query, by the word it begins with.
_FORMS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
}


def query_graph(published: Graph) -> Graph:
    """Return the description of every query; `published` knows the things that parameters name."""
    graph = Graph()
    header(graph, GRAPH, _TITLE, _SAYS)
    for folder in FOLDERS:
        for query in queries(folder):
            _describe(graph, query, runnable(query, published))
    return graph


def header(graph: Graph, module: URIRef, title: Text, says: Text) -> None:
    """Describe a module that is made by the service from its own sources."""
    graph.add((module, RDF.type, OWL.Ontology))
    for predicate, said in ((DCTERMS.title, title), (RDFS.label, title), (SKOS.definition, says)):
        add_text(graph, module, predicate, said)
    graph.add((module, DCTERMS.license, URIRef(LICENCE)))


def add_text(graph: Graph, subject: URIRef, predicate: URIRef, said: Text) -> None:
    """Say something in both languages."""
    for lang in ("fr", "en"):
        graph.add((subject, predicate, Literal(said[lang], lang=lang)))


def _describe(graph: Graph, query: Query, text: str) -> None:
    iri = query.iri
    add_text(graph, iri, RDFS.label, query.title)
    add_text(graph, iri, SKOS.definition, query.description)
    kind, predicate = _FORMS[_form(text)]
    for name in ("SPARQLExecutable", kind):
        graph.add((iri, RDF.type, SH[name]))
    graph.add((iri, SH[predicate], Literal(text)))
    graph.add((iri, DCTERMS.identifier, Literal(query.key)))
    graph.add((iri, RDFS.isDefinedBy, GRAPH))
    graph.add((iri, DCTERMS.license, URIRef(LICENCE)))
    if query.folder == "questions":
        graph.add((iri, SCHEMA.target, URIRef(BASE + "sparql")))
    for tag in query.header.get("tags") or ():
        graph.add((iri, SCHEMA.keywords, Literal(tag)))


def runnable(query: Query, published: Graph) -> str:
    """Return the text of a query without its header, its parameters filled with their defaults."""
    text = query.text
    if query.header.get("parameters"):
        text = filled(query, bind(query, {}, published))
    lines = [line for line in text.splitlines() if not line.startswith("#+")]
    return "\n".join(lines).strip() + "\n"


def _form(text: str) -> str:
    for line in text.splitlines():
        words = line.split()
        if words and words[0].upper() in _FORMS:
            return words[0].upper()
    raise ValueError(text)
