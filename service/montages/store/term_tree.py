"""The tree of all kinds of terms, read off the published graph: only its boughs are listed by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from montages.bilingual import NO_TEXT, Text, message
from montages.knowledge.files import published_queries as published
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, MTG, iris, slug, slugify
from montages.store.labels import Labels
from montages.store.questions.ask import QUESTION_TAGS, question_tag


@dataclass(frozen=True)
class Branch:
    """A thing by its IRI, or a group by its title, with the address of its list where there is one."""

    iri: str = ""
    children: tuple[Branch, ...] = ()
    title: Text = field(default=NO_TEXT)
    path: str = ""
    # What groups others without being proposed itself is no term more.
    counts: bool = True

    @property
    def size(self) -> int:
        """Return how many things stand under the branch, at any depth, those apart that only group others."""
        return sum(bool(child.iri and child.counts) + child.size for child in self.children)

    def walk(self, above: tuple[Branch, ...] = ()) -> Iterator[tuple[tuple[Branch, ...], Branch]]:
        """Yield each branch under this one with those above it, the farthest first."""
        for child in self.children:
            yield (*above, self), child
            yield from child.walk((*above, self))


def _group(title: Text, children: tuple[Branch, ...], path: str = "") -> Branch:
    """Return a branch that is no thing itself."""
    return Branch("", children, title, path)


# What leads from a thing to the broader one.
_UP = (MTG.specialises, SKOS.broader)
_TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
# A document with more clauses than this has them by part of the code: the letter of the article.
_MANY = 20
_PARTS = {
    "L": message("Legislative part"),
    "R": message("Regulatory part"),
    "D": message("Regulatory part"),
}
_OTHER_PART = message("Annexes and other passages")
_NUMBERS = re.compile(r"(\d+)")


Branches = tuple[Branch, ...]


def _none(iri: str) -> Branches:
    return ()


def term_tree(labels: Labels) -> Branch:
    """Return the tree of the terms that some graphs name."""
    return _TermTree(labels.default, labels).root()


class _TermTree:
    """Builds the tree: a method a bough, in the order people meet them."""

    def __init__(self, graph: Graph, labels: Labels) -> None:
        self.graph, self.labels = graph, labels
        self.abstract = {str(a.iri) for a in rulebook().arrangements.values() if a.abstract}

    def root(self) -> Branch:
        """Return the whole tree."""
        boughs = (
            (message("Contracts"), "/contracts", self._hierarchy(MTG.ContractType)),
            (message("Procedures"), "", self._hierarchy(MTG.Procedure)),
            (message("Buying together"), "", self._hierarchy(MTG.Channel)),
            (message("Dedicated companies"), "", self._hierarchy(MTG.Vehicle)),
            (message("Activities"), "", self._hierarchy(MTG.Activity)),
            (message("Criteria"), "/criteria", self._criteria()),
            (message("Layers and modes"), "/layer-matrix", self._layers()),
            (message("Usages"), "/layers", self._things(MTG.Usage)),
            (message("Thresholds"), "", self._things(MTG.Threshold)),
            (message("Rules"), "/requirements", self._requirements()),
            (message("Points of attention"), "", self._attention()),
            (message("Sources"), "/sources", self._sources()),
            (message("The InfraNum sheet"), "/matrix", self._things(MTG.SheetElement)),
            (message("Real projects"), "/projects", self._things(MTG.Project)),
            (message("Everyday projects"), "/panel", self._things(MTG.PanelCase)),
            (message("Questions to the base"), "/queries", self._questions()),
            (message("Vocabulary"), "/terms", self._modules()),
        )
        below = tuple(_group(name, terms, path) for name, path, terms in boughs)
        return _group(message("All terms"), below, "/tree")

    def _order(self, thing: str) -> tuple[int, list[object], str]:
        """Return what sorts things: the order of the data, their name, by its numbers, then their IRI."""
        given = self.graph.value(URIRef(thing), MTG.displayOrder)
        name = self.labels.name(thing, "fr").casefold()
        parts = [int(p) if p.isdigit() else p for p in _NUMBERS.split(name)]
        return (int(str(given)) if given is not None else 0), list(parts), str(thing)

    def _of(self, things: Iterable[str], children: Callable[[str], Branches] = _none) -> Branches:
        ordered = sorted(set(things), key=self._order)
        return tuple(
            Branch(thing, children(thing), counts=thing not in self.abstract)
            for thing in map(str, ordered)
        )

    def _name(self, thing: str) -> Text:
        return Text(*(self.labels.name(thing, lang) for lang in ("fr", "en")))

    def _all(self, kind: URIRef) -> list[str]:
        return [str(t) for t in iris(self.graph.subjects(RDF.type, kind)) if t.startswith(BASE)]

    def _things(self, kind: URIRef) -> Branches:
        return self._of(self._all(kind))

    def _hierarchy(self, kind: URIRef) -> Branches:
        """Return the things of a kind, each under the broader one."""
        under: dict[str, list[str]] = {}
        for thing in self._all(kind):
            broader = sorted(str(o) for p in _UP for o in self.graph.objects(URIRef(thing), p))
            under.setdefault(next(iter(broader), ""), []).append(thing)

        def below(thing: str) -> Branches:
            return self._of(under.get(thing, ()), below)

        return below("")

    def _criteria(self) -> Branches:
        """Return the criteria by their theme, each with its answers; a list that many share has no place."""
        lists = Counter(self.graph.objects(None, MTG.answerScheme))
        layers = set(self._all(MTG.Layer))

        def answers(criterion: str) -> Branches:
            ref = URIRef(criterion)
            values = iris(self.graph.subjects(MTG.bucketOf, ref))
            for scheme in self.graph.objects(ref, MTG.answerScheme):
                if lists[scheme] == 1:
                    values += iris(self.graph.subjects(SKOS.inScheme, scheme))
            return self._of(str(value) for value in values if str(value) not in layers)

        themes = set(iris(self.graph.objects(None, MTG.theme)))
        return tuple(
            Branch(theme, self._of(self._subjects(MTG.theme, theme), answers))
            for theme in sorted(map(str, themes), key=self._order)
        )

    def _subjects(self, predicate: URIRef, value: str) -> list[str]:
        return [str(thing) for thing in iris(self.graph.subjects(predicate, URIRef(value)))]

    def _layers(self) -> Branches:
        def cells(layer: str) -> Branches:
            return self._of(self._subjects(MTG.ofLayer, layer))

        def layers(bough: str) -> Branches:
            return self._of(self._subjects(MTG.layerGroup, bough), cells)

        return self._of(self._all(MTG.LayerGroup), layers)

    def _requirements(self) -> Branches:
        book = rulebook()
        of = {str(r.iri): str(book.arrangements[r.arrangement].iri) for r in book.requirements}
        return self._under(of)

    def _attention(self) -> Branches:
        pairs = self.graph.subject_objects(MTG.attentionPointOf)
        return self._under({str(point): str(of) for point, of in sorted(pairs, reverse=True)})

    def _under(self, of: dict[str, str]) -> Branches:
        """Return a group named by each thing that others are of, which has its own place, with the others."""
        return tuple(
            _group(
                self._name(thing),
                self._of(child for child, parent in of.items() if parent == thing),
            )
            for thing in sorted(set(of.values()), key=self._order)
        )

    def _sources(self) -> Branches:
        laws = set(self._all(MTG.LegalText))
        others = [document for document in self._all(MTG.Document) if document not in laws]
        return (
            _group(message("Legal texts"), self._of(laws, self._clauses)),
            _group(message("Rulings, guides and articles"), self._of(others, self._clauses)),
        )

    def _clauses(self, document: str) -> Branches:
        clauses = self._subjects(MTG.document, document)
        if len(clauses) <= _MANY:
            return self._of(clauses)
        parts: dict[Text, list[str]] = {}
        for clause in clauses:
            locator = str(self.graph.value(URIRef(clause), MTG.locator) or "")
            in_code = locator[1:2].isdigit()
            part = _PARTS.get(locator[:1], _OTHER_PART) if in_code else _OTHER_PART
            parts.setdefault(part, []).append(clause)
        ranks = [*_PARTS.values(), _OTHER_PART]
        return tuple(_group(part, self._of(parts[part])) for part in sorted(parts, key=ranks.index))

    def _questions(self) -> Branches:
        tagged: dict[str, list[str]] = {tag: [] for tag in QUESTION_TAGS}
        for query in published.queries("questions"):
            tagged[question_tag(query)].append(str(query.iri))
        return tuple(
            _group(QUESTION_TAGS[tag], tuple(map(Branch, members)))
            for tag, members in tagged.items()
        )

    def _modules(self) -> Branches:
        """Return the modules that define terms, each with its classes and properties."""
        terms: dict[str, list[str]] = {}
        for term in {t for kind in _TERMS for t in self._all(kind) if t.startswith(str(MTG))}:
            for module in iris(self.graph.objects(URIRef(term), RDFS.isDefinedBy)):
                terms.setdefault(str(module), []).append(term)
        return self._of(terms, lambda module: self._of(terms[module]))


def places_by_iri(root: Branch) -> dict[str, tuple[Branches, Branch]]:
    """Return the place of each thing: what stands above it, and its branch; the first, of several."""
    places: dict[str, tuple[Branches, Branch]] = {}
    for above, branch in root.walk():
        if branch.iri:
            places.setdefault(branch.iri, (above, branch))
    return places


def branch_anchor(branch: Branch) -> str:
    """Return the name of a branch in the page of the tree."""
    return slug(branch.iri) if branch.iri else slugify(branch.title.en)
