"""A project description once read: its graph, and the projects it holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from montages.errors import UnknownName, UnusableInput
from montages.names import BASE, MTG, PROJECT, slug


@dataclass(frozen=True, eq=False)
class Description:
    """A project as a graph of its own; `places` tells where in the source each node was written."""

    graph: Graph
    project: URIRef
    places: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Return the last segment of the project's IRI."""
        return slug(self.project)


def projects(graph: Graph) -> list[URIRef]:
    """Return the projects of a graph, in the order of their IRIs."""
    found = graph.subjects(RDF.type, MTG.Project)
    return sorted({iri for iri in found if isinstance(iri, URIRef)})


def single(graph: Graph, places: dict[str, str], wanted: str | None = None) -> Description:
    """Return the one project of a graph, or the one `wanted` by slug or IRI.

    Raises UnusableInput when there is none, or several and none is wanted; UnknownName when the
    wanted one is not there.
    """
    found = projects(graph)
    if not found:
        raise UnusableInput(
            "Aucun projet dans ce fichier : il faut une ressource de type mtg:Project (Turtle), "
            "ou une clé « project » (YAML, JSON). « montages new » écrit un modèle à remplir.",
            "No project in this file: it needs a resource of type mtg:Project (Turtle) or a "
            "“project” key (YAML, JSON). “montages new” writes a template to fill in.",
        )
    names = ", ".join(slug(iri) for iri in found)
    if wanted:
        matching = [iri for iri in found if wanted in (str(iri), slug(iri))]
        if not matching:
            raise UnknownName(
                f"Pas de projet « {wanted} » dans ce fichier. Il contient : {names}.",
                f"No project “{wanted}” in this file. It holds: {names}.",
            )
        return Description(graph, matching[0], places)
    if len(found) > 1:
        raise UnusableInput(
            f"Ce fichier contient plusieurs projets ({names}) : choisissez avec --project NOM.",
            f"This file holds several projects ({names}): choose one with --project NAME.",
        )
    return Description(graph, found[0], places)


def _published(node: Node, project: URIRef) -> bool:
    """Tell whether a node is one of our terms or things, about which a description has no say."""
    own = node == project or str(node).startswith((f"{project}#", str(PROJECT)))
    return str(node).startswith(BASE) and not own


def part(description: Description) -> Graph:
    """Return only what a description says of its own project: the nodes reached from it.

    Other projects of the same file are left behind, and so is what the file says of things that are
    not its own (values, contract types…), so that nothing can influence another project.
    """
    graph, seen = Graph(), set[Node]()
    todo: list[Node] = [description.project]
    others: set[Node] = {p for p in projects(description.graph) if p != description.project}
    while todo:
        node = todo.pop()
        if node in seen or node in others or _published(node, description.project):
            continue
        seen.add(node)
        for triple in description.graph.triples((node, None, None)):
            graph.add(triple)
            todo.append(triple[2])
    return graph
