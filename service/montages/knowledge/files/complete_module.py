"""What a file of ours leaves to be worked out when it is read: a thing is written with what is its own.

In a file stand the words, the values and the sources. What follows from the place of a thing, its address or
its kind is added here, so that whoever reads the graph finds it said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.names import BASE, ID, MTG, PREFIXES, REQUIREMENT

_SCHEME = PREFIXES["scheme"]
_VERSION = re.compile(re.escape(REQUIREMENT) + r"(?P<slug>[^/]+)/(?P<day>\d{4}-\d{2}-\d{2})")
_VALUE = re.compile(re.escape(ID) + r"(?P<scheme>[^/]+)/[^/]+")
# Things of one of these kinds come in the order of their file, ten apart, where they say no other.
_ORDERED = (SKOS.Concept, MTG.SheetElement)


Triples = Iterator[tuple[Node, Node, Node]]


def complete_module(graph: Graph, module: URIRef, ranges: Mapping[Node, URIRef]) -> None:
    """Add to what a file says what follows from it.

    `module` is what the file belongs to, `ranges` the class of the objects of each property of ours. A text
    on several lines has a space for each line's end.
    """
    for subject, predicate, text in list(graph):
        if isinstance(text, Literal) and text.language and "\n" in text:
            graph.remove((subject, predicate, text))
            graph.add((subject, predicate, Literal(" ".join(text.split()), lang=text.language)))
    for step in (
        _types(graph, ranges),
        _versions(graph),
        _schemes(graph),
        _single_answers(graph),
        _values(graph),
        _notations(graph),
        _orders(graph),
        _places(graph, module),
    ):
        for triple in list(step):
            graph.add(triple)


def _types(graph: Graph, ranges: Mapping[Node, URIRef]) -> Triples:
    """Yield that a thing without a name is what the range of the property says that leads to it."""
    for _, predicate, thing in graph:
        unnamed = isinstance(thing, BNode) and predicate in ranges
        if unnamed and (thing, RDF.type, None) not in graph:
            yield thing, RDF.type, ranges[predicate]


def _versions(graph: Graph) -> Triples:
    """Yield of which requirement a version is, and since when: its address tells both."""
    for version in graph.subjects(RDF.type, MTG.RequirementVersion):
        if parts := _VERSION.fullmatch(str(version)):
            yield version, MTG.versionOf, REQUIREMENT[parts["slug"]]
            yield version, MTG.validFrom, Literal(parts["day"], datatype=XSD.date)


def _schemes(graph: Graph) -> Triples:
    """Yield the list of answers of each criterion that has one of its own."""
    for criterion, scheme in graph.subject_objects(MTG.answerScheme):
        slug = str(criterion).rpartition("/")[2]
        own = any(
            str(value).startswith(ID[f"{slug}/"])
            for value in graph.subjects(RDF.type, SKOS.Concept)
        )
        if not own or scheme != _SCHEME[slug] or (scheme, RDF.type, None) in graph:
            continue
        labels = {
            o.language: str(o)
            for o in graph.objects(criterion, SKOS.prefLabel)
            if isinstance(o, Literal)
        }
        label = Text(labels.get("fr", ""), labels.get("en", ""))
        yield scheme, RDF.type, SKOS.ConceptScheme
        yield from _said(scheme, RDFS.label, message("{label}: possible answers", label=label))
        definition = message("The possible answers to the criterion “{label}”.", label=label)
        yield from _said(scheme, SKOS.definition, definition)


def _said(thing: Node, predicate: URIRef, text: Text) -> Triples:
    for lang in ("fr", "en"):
        yield thing, predicate, Literal(text[lang], lang=lang)


def _single_answers(graph: Graph) -> Triples:
    """Yield that a criterion has one answer, where it does not say that it may have several."""
    for criterion in graph.subjects(RDF.type, MTG.Criterion):
        if (criterion, MTG.multipleAnswers, None) not in graph:
            yield criterion, MTG.multipleAnswers, Literal(False)


def _values(graph: Graph) -> Triples:
    """Yield the list that a value is of, where the folder of its address tells it."""
    for value in graph.subjects(RDF.type, SKOS.Concept):
        parts = _VALUE.fullmatch(str(value))
        if parts and (value, SKOS.inScheme, None) not in graph:
            yield value, SKOS.inScheme, _SCHEME[parts["scheme"]]


def _notations(graph: Graph) -> Triples:
    """Yield the short name of each thing that has a preferred label: the end of its address."""
    for thing in set(graph.subjects(SKOS.prefLabel)):
        if str(thing).startswith(ID) and (thing, SKOS.notation, None) not in graph:
            yield thing, SKOS.notation, Literal(str(thing).rpartition("/")[2])


def _orders(graph: Graph) -> Triples:
    """Yield the order of values and of elements of the sheet: that of the file."""
    for kind in _ORDERED:
        lists = defaultdict[Node | None, list[Node]](list)
        for thing in graph.subjects(RDF.type, kind):
            lists[graph.value(thing, SKOS.inScheme)].append(thing)
        for things in lists.values():
            for place, thing in enumerate(things, 1):
                if (thing, MTG.displayOrder, None) not in graph:
                    yield thing, MTG.displayOrder, Literal(10 * place)


def _places(graph: Graph, module: URIRef) -> Triples:
    """Yield the module of each thing of ours."""
    for thing, kind in graph.subject_objects(RDF.type):
        ours = isinstance(thing, URIRef) and thing.startswith(BASE) and kind != OWL.Ontology
        if ours and (thing, RDFS.isDefinedBy, None) not in graph:
            yield thing, RDFS.isDefinedBy, module
