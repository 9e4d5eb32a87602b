"""The kinds of actor and those that include them, as the ontology states."""

from __future__ import annotations

from rdflib import OWL, RDFS, URIRef

from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.names import MTG, slug

# Who sells to a project, advises it or buys for others takes part in it, and does not carry it.
_NO_HOLDERS = {slug(MTG.PrivateParty), slug(MTG.PurchasingBody)}


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


@disk_cache
def classes_of_kinds() -> dict[str, str]:
    """Return the slug of each kind of actor, as an answer names it → that of its class."""
    ontology = library.ontology()
    return {
        slug(str(kind)): slug(str(cls))
        for node, kind in ontology.subject_objects(OWL.hasValue)
        if (node, OWL.onProperty, MTG.actorKind) in ontology
        for cls in ontology.subjects(RDFS.subClassOf, node)
    }


@disk_cache
def classes_of_holders() -> dict[str, str]:
    """Return the kinds of actor that may carry a project, each with the slug of its class."""
    above = kinds_above()
    return {kind: cls for kind, cls in classes_of_kinds().items() if not above[cls] & _NO_HOLDERS}
