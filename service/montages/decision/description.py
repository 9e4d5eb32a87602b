"""A project description once read: its statements, and the projects they describe."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from montages.decision.facts import Facts, from_graph
from montages.errors import UnknownName, UnusableInput
from montages.names import BASE, MTG, PROJECT, slug

# A long list of projects is cut after this many.
_LISTED = 20
_TYPE, _PROJECT = str(RDF.type), str(MTG.Project)


class Description:
    """One project with all that its source says; `places` tells where in the source each node stood.

    What was read may be a graph or facts: each gives the other when it is asked for.
    """

    def __init__(
        self, said: Graph | Facts, project: URIRef, places: Mapping[str, str] | None = None
    ) -> None:
        self._said = said
        self.project = project
        self.places = dict(places or {})

    @property
    def slug(self) -> str:
        """Return the last segment of the project's IRI."""
        return slug(self.project)

    @cached_property
    def graph(self) -> Graph:
        """Return all that the source says, as a graph. Do not modify."""
        return self._said.graph() if isinstance(self._said, Facts) else self._said

    @cached_property
    def facts(self) -> Facts:
        """Return what the source says of this project, as facts. Do not modify."""
        if isinstance(self._said, Facts):
            return part_of(self._said, str(self.project))
        return from_graph(part(self))


def projects(said: Graph | Facts) -> list[URIRef]:
    """Return the projects described, in the order of their IRIs."""
    if isinstance(said, Facts):
        found = (s for s, p in said.by_subject.items() if _PROJECT in p.get(_TYPE, ()))
        return sorted(URIRef(iri) for iri in found)
    subjects = said.subjects(RDF.type, MTG.Project)
    return sorted({iri for iri in subjects if isinstance(iri, URIRef)})


def single(said: Graph | Facts, places: dict[str, str], wanted: str | None = None) -> Description:
    """Return the one project described, or the one `wanted` by slug or IRI.

    Raises UnusableInput when there is none, or several and none is wanted; UnknownName when the
    wanted one is not there.
    """
    found = projects(said)
    if not found:
        raise UnusableInput(
            "Aucun projet dans ce fichier : il faut une ressource de type mtg:Project (Turtle), "
            "ou une clé « project » (YAML, JSON). « montages new » écrit un modèle à remplir.",
            "No project in this file: it needs a resource of type mtg:Project (Turtle) or a "
            "“project” key (YAML, JSON). “montages new” writes a template to fill in.",
        )
    more = ", …" if len(found) > _LISTED else ""
    names = ", ".join(slug(iri) for iri in found[:_LISTED]) + more
    if wanted:
        matching = [iri for iri in found if wanted in (str(iri), slug(iri))]
        if not matching:
            raise UnknownName(
                f"Pas de projet « {wanted} » dans ce fichier. Il contient : {names}.",
                f"No project “{wanted}” in this file. It holds: {names}.",
            )
        return Description(said, matching[0], places)
    if len(found) > 1:
        raise UnusableInput(
            f"Ce fichier contient plusieurs projets ({names}) : choisissez avec --project NOM.",
            f"This file holds several projects ({names}): choose one with --project NAME.",
            projects=len(found),
        )
    return Description(said, found[0], places)


def _published(node: Node | str, project: URIRef | str) -> bool:
    """Tell whether a node is one of our terms or things, about which a description has no say."""
    name = str(node)
    own = name == str(project) or name.startswith((f"{project}#", str(PROJECT)))
    return name.startswith(BASE) and not own


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


def part_of(facts: Facts, project: str) -> Facts:
    """Return what `part` returns, from facts."""
    everything, kept = facts.by_subject, Facts()
    others = {s for s, p in everything.items() if s != project and _PROJECT in p.get(_TYPE, ())}
    todo = [project] if project in everything else []
    for node in todo:
        if node in kept.by_subject or node in others or _published(node, project):
            continue
        properties = kept.by_subject[node] = everything[node]
        for values in properties.values():
            for o in values:
                if isinstance(o, str) and o in everything:
                    todo.append(o)
    return kept
