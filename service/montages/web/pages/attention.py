"""The page of a point of attention: what to mind, for which set-ups, on what it rests."""

from __future__ import annotations

from typing import Any

from rdflib import URIRef

from montages.knowledge.rulebook import rulebook
from montages.names import MTG
from montages.web.pages.frame import Frame
from montages.web.pages.rule_words import point


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a point of attention shows."""
    found = next((a for a in rulebook().attentions if str(a.iri) == iri), None)
    return {
        "text": frame.labels.said(iri, MTG.text, frame.lang),
        "of": frame.links(frame.graph.objects(URIRef(iri), MTG.of)),
        "point": point(found, frame) if found else None,
    }
