"""The row limit of the service, written into a query: the engine then stops by itself."""

from __future__ import annotations

import re

from montages.store.sparql.query_guard import Plan

_CLAUSE = re.compile(
    r"(?<![\w:.?-])(?:LIMIT\s*(?P<rows>[0-9]+)|(?P<values>VALUES)(?![\w:-]))", re.I | re.A
)


def with_row_limit(plan: Plan, rows: int) -> str:
    """Return the text of a SELECT that gives at most `rows` rows; that of any other form as it is.

    A lower LIMIT stays. What is not well closed is left to the engine to complain about.
    """
    if plan.form != "SELECT":
        return plan.text
    code = plan.query.code
    at = closing(code, plan.body)
    if at is None:
        return plan.text
    end, depth = len(code), 0
    for clause in _CLAUSE.finditer(code, at):
        between = code[at : clause.start()]
        depth += sum(map(between.count, "{(")) - sum(map(between.count, "})"))
        at = clause.start()
        if depth:
            continue
        if clause["rows"]:
            digits = clause["rows"].lstrip("0")
            if len(digits) <= len(str(rows)) and int(digits or 0) <= rows:
                return plan.text
            start, stop = clause.span("rows")
            return f"{plan.text[:start]}{rows}{plan.text[stop:]}"
        end = clause.start()
        break
    end = len(code[:end].rstrip())
    return f"{plan.text[:end]} LIMIT {rows} {plan.text[end:]}"


def closing(code: str, opening: int) -> int | None:
    """Return where the group that opens at a place has just closed in some code, None if it never does."""
    depth = 0
    for brace in re.finditer(r"[{}]", code[opening:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return opening + brace.end()
    return None
