"""The published queries as linked data: each in the form that runs as it is (S5).

Questions are described as the SPARQL examples of the SIB are: `sh:SPARQLExecutable`, the text with the
defaults of its parameters, keywords, and the endpoint they are for.
"""

from __future__ import annotations

from rdflib import DCTERMS, RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef

from montages.knowledge.model import Text
from montages.knowledge.queries import Query, queries
from montages.names import BASE, MODULE
from montages.store.guard import checked
from montages.store.parameters import declared, defaults, filled

SCHEMA = Namespace("https://schema.org/")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
ENDPOINT = URIRef(BASE + "sparql")
NAME = MODULE["queries"]
_FOLDERS = ("questions", "close", "derive", "pages")
_LICENCE = URIRef("https://www.etalab.gouv.fr/licence-ouverte-open-licence")
_TITLE = Text("Les requêtes publiées", "The published queries")
_SAYS = Text(
    "Les questions auxquelles le graphe répond, et les requêtes qui complètent et concluent.",
    "The questions that the graph answers, and the queries that complete and conclude.",
)
# By form: the class of what runs, and the property of its text.
_FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}


def graph() -> Graph:
    """Return every published query as a description that runs."""
    found = Graph()
    _said(found, NAME, _TITLE, DCTERMS.title)
    _said(found, NAME, _TITLE, RDFS.label)
    _said(found, NAME, _SAYS, DCTERMS.description)
    found.add((NAME, RDF.type, URIRef("http://www.w3.org/ns/dcat#Dataset")))
    found.add((NAME, DCTERMS.license, _LICENCE))
    for folder in _FOLDERS:
        for query in queries(folder):
            add(found, query)
    return found


def add(found: Graph, query: Query) -> None:
    """Add the description of one query to a graph."""
    text = filled(query, defaults(query))
    kind, says = _FORMS[checked(text, ()).form]
    found.add((query.iri, RDF.type, SH.SPARQLExecutable))
    found.add((query.iri, RDF.type, kind))
    found.add((query.iri, RDFS.isDefinedBy, NAME))
    found.add((query.iri, says, Literal(text)))
    found.add((query.iri, DCTERMS.identifier, Literal(query.key)))
    _said(found, query.iri, query.title, RDFS.label)
    _said(found, query.iri, query.description, RDFS.comment)
    for tag in query.header.get("tags") or ():
        found.add((query.iri, SCHEMA.keywords, Literal(tag)))
    if query.folder == "questions":
        found.add((query.iri, SCHEMA.target, ENDPOINT))
        _address(found, query)


def _address(found: Graph, query: Query) -> None:
    """Add where a question is answered, and by which parameters, as a Hydra template."""
    parameters = declared(query)
    template = BNode(f"template-{query.key}")
    names = "".join(f"{{?{','.join(parameters)}}}" if parameters else "")
    found.add((query.iri, HYDRA.search, template))
    found.add((template, RDF.type, HYDRA.IriTemplate))
    found.add((template, HYDRA.template, Literal(f"{BASE}queries/{query.key}{names}")))
    for parameter in parameters.values():
        mapping = BNode(f"mapping-{query.key}-{parameter.name}")
        found.add((template, HYDRA.mapping, mapping))
        found.add((mapping, RDF.type, HYDRA.IriTemplateMapping))
        found.add((mapping, HYDRA.variable, Literal(parameter.name)))
        found.add((mapping, HYDRA.required, Literal(False)))
        found.add((mapping, SCHEMA.defaultValue, Literal(parameter.default)))
        _said(found, mapping, parameter.text, RDFS.label)


def _said(found: Graph, thing: URIRef | BNode, text: Text, how: URIRef) -> None:
    for lang in ("fr", "en"):
        found.add((thing, how, Literal(text[lang], lang=lang)))
