"""What is written into a query before the engine runs it: keys of a total order, the row limit, columns.

The engine compares a number with a text by what both look like, two numbers by value: 9 < 10 < "5" < 9. Its
sort ends the process where it notices, and is wrong where it does not (docs/upstream-total-order.md). Keys
that are unbound, blank nodes, IRIs or plain texts it orders well, so those are what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from montages.store.sparql.order_key import COUNTS, LANGUAGE, NUMBER, TEXT, XSD, order_key
from montages.store.sparql.query_guard import BASE_IRI, Plan
from montages.store.sparql.sparql_tokens import TokenisedQuery
from montages.store.sparql.syntax_error import syntax_error

_FUNCTION = "urn:montages:order-key"
ORDER_FUNCTIONS: dict[ox.NamedNode, Callable[..., Any]] = {ox.NamedNode(_FUNCTION): order_key}

ORDER_BY = re.compile(r"(?<![\w:.?$@-])ORDER\s*BY(?![\w:-])", re.I | re.A)
# What stands before a key, and the key: a variable, or all up to a bracket that opens.
_KEY = re.compile(
    r"\s*+(?:(?:ASC|DESC)\s*+(?=\())?+(?P<key>(?P<exists>(?:NOT\s*+)?EXISTS\s*+(?=\{))|(?P<variable>[?$]\w++)"
    r"|(?:\<i*+\>|[^\s:{}<>\"?()]*+:[^\s{}<>\"?()]*+|\w++)?+\s*+(?=\())",
    re.I | re.A,
)
_IN_BRACKETS = re.compile(r"[\s(]*(?P<variable>[?$]\w+)[\s)]*")
# What these give is of one kind, which the engine orders well.
_OF_ONE_KIND = re.compile(
    r"[\s(]*(?:STR|LANG|[LU]CASE|COUNT|STRLEN|YEAR|MONTH|DAY|RAND|[IU]RI)\s*(?=\()", re.I | re.A
)


# A text of ours: from where, in which turn where several begin there, to where it stands for another.
Change = tuple[int, int, int, str]


def rewritten(text: str, changes: Iterable[Change]) -> str:
    """Return a text with some changes."""
    parts, at = list[str](), 0
    for start, _, end, ours in sorted(changes):
        parts += [text[at:start], ours]
        at = end
    return "".join([*parts, text[at:]])


def total_order(plan: Plan) -> list[Change]:
    """Return what gives every ORDER BY keys of one kind, by ORDER_FUNCTIONS, if it is well written."""
    changes: list[Change] = []
    for number, (start, end) in enumerate(_order_keys(plan.query)):
        match = _IN_BRACKETS.fullmatch(plan.text, start, end)
        if match and number < _BY_ENGINE:
            changes.append((start, 1, end, _NATIVE.replace("?x", match["variable"])))
        else:  # which may hold another ORDER BY
            changes += [(start, 1, start, f"(<{_FUNCTION}>("), (end, 0, end, "))")]
    return changes


def _order_keys(query: TokenisedQuery) -> Iterator[tuple[int, int]]:
    """Yield where each expression to sort by begins and ends."""
    code = query.code
    for clause in ORDER_BY.finditer(code):
        at: int | None = clause.end()
        while at is not None and (match := _KEY.match(code, at)):
            at = match.end() if match["variable"] else query.ends.get(match.end())
            start = match.start("key")
            if at is not None and not match["exists"] and not _of_one_kind(query, start, at):
                yield start, at


def _of_one_kind(query: TokenisedQuery, start: int, end: int) -> bool:
    """Tell whether an expression is one call of a function whose results have an order."""
    call = _OF_ONE_KIND.match(query.code, start, end)
    return bool(call and not query.code[query.ends.get(call.end(), start) : end].strip(" \t\r\n)"))


# The function answers for all terms; what is frequent, the engine does by itself in a tenth of the time. It
# takes as long to read that as to sort a few rows: nobody sorts by so many keys.
_BY_ENGINE = 16
_NATIVE = (
    "(COALESCE(IF(isIRI(?x) || isBlank(?x), ?x, "
    f'IF(DATATYPE(?x) = <{XSD}string>, CONCAT("{TEXT}", STR(?x)), '
    f'IF(LANG(?x) != "", CONCAT("{TEXT}", STR(?x), "{LANGUAGE}", LANG(?x)), '
    f"IF(DATATYPE(?x) = <{XSD}integer> && ?x > 0, "
    f'CONCAT("{NUMBER}", SUBSTR("{COUNTS}", STRLEN(STR(?x)), 1), STR(?x)), '
    f"<{_FUNCTION}>(?x))))), <{_FUNCTION}>(?x)))"
)


_LIMIT = re.compile(
    r"(?<![\w:.?-])(?:LIMIT\s*(?P<rows>[0-9]+)|(?P<values>VALUES)(?![\w:-]))", re.I | re.A
)


def row_limit(plan: Plan, rows: int) -> list[Change]:
    """Return what has a SELECT give at most `rows` rows; nothing for another form, or a lower LIMIT.

    What is not well closed is left to the engine to complain about.
    """
    if plan.form != "SELECT" or plan.body not in plan.query.ends:
        return []
    clause = _LIMIT.search(plan.query.outside, plan.body)
    if clause and clause["rows"]:
        digits = clause["rows"].lstrip("0")
        if len(digits) <= len(str(rows)) and int(digits or 0) <= rows:
            return []
        return [(clause.start("rows"), 0, clause.end("rows"), str(rows))]
    end = len(plan.query.code[: clause.start() if clause else None].rstrip())
    return [(end, 2, end, f" LIMIT {rows} ")]


_STAR = re.compile(r"SELECT\s*(?:DISTINCT|REDUCED)?\s*(?P<star>\*)", re.I | re.A)


def column_order(plan: Plan) -> list[Change]:
    """Return what names the columns of a SELECT * in their order; nothing for any other query.

    The engine alone knows which variables are in scope (those of a MINUS or of a FILTER are not), and gives
    them in an order of its own. They are asked of it on nothing: it reads the query, and answers at once.
    Raises QuerySyntax.
    """
    star = _STAR.match(plan.query.code, plan.start) if plan.form == "SELECT" else None
    if star is None:
        return []
    at = star.start("star")
    scope = columns_given(plan)
    variables = (t.text[1:] for t in plan.query.tokens if t.kind == "variable" and t.start > at)
    order = {name: place for place, name in enumerate(dict.fromkeys(variables))}
    columns = sorted(scope, key=lambda name: order.get(name, len(order)))
    names = " ".join(f"?{name}" for name in columns)
    return [] if columns == scope else [(at, 0, at + 1, f" {names} ")]


def columns_given(plan: Plan) -> list[str]:
    """Return the columns of a SELECT, as the embedded engine gives them; raises QuerySyntax."""
    return [variable.value for variable in answer_on_nothing(plan).variables]


def answer_on_nothing(plan: Plan) -> Any:
    """Return what the embedded engine answers on nothing to a query as it was written; raises QuerySyntax."""
    try:
        return ox.Store().query(plan.text, base_iri=BASE_IRI)
    except SyntaxError as error:
        raise syntax_error(plan, str(error)) from error
