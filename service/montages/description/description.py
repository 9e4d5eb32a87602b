"""A project description once parsed: the project, its facts, and where in the source each node stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property

import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, URIRef

from montages.bilingual import Text, message
from montages.description.facts import NAMES, Facts, Term, label
from montages.description.limits import check_count
from montages.description.readings import ValueReading
from montages.errors import UnknownName, UnusableInput
from montages.names import BASE, MTG, PROJECT, slug
from montages.one_line import cut

# A long list of projects is cut after this many.
_LISTED = 20
_TYPE, _PROJECT = str(RDF.type), str(MTG.Project)
_LABEL = str(RDFS.label)
_USES, _PERIMETERS, _PERIMETER = map(str, (MTG.hasLayerUse, MTG.hasPerimeter, MTG.perimeter))
_USES_PRESUMPTIONS = str(MTG.usesPresumptions)


class Description:
    """One project of a source; `places` maps nodes of the source to JSON pointers.

    `statements` are all the facts of the source, those of other projects included; `readings` the values
    that were not written in their own form; `source` the text and its syntax, where it was read from one,
    and `is_written` whether somebody wrote that text.
    """

    def __init__(
        self, statements: Facts, project: URIRef, places: Mapping[str, str] | None = None
    ) -> None:
        self.statements = statements
        self.project = project
        self.places = dict(places or {})
        self.readings: tuple[ValueReading, ...] = ()
        self.source: tuple[str, str] | None = None
        self.is_written = True

    def read_from(
        self, text: str, syntax: str, readings: Iterable[ValueReading] = ()
    ) -> Description:
        """Return the description, with the text it was read from and what was read of its values."""
        self.source, self.readings = (text, syntax), tuple(readings)
        return self

    def __repr__(self) -> str:
        return f"Description({cut(self.slug)!r})"

    @property
    def slug(self) -> str:
        """Return the last segment of the project's IRI."""
        return slug(self.project)

    @cached_property
    def facts(self) -> Facts:
        """Return the facts of this project alone; raises TooLarge over the limit. Do not modify."""
        facts = _own_facts(self.statements, str(self.project))
        check_count("max_nodes", len(facts.by_subject))
        return facts

    def check_units(self) -> None:
        """Raise TooLarge for more units to judge than the limit.

        A unit is a layer use in a perimeter, or a perimeter or layer use by itself.
        """
        facts, project = self.facts, str(self.project)
        uses = facts.objects(project, _USES)
        units = sum(max(1, len(facts.objects(u, _PERIMETER))) for u in uses if isinstance(u, str))
        check_count("max_units", max(units, len(facts.objects(project, _PERIMETERS))))

    def without_presumptions(self) -> Description:
        """Return the description with the statement that nothing is to be presumed of its project."""
        return self._with({_USES_PRESUMPTIONS: [ox.Literal(False)]})

    def with_a_name(self, name: str) -> Description:
        """Return the description with a name for its project, unless it has one."""
        if self.statements.objects(str(self.project), _LABEL):
            return self
        return self._with({_LABEL: [ox.Literal(name, language="fr")]})

    def with_identifiers_for_names(self) -> tuple[Description, dict[str, Text]]:
        """Return the description with nothing called but by its identifier, and the names it had by those."""
        names: dict[str, Text] = {}
        statements = Facts()
        for subject, properties in self.statements.by_subject.items():
            of_it = [name for name in NAMES if name in properties]
            if of_it:
                names[slug(subject)] = label(self.statements, subject)
                named: list[Term] = [ox.Literal(slug(subject))]
                properties = properties | dict.fromkeys(of_it, named)
            statements.by_subject[subject] = properties
        return self._of(statements), names

    def _with(self, own: dict[str, list[Term]]) -> Description:
        """Return the description with other values of some properties of its project."""
        statements, project = Facts(), str(self.project)
        statements.by_subject = dict(self.statements.by_subject)
        statements.by_subject[project] = statements.by_subject.get(project, {}) | own
        return self._of(statements)

    def _of(self, statements: Facts) -> Description:
        changed = copy(self)
        for worked_out in ("facts", "graph"):
            changed.__dict__.pop(worked_out, None)
        changed.statements = statements
        return changed

    @cached_property
    def graph(self) -> Graph:
        """Return the facts of this project alone, as a graph. Do not modify."""
        return self.facts.graph()


def project_iris(statements: Facts) -> list[URIRef]:
    """Return the IRIs of the projects that some facts describe, in their order."""
    return sorted(URIRef(s) for s, p in statements.by_subject.items() if _is_project(p))


def choose_project(
    statements: Facts, places: dict[str, str], project: str | None = None
) -> Description:
    """Return the description of the one project there is, or of that with the slug or IRI `project`.

    Raises UnusableInput when there is none, or several and none is named; UnknownName when the named
    one is not there.
    """
    iris = project_iris(statements)
    if not iris:
        raise UnusableInput(
            message(
                "No project in this file: it needs a resource of type mtg:Project (Turtle) or "
                "a “project” key (YAML, JSON). “montages new” writes a template to fill in."
            )
        )
    names = names_in_short([slug(iri) for iri in iris])
    if project:
        matching = [iri for iri in iris if project in (str(iri), slug(iri))]
        if not matching:
            raise UnknownName(
                message(
                    "No project “{project}” in this file. It holds: {names}.",
                    project=project,
                    names=names,
                )
            )
        return Description(statements, matching[0], places)
    if len(iris) > 1:
        raise UnusableInput(
            message(
                "This file holds several projects ({names}): choose one with --project NAME.",
                names=names,
            ),
            projects=len(iris),
        )
    return Description(statements, iris[0], places)


def names_in_short(names: Sequence[str]) -> str:
    """Return names of projects in a row, the first of them where there are many."""
    return ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")


def _own_facts(statements: Facts, project: str) -> Facts:
    """Return the facts of the nodes that lead from a project.

    Other projects are left behind, and so is what the source says of things that are not its own (values,
    contract types…), so that nothing can influence another project.
    """
    by_subject, own = statements.by_subject, Facts()
    todo = [project] if project in by_subject else []
    for node in todo:
        properties = by_subject[node]
        if node in own.by_subject or _is_published(node, project):
            continue
        if node != project and _is_project(properties):
            continue
        own.by_subject[node] = properties
        for values in properties.values():
            todo += [o for o in values if isinstance(o, str) and o in by_subject]
    return own


def _is_project(properties: Mapping[str, list[Term]]) -> bool:
    return _PROJECT in properties.get(_TYPE, ())


def _is_published(node: str, project: str) -> bool:
    """Tell whether a node is one of our terms or things, about which a description has no say."""
    own = node == project or node.startswith((f"{project}#", str(PROJECT)))
    return node.startswith(BASE) and not own
