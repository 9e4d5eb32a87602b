"""Everything that is published, graph by graph: what documents, dumps and SPARQL are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node

from montages.decision.parse import locate
from montages.errors import UnreadableInput
from montages.knowledge import library
from montages.knowledge.answer_shapes import answer_shapes
from montages.knowledge.compile import compile_rules, module
from montages.knowledge.periods import change_dates, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import MODULE, PROJECT, iris
from montages.store import examples

Triple = tuple[Node, Node, Node]
# The endings of further files to serve: what rdflib calls their syntax.
ENDINGS = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".rdf": "xml",
    ".jsonld": "json-ld",
    ".trig": "trig",
    ".nq": "nquads",
}


@dataclass(frozen=True, eq=False)
class Dataset:
    """Graphs by their IRI; the default graph is their union under the law of a day.

    Of the compiled rules, which exclude one another, the default graph holds those of the day only.
    """

    graphs: dict[str, Graph]
    day: date
    extra: frozenset[str] = field(default_factory=frozenset)

    def default_graphs(self) -> Iterator[str]:
        """Return the graphs that make the default graph."""
        today = str(module(rules_at(self.day)))
        for name in self.graphs:
            if not name.startswith(str(MODULE["compiled/"])) or name == today:
                yield name

    @cached_property
    def default(self) -> Graph:
        """Return the default graph. Do not modify."""
        union = Graph()
        for name in self.default_graphs():
            union += self.graphs[name]
        return union

    def about(self, iri: str) -> list[Triple]:
        """Return what is said of a thing, of its fragments, and of the blank nodes these lead to.

        A thing that only some other period's rules know is looked for there.
        """
        found = list(_described(self.default, iri))
        if not found:
            for graph in self.graphs.values():
                found += _described(graph, iri)
        return found


def _described(graph: Graph, iri: str) -> Iterator[Triple]:
    todo: list[Node] = [URIRef(iri)]
    if iri.startswith(str(PROJECT)):
        todo += iris({s for s in graph.subjects() if str(s).startswith(f"{iri}#")})
    seen: set[Node] = set()
    for node in todo:
        if node in seen:
            continue
        seen.add(node)
        for triple in graph.triples((node, None, None)):
            yield triple
            if isinstance(triple[2], BNode):
                todo.append(triple[2])


@lru_cache(maxsize=2)
def published(day: date, extra: tuple[Path, ...] = ()) -> Dataset:
    """Return all that is published, with further files beside it.

    Raises UnreadableInput for a file that cannot be read.
    """
    graphs: dict[str, Graph] = {}
    with _as_written():
        for name, graph in _modules(_files()):
            graphs[name] = graphs[name] + graph if name in graphs else graph
    library.describe_requirements(graphs[str(MODULE["requirements"])])
    graphs[str(MODULE["shapes-answers"])] = answer_shapes()
    book = rulebook()
    for first in (date.min, *change_dates(book)):
        rules = rules_at(first)
        graphs[str(module(rules))] = compile_rules(rules)
    graphs[str(examples.NAME)] = examples.graph()
    with _as_written():
        added = further(extra)
    for name, graph in added.items():
        graphs[name] = graphs[name] + graph if name in graphs else graph
    return Dataset(graphs, day, frozenset(added))


@contextmanager
def _as_written() -> Iterator[None]:
    """Have rdflib keep the values it reads as they are written: "01" stays "01"."""
    usual = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = usual


def _files() -> Iterable[Path]:
    for folder in ("ontology", "data", "shapes"):
        yield from library.files(folder)
    yield from (p for p in library.projects().values() if p.parent.name == "projects")


def _modules(paths: Iterable[Path]) -> Iterator[tuple[str, Graph]]:
    """Return each file as a graph, named after the module or the project it describes."""
    for path in paths:
        graph = library.read([path])
        if path.parent.name == "projects":
            yield str(PROJECT[path.stem]), graph
            continue
        headers = iris(graph.subjects(RDF.type, OWL.Ontology))
        stated = iris(graph.objects(None, RDFS.isDefinedBy))
        names = headers or stated or [MODULE[path.parent.name]]
        yield str(names[0]), graph


def further(paths: Sequence[Path]) -> dict[str, Graph]:
    """Return the graphs of further files; triples outside any graph get the file's name as theirs.

    Raises UnreadableInput for a file that cannot be read, with the place where that shows.
    """
    found: dict[str, Graph] = {}
    for path in paths:
        syntax = ENDINGS.get(path.suffix.lower())
        if syntax is None or not path.is_file():
            known = " ".join(ENDINGS)
            raise UnreadableInput(
                f"{path} : fichier introuvable, ou extension inconnue. Extensions acceptées : {known}.",
                f"{path}: no such file, or unknown ending. Accepted endings: {known}.",
            )
        read = rdflib.Dataset()
        try:
            read.parse(path, format=syntax, publicID=path.resolve().as_uri())
        except Exception as error:
            line, column, detail = locate(error, path.read_text(errors="replace"), syntax)
            place = f"{path}:{line}:{column}" if line else str(path)
            raise UnreadableInput(
                f"{place} : ce n'est pas du RDF lisible ({detail}).",
                f"{place}: this is no readable RDF ({detail}).",
            ) from error
        for graph in read.graphs():
            name = str(graph.identifier)
            own = name if not name.startswith("urn:x-rdflib:") else path.resolve().as_uri()
            if len(graph):
                found[own] = found.get(own, Graph()) + graph
    return found
