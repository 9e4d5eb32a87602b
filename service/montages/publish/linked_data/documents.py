"""The documents: which IRI of the base has one, and what it says, from the source graphs.

The ontology is one too, its modules merged under the address of their namespace; a module of an earlier
release is read from the dump that the release left in `data/releases/` (L7).
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VOID
from rdflib.term import Node

from montages.bilingual import message
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import add_text
from montages.knowledge.periods import period
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, COMPILED, COMPILED_RULES, MODULE, MTG, iris
from montages.publish.linked_data.document_context import coercions
from montages.publish.linked_data.problem_types import problem_graph
from montages.publish.syntax.statements import Triple
from montages.store.dataset import Dataset, PackedDataset
from montages.store.published_dataset import published_dataset
from montages.store.term_text import term_text

WHOLE = URIRef(BASE + "void#montages")
ONTOLOGY = URIRef(str(MTG))
ONTOLOGY_SUMMARY = message(
    "All classes and properties in one piece: the modules of the ontology merged."
)
MAIN_MODULE = MODULE["montages"]
_PROJECTS = MODULE["projects-data"]
_ARCHIVE_ENDING = ".trig.gz"


@dataclass(frozen=True, eq=False)
class Documents:
    """Every document of a dataset; what it needs to look up is worked out once."""

    dataset: Dataset

    @property
    def graphs(self) -> dict[str, Graph]:
        """Return the graphs of the dataset."""
        return self.dataset.graphs

    @property
    def default(self) -> Graph:
        """Return the default graph. Do not modify."""
        return self.dataset.default

    @cached_property
    def ontology(self) -> Graph:
        """Return the modules of the ontology merged, as `/def/` gives them. Do not modify."""
        modules = [MODULE[path.stem] for path in library.files("ontology")]
        merged = Graph()
        for module in modules:
            merged += self.graphs[str(module)]
        for predicate, value in list(merged.predicate_objects(MAIN_MODULE)):
            if predicate not in (OWL.imports, SKOS.definition):
                merged.add((ONTOLOGY, predicate, _of_the_whole(value)))
        add_text(merged, ONTOLOGY, SKOS.definition, ONTOLOGY_SUMMARY)
        for module in modules:
            merged.remove((module, None, None))
            merged.add((ONTOLOGY, DCTERMS.hasPart, module))
        return merged

    @property
    def ontology_version(self) -> str:
        """Return the path of the version of the merged ontology."""
        version = self.ontology.value(ONTOLOGY, OWL.versionIRI)
        return str(version).removeprefix(BASE)

    def graph(self, name: str) -> Graph:
        """Return what a dump is of: a graph of the dataset, or the merged ontology. Do not modify."""
        return self.ontology if name == str(ONTOLOGY) else self.graphs[name]

    @cached_property
    def coercions(self) -> dict[str, str]:
        """Return what the values of each predicate always are, for the context."""
        return coercions(self.default)

    @cached_property
    def versions(self) -> dict[str, str]:
        """Return the module of each version IRI."""
        pairs = self.default.subject_objects(OWL.versionIRI)
        return {str(version): str(of) for of, version in pairs if str(version).startswith(BASE)}

    @cached_property
    def _places(self) -> dict[str, tuple[str, ...]]:
        """Return, for each IRI of the base with a document, its fragments, itself included."""
        parts_of: dict[str, set[str]] = {}
        for graph in self.graphs.values():
            for subject in set(graph.subjects()):
                if isinstance(subject, URIRef) and subject.startswith(BASE):
                    parts_of.setdefault(str(subject).partition("#")[0], set()).add(str(subject))
        for name in self.graphs:
            if name.startswith(BASE):
                parts_of.setdefault(name, {name})
        for version in self.versions:
            parts_of.setdefault(version, set()).add(version)
        parts_of.pop(BASE, None)
        return {iri: tuple(sorted(parts)) for iri, parts in parts_of.items()}

    @cached_property
    def paths(self) -> frozenset[str]:
        """Return the paths of all documents: the IRI after the base."""
        return frozenset(iri[len(BASE) :] for iri in self._places)

    def iris(self) -> Iterator[str]:
        """Return the IRI of each document, sorted."""
        yield from sorted(self._places)

    def whole(self, iri: str) -> str | None:
        """Return the graph that an IRI stands for: a module or a version of one; None for a thing."""
        name = self.versions.get(iri, iri)
        return name if name in self.graphs and name.startswith(str(MODULE)) else None

    def about(self, iri: str) -> list[Triple]:
        """Return what a document says: a module whole; of a thing, what is said of it and its parts."""
        if (name := self.whole(iri)) is not None:
            return list(self.graphs[name])
        parts = [URIRef(part) for part in self._places.get(iri, ())]
        triples = _description(self.default, parts)
        today = set(self.dataset.default_graphs())
        is_compiled = iri.startswith(str(COMPILED))  # what it means is there whatever the period
        if not triples or (is_compiled and today.isdisjoint(self.rules_about(URIRef(iri)))):
            for name, graph in self.graphs.items():  # only the rules of another period know it
                triples += [] if name in today else _description(graph, parts)
        return triples + list(self._belongs(URIRef(iri), triples))

    def rules_about(self, thing: Node) -> dict[str, Graph]:
        """Return the compiled rules that speak of a thing, each period's by its graph."""
        rules = (pair for pair in self.graphs.items() if pair[0].startswith(str(COMPILED_RULES)))
        ways = ((thing, None, None), (None, None, thing))
        return {name: graph for name, graph in rules if any(way in graph for way in ways)}

    def _belongs(self, iri: URIRef, triples: list[Triple]) -> Iterator[Triple]:
        """Return where a thing belongs: the dataset, and its module where its own data do not say."""
        if not triples:
            return
        yield iri, VOID.inDataset, WHOLE
        if not any(s == iri and p == RDFS.isDefinedBy for s, p, _ in triples):
            today = set(self.dataset.default_graphs())
            for name in sorted(self.graphs, key=lambda n: (n not in today, n)):
                if name.startswith(str(MODULE)) and (iri, RDF.type, None) in self.graphs[name]:
                    yield iri, RDFS.isDefinedBy, URIRef(name)
                    return

    def types(self, iri: str) -> list[URIRef]:
        """Return the classes of a thing that have an IRI, sorted."""
        graph = self.graphs.get(self.whole(iri) or "", self.default)
        return iris(graph.objects(URIRef(self.versions.get(iri, iri)), RDF.type))

    def real_projects(self) -> dict[str, Graph]:
        """Return the graphs of the real projects, their module first."""
        real = {n: g for n, g in self.graphs.items() if n.startswith(BASE + "id/project/")}
        return {str(_PROJECTS): self.graphs[str(_PROJECTS)], **real}


@lru_cache(maxsize=2)
def served_dataset(day: date) -> Dataset:
    """Return all that is published under the law of a day, the kinds of problem included."""
    problems = "\n".join(sorted(" ".join(map(term_text, t)) for t in problem_graph()))
    digest = hashlib.sha256(f"{library.displayed_hash()} {problems}".encode()).hexdigest()
    first = period(rulebook(), day).first
    return PackedDataset(_tables(first, digest), day)


@disk_cache
def _tables(first_day: date, other_sources: str) -> bytes:
    """Return the tables of all that is published under the law of a period, by what decides nothing of it."""
    published = published_dataset(first_day)
    problems = {str(MODULE["problems"]): problem_graph()}
    return Dataset({**problems, **published.graphs}, first_day).tables


@lru_cache(maxsize=2)
def documents(dataset: Dataset) -> Documents:
    """Return the documents of a dataset, the same object each time."""
    return Documents(dataset)


def _description(graph: Graph, parts: Iterable[URIRef]) -> list[Triple]:
    triples: list[Triple] = []
    todo: list[URIRef | BNode] = list(parts)
    visited: set[URIRef | BNode] = set()
    while todo:
        node = todo.pop()
        if node in visited:
            continue
        visited.add(node)
        for triple in graph.triples((node, None, None)):
            triples.append(triple)
            if isinstance(triple[2], BNode):
                todo.append(triple[2])
    return triples


def _of_the_whole(value: Node) -> Node:
    """Return what a header says, with the address of the ontology for that of its main module."""
    address, own = f"{MAIN_MODULE}/", str(ONTOLOGY)
    if isinstance(value, Literal):
        text = str(value).replace(address, own)
        return Literal(text, lang=value.language, datatype=value.datatype)
    return URIRef(str(value).replace(address, own)) if isinstance(value, URIRef) else value


def archive_folder() -> Path:
    """Return the folder of the dumps, `<version>.trig.gz` each."""
    return library.ROOT / "data" / "releases"


def archived_module(path: str) -> Graph | None:
    """Return the module that a path such as `module/actors/0.1.0` names, as it was; None where none was."""
    name, _, version = path.rpartition("/")
    file = archive_folder() / f"{version}{_ARCHIVE_ENDING}"
    if not name.startswith("module/") or not version or not file.is_file():
        return None
    triples = _archived_modules(file).get(BASE + name)
    return library.graph_of(triples) if triples else None


@lru_cache(maxsize=4)
def _archived_modules(file: Path) -> dict[str, list[ox.Triple]]:
    """Return the triples of each graph of a dump, by its name."""
    dataset: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(gzip.decompress(file.read_bytes()), format=ox.RdfFormat.TRIG):
        if isinstance(quad.graph_name, ox.NamedNode):
            dataset.setdefault(quad.graph_name.value, []).append(quad.triple)
    return dataset
