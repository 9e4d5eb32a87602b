"""What leads to a thing: the statements about it elsewhere, grouped by property, paged when many."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from rdflib import RDF, BNode, Graph, URIRef
from rdflib.term import Node

from montages.names import COMPILED, SHAPE, compact
from montages.web.pages.list_forms import Pages
from montages.web.pages.page_context import Link, PageContext

_FEW = 12
_MANY = 100
# Generated things come last: they follow from the others.
_GENERATED = (str(COMPILED), str(SHAPE["Answer-"]), str(SHAPE["Assumption-"]))


@dataclass(frozen=True)
class IncomingGroup:
    """The things that lead here by one property: how many, the first few, and where the rest is."""

    property: Link
    total: int
    links: tuple[Link, ...]
    more: str | None
    pages: Pages | None


def incoming(iri: str, context: PageContext) -> list[IncomingGroup]:
    """Return what leads to a thing, most interesting first.

    `?in=<property>` shows all that lead here by that property, `?page=` one page of them.
    """
    by_property = _sources(URIRef(iri), context.graph)
    wanted = request.args.get("in", "")
    groups = []
    for predicate, sources in by_property.items():
        key = compact(str(predicate))
        if wanted and key != wanted:
            continue
        ordered = sorted(sources, key=lambda s: _order(s, context))
        if wanted:
            pages = Pages.of(len(ordered), _MANY)
            first, last = pages.start, pages.stop
        else:
            pages, first, last = None, 0, _FEW
        more = None
        if not wanted and len(ordered) > _FEW:
            more = context.href(request.path, **{"in": key}) + "#incoming"
        links = tuple(context.link(s) for s in ordered[first:last])
        groups.append(IncomingGroup(context.link(predicate), len(ordered), links, more, pages))
    return sorted(groups, key=lambda g: g.property.key)


def _order(source: str, context: PageContext) -> tuple[bool, str, str]:
    name = context.labels.name(source, context.lang).casefold()
    return source.startswith(_GENERATED), name, source


def _sources(ref: URIRef, graph: Graph) -> dict[URIRef, set[str]]:
    by_property: dict[URIRef, set[str]] = {}
    for subject, predicate in graph.subject_predicates(ref):
        for owner, by in owners(subject, predicate, graph):
            if owner != ref and isinstance(by, URIRef):
                by_property.setdefault(by, set()).add(str(owner))
    return by_property


def owners(subject: Node, predicate: Node, graph: Graph) -> list[tuple[URIRef, Node]]:
    """Return the named things that a statement belongs to, and the property it is reached by.

    A part without a name belongs to what it is a part of; so does the member of a list.
    """
    todo, owners, visited = [(subject, predicate)], [], set()
    while todo:
        node, by = todo.pop()
        if isinstance(node, URIRef):
            owners.append((node, by))
        elif isinstance(node, BNode) and node not in visited:
            visited.add(node)
            for above, up in graph.subject_predicates(node):
                reached_by = up if by in (RDF.first, RDF.rest) else by
                todo.append((above, reached_by))
    return owners
