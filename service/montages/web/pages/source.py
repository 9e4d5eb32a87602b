"""The pages of documents, of the places in them that rules cite, and of the elements of the sheet."""

from __future__ import annotations

from typing import Any

from rdflib import DCTERMS, FOAF, RDF, RDFS, URIRef

from montages.names import MTG, iris
from montages.web.pages.frame import Frame, Link


def _citing(ref: URIRef, frame: Frame) -> list[tuple[Link, list[Link]]]:
    """Return what rests on a source, under its kind; a version of a requirement counts as it."""
    graph = frame.graph
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
        ((frame.link(kind), frame.links(things)) for kind, things in groups.items()),
        key=lambda pair: pair[0].text,
    )


def _read_at(ref: URIRef, frame: Frame) -> list[str]:
    found = frame.graph.objects(ref, RDFS.seeAlso)
    return sorted(str(url) for url in found if str(url).startswith("http"))


def make_clause(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a clause shows."""
    graph, ref = frame.graph, URIRef(iri)
    return {
        "documents": frame.links(graph.objects(ref, MTG.document)),
        "certainty": frame.links(graph.objects(ref, MTG.certainty)),
        "read_at": _read_at(ref, frame),
        "citing": _citing(ref, frame),
    }


def make_document(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a document shows."""
    graph, ref = frame.graph, URIRef(iri)
    publishers = [
        str(graph.value(p, FOAF.name) or frame.labels.name(str(p), frame.lang))
        for p in graph.objects(ref, DCTERMS.publisher)
    ]
    issued = graph.value(ref, DCTERMS.issued)
    parts = [s for s in graph.subjects(MTG.document, ref) if isinstance(s, URIRef)]
    return {
        "publishers": sorted(publishers),
        "issued": issued.toPython() if issued is not None else None,  # type: ignore[attr-defined]
        "certainty": frame.links(graph.objects(ref, MTG.certainty)),
        "read_at": _read_at(ref, frame),
        "passages": frame.links(parts),
        "citing": _citing(ref, frame),
    }


def make_element(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of an element of the sheet shows."""
    graph, ref = frame.graph, URIRef(iri)
    where = [frame.labels.said(iri, p, frame.lang) for p in (MTG.part, MTG.row, MTG.column)]
    return {
        "statement": frame.labels.said(iri, MTG.statement, frame.lang),
        "blank": str(graph.value(ref, MTG.elementKind)) == "blank",
        "where": [w for w in where if w],
        "documents": frame.links(graph.objects(ref, MTG.document)),
        "about": frame.links(graph.objects(ref, MTG.refersTo)),
        "citing": _citing(ref, frame),
    }
