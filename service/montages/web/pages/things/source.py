"""The pages of documents, of the places in them that rules cite, and of the elements of the sheet."""

from __future__ import annotations

from typing import Any

from rdflib import DCTERMS, FOAF, RDF, RDFS, URIRef

from montages.knowledge.files import library
from montages.knowledge.graphs import passage
from montages.names import MTG, iris
from montages.publish.text.source_reading import reading_text, version_text
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.threshold import amount_text


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


def _addresses(ref: URIRef, context: PageContext) -> dict[str, list[str]]:
    """Return where a source can be read: officially, in copies, and elsewhere."""
    official, copies, every = (
        [str(url) for url in iris(context.graph.objects(ref, p)) if str(url).startswith("http")]
        for p in (MTG.officialAddress, MTG.copyAt, RDFS.seeAlso)
    )
    others = [url for url in every if url not in official and url not in copies]
    return {"official": official, "copies": copies, "others": others}


def clause_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a clause shows."""
    graph, ref = context.graph, URIRef(iri)
    clause = passage(library.data(), ref)
    whole = [_addresses(d, context)["official"] for d in iris(graph.objects(ref, MTG.document))]
    return {
        "documents": context.links(graph.objects(ref, MTG.document)),
        "certainty": context.links(graph.objects(ref, MTG.certainty)),
        "addresses": _addresses(ref, context),
        "whole_text": [url for urls in whole for url in urls],
        "reading": reading_text(clause, context.lang),
        "versions": [
            Link(version_text(v, context.lang), context.page_of(str(v.iri)))
            for v in clause.versions
        ],
        "day": context.day,
        "amounts": _amounts(ref, context),
        "citing": _citing(ref, context),
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
        "addresses": _addresses(ref, context),
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
