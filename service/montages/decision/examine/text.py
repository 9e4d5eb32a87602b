"""Examine a text: all that is wrong with it at once, each point with its place in the text.

Where `check` stops at the first key it does not know, this goes on without it; where it wants one project,
this takes all there are; and it says so when there was nothing to look at.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from rdflib import SH, URIRef

from montages.decision import parse
from montages.decision.description import Description, projects, single
from montages.decision.engine import Engine
from montages.decision.examine.places import Place, Places
from montages.decision.examine.places_tree import KeyedPlaces, Tree, json_ld_places
from montages.decision.fast.keys import facts_of
from montages.decision.fast.unusual import Unusual
from montages.decision.findings import Finding, Report
from montages.decision.json_tree import safe
from montages.decision.keys import Faults, to_json_ld
from montages.decision.naming import named
from montages.decision.several import graph_of
from montages.errors import TooLarge, UnusableInput
from montages.knowledge.answer_shapes import description_shapes
from montages.knowledge.context import knows_project_keys
from montages.knowledge.model import Text
from montages.names import PROJECT, SHAPE

KNOWN_KEYS = str(SHAPE["Description-knownKeys"])
_ANSWER = str(SHAPE["Answer-"])
NOTHING = str(SHAPE["Description-nothing"])
# Each of several projects is cut out of the whole by itself.
_MOST_PROJECTS = 200

NOTHING_SAID = Text(
    "Rien n'a été contrôlé : ce texte ne décrit aucun projet. Il faut une ressource de type mtg:Project "
    "(RDF), ou une clé « project » (YAML, JSON).",
    "Nothing was checked: this text describes no project. It needs a resource of type mtg:Project (RDF), "
    "or a “project” key (YAML, JSON).",
)


class Where(Protocol):
    """Tells where in a text a finding is."""

    def of(self, focus: str, path: str = "", value: str = "") -> Place | None:
        """Return the nearest place of what a finding is about, None where the text does not show it."""
        ...


@dataclass(frozen=True)
class Examined:
    """What examining a text found, and the projects it describes."""

    report: Report
    projects: tuple[str, ...] = ()


def examine(
    source: bytes | str, syntax: str, engine: Engine, project: str | None = None
) -> Examined:
    """Return all that the keys, the shapes and the vocabulary say of a text.

    Raises UnreadableInput for what cannot be parsed, TooLarge over the limits, UnknownName for a `project`
    that is not there.
    """
    text = parse.decode(source)
    if syntax in ("json", "yaml", "json-ld"):
        tree = parse.tree(text, syntax)
        if isinstance(tree, dict) and knows_project_keys(tree):
            return examine_tree(tree, engine, Tree(text))
    described = _described(text, syntax, engine, project)
    if not described:
        return nothing()
    reports = [engine.check(description) for description in described]
    faulty = any(report.findings for report in reports)
    where: Where = places(text, syntax) if faulty else Places()
    return _examined([], described, reports, where)


def examine_tree(tree: dict[str, Any], engine: Engine, text: Tree | None) -> Examined:
    """Return all that the keys, the shapes and the vocabulary say of a tree of our keys."""
    faults = Faults(every=True)
    said, pointers = to_json_ld(tree, faults)
    description = _from_json_ld(said, pointers)
    where: Where = KeyedPlaces(text, pointers) if text else Places()
    found = [_fault(error, str(description.project), text) for error in faults.found]
    return _examined(found, [description], [engine.check(description)], where)


def nothing() -> Examined:
    """Return what is said of a text in which there was nothing to look at."""
    finding = Finding("violation", NOTHING, str(PROJECT), "", "", NOTHING_SAID)
    return Examined(Report((finding,)))


def together(many: Iterable[Examined]) -> Examined:
    """Return several examinations as one, their findings in the order of their places."""
    found: list[Finding] = []
    counts: Counter[str] = Counter()
    names: list[str] = []
    for one in many:
        found += one.report.findings
        counts.update(one.report.looked_at)
        names += one.projects
    return Examined(Report(tuple(found), dict(counts)), tuple(names))


def places(text: str, syntax: str) -> Where:
    """Return where the statements of a text stand; `text` is one that was read without error."""
    if syntax in ("json", "yaml", "json-ld"):
        return json_ld_places(Tree(text))
    if syntax == "xml":
        from montages.decision.examine import places_xml

        return places_xml.places(text)
    from montages.decision.examine import places_turtle

    return places_turtle.places(text)


def _described(text: str, syntax: str, engine: Engine, project: str | None) -> list[Description]:
    try:
        return [engine.parse(text, syntax, project)]
    except UnusableInput as error:
        count = error.extra.get("projects", 0)
        if count > _MOST_PROJECTS:
            raise TooLarge(
                f"Trop de projets : {count}, {_MOST_PROJECTS} au plus à la fois.",
                f"Too many projects: {count}, at most {_MOST_PROJECTS} at a time.",
                limit=_MOST_PROJECTS,
            ) from None
        # No project, or more than one: only then is the text read again.
        graph = graph_of(text, syntax)
        found = projects(graph)
        if len(found) == 1:
            raise
        return [Description(graph, iri) for iri in found]


def _from_json_ld(tree: dict[str, Any], pointers: Mapping[str, str]) -> Description:
    try:
        facts = facts_of(tree)
        return single(named(facts) if facts.has_blank else facts, dict(pointers))
    except Unusual:
        return single(parse.named_graph(json.dumps(safe(tree)), "json-ld"), dict(pointers))


def _fault(error: UnusableInput, project: str, text: Tree | None) -> Finding:
    pointer = error.extra.get("pointer", "")
    place = text.at(pointer) if text else None
    return Finding(
        severity="violation",
        constraint=KNOWN_KEYS,
        focus=project,
        path="",
        value="",
        message=Text(error.text["fr"], error.text["en"]),
        accepted=tuple(error.extra.get("accepted", ())),
        suggestion=error.extra.get("suggestion"),
        where=pointer or "/",
        line=place.line if place else None,
        column=place.column if place else None,
    )


def _examined(
    found: list[Finding], described: list[Description], reports: list[Report], where: Where
) -> Examined:
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(report.looked_at)
        found += report.findings
    names = tuple(str(description.project) for description in described)
    return Examined(Report(located(found, where), dict(counts)), names)


def located(found: Iterable[Finding], where: Where) -> tuple[Finding, ...]:
    """Return findings with their places, each once, gravest first."""
    placed = {finding if finding.line else _located(finding, where) for finding in found}
    return tuple(sorted(placed, key=lambda f: (f.key(), f.line or 0, f.column or 0, f.where or "")))


def _located(finding: Finding, where: Where) -> Finding:
    path = finding.path or _answer_of(finding.constraint)
    place = where.of(finding.focus, path, finding.value)
    if place is None:
        return finding
    pointer = finding.where if place.pointer is None else place.pointer or "/"
    return replace(finding, where=pointer, line=place.line, column=place.column)


def _answer_of(constraint: str) -> str:
    """Return the property that a constraint about one answer is about."""
    if not constraint.startswith(_ANSWER):
        return ""
    return str(description_shapes().value(URIRef(constraint), SH.targetSubjectsOf) or "")
