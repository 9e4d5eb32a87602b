"""The check of a query before it runs: it may read, in the graphs held here, and call nothing (S3).

Every scan grows with the text and no faster. The processes that run queries cannot open a connection
anyway (`processes.system_calls`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pyoxigraph as ox

from montages.names import BASE
from montages.store.sparql.query_errors import (
    not_a_query,
    service_refused,
    unknown_graph,
    update_refused,
)
from montages.store.sparql.sparql_tokens import (
    TokenisedQuery,
    place,
    prefixed_iri,
    tokenise,
    unescaped,
)

# Relative IRIs of a query are ours: <def/Project> is mtg:Project, on whatever machine it runs.
BASE_IRI = BASE

_PREFIX = r"PREFIX\s*(?P<prefix>[^\s:<>]*):\s*(?P<of><i*>)"
_PROLOGUE = re.compile(rf'\s*(?:BASE\s*(?P<base><i*>)|{_PREFIX}|VERSION\s*"[^"]*")\s*', re.I | re.A)
_UPDATES = "INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH"
_FORM = re.compile(
    rf"\s*(?:(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)|(?P<update>{_UPDATES}))", re.I | re.A
)
_PLACE = r"(?:<i*>|[^\s:{}<>\"?()]*:[^\s{}<>\"?()]*)"
FROM = re.compile(
    rf"(?<![\w:.-])FROM(?:\s*(?P<named>NAMED))?(?=[\s<])\s*(?P<graph>{_PLACE})", re.I | re.A
)
_LONGEST_BASE = 4_000  # characters
_CHANGING = re.compile(r"(?<![\w:.-])(?:NOW|RAND|UUID|STRUUID)\s*\(", re.I | re.A)


@dataclass(frozen=True)
class Plan:
    """A query that may run: the text for the engine, its form, and the dataset it names for itself.

    The form begins at `start`, the group of its WHERE clause at `body`. `default` and `named` are graphs,
    None where the query leaves the dataset to the service. The answer of a `changing` query is not the same
    twice; that of a `renaming` one has new blank nodes.
    """

    text: str
    form: str
    query: TokenisedQuery
    prefixes: dict[str, str]
    start: int
    body: int
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    changing: bool = False
    renaming: bool = False


def query_plan(text: str, graphs: Collection[str]) -> Plan:
    """Return the plan of a query.

    Raises QuerySyntax if it is none, QueryRefused for an update or a SERVICE, and UnknownGraph for a FROM
    that is not among `graphs`.
    """
    query = tokenise(unescaped(text))
    prefixes, base, at = _prologue(query)
    opening = _FORM.match(query.code, at)
    if opening is None:
        raise not_a_query(query.text, at)
    if opening["update"]:
        raise update_refused(opening["update"].upper())
    _refuse_services(query)
    body = query.outside.find("{", opening.end())
    default, named = _own_dataset(query, opening.end(), prefixes, base)
    require_graphs((*(default or ()), *(named or ())), graphs)
    form = opening["form"].upper()
    built = query.code if form == "CONSTRUCT" else ""
    return Plan(
        query.text,
        form,
        query,
        prefixes,
        opening.start("form"),
        body if body >= 0 else len(query.text),
        default,
        named,
        changing=bool(_CHANGING.search(query.code)),
        renaming="BNODE" in query.code.upper() or "_:" in built or "[" in built,
    )


_SERVICE = re.compile("(?P<most>servic)e", re.I)


def _refuse_services(query: TokenisedQuery) -> None:
    """Check that no engine finds SERVICE in a query. Raises QueryRefused.

    The engine cuts some names and IRIs otherwise than the grammar does (`SERVICE:x {`, `?a<'x>'`). Where the
    word is a part of one, it reads the query as well with another word; where it is a call, it does not.
    """
    calls = [t.start for t in query.tokens if t.kind == "word" and _SERVICE.search(t.text)]
    anywhere = _SERVICE.search(query.text)
    if anywhere and not calls:
        renamed = _SERVICE.sub(r"\g<most>q", query.text)
        if engine_fault(renamed) and not engine_fault(query.text):
            calls = [anywhere.start()]
    if calls:
        raise service_refused(place(query.text, calls[0]))


# No data set: the engine says so once it has read the query, before it runs it.
_NOT_RUN: dict[str, Any] = {"default_graph": 0}


def engine_fault(text: str) -> str:
    """Return what the embedded engine says of a query that it does not read; empty where it does."""
    try:
        ox.Store().query(text, base_iri=BASE_IRI, **_NOT_RUN)
    except SyntaxError as error:
        return str(error)
    except ValueError:
        return ""
    raise AssertionError


def require_graphs(names: Collection[str], graphs: Collection[str]) -> None:
    """Check that graphs are here: nothing is fetched. Raises UnknownGraph."""
    for name in names:
        if name not in graphs:
            raise unknown_graph(name, graphs)


def _prologue(query: TokenisedQuery) -> tuple[dict[str, str], str, int]:
    prefixes, base, at = {}, BASE_IRI, 0
    while clause := _PROLOGUE.match(query.code, at):
        if clause["base"]:
            base = urljoin(base, query.written(clause, "base")[1:-1])
            if len(base) > _LONGEST_BASE:  # each may be longer than the one before
                raise not_a_query(query.text, at)
        elif clause["of"]:
            prefixes[clause["prefix"]] = urljoin(base, query.written(clause, "of")[1:-1])
        at = clause.end()
    return prefixes, base, at


def _own_dataset(
    query: TokenisedQuery, at: int, prefixes: dict[str, str], base: str
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    default: dict[str, None] = {}
    named: dict[str, None] = {}
    for clause in FROM.finditer(query.outside, at):  # the template of a CONSTRUCT has no clause
        name = prefixed_iri(query.written(clause, "graph"), prefixes, base)
        if name is not None:
            (named if clause["named"] else default)[name] = None
    return (tuple(default), tuple(named)) if default or named else (None, None)
