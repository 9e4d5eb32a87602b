"""The keys of a JSON or YAML description: what each means (the JSON-LD context), what people call it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeGuard

from rdflib import RDFS, SKOS, Graph, Literal, URIRef

from montages.bilingual import Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import Names, by_plain_form
from montages.names import BASE, ID, MTG, kebab, slug

# What is said of the contract chosen, for the project or a part of it.
RETAINED_KEYS = (
    "retained", "retained-procedure", "retained-channels", "retained-vehicle", "contract-state",
    "contract-state-on", "signed-on",
)  # fmt: skip
# Where a key of a description may stand, besides `answers`.
PROJECT_KEYS = (
    "project", "project-en", "id", "description", "holder", "perimeters", "layers", "usages", "answers",
    "layers-complete", "usages-complete", "wanted-by", "own-words", "not-understood", "unsure",
    "presumptions", "unknown", "complete", "asserts", "assumes", *RETAINED_KEYS,
)  # fmt: skip
PERIMETER_KEYS = (
    "name", "usages", "answers", "unknown", "complete", "asserts", *RETAINED_KEYS,
)  # fmt: skip
LAYER_KEYS = ("layer", "name", "mode", "perimeter", *PERIMETER_KEYS[1:])
HOLDER_KEYS = ("name", "type", "siren")
_LABELS = (SKOS.prefLabel, RDFS.label)
_NAMES = (*_LABELS, SKOS.altLabel, SKOS.hiddenLabel)


@cache
def answer_keys() -> dict[str, str]:
    """Return the answer keys people type and the criterion each one answers. Do not modify."""
    return {kebab(slug(c.answer_path)): c.slug for c in rulebook().criteria.values()}


@cache
def criterion_keys() -> dict[str, str]:
    """Return the key of each criterion, in author order: the inverse of the answer keys. Do not modify."""
    return {criterion: key for key, criterion in answer_keys().items()}


@cache
def jsonld_context() -> dict[str, Any]:
    """Return the context as JSON-LD 1.1: types, structural keys, and one key an answer."""
    terms: dict[str, Any] = {
        "@version": 1.1,
        "@vocab": str(MTG),
        "id": "@id",
        "type": "@type",
        "answers": "@nest",
        "project": {"@id": str(RDFS.label), "@language": "fr"},
        "project-en": {"@id": str(RDFS.label), "@language": "en"},
        "name": {"@id": str(RDFS.label), "@language": "fr"},
        "description": {"@id": "http://purl.org/dc/terms/description", "@language": "fr"},
        "holder": str(MTG.holder),
        "siren": str(MTG.siren),
        "perimeters": {"@id": str(MTG.hasPerimeter), "@container": "@id"},
        "perimeter": {"@id": str(MTG.perimeter), "@type": "@id"},
        "layers": str(MTG.hasLayerUse),
        "layer": _choice("layer", "layer"),
        "mode": _choice("managementMode", "management-mode"),
        "usages": _choice("usage", "usage"),
        "layers-complete": str(MTG.layersComplete),
        "usages-complete": str(MTG.usagesComplete),
        "wanted-by": {"@id": str(MTG.wantedBy)},
        "own-words": {"@id": str(MTG.ownWords)},
        "not-understood": {"@id": str(MTG.notUnderstood)},
        "unsure": {"@id": str(MTG.unsure)},
        "presumptions": str(MTG.usesPresumptions),
        "unknown": _choice("declaresUnknown", "criterion"),
        "complete": _choice("declaresComplete", "criterion"),
        "retained": _choice("retains", "contract"),
        "retained-procedure": _choice("retainedProcedure", "procedure"),
        "retained-channels": _choice("retainedChannel", "channel"),
        "retained-vehicle": _choice("retainedVehicle", "vehicle"),
        "contract-state": _choice("contractState", "contract-state"),
        "contract-state-on": {"@id": str(MTG.contractStateOn)},
        "signed-on": {"@id": str(MTG.signedOn)},
        "asserts": str(MTG.assertsRequirement),
        "requirement": {
            "@id": str(MTG.requirement),
            "@type": "@vocab",
            "@context": _only(BASE + "requirement/"),
        },
        "note": {"@id": str(MTG.assertionNote), "@language": "fr"},
        "assumes": str(MTG.assumes),
    }
    criteria = rulebook().criteria
    for key, name in answer_keys().items():
        criterion = criteria[name]
        if criterion.numeric_property:
            terms[key] = str(criterion.numeric_property)
        else:
            folder = str(criterion.values[0].iri).rsplit("/", 2)[1] if criterion.values else name
            terms[key] = _choice(slug(criterion.property), folder)
    return {"@context": terms}


def _choice(term: str, folder: str) -> dict[str, Any]:
    """Return a key whose values are the slugs of one folder of things."""
    return {"@id": str(MTG[term]), "@type": "@vocab", "@context": _only(str(ID) + folder + "/")}


def _only(vocabulary: str) -> list[dict[str, str] | None]:
    """Return a context where every word is a thing of one folder: our keys (`holder`) mean nothing there."""
    return [None, {"@vocab": vocabulary}]


def knows_project_keys(tree: Any) -> TypeGuard[dict[str, Any]]:
    """Tell whether a tree is written with our keys, rather than as JSON-LD of its own."""
    return isinstance(tree, dict) and not {"@context", "@graph", "@id"} & tree.keys()


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
    for key, criterion in answer_keys().items():
        things[key] = [*things[key], criterion]
    return by_plain_form(things)


@cache
def key_properties() -> dict[str, URIRef]:
    """Return the property of each key. Do not modify."""
    properties = {}
    for key, definition in jsonld_context()["@context"].items():
        iri = definition["@id"] if isinstance(definition, dict) else str(definition)
        if not key.startswith("@") and not iri.startswith("@"):
            properties[key] = URIRef(iri)
    return properties


def _properties() -> dict[str, URIRef]:
    """Return each key with its property, or its criterion where it is an answer."""
    criteria = rulebook().criteria
    return key_properties() | {key: criteria[name].iri for key, name in answer_keys().items()}


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
