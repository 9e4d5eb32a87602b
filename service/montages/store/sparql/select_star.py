"""SELECT *: its columns in the order in which the query names them."""

from __future__ import annotations

import re

import pyoxigraph as ox

from montages.store.sparql.query_guard import Plan
from montages.store.sparql.syntax_error import syntax_error

_STAR = re.compile(r"SELECT\s*(?:DISTINCT|REDUCED)?\s*(?P<star>\*)", re.I | re.A)


def with_columns(plan: Plan, text: str, base: str) -> str:
    """Return a SELECT * with its columns named in their order; any other text as it is.

    The engine alone knows which variables are in scope (those of a MINUS or of a FILTER are not), and gives
    them in an order of its own. They are asked of it on nothing: it reads the query, and answers at once.
    `text` is that of the plan, changed only after its star. Raises QuerySyntax.
    """
    star = _STAR.match(plan.query.code, plan.start) if plan.form == "SELECT" else None
    if star is None:
        return text
    at = star.start("star")
    scope = columns_given(plan, base)
    variables = (t.text[1:] for t in plan.query.tokens if t.kind == "variable" and t.start > at)
    order = {name: place for place, name in enumerate(dict.fromkeys(variables))}
    columns = sorted(scope, key=lambda name: order.get(name, len(order)))
    if columns == scope:
        return text
    return f"{text[:at]} {' '.join(f'?{name}' for name in columns)} {text[at + 1 :]}"


def columns_given(plan: Plan, base: str) -> list[str]:
    """Return the columns of a SELECT, as the embedded engine gives them on nothing; raises QuerySyntax."""
    try:
        nothing = ox.Store().query(plan.text, base_iri=base)
    except SyntaxError as error:
        raise syntax_error(plan, str(error)) from error
    assert isinstance(nothing, ox.QuerySolutions)
    return [variable.value for variable in nothing.variables]
