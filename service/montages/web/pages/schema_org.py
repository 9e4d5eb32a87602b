"""What a page says of its thing to search engines, in the words of schema.org."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rdflib import OWL, RDFS, SKOS, URIRef

from montages.names import MTG
from montages.web.pages.frame import Frame

_LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
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
    iri: str, name: str, definition: str, classes: Sequence[URIRef], frame: Frame
) -> dict[str, Any]:
    """Return the schema.org description of a page and of the thing it is about."""
    kind = next((_TYPES[c] for c in classes if c in _TYPES), "DefinedTerm")
    about: dict[str, Any] = {"@type": kind, "@id": iri, "name": name}
    if definition:
        about["description"] = definition
    if kind == "DefinedTerm":
        within = [
            *frame.graph.objects(URIRef(iri), SKOS.inScheme),
            *frame.graph.objects(URIRef(iri), RDFS.isDefinedBy),
        ]
        if within:
            about["inDefinedTermSet"] = str(within[0])
    if kind == "Dataset":
        about |= {"license": _LICENCE, "creator": {"@type": "Organization", "name": "Montages"}}
    return web_page(name, frame) | {"about": about, "mainEntity": {"@id": iri}}


def web_page(name: str, frame: Frame) -> dict[str, Any]:
    """Return the schema.org description of a page."""
    return {
        "@context": "https://schema.org/",
        "@type": "WebPage",
        "name": name,
        "inLanguage": frame.lang,
        "license": _LICENCE,
        "isPartOf": {"@type": "WebSite", "name": "Montages", "url": f"{frame.site.base_url()}/"},
    }
