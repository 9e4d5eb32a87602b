"""A last row by which the answer to a SELECT says that it is whole.

Virtuoso stops a query at its own limits of time and of rows, gives the rows that it has, and may say nothing
of it: neither in a status nor in a header. A row that is asked for after all others is then not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from montages.store.sparql.query_guard import FROM, Plan
from montages.store.sparql.row_limit import closing, with_row_limit
from montages.store.sparql.select_star import columns_given, with_columns

_NAME = "montages_end"
_ORDERS = re.compile(r"(?<![\w:.?$@-])ORDER\s*BY(?![\w:-])", re.I | re.A)
_NOT_A_LINE_END = re.compile(r"[^\r\n]")


@dataclass(frozen=True)
class EndMarked:
    """The text of a query for the engine, and the variable of its last row; none where it has none."""

    text: str
    name: str


def end_marked(plan: Plan, rows: int, base: str) -> EndMarked:
    """Return a query as it is put to an engine: `rows` rows and one more, columns in their order, the end.

    What is sorted has no such row, as no union keeps an order for certain; an engine that sorts has found all
    rows before it gives the first. Nor has it one more: Virtuoso refuses to sort more than it gives. Raises
    QuerySyntax.
    """
    if plan.form != "SELECT":
        return EndMarked(plan.text, "")
    plan = replace(plan, text=_without_graphs(plan))
    code = plan.query.code
    ordered = _ORDERS.search(code, closing(code, plan.body) or len(code))
    text = with_columns(plan, with_row_limit(plan, rows + (not ordered)), base)
    if ordered:
        return EndMarked(text, "")
    name = _NAME
    while name in plan.text:
        name += "_"
    prologue, query = text[: plan.start], text[plan.start :]
    end = f"UNION {{ BIND(true AS ?{name}) }}"  # Virtuoso gives no row of a VALUES there
    columns = _columns(replace(plan, text=text), base, name)
    return EndMarked(f"{prologue}SELECT {columns} {{ {{ {query}\n}} {end} }}", name)


def _columns(plan: Plan, base: str, end: str) -> str:
    """Return the columns of a query with that of its end: where they cannot be told, all, in any order."""
    try:
        return " ".join(f"?{name}" for name in (*columns_given(plan, base), end))
    except (OSError, RuntimeError, ValueError):
        return "*"  # a function that only the other engine has


def taken_end(tree: dict[str, Any], name: str) -> bool:
    """Take the last row out of results in JSON, and tell whether it was there."""
    tree["head"]["vars"] = [each for each in tree["head"]["vars"] if each != name]
    rows = tree["results"]["bindings"]
    tree["results"]["bindings"] = [row for row in rows if name not in row]
    return len(rows) > len(tree["results"]["bindings"])


def _without_graphs(plan: Plan) -> str:
    """Return the text of a query without its FROM clauses, which the request says: places stay."""
    text = plan.text
    for clause in FROM.finditer(plan.query.code, plan.start, plan.body):
        start, end = clause.span()
        text = text[:start] + _NOT_A_LINE_END.sub(" ", text[start:end]) + text[end:]
    return text
