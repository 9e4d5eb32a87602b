"""Terms of all kinds, a graph of them, and queries that sort it by them."""

from __future__ import annotations

import random

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.store.graph_tables import packed_tables
from sparql_order import XSD


def _typed(kind: str, *texts: str) -> list[str]:
    return [f'"{text}"^^<{XSD}{kind}>' for text in texts]


TERMS = [
    *_typed(
        "integer", "9", "10", "-3", "0", "007", "+5", "9007199254740993", "98765432109876543210"
    ),
    *_typed("decimal", "9.5", "-0.25", "0.1", "100.0"),
    *_typed("double", "1.0e1", "5", "0.1", "-1e300", "INF", "-INF", "NaN", "9007199254740992"),
    *_typed("float", "0.1", "16777216"),
    *_typed("int", "8", "11"),
    *_typed("boolean", "true", "false", "1"),
    *_typed("dateTime", "2020-01-01T10:00:00+12:00", "2020-01-01T02:00:00Z", "2020-01-01T05:00:00"),
    *_typed("dateTime", "2019-12-31T22:00:00Z", "1999-06-01T00:00:00.5Z"),
    *_typed("date", "2020-01-01", "2019-12-31", "2020-01-01Z"),
    *_typed("gYear", "2020", "1999"),
    *_typed("duration", "P1D", "PT25H"),
    *_typed("integer", "ten"),
    *('"5"', '"10"', '"9"', '"abc"', '"ABC"', '"é"', '""', '"a\\u0001"', '"true"', '"2020-01-01"'),
    *('"5"@fr', '"5"@en', '"abc"@fr', '"b"@en'),
    *('"5"^^<http://x/unit>', '"x"^^<http://x/other>'),
    *("<http://x/b>", "<http://x/a>", "<urn:z>", "_:one", "_:two"),
]


def mixed_tables(seed: int = 1) -> bytes:
    """Return packed tables of a graph whose objects are of all kinds, in an order by chance."""
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    terms = TERMS * 3
    chance.shuffle(terms)
    graph = Graph()
    for n, term in enumerate(terms):
        subject = URIRef(f"http://x/s{chance.randrange(40)}")
        graph.add((subject, URIRef(f"http://x/p{n % 4}"), _node(term)))
    return packed_tables({"http://x/g": graph}, ["http://x/g"])


def parts(term: str) -> tuple[str, str, str]:
    """Return the text of a literal, its datatype and its language."""
    text, _, rest = term[1:].rpartition('"')
    language = rest[1:] if rest.startswith("@") else ""
    datatype = rest[3:-1] if rest.startswith("^^") else f"{XSD}string"
    return text.replace("\\u0001", "\x01"), datatype, language


def _node(term: str) -> Node:
    if not term.startswith('"'):
        return BNode(term[2:]) if term.startswith("_:") else URIRef(term[1:-1])
    text, datatype, language = parts(term)
    if language or datatype == f"{XSD}string":
        return Literal(text, lang=language or None)
    return Literal(text, datatype=URIRef(datatype), normalize=False)


_ROWS = "?s ?p ?o"
_PARTLY = "?s ?p ?o OPTIONAL { ?s <http://x/p1> ?q }"
_WHOLE = (
    ("SELECT ?s ?p ?o", _ROWS),
    ("SELECT DISTINCT ?o ?p", _ROWS),
    ("SELECT *", _PARTLY),
    ("SELECT DISTINCT ?p ?o ?q", _PARTLY),
)
_KEYS = ("?o", "DESC(?o)", "?p DESC(?o)", "DESC(?p) ?o", "?o ?p")
_LIMITS = ("", "LIMIT 7", "LIMIT 40 OFFSET 11")


def sorts() -> list[tuple[str, str]]:
    """Return queries as all but their ORDER BY and LIMIT, and these."""
    plain = [
        (f"{head} {{ {body} }}", f"ORDER BY {keys} {limit}")
        for head, body in _WHOLE
        for keys in _KEYS
        for limit in _LIMITS
    ]
    subjects = [
        (f"{head} {{ {_PARTLY} }}", f"ORDER BY {keys} {limit}")
        for head in ("SELECT ?s ?p ?o ?q", "SELECT DISTINCT ?q ?s ?p ?o")
        for keys in ("?s ?p ?o", "?q DESC(?o)", "DESC(?q) ?s", "?s DESC(?q) ?o")
        for limit in _LIMITS
    ]
    groups = [
        (
            f"SELECT ?s (SAMPLE(?o) AS ?one) (COUNT(?o) AS ?n) {{ {_ROWS} }} GROUP BY ?s",
            f"ORDER BY {keys}",
        )
        for keys in ("?one", "DESC(?one)", "?n ?one", "DESC(?n) ?s")
    ]
    inner = "SELECT ?o ?p { ?s ?p ?o } ORDER BY DESC(?o) ?p LIMIT 90"
    nested = [
        (f"SELECT ?o ?p {{ {{ {inner} }} ?x ?y ?o }}", f"ORDER BY {keys} {limit}")
        for keys in ("?o", "?p DESC(?o)")
        for limit in _LIMITS
    ]
    values = " ".join(term for term in TERMS if not term.startswith("_:"))
    table = [
        (f"SELECT ?o {{ VALUES ?o {{ UNDEF {values} {values} }} }}", f"ORDER BY {keys}")
        for keys in (
            "?o",
            "DESC(?o)",
            "(?o)",
            "ASC((?o))",
            "(IF(true, ?o, 1))",
            "DESC(IF(true, ?o, 1))",
        )
    ]
    return [*plain, *subjects, *groups, *nested, *table]
