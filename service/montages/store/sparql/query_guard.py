"""The check of a query before it runs: it may read, in the graphs held here, and call nothing (S3).

Every scan grows with the text and no faster. The processes that run queries cannot open a connection
anyway (`processes.system_calls`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urljoin

import pyoxigraph as ox

from montages.names import BASE
from montages.store.sparql import query_errors
from montages.store.sparql.sparql_tokens import TokenisedQuery, place, unescaped

# Relative IRIs of a query are ours: <def/Project> is mtg:Project, on whatever machine it runs.
BASE_IRI = BASE

_PREFIX = r"PREFIX\s*(?P<prefix>[^\s:<>]*):\s*(?P<iri><x*>)"
_PROLOGUE = re.compile(
    rf"\s*(?:BASE\s*(?P<base><x*>)|{_PREFIX}|VERSION\s*['\"]x*['\"])\s*", re.I | re.A
)
_UPDATES = "INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH"
_FORM = re.compile(
    rf"\s*(?:(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)|(?P<update>{_UPDATES}))", re.I | re.A
)
_NAME = r"(?P<name>(?P<prefix>[^\s:{}<>'\"?()]*):[^\s{}<>'\"?()]*)"
FROM = re.compile(
    rf"(?<![\w:.-])FROM(?:\s*(?P<named>NAMED))?(?=[\s<])\s*(?:(?P<iri><x*>)|{_NAME})", re.I | re.A
)
_LONGEST_BASE = 4_000  # characters
_CHANGING = re.compile(r"(?<![\w:.-])(?:NOW|RAND|UUID|STRUUID)\s*\(", re.I | re.A)


# Default graphs, and named ones.
Graphs = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Plan:
    """A query that may run: the text for the engine, its form, which begins at `start`, and its graphs.

    `graphs` is None where the query leaves them to the service. The answer of a `changing` query is not the
    same twice; that of a `renaming` one has new blank nodes.
    """

    text: str
    form: str
    query: TokenisedQuery
    prefixes: dict[str, str]
    start: int
    graphs: Graphs | None
    changing: bool
    renaming: bool


def query_plan(text: str, graphs: Collection[str]) -> Plan:
    """Return the plan of a query.

    Raises QuerySyntax if it is none, QueryRefused for an update or a SERVICE, and UnknownGraph for a FROM
    that is not among `graphs`.
    """
    query = TokenisedQuery(unescaped(text))
    prefixes, base, at = _prologue(query)
    opening = _FORM.match(query.code, at)
    if opening is None:
        raise query_errors.not_a_query(query.text, at)
    if opening["update"]:
        raise query_errors.update_refused(opening["update"].upper())
    _refuse_services(query)
    own_graphs = _own_graphs(query, opening.end(), prefixes, base)
    require_graphs(own_graphs, graphs)
    form = opening["form"].upper()
    built = query.code if form == "CONSTRUCT" else ""
    return Plan(
        query.text,
        form,
        query,
        prefixes,
        opening.start("form"),
        own_graphs,
        changing=bool(_CHANGING.search(query.code)),
        renaming="BNODE" in query.code.upper() or "_:" in built or "[" in built,
    )


_SERVICE = re.compile("(?P<most>servic)e", re.I)


def _refuse_services(query: TokenisedQuery) -> None:
    """Check that no engine finds SERVICE in a query. Raises QueryRefused.

    The engine cuts some names and IRIs otherwise than the grammar does (`SERVICE:x {`, `?a<'x>'`). Where the
    word is a part of one, it reads the query as well with another word; where it is a call, it does not.
    """
    calls = [t.start() for t in query.tokens if t.lastgroup == "word" and _SERVICE.search(t[0])]
    anywhere = _SERVICE.search(query.text)
    if anywhere and not calls:
        renamed = _SERVICE.sub(r"\g<most>q", query.text)
        if engine_fault(renamed) and not engine_fault(query.text):
            calls = [anywhere.start()]
    if calls:
        raise query_errors.service_refused(place(query.text, calls[0]))


# No data set: the engine says so once it has read the query, before it runs it.
_NOT_RUN: dict[str, Any] = {"default_graph": 0}


def engine_fault(text: str) -> str:
    """Return what the embedded engine says of a query that it does not read; empty where it does."""
    try:
        ox.Store().query(text, base_iri=BASE_IRI, **_NOT_RUN)
    except SyntaxError as error:
        return str(error)
    except ValueError:
        pass
    return ""


def require_graphs(names: Graphs | None, graphs: Collection[str]) -> None:
    """Check that graphs are here: nothing is fetched. Raises UnknownGraph."""
    for name in chain(*(names or ())):
        if name not in graphs:
            raise query_errors.unknown_graph(name, graphs)


def _prologue(query: TokenisedQuery) -> tuple[dict[str, str], str, int]:
    prefixes, base, at = {}, BASE_IRI, 0
    while clause := _PROLOGUE.match(query.code, at):
        if clause["base"]:
            base = urljoin(base, query.written(clause, "base")[1:-1])
            if len(base) > _LONGEST_BASE:  # each may be longer than the one before
                raise query_errors.not_a_query(query.text, at)
        elif clause["iri"]:
            prefixes[clause["prefix"]] = urljoin(base, query.written(clause, "iri")[1:-1])
        at = clause.end()
    return prefixes, base, at


def _own_graphs(
    query: TokenisedQuery, at: int, prefixes: dict[str, str], base: str
) -> Graphs | None:
    graphs: dict[bool, dict[str, None]] = {False: {}, True: {}}
    for clause in FROM.finditer(query.outside, at):  # the template of a CONSTRUCT has no clause
        of_kind, prefix = graphs[clause["named"] is not None], clause["prefix"]
        if clause["iri"]:
            of_kind[urljoin(base, query.written(clause, "iri")[1:-1])] = None
        elif prefix in prefixes:
            local = query.written(clause, "name").partition(":")[2]
            of_kind[prefixes[prefix] + local.replace("\\", "")] = None
    return (tuple(graphs[False]), tuple(graphs[True])) if any(graphs.values()) else None
