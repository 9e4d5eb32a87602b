"""The kinds of actor and those that include them, as the ontology states."""

from __future__ import annotations

from rdflib import RDFS, URIRef

from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.names import MTG, slug


@disk_cache
def kinds_above() -> dict[str, frozenset[str]]:
    """Return the slug of each class of actors → those of the classes that include it, itself too."""
    ontology = library.ontology()
    return {
        slug(kind): frozenset(slug(str(above)) for above in _above(kind))
        for kind in ontology.transitive_subjects(RDFS.subClassOf, MTG.Actor)
        if isinstance(kind, URIRef)
    }


def _above(kind: URIRef) -> list[URIRef]:
    above = library.ontology().transitive_objects(kind, RDFS.subClassOf)
    return [cls for cls in above if isinstance(cls, URIRef)]
