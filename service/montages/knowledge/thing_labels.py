"""The names and definitions of the things of the data: layers, values, clauses, arrangements and the rest."""

from __future__ import annotations

from rdflib import RDFS, SKOS

from montages.bilingual import NO_TEXT, Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graph_reading import label, text
from montages.names import iris, slug


@disk_cache
def labels() -> dict[str, Text]:
    """Return IRI → name, of everything in the data that has one."""
    data = library.data()
    named = (s for p in (SKOS.prefLabel, RDFS.label) for s in data.subjects(p))
    return {str(thing): label(data, thing) for thing in set(iris(named))}


def name_of(iri: str) -> Text:
    """Return the name of a thing of the data in both languages, its slug when it has none."""
    return labels().get(str(iri)) or Text(slug(iri), slug(iri))


@disk_cache
def definitions() -> dict[str, Text]:
    """Return IRI → definition, of everything in the data that has one."""
    data = library.data()
    defined = set(iris(data.subjects(SKOS.definition)))
    return {str(thing): text(data, thing, SKOS.definition) for thing in defined}


def definition_of(iri: str) -> Text:
    """Return the definition of a thing of the data in both languages, no text where it has none."""
    return definitions().get(str(iri), NO_TEXT)
