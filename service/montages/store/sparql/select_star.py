"""SELECT *: where its star stands, and in which order the query names its variables."""

from __future__ import annotations

import re

from montages.store.sparql.query_guard import Plan

_STAR = re.compile(r"SELECT\s*(?:DISTINCT|REDUCED)?\s*(?P<star>\*)", re.I | re.A)


def select_star(plan: Plan) -> tuple[int, list[str]] | None:
    """Return the place of the star of a SELECT * and all its variables by first appearance; None without.

    The engine alone knows which of them are in scope (those of a MINUS or of a FILTER are not), and gives
    these in an order of its own: `query_worker` puts them in this one.
    """
    if plan.form != "SELECT":
        return None
    star = _STAR.match(plan.query.code, plan.start)
    if star is None:
        return None
    after = star.end()
    variables = (t for t in plan.query.tokens if t.kind == "variable" and t.start >= after)
    return star.start("star"), list(dict.fromkeys(token.text[1:] for token in variables))
