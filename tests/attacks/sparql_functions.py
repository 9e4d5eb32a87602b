"""Queries that are well written and cannot be answered: each is told what is wrong with it."""

from __future__ import annotations

from attacks.attack import Attack

_UNKNOWN = "http://example.org/f"


def query(text: str, says: str = _UNKNOWN, status: int = 400) -> Attack:
    """Return the attack of one query."""
    return Attack(
        "/sparql", lambda _: text, "application/sparql-query", statuses=(status,), says=says
    )


ATTACKS = {
    "unknown function in SELECT": query(f"SELECT (<{_UNKNOWN}>(1) AS ?y) {{}}"),
    "unknown function in FILTER": query(f"SELECT * {{ ?s ?p ?o FILTER(<{_UNKNOWN}>(?s)) }}"),
    "unknown function in BIND": query(f"SELECT * {{ BIND(<{_UNKNOWN}>(1) AS ?z) }}"),
    "unknown function in ORDER BY": query(f"SELECT * {{ ?s ?p ?o }} ORDER BY <{_UNKNOWN}>(?s)"),
    "unknown function in GROUP BY": query(
        f"SELECT ?x {{ ?s ?p ?o }} GROUP BY (<{_UNKNOWN}>(?s) AS ?x)"
    ),
    "unknown function in an aggregate": query(
        f"SELECT (SUM(<{_UNKNOWN}>(?s)) AS ?x) {{ ?s ?p ?o }}"
    ),
    "unknown function in OPTIONAL": query(
        f"SELECT * {{ ?s ?p ?o OPTIONAL {{ ?s ?p ?z FILTER(<{_UNKNOWN}>(?z)) }} }}"
    ),
    "unknown function in CONSTRUCT": query(
        f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o FILTER(<{_UNKNOWN}>(?s)) }}"
    ),
    "unknown function by a prefix": query(
        "PREFIX ex: <http://example.org/> ASK { FILTER(ex:f(1)) }"
    ),
    "unknown keyword": query("SELECT (shout(1) AS ?y) {}", "shout"),
    "misspelt function": query("SELECT (UCAS('a') AS ?y) {}", "UCASE"),
    "division by zero": query("SELECT (1/0 AS ?y) {}", '"bindings":[{}]', 200),
    "a cast that fails": query(
        "ASK { FILTER(<http://www.w3.org/2001/XMLSchema#integer>('a')) }", '"boolean":false', 200
    ),
    "a pattern that is none": query("ASK { FILTER(REGEX('a', '[')) }", '"boolean":false', 200),
}
