"""The pages of documents, of the places in them that rules cite, and of the elements of the sheet."""

from __future__ import annotations

from typing import Any

from rdflib import DCTERMS, FOAF, RDF, RDFS, URIRef

from montages.names import MTG, iris
from montages.web.pages.page_context import Link, PageContext


def _citing(ref: URIRef, context: PageContext) -> list[tuple[Link, list[Link]]]:
    """Return what rests on a source, under its kind; a version of a requirement counts as it."""
    graph = context.graph
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
    return sorted(
        ((context.link(kind), context.links(things)) for kind, things in groups.items()),
        key=lambda pair: pair[0].text,
    )


def _read_at(ref: URIRef, context: PageContext) -> list[str]:
    addresses = context.graph.objects(ref, RDFS.seeAlso)
    return sorted(str(url) for url in addresses if str(url).startswith("http"))


def clause_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a clause shows."""
    graph, ref = context.graph, URIRef(iri)
    return {
        "documents": context.links(graph.objects(ref, MTG.document)),
        "certainty": context.links(graph.objects(ref, MTG.certainty)),
        "read_at": _read_at(ref, context),
        "citing": _citing(ref, context),
    }


def document_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a document shows."""
    graph, ref = context.graph, URIRef(iri)
    publishers = [
        str(graph.value(p, FOAF.name) or context.labels.name(str(p), context.lang))
        for p in graph.objects(ref, DCTERMS.publisher)
    ]
    issued = graph.value(ref, DCTERMS.issued)
    parts = [s for s in graph.subjects(MTG.document, ref) if isinstance(s, URIRef)]
    return {
        "publishers": sorted(publishers),
        "issued": issued.toPython() if issued is not None else None,  # type: ignore[attr-defined]
        "certainty": context.links(graph.objects(ref, MTG.certainty)),
        "read_at": _read_at(ref, context),
        "passages": context.links(parts),
        "citing": _citing(ref, context),
    }


def element_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of an element of the sheet shows."""
    graph, ref = context.graph, URIRef(iri)
    where = [
        context.labels.text(iri, p, context.lang)
        for p in (MTG.sheetPart, MTG.sheetRow, MTG.sheetColumn)
    ]
    return {
        "statement": context.labels.text(iri, MTG.statement, context.lang),
        "blank": str(graph.value(ref, MTG.elementKind)) == "blank",
        "where": [w for w in where if w],
        "documents": context.links(graph.objects(ref, MTG.document)),
        "about": context.links(graph.objects(ref, MTG.refersTo)),
        "citing": _citing(ref, context),
    }
