"""The check of a query before it runs: it may read, in the graphs held here, and call nothing (S3).

Every scan grows with the text and no faster. The processes that run queries cannot open a connection
anyway (`processes.system_calls`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urljoin

from montages.bilingual import NO_TEXT, message
from montages.errors import QueryRefused, QuerySyntax, UnknownGraph
from montages.knowledge.did_you_mean import nearest
from montages.names import BASE
from montages.store.sparql.query_errors import error_at
from montages.store.sparql.sparql_tokens import (
    QueryToken,
    TokenisedQuery,
    place,
    prefixed_iri,
    tokenise,
    unescaped,
)

# Relative IRIs of a query are ours: <def/Project> is mtg:Project, on whatever machine it runs.
BASE_IRI = BASE

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = "INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH"
_PREFIX = r"PREFIX\s*(?P<prefix>[^\s:<>]*):\s*(?P<of>\<i*\>)"
_PROLOGUE = re.compile(
    rf'\s*(?:(?:BASE\s*(?P<base>\<i*\>)|{_PREFIX}|VERSION\s*"[^"]*")\s*)', re.I | re.A
)
_FORM = re.compile(rf"\s*(?:(?P<form>{'|'.join(_FORMS)})|(?P<update>{_UPDATES}))", re.I | re.A)
_PLACE = r"(?:\<i*\>|[^\s:{}<>\"?()]*:[^\s{}<>\"?()]*)"
FROM = re.compile(
    rf"(?<![\w:.-])FROM(?:\s*(?P<named>NAMED))?(?=[\s<])\s*(?P<graph>{_PLACE})", re.I | re.A
)
_SHOWN = 200  # characters of a name that a message repeats
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
    text = unescaped(text)
    query = tokenise(text)
    prefixes, base, at = _prologue(query)
    opening = _FORM.match(query.code, at)
    if opening is None:
        raise _not_a_query(text, at)
    if opening["update"]:
        raise update_refused(opening["update"].upper())
    _refuse_services(query, opening.end())
    body = query.outside.find("{", opening.end())
    default, named = _own_dataset(query, opening.end(), prefixes, base)
    require_graphs((*(default or ()), *(named or ())), graphs)
    form = opening["form"].upper()
    built = query.code if form == "CONSTRUCT" else ""
    return Plan(
        text,
        form,
        query,
        prefixes,
        opening.start("form"),
        body if body >= 0 else len(text),
        default,
        named,
        changing=bool(_CHANGING.search(query.code)),
        renaming="BNODE" in query.code.upper() or "_:" in built or "[" in built,
    )


_SERVICE = "service"
_GROUP = re.compile(r"\s*\{")
_IS_A_NAME = ("GRAPH", "FROM", "NAMED")
_AFTER_OPERAND = re.compile(r"[\w:)>\"]\s*(?P<iri><i*>)", re.A)


def _refuse_services(query: TokenisedQuery, at: int) -> None:
    """Check that a query, whose form ends at a place, has no word SERVICE. Raises QueryRefused."""
    if _SERVICE not in query.text.lower():
        return
    doubt, last = _possible_operator(query, at), ""
    for token in query.tokens:
        if (token.kind == "word" and _SERVICE in token.text.lower()) or (
            token.kind == "name" and _may_call(query, token, last)
        ):
            fault = message(
                "SERVICE is not allowed here. Query that other service apart, then join the answers."
            )
            raise error_at(QueryRefused, place(query.text, token.start), fault)
        if token.start >= doubt and _SERVICE in token.text.lower():
            fault = message(
                "this “<” could be an operator, and SERVICE stands further on: write the IRI with "
                "a prefix."
            )
            raise error_at(QueryRefused, place(query.text, doubt), fault)
        if token.kind != "comment":
            last = token.text.upper()


def _may_call(query: TokenisedQuery, token: QueryToken, before: str) -> bool:
    """Tell whether engines may find SERVICE in a name: `SERVICE:x {`, or after two dots (`x:a.b.SERVICE`)."""
    first, *later = token.local.lower().split(".")
    if _SERVICE in ".".join(later[bool(first) :]):
        return True
    opens = _GROUP.match(query.code, token.end) is not None
    return opens and _SERVICE in token.prefix.lower() and before not in _IS_A_NAME


def _possible_operator(query: TokenisedQuery, at: int) -> int:
    """Return where the first IRI is whose `<` may be an operator and show other code, else the end.

    A quote in it would begin a string, and a # a comment, which may hold the beginning of a long string.
    """
    long = [
        t.start for t in query.tokens if t.kind == "string" and not {*"\r\n"}.isdisjoint(t.text)
    ]
    for match in _AFTER_OPERAND.finditer(query.code, at):
        start, end = match.span("iri")
        iri = query.text[start:end]
        if "'" in iri or ("#" in iri and long and start < long[-1]):
            return start
    return len(query.text)


def require_graphs(names: Collection[str], graphs: Collection[str]) -> None:
    """Check that graphs are here: nothing is fetched. Raises UnknownGraph."""
    for name in names:
        if name not in graphs:
            close, name = nearest(name, graphs), name[:_SHOWN]  # as it is repeated
            hint = message(" Did you mean <{close}>?", close=close) if close else NO_TEXT
            raise UnknownGraph(
                message(
                    "The graph <{name}> is not here, and nothing is fetched.{hint} The service "
                    "description (GET /sparql as Turtle) lists the graphs.",
                    name=name,
                    hint=hint,
                ),
                graph=name,
            )


def update_refused(verb: str) -> QueryRefused:
    """Return the error of an update."""
    return QueryRefused(
        message(
            "{verb} would change the data: this service is read-only. Use SELECT, ASK, "
            "CONSTRUCT or DESCRIBE.",
            verb=verb,
        )
    )


def _prologue(query: TokenisedQuery) -> tuple[dict[str, str], str, int]:
    prefixes, base, at = {}, BASE_IRI, 0
    while clause := _PROLOGUE.match(query.code, at):
        if clause["base"]:
            base = urljoin(base, query.written(clause, "base")[1:-1])
            if len(base) > _LONGEST_BASE:  # each may be longer than the one before
                raise _not_a_query(query.text, at)
        elif clause["of"]:
            prefixes[clause["prefix"]] = urljoin(base, query.written(clause, "of")[1:-1])
        at = clause.end()
    return prefixes, base, at


def _not_a_query(text: str, at: int) -> QuerySyntax:
    line, column = place(text, at + len(text[at:]) - len(text[at:].lstrip()))
    if not text[at:].strip():
        return QuerySyntax(
            message("The query is empty: write one, for example SELECT * { ?s ?p ?o } LIMIT 10."),
            line=line,
            column=column,
        )
    fault = message("a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return error_at(QuerySyntax, (line, column), fault)


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
