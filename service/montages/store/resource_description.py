"""What the store says of any IRI, asked by queries when a page or a document of it is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox
from rdflib import DC, DCTERMS, FOAF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from montages import settings
from montages.bilingual import Text
from montages.knowledge.files import library
from montages.store.labels import first_text
from montages.store.sparql.query_pool import SerialisedAnswer
from montages.store.term_text import iri_text

# Puts a query, and returns its answer in a format.
Ask = Callable[[str, str], SerialisedAnswer]
# What a page shows: so many things that lead here, names of so many things, so many graphs.
_INCOMING, _NAMES, _GRAPHS = 50, 500, 20
# What names a thing, what is looked at first first.
_NAMING = (
    *(SKOS.prefLabel, RDFS.label, DCTERMS.title, DC.title, FOAF.name),
    *(URIRef("https://schema.org/name"), URIRef("http://schema.org/name"), SKOS.altLabel),
)


@dataclass(frozen=True)
class ResourceDescription:
    """What is said of a thing and of the parts of it that have no name."""

    iri: str
    graph: Graph

    @property
    def name(self) -> Text | None:
        """Return what the thing is called, None where nothing names it."""
        return first_text(self.graph, URIRef(self.iri), _NAMING)


@dataclass(frozen=True)
class ResourceSurroundings:
    """What a page of a thing shows beside what is said of it.

    The names of the things it speaks of; which of them are described here; what leads to it, each with the
    property, and whether there is more; the graphs that speak of it.
    """

    names: dict[str, Text]
    described: frozenset[str]
    incoming: tuple[tuple[str, str], ...]
    more: bool
    graphs: tuple[str, ...]


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def resource_description(iri: str, ask: Ask) -> ResourceDescription | None:
    """Return what is said of an IRI, None where nothing is, or it is no IRI. Raises what asking raises."""
    if not is_iri(iri):
        return None
    answer = ask(f"DESCRIBE {iri_text(iri)}", "nt")
    graph = library.n_triples(answer.body)
    return ResourceDescription(iri, graph) if len(graph) else None


def resource_surroundings(resource: ResourceDescription, ask: Ask) -> ResourceSurroundings:
    """Return what a page of a thing shows beside what is said of it. Raises what asking raises."""
    own = iri_text(resource.iri)
    incoming = [
        (row["p"], row["s"])
        for row in _rows(
            ask, f"SELECT ?s ?p {{ ?s ?p {own} . FILTER isIRI(?s) }} LIMIT {_INCOMING + 1}"
        )
    ]
    graphs = _rows(ask, f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {own} ?p ?o }} }} LIMIT {_GRAPHS}")
    spoken_of = chain(
        chain.from_iterable(resource.graph), map(URIRef, chain.from_iterable(incoming))
    )
    things = list(dict.fromkeys(str(node) for node in spoken_of if isinstance(node, URIRef)))[
        :_NAMES
    ]
    return ResourceSurroundings(
        _names(things, ask),
        _described(things, ask),
        tuple(incoming[:_INCOMING]),
        len(incoming) > _INCOMING,
        tuple(sorted(row["g"] for row in graphs)),
    )


def _names(things: Iterable[str], ask: Ask) -> dict[str, Text]:
    """Return what things are called, of those that something names."""
    # A filter, not a second VALUES: of their product the engine makes a join with the whole store.
    naming = ", ".join(map(iri_text, _NAMING))
    text = (
        f"CONSTRUCT {{ ?x ?p ?name }} {{ VALUES ?x {{ {_values(things)} }} "
        f"?x ?p ?name FILTER(?p IN ({naming})) }} LIMIT {settings.number('query_rows')}"
    )
    graph = library.n_triples(ask(text, "nt").body)
    subjects: set[Node] = set(graph.subjects())
    texts = {str(subject): first_text(graph, subject, _NAMING) for subject in subjects}
    return {iri: name for iri, name in texts.items() if name is not None}


def _described(things: Iterable[str], ask: Ask) -> frozenset[str]:
    """Return the things of which something is said."""
    text = f"SELECT ?x {{ VALUES ?x {{ {_values(things)} }} FILTER EXISTS {{ ?x ?p ?o }} }}"
    return frozenset(row["x"] for row in _rows(ask, text))


def _values(things: Iterable[str]) -> str:
    return " ".join(map(iri_text, things))


def _rows(ask: Ask, text: str) -> list[dict[str, str]]:
    tree = json.loads(ask(text, "json").body)
    return [
        {name: cell["value"] for name, cell in row.items()} for row in tree["results"]["bindings"]
    ]
