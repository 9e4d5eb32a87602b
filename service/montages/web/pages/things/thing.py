"""The page of any thing: dispatched by what it is, with what is the same for all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from markupsafe import Markup
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef

from montages.bilingual import Text, message
from montages.errors import UnknownName
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, COMPILED, ID, MODULE, MTG, compact
from montages.publish.linked_data.formats import DATA
from montages.publish.linked_data.problem_types import PROBLEM
from montages.web.pages import problem_page
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.lists.listings import LISTINGS
from montages.web.pages.page_context import Link, PageContext, page_context
from montages.web.pages.things import (
    arrangement,
    criterion,
    ontology,
    project,
    query_page,
    requirement,
    schema_org,
    source,
    threshold,
)
from montages.web.pages.things.incoming import incoming
from montages.web.pages.things.render_term import facts
from montages.web.pages.tree_page import tree_place

Values = Callable[[GraphNode], dict[str, Any]]


@dataclass(frozen=True)
class PageKind:
    """How the things of a kind are shown: their template, what it cannot read off them, and their list."""

    template: str
    values: Values = lambda thing: {}
    listing: str = "/terms"
    # What each is, in a word; else its class says it.
    name: Text | None = None
    # A page for people who decide: what is for those who reuse the data is folded at its end.
    folded: bool = False
    # Its crumbs are its list alone, whatever its place in the tree of terms.
    short_crumbs: bool = False


_ARRANGEMENT = PageKind(
    "arrangement.html", arrangement.arrangement_values, "/contracts", folded=True, short_crumbs=True
)
_REQUIREMENT = PageKind(
    "requirement.html", requirement.requirement_values, "/requirements", folded=True
)
_TERM = PageKind("term.html", ontology.term_values)
_SHAPE = PageKind("shape.html", ontology.shape_values)
_VALUE = PageKind("value.html", criterion.concept_values, "/criteria")
_PROBLEM = PageKind(
    "problem_type.html", problem_page.problem_type_values, "", message("Error answer")
)
_COMPILED = PageKind(
    "compiled.html", ontology.compiled_class_values, name=message("Compiled class")
)
_QUERY = PageKind(
    "query.html", query_page.query_values, "/queries", message("Internal query"), folded=True
)
_QUESTION = replace(_QUERY, name=message("Question"))
_MODULE = PageKind("module.html", ontology.module_values)
_OTHER = PageKind("thing.html")
# The first class that a thing has, in this order, decides.
_BY_CLASS: dict[URIRef, PageKind] = {
    MTG.ContractType: _ARRANGEMENT,
    MTG.Procedure: _ARRANGEMENT,
    MTG.Channel: _ARRANGEMENT,
    MTG.Vehicle: _ARRANGEMENT,
    MTG.Activity: _ARRANGEMENT,
    MTG.Criterion: PageKind("criterion.html", criterion.criterion_values, "/criteria", folded=True),
    MTG.RequirementVersion: _REQUIREMENT,
    MTG.Requirement: _REQUIREMENT,
    MTG.Layer: PageKind("layer.html", listing="/layers", folded=True),
    MTG.ManagementOption: PageKind("option.html", listing="/layer-matrix", folded=True),
    MTG.Document: PageKind("document.html", source.document_values, "/sources", folded=True),
    MTG.Clause: PageKind("clause.html", source.clause_values, "/sources", folded=True),
    MTG.SheetElement: PageKind("element.html", source.citing_values, "/matrix", folded=True),
    MTG.Threshold: PageKind("threshold.html", threshold.threshold_values, "/requirements"),
    MTG.Project: PageKind("project.html", project.project_values, "/projects", folded=True),
    MTG.PanelCase: PageKind("panel_case.html", project.panel_case_values, "/panel", folded=True),
    **dict.fromkeys(
        (MTG.Release, MTG.Change, MTG.RulebookVersion, MTG.SoftwareVersion),
        PageKind("thing.html", listing="/releases"),
    ),
    MTG.AttentionPoint: PageKind(
        "attention.html", arrangement.attention_values, "/contracts", folded=True
    ),
    MTG.Bucket: _VALUE,
    SKOS.ConceptScheme: PageKind("scheme.html", listing="/criteria"),
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
# What is said at the top of a page is not said again in its table.
_AT_TOP = frozenset({RDFS.label, SKOS.prefLabel, SKOS.definition})
_LIST_TITLES = {
    **{f"/{name}": listing.title for name, listing in LISTINGS.items()},
    "/layer-matrix": message("Who pays what"),
    "/matrix": message("The sheet as a table"),
}
# What a project starts with that is begun from the page of a thing: the parameter of its folder.
_STARTS = {"usage": "usages", "layer": "layers", "actor-kind": "holder"}


def thing_page(iri: str) -> str:
    """Return the HTML page of a thing, in the reader's language; raises UnknownName without one."""
    context = page_context()
    kind, classes = kind_of(iri, context)
    wanted = request.args.get("in", "")
    groups = incoming(iri, context)
    thing, place = GraphNode(URIRef(iri), context), tree_place(iri, context)
    listing = None
    if kind.listing:
        listing = Link(_LIST_TITLES[kind.listing][context.lang], context.href(kind.listing))
    name, definition = context.labels.name(iri, context.lang), thing.definition
    json_ld = schema_org.thing(iri, name, definition, classes, context)
    # The way from the home page: by the tree, else by the list it is in.
    above = place.above if place else (listing,) if listing else ()
    crumbs = [listing] if kind.short_crumbs else [context.home, *above]
    return context.render(
        kind.template,
        special=kind is not _OTHER,
        folded=kind.folded,
        thing=thing,
        iri=iri,
        name=name,
        definition=definition,
        kind=_kind_name(kind, classes, context),
        place=place,
        starts=_project_start(iri),
        crumbs=crumbs,
        facts=_facts(iri, context),
        groups=groups,
        wanted=wanted,
        pages=groups[0].pages if wanted and groups else None,
        forms=DATA if iri.startswith(BASE) else (),
        url_of=lambda form: f"{context.root}/{iri.removeprefix(BASE)}.{form.extension}",
        # As it may stand in a script element: no `<` can close it.
        json_ld=Markup(json.dumps(json_ld, ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704
        **kind.values(thing),
    )


def kind_of(iri: str, context: PageContext) -> tuple[PageKind, list[URIRef]]:
    """Return how a thing is shown and its classes; raises UnknownName if nothing is said of it."""
    if iri.startswith(PROBLEM) and iri in context.state.things:
        return _PROBLEM, [SKOS.Concept]
    if iri in context.labels.queries:
        return (_QUESTION if "/questions/" in iri else _QUERY), [SH.SPARQLExecutable]
    classes = context.types(iri)
    if iri.startswith(str(MODULE)) and (classes or iri in context.state.things):
        return _MODULE, classes or [OWL.Ontology]
    if iri.startswith(str(COMPILED)) and classes:
        return _COMPILED, classes
    for rdf_class, kind in _BY_CLASS.items():
        if rdf_class in classes:
            return (kind if _is_ours(iri, kind, context) else _OTHER), classes
    if iri in context.state.things:
        return _OTHER, classes
    raise UnknownName(
        message(
            "Nothing is published under {iri}. Search (/search) helps to find.", iri=compact(iri)
        )
    )


def _is_ours(iri: str, kind: PageKind, context: PageContext) -> bool:
    """Tell whether the rules know a thing whose page they fill: data served beside may have more."""
    if kind is _ARRANGEMENT:
        return iri in {str(entry.iri) for entry in rulebook().arrangements.values()}
    if kind is _BY_CLASS[MTG.Criterion]:
        return iri in {str(entry.iri) for entry in context.rules.criteria.values()}
    return True


def _facts(iri: str, context: PageContext) -> Any:
    """Return all that is said of a thing, under today's law or in the graph that knows it."""
    ref = URIRef(iri)
    graphs = [context.graph, *context.graphs.values()]
    graph = next((g for g in graphs if (ref, None, None) in g), context.graph)
    return facts(ref, graph, context, without=_AT_TOP)


def _kind_name(kind: PageKind, classes: list[URIRef], context: PageContext) -> str:
    """Return what a thing is, in a word."""
    if kind.name is not None:
        return kind.name[context.lang]
    own = [c for c in classes if c in _BY_CLASS] or classes
    ordered = sorted(own, key=lambda c: list(_BY_CLASS).index(c) if c in _BY_CLASS else 99)
    specific = [c for c in ordered if c not in (SKOS.Concept, RDF.Property)] or ordered
    text = (
        context.labels.name(str(specific[0]), context.lang)
        if specific
        else message("resource")[context.lang]
    )
    return text[:1].upper() + text[1:]


def _project_start(iri: str) -> dict[str, str]:
    """Return the parameter of a link to a project that a thing answers, none for what is no answer."""
    if not iri.startswith(str(ID)):
        return {}
    folder, _, slug = iri.removeprefix(str(ID)).partition("/")
    if folder == "actor-kind" and slug not in classes_of_holders():
        return {}
    if folder in _STARTS:
        return {_STARTS[folder]: slug}
    asked = rulebook().criteria.get(folder)
    if asked is None or asked.answer_origin == "Derived" or folder not in criterion_keys():
        return {}
    is_answer = slug in {value.slug for value in asked.values} and not asked.numeric_property
    return {criterion_keys()[folder]: slug} if is_answer else {}
