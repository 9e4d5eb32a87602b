"""The page of any thing: dispatched by what it is, with what is the same for all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef

from montages.errors import UnknownName
from montages.names import BASE, COMPILED, MODULE, MTG, QUERY, compact
from montages.publish.documents import documents
from montages.publish.problem_types import PROBLEM
from montages.web.pages import (
    arrangement,
    attention,
    compiled,
    criterion,
    layer,
    module,
    problem_type,
    project,
    query,
    requirement,
    schema_org,
    shape,
    source,
    term,
    threshold,
    value,
)
from montages.web.pages.frame import Frame, Link, frame
from montages.web.pages.incoming import incoming
from montages.web.pages.shown import facts
from montages.web.site import Site

Make = Callable[[str, Frame], dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """How the things of a kind are shown: their template, what fills it, the list they are in."""

    template: str
    make: Make
    listing: str = "/terms"


def _nothing(iri: str, frame: Frame) -> dict[str, Any]:
    return {}


_ARRANGEMENT = Kind("arrangement.html", arrangement.make, "/contracts")
_REQUIREMENT = Kind("requirement.html", requirement.make, "/requirements")
_TERM = Kind("term.html", term.make)
_SHAPE = Kind("shape.html", shape.make)
_VALUE = Kind("value.html", value.make, "/criteria")
_PROBLEM = Kind("problem_type.html", problem_type.make, "")
_COMPILED = Kind("compiled.html", compiled.make)
_QUERY = Kind("query.html", query.make, "/queries")
_MODULE = Kind("module.html", module.make)
_OTHER = Kind("thing.html", _nothing)
# The first class that a thing has, in this order, decides.
_BY_CLASS: dict[URIRef, Kind] = {
    MTG.ContractType: _ARRANGEMENT,
    MTG.Procedure: _ARRANGEMENT,
    MTG.Channel: _ARRANGEMENT,
    MTG.Vehicle: _ARRANGEMENT,
    MTG.Activity: _ARRANGEMENT,
    MTG.Criterion: Kind("criterion.html", criterion.make, "/criteria"),
    MTG.RequirementVersion: _REQUIREMENT,
    MTG.Requirement: _REQUIREMENT,
    MTG.Layer: Kind("layer.html", layer.make, "/layers"),
    MTG.ManagementOption: Kind("option.html", layer.make_option, "/layer-matrix"),
    MTG.Document: Kind("document.html", source.make_document, "/sources"),
    MTG.Clause: Kind("clause.html", source.make_clause, "/sources"),
    MTG.SheetElement: Kind("element.html", source.make_element, "/matrix"),
    MTG.Threshold: Kind("threshold.html", threshold.make, "/requirements"),
    MTG.Project: Kind("project.html", project.make, "/projects"),
    MTG.AttentionPoint: Kind("attention.html", attention.make, "/contracts"),
    MTG.Bucket: _VALUE,
    SKOS.ConceptScheme: Kind("scheme.html", value.make_scheme, "/criteria"),
    SKOS.Concept: _VALUE,
    OWL.Ontology: _MODULE,
    OWL.Class: _TERM,
    OWL.ObjectProperty: _TERM,
    OWL.DatatypeProperty: _TERM,
    OWL.AnnotationProperty: _TERM,
    RDF.Property: _TERM,
    SH.NodeShape: _SHAPE,
    SH.PropertyShape: _SHAPE,
    SH.SPARQLConstraint: _SHAPE,
}
# Pages for people who decide: what is for those who reuse the data is folded at their end.
_FOLDED = frozenset(
    {
        "arrangement.html",
        "attention.html",
        "criterion.html",
        "layer.html",
        "option.html",
        "project.html",
        "requirement.html",
        "clause.html",
        "document.html",
        "element.html",
        "query.html",
    }
)
# What is said at the top of a page is not said again in its table.
_SAID = frozenset({RDFS.label, SKOS.prefLabel, SKOS.definition})
_LISTINGS = {
    "/contracts": "Contrats",
    "/criteria": "Critères",
    "/requirements": "Règles",
    "/layers": "Couches",
    "/layer-matrix": "Qui paie quoi",
    "/matrix": "La fiche en tableau",
    "/sources": "Sources",
    "/projects": "Projets",
    "/queries": "Questions",
    "/terms": "Vocabulaire",
}
_FORMATS = (
    (".ttl", "Turtle", "text/turtle"),
    (".jsonld", "JSON-LD", "application/ld+json"),
    (".rdf", "RDF/XML", "application/rdf+xml"),
    (".nt", "N-Triples", "application/n-triples"),
    (".json", "JSON", "application/json"),
)
_QUADS = ((".trig", "TriG", "application/trig"), (".nq", "N-Quads", "application/n-quads"))


def page(site: Site, iri: str) -> str:
    """Return the HTML page of a thing, in the reader's language; raises UnknownName without one."""
    made = frame(site)
    kind, classes = kind_of(iri, made)
    wanted = request.args.get("in", "")
    groups = incoming(iri, made)
    name = made.labels.name(iri, made.lang)
    definition = made.labels.definition(iri, made.lang)
    told = _facts(iri, made)
    return made.render(
        kind.template,
        special=kind is not _OTHER,
        folded=kind.template in _FOLDED,
        iri=iri,
        compact=compact(iri),
        name=name,
        definition=definition,
        classes=[made.link(c) for c in classes],
        kind=_kind_name(iri, classes, made),
        crumbs=_crumbs(kind, iri, made),
        facts=told,
        groups=groups,
        wanted=wanted,
        pages=groups[0].pages if wanted and groups else None,
        formats=_formats(iri, made),
        json_ld=_script(schema_org.thing(iri, name, definition, classes, made)),
        **kind.make(iri, made),
    )


def kind_of(iri: str, made: Frame) -> tuple[Kind, list[URIRef]]:
    """Return how a thing is shown and its classes; raises UnknownName if nothing is said of it."""
    if iri.startswith(PROBLEM) and iri in made.shelf.known:
        return _PROBLEM, [SKOS.Concept]
    if iri in made.labels.queries:
        return _QUERY, [SH.SPARQLExecutable]
    classes = made.types(iri)
    if iri.startswith(str(MODULE)) and (classes or iri in made.shelf.known):
        return _MODULE, classes or [OWL.Ontology]
    if iri.startswith(str(COMPILED)) and classes:
        return _COMPILED, classes
    for found, kind in _BY_CLASS.items():
        if found in classes:
            return kind, classes
    if iri in made.shelf.known:
        return _OTHER, classes
    raise UnknownName(
        f"Rien n'est publié sous {compact(iri)}. La recherche (/search) aide à trouver.",
        f"Nothing is published under {compact(iri)}. Search (/search) helps to find.",
    )


def _facts(iri: str, made: Frame) -> Any:
    """Return all that is said of a thing, under today's law or in the graph that knows it."""
    ref = URIRef(iri)
    graphs = [made.graph, *made.graphs.values()]
    graph = next((g for g in graphs if (ref, None, None) in g), made.graph)
    return facts(ref, graph, made, without=_SAID)


def _kind_name(iri: str, classes: list[URIRef], made: Frame) -> str:
    """Return what a thing is, in a word."""
    if iri.startswith(PROBLEM):
        return str(_("Réponse d'erreur"))
    if iri.startswith(str(QUERY)):
        return str(_("Question") if "/questions/" in iri else _("Requête interne"))
    if iri.startswith(str(COMPILED)):
        return str(_("Classe compilée"))
    own = [c for c in classes if c in _BY_CLASS] or classes
    ordered = sorted(own, key=lambda c: list(_BY_CLASS).index(c) if c in _BY_CLASS else 99)
    specific = [c for c in ordered if c not in (SKOS.Concept, RDF.Property)] or ordered
    text = made.labels.name(str(specific[0]), made.lang) if specific else _("ressource")
    return text[:1].upper() + text[1:]


def _crumbs(kind: Kind, iri: str, made: Frame) -> list[Link]:
    crumbs = [Link(_("Accueil"), made.href("/"))]
    if kind.listing:
        crumbs.append(Link(_(_LISTINGS[kind.listing]), made.href(kind.listing)))
    return crumbs


def _formats(iri: str, made: Frame) -> list[tuple[str, str, str]]:
    if not iri.startswith(BASE):
        return []
    whole = documents(made.site.dataset).whole(iri) is not None
    path = f"{made.root}/{iri.removeprefix(BASE)}"
    offered = (*_FORMATS, *_QUADS) if whole else _FORMATS
    return [(f"{path}{ending}", name, media) for ending, name, media in offered]


def _script(tree: dict[str, Any]) -> Markup:
    """Return JSON-LD as it may stand in a script element: no `<` can close it."""
    return Markup(json.dumps(tree, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704  # every «<» is escaped
