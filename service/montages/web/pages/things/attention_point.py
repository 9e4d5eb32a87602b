"""Points of attention in plain words, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import URIRef

from montages.knowledge.model import Attention
from montages.knowledge.rulebook import rulebook
from montages.names import MTG
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.requirement import SourceLink, condition_text, source_links


@dataclass(frozen=True)
class Point:
    """One point of attention."""

    link: Link
    text: str
    when: tuple[str, ...]
    sources: tuple[SourceLink, ...]


def point(attention: Attention, context: PageContext) -> Point:
    """Return a point of attention in words."""
    return Point(
        Link(attention.label[context.lang], context.page_of(str(attention.iri))),
        attention.text[context.lang],
        tuple(condition_text(c, context.rules, context.lang) for c in attention.when),
        source_links(attention.sources, context),
    )


def attention_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a point of attention shows."""
    attention = next((a for a in rulebook().attentions if str(a.iri) == iri), None)
    return {
        "text": context.labels.text(iri, MTG.attentionText, context.lang),
        "of": context.links(context.graph.objects(URIRef(iri), MTG.attentionPointOf)),
        "point": point(attention, context) if attention else None,
    }
