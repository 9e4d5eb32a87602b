"""What people call each key of a description: the names of its criterion, or of its property."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rdflib import RDFS, SKOS, Graph, Literal, URIRef

from montages.bilingual import Text
from montages.knowledge.compiled.jsonld_context import answer_keys, context
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.label_index import Names, by_plain_form
from montages.knowledge.rulebook import rulebook

_LABELS = (SKOS.prefLabel, RDFS.label)
_NAMES = (*_LABELS, SKOS.altLabel, SKOS.hiddenLabel)


@disk_cache
def key_labels() -> dict[str, Text]:
    """Return the label of each key in both languages, the key itself where it has none."""
    labels = {}
    for key, iri in _properties().items():
        by_lang = {lang: text for prop, lang, text in reversed(_names(iri)) if prop in _LABELS}
        labels[key] = Text(*(by_lang.get(lang, key) for lang in ("fr", "en")))
    return labels


@disk_cache
def keys_by_name() -> Names:
    """Return the keys by the plain form of each name of theirs, in either language."""
    things: dict[str, Iterable[str]] = {
        key: [text for _, _, text in _names(iri)] for key, iri in _properties().items()
    }
    for key, slug in answer_keys().items():
        things[key] = [*things[key], slug]
    return by_plain_form(things)


def _properties() -> dict[str, URIRef]:
    """Return each key with its property, or its criterion where it is an answer."""
    criteria, properties = rulebook().criteria, dict[str, URIRef]()
    for key, definition in context()["@context"].items():
        iri = definition["@id"] if isinstance(definition, dict) else str(definition)
        if not key.startswith("@") and not iri.startswith("@"):
            properties[key] = URIRef(iri)
    return properties | {key: criteria[slug].iri for key, slug in answer_keys().items()}


def _names(thing: URIRef) -> list[tuple[URIRef, str | None, str]]:
    """Return each name of a thing, ours or of another vocabulary: its property, its language, its text."""
    return [
        (prop, o.language, str(o))
        for prop in _NAMES
        for graph in (library.ontology(), library.data(), _foreign())
        for o in graph.objects(thing, prop)
        if isinstance(o, Literal)
    ]


@cache
def _foreign() -> Graph:
    return library.read([library.FOREIGN_TERMS])
