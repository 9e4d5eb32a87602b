"""What a page says of its thing to search engines, in the words of schema.org."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rdflib import OWL, RDFS, SKOS, URIRef

from montages.knowledge.files import library
from montages.knowledge.graphs import passage
from montages.names import MTG, iris
from montages.publish.text.source_reading import reading_text
from montages.store.licence import LICENCE
from montages.web.pages.page_context import PageContext

_TYPES = {
    OWL.Ontology: "Dataset",
    SKOS.ConceptScheme: "DefinedTermSet",
    MTG.Document: "CreativeWork",
    MTG.Clause: "CreativeWork",
    MTG.Project: "Project",
    MTG.Criterion: "Question",
    MTG.Requirement: "CreativeWork",
    MTG.RequirementVersion: "CreativeWork",
}


def thing(
    iri: str, name: str, definition: str, classes: Sequence[URIRef], context: PageContext
) -> dict[str, Any]:
    """Return the schema.org description of a page and of the thing it is about."""
    kind = next((_TYPES[c] for c in classes if c in _TYPES), "DefinedTerm")
    about: dict[str, Any] = {"@type": kind, "@id": iri, "name": name}
    if MTG.LegalProvision in classes:
        about |= _legislation(URIRef(iri), context)
    if definition:
        about["description"] = definition
    if kind == "DefinedTerm":
        within = [
            *context.graph.objects(URIRef(iri), SKOS.inScheme),
            *context.graph.objects(URIRef(iri), RDFS.isDefinedBy),
        ]
        if within:
            about["inDefinedTermSet"] = str(within[0])
    if kind == "Dataset":
        about |= {"license": LICENCE, "creator": {"@type": "Organization", "name": "Montages"}}
    return {
        "@context": "https://schema.org/",
        "@type": "WebPage",
        "name": name,
        "inLanguage": context.lang,
        "license": LICENCE,
        "isPartOf": {"@type": "WebSite", "name": "Montages", "url": f"{context.state.base_url()}/"},
        "about": about,
        "mainEntity": {"@id": iri},
    }


def _legislation(iri: URIRef, context: PageContext) -> dict[str, Any]:
    """Return the number of an article, its text, the version read, what was read, and where."""
    clause = passage(library.data(), iri)
    texts = [
        {"@type": "Legislation", "@id": str(text), "name": context.labels.name(text, context.lang)}
        for text in iris(context.graph.objects(iri, MTG.document))
    ]
    about: dict[str, Any] = {
        "@type": "Legislation",
        "legislationIdentifier": clause.locator,
        "isPartOf": texts,
        "comment": {"@type": "Comment", "text": reading_text(clause, context.lang)},
    }
    if clause.versions:
        about["workExample"] = [
            {"@type": "Legislation", "@id": str(v.iri), "name": v.label[context.lang]}
            for v in clause.versions
        ]
    if clause.official:
        about["sameAs"] = list(clause.official)
    if clause.copies:
        copy = "copie" if context.lang == "fr" else "copy"
        about["subjectOf"] = [
            {"@type": "WebPage", "name": copy, "url": url} for url in clause.copies
        ]
    return about
