"""The published queries as linked data: each in the form that runs as it is (S5).

Questions are described as the SPARQL examples of the SIB are: `sh:SPARQLExecutable`, the text with the
defaults of its parameters, keywords, and the endpoint they are for.
"""

from __future__ import annotations

from rdflib import DCTERMS, RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef

from montages.bilingual import message
from montages.knowledge.files.published_queries import FOLDERS, Query, queries
from montages.knowledge.graphs import add_text
from montages.names import BASE, MODULE, SELF_DESCRIPTION, VOCABULARIES
from montages.store.licence import LICENCE
from montages.store.questions.query_parameters import declared_parameters, defaults, query_text
from montages.store.sparql.query_guard import query_plan

SCHEMA = Namespace(VOCABULARIES["schema"])
HYDRA = Namespace(SELF_DESCRIPTION["hydra"])
ENDPOINT = URIRef(BASE + "sparql")
QUERIES = MODULE["queries"]
_TITLE = message("The published queries")
_DESCRIPTION = message(
    "The questions that the graph answers, and the queries that complete and conclude."
)
# By form: the class of what runs, and the property of its text.
_FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}


def query_executables() -> Graph:
    """Return the description of every published query, as something that runs."""
    graph = Graph()
    add_text(graph, QUERIES, DCTERMS.title, _TITLE)
    add_text(graph, QUERIES, RDFS.label, _TITLE)
    add_text(graph, QUERIES, DCTERMS.description, _DESCRIPTION)
    graph.add((QUERIES, RDF.type, URIRef("http://www.w3.org/ns/dcat#Dataset")))
    graph.add((QUERIES, DCTERMS.license, URIRef(LICENCE)))
    for folder in FOLDERS:
        for query in queries(folder):
            add_executable(graph, query)
    return graph


def add_executable(graph: Graph, query: Query) -> None:
    """Add the description of one query to a graph."""
    text = query_text(query, defaults(query))
    kind, text_property = _FORMS[query_plan(text, ()).form]
    graph.add((query.iri, RDF.type, SH.SPARQLExecutable))
    graph.add((query.iri, RDF.type, kind))
    graph.add((query.iri, RDFS.isDefinedBy, QUERIES))
    graph.add((query.iri, text_property, Literal(text)))
    graph.add((query.iri, DCTERMS.identifier, Literal(query.key)))
    add_text(graph, query.iri, RDFS.label, query.title)
    add_text(graph, query.iri, RDFS.comment, query.description)
    for tag in query.header.get("tags") or ():
        graph.add((query.iri, SCHEMA.keywords, Literal(tag)))
    if query.folder == "questions":
        graph.add((query.iri, SCHEMA.target, ENDPOINT))
        _add_address(graph, query)


def _add_address(graph: Graph, query: Query) -> None:
    """Add where a question is answered, and by which parameters, as a Hydra template."""
    parameters = declared_parameters(query)
    template = BNode(f"template-{query.key}")
    names = "".join(f"{{?{','.join(parameters)}}}" if parameters else "")
    graph.add((query.iri, HYDRA.search, template))
    graph.add((template, RDF.type, HYDRA.IriTemplate))
    graph.add((template, HYDRA.template, Literal(f"{BASE}queries/{query.key}{names}")))
    for parameter in parameters.values():
        mapping = BNode(f"mapping-{query.key}-{parameter.name}")
        graph.add((template, HYDRA.mapping, mapping))
        graph.add((mapping, RDF.type, HYDRA.IriTemplateMapping))
        graph.add((mapping, HYDRA.variable, Literal(parameter.name)))
        graph.add((mapping, HYDRA.required, Literal(False)))
        graph.add((mapping, SCHEMA.defaultValue, Literal(parameter.default)))
        add_text(graph, mapping, RDFS.label, parameter.text)
