"""All that is published, graph by graph: what documents, dumps and SPARQL are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, Graph

from montages.description.parsing.syntax_errors import locate
from montages.errors import UnreadableInput, no_file
from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.compiled.owl_compiler import compile_rules, module
from montages.knowledge.files import library
from montages.knowledge.periods import change_dates, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import MODULE, PROJECT, iris
from montages.store.dataset import Dataset
from montages.store.module_headers import complete_headers
from montages.store.panel_graph import PANEL, panel_graph
from montages.store.public_terms import add_public_statements
from montages.store.questions.query_executables import QUERIES, query_executables

# The endings of further files to serve: what rdflib calls their syntax.
ENDINGS = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".rdf": "xml",
    ".jsonld": "json-ld",
    ".trig": "trig",
    ".nq": "nquads",
}


@lru_cache(maxsize=2)
def published_dataset(day: date, extra: tuple[Path, ...] = ()) -> Dataset:
    """Return all that is published, with further files beside it.

    Raises UnreadableInput for a file that cannot be read.
    """
    graphs: dict[str, Graph] = {}
    with _without_normalising():
        for name, graph in _modules(_files()):
            graphs.setdefault(name, Graph())
            graphs[name] += graph
    for graph in graphs.values():
        complete_headers(graph, graphs[str(MODULE["montages"])])
    library.describe_requirements(graphs[str(MODULE["requirements"])])
    graphs[str(PANEL)] += panel_graph()
    graphs[str(MODULE["shapes-answers"])] = answer_shapes()
    book = rulebook()
    for first in (date.min, *change_dates(book)):
        rules = rules_at(first)
        graphs[str(module(rules))] = compile_rules(rules)
    for graph in graphs.values():
        add_public_statements(graph, library.data())
    graphs[str(QUERIES)] = query_executables()
    with _without_normalising():
        added = further_graphs(extra)
    for name, graph in added.items():
        graphs[name] = graphs[name] + graph if name in graphs else graph
    return Dataset(graphs, day, frozenset(added))


@contextmanager
def _without_normalising() -> Iterator[None]:
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
        defining = iris(graph.objects(None, RDFS.isDefinedBy))
        names = headers or defining or [MODULE[path.parent.name]]
        yield str(names[0]), graph


def further_graphs(paths: Sequence[Path]) -> dict[str, Graph]:
    """Return the graphs of further files; triples outside any graph get the file's name as theirs.

    Raises UnreadableInput for a file that cannot be read, with the place where that shows.
    """
    graphs: dict[str, Graph] = {}
    for path in paths:
        syntax = ENDINGS.get(path.suffix.lower())
        if syntax is not None and path.exists() and not path.is_file():
            raise no_file(path)
        if syntax is None or not path.is_file():
            endings = " ".join(ENDINGS)
            raise UnreadableInput(
                f"{path} : fichier introuvable, ou extension inconnue. Extensions acceptées : {endings}.",
                f"{path}: no such file, or unknown ending. Accepted endings: {endings}.",
            )
        content = rdflib.Dataset()
        try:
            content.parse(path, format=syntax, publicID=path.resolve().as_uri())
        except Exception as error:
            line, column, detail = locate(error, path.read_text(errors="replace"), syntax)
            place = f"{path}:{line}:{column}" if line else str(path)
            raise UnreadableInput(
                f"{place} : ce n'est pas du RDF lisible ({detail}).",
                f"{place}: this is no readable RDF ({detail}).",
            ) from error
        for graph in content.graphs():
            name = str(graph.identifier)
            if name.startswith("urn:x-rdflib:"):
                name = path.resolve().as_uri()
            if len(graph):
                graphs[name] = graphs.get(name, Graph()) + graph
    return graphs
