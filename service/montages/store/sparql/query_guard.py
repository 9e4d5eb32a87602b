"""The check of a query before it runs: it may read, in the graphs held here, and call nothing (S3).

Where engines may cut a text otherwise than the grammar does (`trueSERVICE<…>`, `?a<'x>…'`), the check takes
the reading that calls out: it may refuse a text that no one writes, and lets no call through. The
processes that run queries cannot open a connection anyway (`store.sparql.fork_server`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin

from montages.knowledge.did_you_mean import nearest
from montages.names import BASE
from montages.store.sparql.query_errors import QueryRefused, QuerySyntax, UnknownGraph
from montages.store.sparql.sparql_tokens import Token, TokenisedQuery, place, tokenise, unescaped

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
_FROM = re.compile(
    rf"(?<![\w:.-])FROM(?:\s*(?P<named>NAMED))?(?=[\s<])\s*(?P<graph>{_PLACE})", re.I | re.A
)
_SERVICE = re.compile(rf"SERVICE\s*(?:SILENT\s*)?(?P<endpoint>\?v+|{_PLACE})\s*\{{", re.I | re.A)
_TAKES_A_NAME = re.compile(r"(?:GRAPH|FROM|NAMED)\s*\Z", re.I | re.A)
_CHANGING = re.compile(r"(?<![\w:.-])(?:NOW|RAND|UUID|STRUUID)\s*\(", re.I | re.A)
_READINGS = 32  # ways to read one text, beyond which nobody wrote it in good faith


@dataclass(frozen=True)
class Plan:
    """A query that may run: the text for the engine, its form, and the dataset it names for itself.

    The form begins at `start`, the group of its WHERE clause at `body`. `default` and `named` are graphs,
    None where the query leaves the dataset to the service. The
    answer of a `changing` query is not the same twice; that of a `renaming` one has new blank nodes.
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


def query_plan(text: str, graphs: Collection[str], allowed: Collection[str] = ()) -> Plan:
    """Return the plan of a query.

    Raises QuerySyntax if it is none, QueryRefused for an update or a SERVICE that is not `allowed`, and
    UnknownGraph for a FROM that is not among `graphs`.
    """
    plan = _plan(text, frozenset(allowed))
    require_graphs(plan.default or (), graphs)
    require_graphs(plan.named or (), graphs)
    return plan


def require_graphs(names: Collection[str], graphs: Collection[str]) -> None:
    """Check that graphs are here: nothing is fetched. Raises UnknownGraph."""
    for name in names:
        if name not in graphs:
            close = nearest(name, graphs)
            hint_fr = f" Vouliez-vous <{close}> ?" if close else ""
            hint_en = f" Did you mean <{close}>?" if close else ""
            raise UnknownGraph(
                f"Le graphe <{name}> n'est pas ici, et rien n'est téléchargé.{hint_fr} "
                "La description du service (GET /sparql en Turtle) liste les graphes.",
                f"The graph <{name}> is not here, and nothing is fetched.{hint_en} "
                "The service description (GET /sparql as Turtle) lists the graphs.",
                graph=name,
            )


@lru_cache(maxsize=512)
def _plan(text: str, allowed: frozenset[str]) -> Plan:
    text = unescaped(text)
    query = tokenise(text)
    prefixes, base, at = _prologue(query)
    opening = _FORM.match(query.code, at)
    if opening is None:
        raise _not_a_query(text, at)
    if opening["update"]:
        raise update_refused(opening["update"].upper())
    for other in _readings(query):
        _refuse_services(other, prefixes, base, allowed)
    body = _body(query.code, opening.end())
    default, named = _own_dataset(query, opening.end(), prefixes, base)
    form = opening["form"].upper()
    built = query.code if form == "CONSTRUCT" else ""
    return Plan(
        text,
        form,
        query,
        prefixes,
        opening.start("form"),
        body,
        default,
        named,
        changing=bool(_CHANGING.search(query.code)),
        renaming="BNODE" in query.code.upper() or "_:" in built or "[" in built,
    )


def update_refused(verb: str) -> QueryRefused:
    """Return the error of an update."""
    return QueryRefused(
        f"{verb} modifierait les données : ce service se lit seulement. "
        "Utilisez SELECT, ASK, CONSTRUCT ou DESCRIBE.",
        f"{verb} would change the data: this service is read-only. "
        "Use SELECT, ASK, CONSTRUCT or DESCRIBE.",
    )


def _prologue(query: TokenisedQuery) -> tuple[dict[str, str], str, int]:
    prefixes, base, at = {}, BASE_IRI, 0
    while clause := _PROLOGUE.match(query.code, at):
        if clause["base"]:
            base = urljoin(base, _inside(query, *clause.span("base")))
        elif clause["of"]:
            prefixes[clause["prefix"]] = urljoin(base, _inside(query, *clause.span("of")))
        at = clause.end()
    return prefixes, base, at


def _not_a_query(text: str, at: int) -> QuerySyntax:
    at += len(text[at:]) - len(text[at:].lstrip())
    line, column = place(text, at)
    return QuerySyntax(
        f"Ligne {line}, colonne {column} : une requête commence par SELECT, ASK, CONSTRUCT ou DESCRIBE.",
        f"Line {line}, column {column}: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE.",
        line=line,
        column=column,
    )


def _inside(query: TokenisedQuery, start: int, end: int) -> str:
    return query.text[start + 1 : end - 1]


def _iri_at(
    query: TokenisedQuery, start: int, end: int, prefixes: dict[str, str], base: str
) -> str | None:
    """Return the IRI that a run of code names, None if its prefix is not declared."""
    code = query.text[start:end]
    if code.startswith("<"):
        return urljoin(base, code[1:-1])
    prefix, _, local = code.partition(":")
    return None if prefix not in prefixes else prefixes[prefix] + local.replace("\\", "")


def _body(code: str, at: int) -> int:
    """Return where the group of the WHERE clause opens: the first brace outside parentheses."""
    depth = 0
    for place_ in range(at, len(code)):
        character = code[place_]
        if character == "{" and not depth:
            return place_
        depth += (character == "(") - (character == ")")
    return len(code)


def _own_dataset(
    query: TokenisedQuery, at: int, prefixes: dict[str, str], base: str
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    default: list[str] = []
    named: list[str] = []
    depth = 0
    for clause in _FROM.finditer(query.code, at):
        between = query.code[at : clause.start()]
        depth += between.count("{") - between.count("}")
        at = clause.start()
        name = _iri_at(query, *clause.span("graph"), prefixes, base)
        # In braces it is no clause: the template of a CONSTRUCT comes before FROM.
        if depth == 0 and name is not None:
            (named if clause["named"] else default).append(name)
    return (tuple(default), tuple(named)) if default or named else (None, None)


def _readings(query: TokenisedQuery) -> Iterator[TokenisedQuery]:
    """Return the ways in which an engine may cut the text, where it speaks of a service at all."""
    yield query
    if "service" not in query.text.lower():
        return
    todo = [(query, frozenset[int]())]
    count = 1
    while todo:
        last, operators = todo.pop()
        for start in _in_doubt(last, max(operators, default=-1)):
            if count >= _READINGS:
                raise QueryRefused(
                    "Trop de « < » collés à des IRI : mettez des espaces autour des opérateurs.",
                    "Too many “<” stuck to IRIs: put spaces around operators.",
                )
            count += 1
            more_operators = operators | {start}
            other = tokenise(query.text, more_operators)
            yield other
            todo.append((other, more_operators))


def _in_doubt(query: TokenisedQuery, after: int) -> Iterator[int]:
    """Return where `<` opens an IRI for the grammar, and might be an operator that hides or shows code."""
    brackets: list[str] = []
    at = 0
    for token in query.tokens:
        for character in query.code[at : token.start]:
            if character in "({[":
                brackets.append(character)
            elif character in ")}]" and brackets:
                brackets.pop()
        at = token.end
        doubtful = token.kind == "iri" and ("'" in token.text or "#" in token.text)
        if doubtful and token.start > after and brackets[-1:] == ["("]:
            before = query.code[: token.start].rstrip()[-1:]
            if before.isalnum() or before in '_)>"':
                yield token.start


def _refuse_services(
    query: TokenisedQuery, prefixes: dict[str, str], base: str, allowed: frozenset[str]
) -> None:
    names = [token for token in query.tokens if token.kind == "name"]
    starts = [token.start for token in names]
    for call in _SERVICE.finditer(query.code):
        span = call.span("endpoint")
        nearest_name = bisect_right(starts, call.start()) - 1
        inside = names[nearest_name] if nearest_name >= 0 else None
        if inside and call.start() < inside.end and _is_a_name(query, inside, span, prefixes):
            continue
        endpoint = _iri_at(query, *span, prefixes, base)
        if endpoint in allowed:
            continue
        line, column = place(query.text, call.start())
        target = f" <{endpoint}>" if endpoint else ""
        raise QueryRefused(
            f"Ligne {line}, colonne {column} : SERVICE{target} n'est pas autorisé ici. Interrogez cet autre "
            "service à part, puis joignez les réponses.",
            f"Line {line}, column {column}: SERVICE{target} is not allowed here. Query that other service "
            "apart, then join the answers.",
            line=line,
            column=column,
        )


def _is_a_name(
    query: TokenisedQuery, token: Token, endpoint: tuple[int, int], prefixes: dict[str, str]
) -> bool:
    """Tell whether `webservice:x {` can only be a name: nothing else that it holds is one."""
    colon = token.start + len(token.prefix)
    if endpoint[0] > colon:
        return False
    rest = query.text[endpoint[0] : colon]
    before = query.code[max(0, token.start - 80) : token.start]
    return rest not in prefixes or _TAKES_A_NAME.search(before) is not None
