"""What the search has of each thing: its kind, its names, its other names, what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef

from montages.knowledge.files.published_queries import queries
from montages.names import BASE, COMPILED, MTG, SHAPE
from montages.store.dataset import Dataset
from montages.store.labels import Labels

# What a thing is, for the reader who searches: the first kind that one of its classes has.
KINDS = {
    MTG.ContractType: "contract",
    MTG.Procedure: "procedure",
    MTG.Channel: "channel",
    MTG.Vehicle: "vehicle",
    MTG.Activity: "activity",
    MTG.Criterion: "criterion",
    MTG.Layer: "layer",
    MTG.LayerGroup: "layer",
    MTG.Usage: "usage",
    MTG.Requirement: "requirement",
    MTG.AttentionPoint: "attention",
    MTG.Threshold: "threshold",
    MTG.Clause: "source",
    MTG.Document: "source",
    MTG.SheetElement: "sheet",
    MTG.ManagementOption: "matrix",
    MTG.Project: "project",
    MTG.PanelCase: "panel",
    MTG.Bucket: "value",
    SKOS.ConceptScheme: "scheme",
    SKOS.Concept: "value",
    OWL.Ontology: "module",
    OWL.Class: "term",
    OWL.ObjectProperty: "term",
    OWL.DatatypeProperty: "term",
    OWL.AnnotationProperty: "term",
    RDF.Property: "term",
    SH.NodeShape: "shape",
    SH.PropertyShape: "shape",
}
_NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title, SKOS.notation)
_OTHER_NAMES = (SKOS.altLabel, SKOS.hiddenLabel)
_BODIES = (
    SKOS.definition,
    DCTERMS.description,
    MTG.question,
    MTG.questionHelp,
    MTG.reading,
    MTG.attentionText,
)
_STATED = (MTG.statement, MTG.locator, DCTERMS.identifier, SH.name, SH.message)
# What a reader looks for most: a kind before another when words fit both.
_FIRST = (
    *("contract", "layer", "usage", "procedure", "channel", "vehicle", "criterion"),
    *("threshold", "query", "requirement"),
)
# Examples that tell a whole story hold words of everything; how the base is made comes after what it says.
_LAST = {"panel": 0.6, "project": 0.8, "term": 0.5, "module": 0.4, "shape": 0.3, "scheme": 0.5}
# These have pages, but no one looks for them by words: what is made from the rules, kinds of problem.
_GENERATED = (str(COMPILED), str(SHAPE["Answer-"]), str(SHAPE["Assumption-"]), BASE + "problem/")
_LANGS = ("fr", "en")


class SearchEntry(NamedTuple):
    """What one thing is found by, in both languages: its names, its other names, its texts."""

    name_fr: str
    other_fr: str
    body_fr: str
    name_en: str
    other_en: str
    body_en: str
    iri: str
    kind: str
    rank_of_kind: float


def search_entries(dataset: Dataset) -> Iterator[SearchEntry]:
    """Yield what each thing of a dataset that has a page is found by, and each published question."""
    graph, labels = dataset.default, Labels(dataset.default, dataset.graphs)
    for iri, kind in sorted(_things(graph).items()):
        ref = URIRef(iri)
        names, others = (_texts(graph, ref, p, " ; ") for p in (_NAMES, _OTHER_NAMES))
        bodies = _texts(graph, ref, (*_BODIES, *_STATED))
        for version in graph.objects(ref, MTG.hasVersion):
            for lang, text in _texts(graph, URIRef(str(version)), _BODIES).items():
                bodies[lang] = f"{bodies[lang]} {text}"
        amounts = " ; ".join(_amounts(graph, ref))
        fr, en = (
            (
                names[lang] or labels.name(iri, lang),
                " ; ".join(filter(None, (others[lang], amounts))),
                bodies[lang],
            )
            for lang in _LANGS
        )
        yield SearchEntry(*fr, *en, iri, kind, _rank(kind))
    for query in queries("questions"):
        title, about = query.title, query.description
        texts = (title.fr, "", about.fr, title.en, "", about.en)
        yield SearchEntry(*texts, str(query.iri), "query", _rank("query"))


def _rank(kind: str) -> float:
    return 2.0 - _FIRST.index(kind) * 0.1 if kind in _FIRST else _LAST.get(kind, 1.0)


def _amounts(graph: Graph, ref: URIRef) -> list[str]:
    """Return the amounts of a threshold, as digits."""
    values = (graph.value(v, MTG.thresholdAmount) for v in graph.objects(ref, MTG.thresholdValue))
    return sorted({f"{Decimal(str(value)):f}" for value in values if value is not None})


def _things(graph: Graph) -> dict[str, str]:
    """Return what can be found and its kind; compiled classes, dated versions and parts cannot."""
    kinds: dict[str, str] = {}
    for kind_class, kind in KINDS.items():
        for thing in graph.subjects(RDF.type, kind_class):
            iri = str(thing)
            has_page = isinstance(thing, URIRef) and iri.startswith(BASE) and "#" not in iri
            if has_page and not iri.startswith(_GENERATED):
                kinds.setdefault(iri, kind)
    return kinds


def _texts(
    graph: Graph, ref: URIRef, predicates: tuple[URIRef, ...], between: str = " "
) -> dict[str, str]:
    texts: dict[str, list[str]] = {"fr": [], "en": []}
    for predicate in predicates:
        for text in sorted(graph.objects(ref, predicate), key=str):
            if isinstance(text, Literal):
                for lang in (text.language,) if text.language in texts else _LANGS:
                    texts[str(lang)].append(str(text))
    return {lang: between.join(parts) for lang, parts in texts.items()}
