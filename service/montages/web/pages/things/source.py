"""The pages of documents, of the places in them that rules cite, and of the elements of the sheet."""

from __future__ import annotations

from typing import Any

from rdflib import FOAF, RDF, RDFS, URIRef

from montages.knowledge.files import library
from montages.knowledge.graphs import passage
from montages.names import MTG, iris
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.threshold import amount_text


def citing_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what rests on a source, under its kind; a version of a requirement counts as it."""
    graph, ref = context.graph, URIRef(iri)
    groups: dict[URIRef, set[URIRef]] = {}
    todo = [(s, s) for p in (MTG.source, MTG.legalBasis) for s in graph.subjects(p, ref)]
    while todo:
        node, _ = todo.pop()
        if not isinstance(node, URIRef):
            todo += [(above, node) for above in graph.subjects(None, node)]
            continue
        thing = URIRef(str(node).partition("#")[0])
        thing = URIRef(str(graph.value(thing, MTG.versionOf) or thing))
        kinds = iris(graph.objects(thing, RDF.type))
        if kinds and thing != ref:
            groups.setdefault(kinds[0], set()).add(thing)
    citing = [(context.link(kind), context.links(things)) for kind, things in groups.items()]
    return {"citing": sorted(citing, key=lambda pair: pair[0].text)}


def _addresses(ref: URIRef, context: PageContext) -> dict[str, list[str]]:
    """Return where a source can be read: officially, in copies, and elsewhere."""
    official, copies, every = (
        [str(url) for url in iris(context.graph.objects(ref, p)) if str(url).startswith("http")]
        for p in (MTG.officialAddress, MTG.copyAt, RDFS.seeAlso)
    )
    others = [url for url in every if url not in official and url not in copies]
    return {"official": official, "copies": copies, "others": others}


def clause_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return the clause of a page, where it can be read, the amounts it fixes and what cites it."""
    ref = URIRef(iri)
    whole = [
        _addresses(d, context)["official"] for d in iris(context.graph.objects(ref, MTG.document))
    ]
    return citing_values(iri, context) | {
        "clause": passage(library.data(), ref),
        "addresses": _addresses(ref, context),
        "whole_text": [url for urls in whole for url in urls],
        "amounts": _amounts(ref, context),
    }


def _amounts(ref: URIRef, context: PageContext) -> list[tuple[Link, str]]:
    """Return the thresholds that a clause fixes, with their amounts of the day asked."""
    graph = context.graph
    thresholds = {
        threshold
        for value in graph.subjects(MTG.source, ref)
        for threshold in iris(graph.subjects(MTG.thresholdValue, value))
    }
    return sorted(
        ((context.link(t), amount_text(t, context)) for t in thresholds),
        key=lambda pair: pair[0].key,
    )


def document_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return who has published a document, where it can be read and what cites it."""
    document = GraphNode(URIRef(iri), context)
    return citing_values(iri, context) | {
        "addresses": _addresses(URIRef(iri), context),
        "publishers": sorted(
            str(publisher.value(FOAF.name) or publisher.link.text)
            for publisher in document.nodes("dcterms:publisher")
        ),
    }
