"""The pages of documents, of the places in them that rules cite, and of the elements of the sheet."""

from __future__ import annotations

from typing import Any

from rdflib import FOAF, RDF, RDFS, URIRef
from rdflib.term import Node

from montages.knowledge.files import library
from montages.knowledge.graphs import passage
from montages.names import MTG, iris
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.incoming import owners
from montages.web.pages.things.threshold import amount_text


def citing_values(source: GraphNode) -> dict[str, Any]:
    """Return what rests on a source, under its kind; a version of a requirement counts as it."""
    graph, context = source.graph, source.context
    groups: dict[URIRef, set[URIRef]] = {}
    for predicate in (MTG.source, MTG.legalBasis):
        for subject in graph.subjects(predicate, source.node):
            for owner, _ in owners(subject, predicate, graph):
                thing = URIRef(str(owner).partition("#")[0])
                thing = URIRef(str(graph.value(thing, MTG.versionOf) or thing))
                kinds = iris(graph.objects(thing, RDF.type))
                if kinds and thing != source.node:
                    groups.setdefault(kinds[0], set()).add(thing)
    citing = [(context.link(kind), context.links(things)) for kind, things in groups.items()]
    return {"citing": sorted(citing, key=lambda pair: pair[0].text)}


def _addresses(ref: Node, context: PageContext) -> dict[str, list[str]]:
    """Return where a source can be read: officially, in copies, and elsewhere."""
    official, copies, every = (
        [str(url) for url in iris(context.graph.objects(ref, p)) if str(url).startswith("http")]
        for p in (MTG.officialAddress, MTG.copyAt, RDFS.seeAlso)
    )
    others = [url for url in every if url not in official and url not in copies]
    return {"official": official, "copies": copies, "others": others}


def clause_values(clause: GraphNode) -> dict[str, Any]:
    """Return the clause of a page, where it can be read, the amounts it fixes and what cites it."""
    ref, context = URIRef(clause.iri), clause.context
    return citing_values(clause) | {
        "clause": passage(library.data(), ref),
        "addresses": _addresses(ref, context),
        "whole_text": [
            url
            for document in clause.nodes("document")
            for url in _addresses(document.node, context)["official"]
        ],
        "amounts": _amounts(clause),
    }


def _amounts(clause: GraphNode) -> list[tuple[Link, str]]:
    """Return the thresholds that a clause fixes, with their amounts of the day asked."""
    graph, context = clause.graph, clause.context
    thresholds = {
        threshold
        for value in graph.subjects(MTG.source, clause.node)
        for threshold in iris(graph.subjects(MTG.thresholdValue, value))
    }
    return sorted(
        ((context.link(t), amount_text(t, context)) for t in thresholds),
        key=lambda pair: pair[0].key,
    )


def document_values(document: GraphNode) -> dict[str, Any]:
    """Return who has published a document, where it can be read and what cites it."""
    return citing_values(document) | {
        "addresses": _addresses(document.node, document.context),
        "publishers": sorted(
            str(publisher.value(FOAF.name) or publisher.link.text)
            for publisher in document.nodes("dcterms:publisher")
        ),
    }
