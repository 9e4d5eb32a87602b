"""Where the knowledge lies on disk, and how its files become graphs."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import message
from montages.errors import BrokenKnowledge
from montages.knowledge.files.complete_module import complete_module
from montages.names import MODULE, MTG

# The package's folder, wherever this file stands in it.
PACKAGE = Path(sys.modules["montages"].__path__[0]).resolve()
_BUNDLED = PACKAGE / "_bundled"
_CHECKOUT = PACKAGE.parents[1]
ROOT = _BUNDLED if _BUNDLED.is_dir() else _CHECKOUT

# Descriptions are documents that use the knowledge; they are no part of it.
_DESCRIPTIONS = ("projects", "examples")
# Names that pages give to terms of other vocabularies: they decide nothing and are not published.
FOREIGN_TERMS = ROOT / "data" / "foreign-terms.ttl"
# What the words of other formats mean with us: read when a file of theirs is, never to decide.
_IMPORTS = "imports"
# What outside organisations say of the rules: published, and no part of them.
REVIEWS = "data/reviews"
_NOT_DECIDING = (
    *_DESCRIPTIONS, "panel", "reviews", _IMPORTS, f"{_IMPORTS}.ttl", FOREIGN_TERMS.name,
)  # fmt: skip
# Queries that ask what has been decided, and the endings of files that may hold rules.
_ASKING, _DECIDING = ("questions", "pages"), (".ttl", ".rq", ".yaml", ".yml")
# All that is read lies in these.
FOLDERS = ("ontology", "data", "shapes", "queries")
# Loaded to check integrity, to align and to declare, never to derive eligibility (R9).
APART = ("integrity.ttl", "alignments.ttl", "external-terms.ttl", "imports.ttl")

# One graph alone needs no store of contexts, which takes twice the time to fill.
_STORE = "SimpleMemory"


def files(folder: str, pattern: str = "*.ttl") -> list[Path]:
    """Return the files of a top-level folder, sub-folders included, in a stable order."""
    paths = (ROOT / folder).rglob(pattern)
    return sorted(
        path
        for path in paths
        if folder != "data" or path.relative_to(ROOT / folder).parts[0] not in _NOT_DECIDING
    )


def read(paths: list[Path]) -> Graph:
    """Return the union of files of ours, completed; raises BrokenKnowledge naming one that does not parse."""
    graph = Graph(store=_STORE)
    for path in paths:
        for triple in _completed(path, path.stat().st_mtime_ns):
            graph.store.add(triple, graph)  # unlike the graph, it asks of no node whether it is one
    return graph


@cache
def _completed(path: Path, written: int) -> tuple[tuple[Node, Node, Node], ...]:
    """Return what a file written at some time says, completed: most are read alone, and with others."""
    graph = parsed(path)
    complete_module(graph, _module(path, graph), _ranges())
    return tuple(graph)


def parsed(path: Path) -> Graph:
    """Return what stands in a Turtle file; raises BrokenKnowledge naming the file if it does not parse."""
    try:
        return graph_of(ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
    except Exception as error:
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        raise BrokenKnowledge(
            message("{name} is not readable Turtle: {error}", name=name, error=error)
        ) from error


def n_triples(content: str | bytes) -> Graph:
    """Return the graph of a text of ours in N-Triples."""
    return graph_of(ox.parse(content, format=ox.RdfFormat.N_TRIPLES))


def graph_of(triples: Iterable[ox.Quad | ox.Triple]) -> Graph:
    """Return triples of pyoxigraph as a graph of rdflib."""
    graph = Graph(store=_STORE)
    for triple in triples:
        nodes = _node(triple.subject), _node(triple.predicate), _node(triple.object)
        graph.store.add(nodes, graph)
    return graph


def _node(term: Any) -> Node:
    """Return a term of pyoxigraph, which reads Turtle many times as fast as rdflib, as one of rdflib.

    A value stays as it is written: "01" stays "01".
    """
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    kind = _iri(term.datatype.value)
    return Literal(term.value, datatype=None if kind == XSD.string else kind, normalize=False)


# Of equal IRIs there is one: what compares them need not look at their text.
_iri = cache(URIRef)


def _module(path: Path, graph: Graph) -> URIRef:
    """Return the module of a file: that which it heads, else that of its folder."""
    heading = path.parent.with_suffix(".ttl")
    header = graph.value(None, RDF.type, OWL.Ontology)
    if header is None and heading.is_file():
        header = _header(heading)
    return header if isinstance(header, URIRef) else MODULE[path.stem]


@cache
def _header(path: Path) -> Node | None:
    return parsed(path).value(None, RDF.type, OWL.Ontology)


@cache
def _ranges() -> dict[Node, URIRef]:
    """Return the class of the objects of each property that says one of ours."""
    ranges = chain.from_iterable(
        parsed(path).subject_objects(RDFS.range)
        for path in sorted((ROOT / "ontology").glob("*.ttl"))
    )
    return {p: kind for p, kind in ranges if isinstance(kind, URIRef) and kind.startswith(MTG)}


@cache
def ontology() -> Graph:
    """Return the modules that derivation uses, without those set apart. Do not modify."""
    return read([path for path in files("ontology") if path.name not in APART])


@cache
def apart() -> Graph:
    """Return the modules set apart: integrity, alignments, imports, external terms. Do not modify."""
    return read([path for path in files("ontology") if path.name in APART])


@cache
def data() -> Graph:
    """Return criteria, arrangements, requirements, thresholds, layers and sources. Do not modify."""
    graph = read(files("data"))
    describe_requirements(graph)
    return graph


@cache
def imports() -> Graph:
    """Return what fields of other formats mean with us, and how contracts are chosen. Do not modify."""
    return read([ROOT / "data" / f"{_IMPORTS}.ttl", *files(f"data/{_IMPORTS}")])


def describe_requirements(graph: Graph) -> None:
    """Describe each requirement from its versions: its type, its versions, the label of the latest."""
    for version, requirement in sorted(graph.subject_objects(MTG.versionOf)):
        graph.add((requirement, RDF.type, MTG.Requirement))
        graph.add((requirement, MTG.hasVersion, version))
        graph.add((requirement, RDFS.isDefinedBy, MODULE["requirements"]))
        graph.remove((requirement, RDFS.label, None))
        for label in graph.objects(version, RDFS.label):
            graph.add((requirement, RDFS.label, label))


@cache
def shapes() -> Graph:
    """Return the hand-written shapes. Do not modify."""
    return read(files("shapes"))


def projects() -> dict[str, Path]:
    """Return the real projects and the examples that ship with the product, by slug."""
    paths = [p for folder in _DESCRIPTIONS for p in sorted((ROOT / "data" / folder).glob("*.*"))]
    return {path.stem: path for path in paths}


def displayed() -> list[Path]:
    """Return the files that are published and decide nothing: projects, panel, reviews, questions, names."""
    return [
        FOREIGN_TERMS,
        *projects().values(),
        *files("data/panel", "*.yaml"),
        *files(REVIEWS),
        *files("queries", "*.rq"),
    ]


def displayed_hash() -> str:
    """Return the SHA-256 of all that is published and decides nothing, in hexadecimal."""
    return _hash(displayed())


def panel_hash() -> str:
    """Return the SHA-256 of the cases of the panel, in hexadecimal."""
    return _hash(files("data/panel", "*.yaml"))


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def deciding() -> list[Path]:
    """Return the files of all that decides: ontology, data, shapes, and queries but those that only ask."""
    knowledge = [path for folder in ("ontology", "data", "shapes") for path in files(folder, "*.*")]
    queries = [path for path in files("queries", "*.*") if path.parent.name not in _ASKING]
    return [path for path in knowledge + queries if path.suffix in _DECIDING]


@cache
def content_hash() -> str:
    """Return the SHA-256 of everything that decides, in hexadecimal."""
    return _hash(deciding())


def version() -> str:
    """Return the version of the knowledge: the first 12 digits of its content hash (R26)."""
    return content_hash()[:12]


def own_yaml(text: str) -> Any:
    """Return what a text of ours in YAML says; raises yaml.YAMLError where it is none."""
    import yaml  # only the panel and the headers of queries need it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506  # a SafeLoader, compiled or not
