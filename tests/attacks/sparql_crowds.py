"""Queries that are slow, many, or left alone: others are served meanwhile."""

from __future__ import annotations

from attacks.attack import Attack

# Nothing in the engine finds its end; the number keeps answers from being remembered.
ENDLESS = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }} # {}"
GREEDY = (
    "SELECT * {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }} ORDER BY ?a ?d ?g ?j LIMIT 3 # {}"
)
_PAGE, _HEALTH = "/id/contract/mpgp.html", "/healthz"


def crowd(text: str, count: int, **more: object) -> Attack:
    """Return the attack of many such queries at once: some run until they are stopped, some are refused."""
    options = {
        "statuses": (503, 507),
        "seconds": 12.0,
        "at_once": count,
        "beside": {_PAGE: 0.5, _HEALTH: 0.5},
        "next_seconds": 12.0,
        **more,
    }
    return Attack(
        "/sparql", lambda number: text.format(number), "application/sparql-query", **options
    )  # type: ignore[arg-type]  # each option has the type of its field


ATTACKS = {
    "50 slow queries": crowd(ENDLESS, 50),
    "100 slow queries": crowd(ENDLESS, 100),
    "20 queries that want memory": crowd(GREEDY, 20),
    "16 queries left alone": crowd(
        ENDLESS, 16, statuses=(0,), leaves_after=0.5, seconds=2.0, next_seconds=0.5
    ),
    "60 queries left alone at once": crowd(
        ENDLESS, 60, statuses=(0,), leaves_after=0.05, seconds=2.0, next_seconds=0.5
    ),
}
