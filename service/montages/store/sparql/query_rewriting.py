"""What is written into a query before the engine runs it: keys of a total order, the row limit, columns.

The engine compares a number with a text by what both look like, two numbers by value: 9 < 10 < "5" < 9. Its
sort ends the process where it notices, and is wrong where it does not (docs/upstream-total-order.md). Keys
that are unbound, blank nodes, IRIs or plain texts it orders well, so those are what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

import pyoxigraph as ox

from montages.store.sparql.order_key import order_key
from montages.store.sparql.query_guard import BASE_IRI, Plan, engine_fault
from montages.store.sparql.syntax_error import syntax_error

_FUNCTION = "urn:montages:order-key"
ORDER_FUNCTIONS: dict[ox.NamedNode, Callable[..., Any]] = {ox.NamedNode(_FUNCTION): order_key}

ORDER_BY = re.compile(r"(?<![\w:.?$@-])ORDER\s*BY(?![\w:-])", re.I | re.A)
# What stands before a key, and the key: a variable, or all up to a bracket that opens.
_KEY = re.compile(
    r"\s*+(?:(?:ASC|DESC)\s*+(?=\())?+(?P<key>(?P<exists>(?:NOT\s*+)?EXISTS\s*+(?=\{))|(?P<variable>[?$]\w++)"
    r"|(?:<x*+>|[^\s:{}<>'\"?()]*+:[^\s{}<>'\"?()]*+|\w++)?+\s*+(?=\())",
    re.I | re.A,
)

# A text of ours, and from where to where it stands for another.
Change = tuple[int, int, str]


def rewritten(text: str, changes: Iterable[Change]) -> str:
    """Return a text with some changes, those of one place in the order given."""
    parts, at = list[str](), 0
    for start, end, ours in sorted(changes, key=itemgetter(0)):
        parts += [text[at:start], ours]
        at = end
    return "".join([*parts, text[at:]])


def total_order(plan: Plan) -> list[Change]:
    """Return what gives every ORDER BY keys of one kind, by ORDER_FUNCTIONS, if it is well written."""
    changes: list[Change] = []
    for clause in ORDER_BY.finditer(plan.query.code):
        at: int | None = clause.end()
        while at is not None and (key := _KEY.match(plan.query.code, at)):
            at = key.end() if key["variable"] else plan.query.ends.get(key.end())
            if at is not None and not key["exists"]:
                start = key.start("key")
                changes += [(start, start, f"(<{_FUNCTION}>("), (at, at, "))")]
    return changes


_LIMIT = re.compile(
    r"(?<![\w:.?-])(?:LIMIT\s*(?P<rows>[0-9]+)|(?P<values>VALUES)(?![\w:-]))", re.I | re.A
)


def row_limit(plan: Plan, rows: int) -> list[Change]:
    """Return what has a SELECT give at most `rows` rows; nothing for another form, or a lower LIMIT.

    What is not well closed is left to the engine to complain about.
    """
    outside = plan.query.outside
    if plan.form != "SELECT" or outside.find("{", plan.start) not in plan.query.ends:
        return []
    clause = _LIMIT.search(outside, plan.start)
    if clause and clause["rows"]:
        is_lower = int(clause["rows"].lstrip("0")[:12] or 0) <= rows
        return [] if is_lower else [(*clause.span("rows"), str(rows))]
    end = len(plan.query.code[: clause.start() if clause else None].rstrip())
    return [(end, end, f" LIMIT {rows} ")]


_STAR = re.compile(r"SELECT\s*(?:DISTINCT|REDUCED)?\s*(?P<star>\*)", re.I | re.A)


def column_order(plan: Plan) -> list[Change]:
    """Return what names the columns of a SELECT * in their order; nothing for any other query.

    The engine alone knows which variables are in scope (those of a MINUS or of a FILTER are not), and gives
    them in an order of its own. They are asked of it on nothing: it reads the query, and answers at once.
    Raises QuerySyntax.
    """
    star = _STAR.match(plan.query.code, plan.start)
    if star is None:
        return []
    scope = dict.fromkeys(columns_given(plan))
    variables = (t[0][1:] for t in plan.query.tokens if t.lastgroup == "variable")
    columns = dict.fromkeys(name for name in (*variables, *scope) if name in scope)
    names = "".join(f"?{name} " for name in columns)
    return [(*star.span("star"), f" {names}")] if names else []


def columns_given(plan: Plan) -> list[str]:
    """Return the columns of a SELECT, as the embedded engine gives them; raises QuerySyntax."""
    require_readable(plan)
    answer: Any = ox.Store().query(plan.text, base_iri=BASE_IRI)
    return [variable.value for variable in answer.variables]


def require_readable(plan: Plan) -> None:
    """Check that the embedded engine reads a query as it was written. Raises QuerySyntax."""
    if fault := engine_fault(plan.text):
        raise syntax_error(plan, fault)
