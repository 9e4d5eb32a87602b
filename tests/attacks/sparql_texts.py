"""Texts of queries that are long to read: each costs what its length costs, and no more."""

from __future__ import annotations

from collections.abc import Callable

from attacks.attack import Attack

MOST = 100_000  # bytes, as the settings have it


def of(start: str, unit: str, end: str = "") -> Callable[[int], str]:
    """Return what makes a text of the largest size: its start, as many of a unit as fit, its end."""
    count = (MOST - len((start + end).encode())) // len(unit.encode())
    return lambda _: start + unit * count + end


def query(text: Callable[[int], str], *statuses: int, says: str = "") -> Attack:
    """Return the attack of one query, sent as it is."""
    return Attack(
        "/sparql", text, "application/sparql-query", statuses=statuses or (400,), says=says
    )


_TOO_LONG = {
    "services glued, 490 kB": lambda _: "SELECT * {" + "SERVICE" * 70_000 + "}",
    "readings in doubt, 800 kB": lambda _: (
        "SELECT * {" + "FILTER(?a<b#c>?d)\n" * 31 + "?s ?p 'service' ." * 45_000 + "}"
    ),
    "limits in brackets, 160 kB": lambda _: "SELECT * {} ORDER BY (" + " LIMIT 1" * 20_000,
    "a literal of 4.9 MB": lambda _: "SELECT * { ?s ?p '" + "x" * 4_900_000 + "' }",
}
_S = "SELECT * {"
_BRACES = "SELECT * {"
_READ = {
    "services with colons": of(_S, "SERVICE:", "}"),
    "services in names": of("PREFIX webservice: <x> SELECT * {", "webservice:a{} "),
    "limits in brackets": of("SELECT * {} ORDER BY (", " LIMIT 1"),
    "a limit without end": of("SELECT * {} LIMIT 1", "9", " x"),
    "brackets": of("ASK { FILTER", "("),
    "braces": of("", _BRACES),
    "square brackets": of(_S, "["),
    "a chain of operators": of("ASK { FILTER(1", "+1", ")}"),
    "a chain of paths": of("ASK { ?s <p>", "/<p>", " ?o }"),
    "a chain of not": of("ASK { FILTER(", "!", "1)}"),
    "unions": of("ASK { {}", " UNION {}", "}"),
    "bases that grow": of("", "BASE <x/> ", "SELECT * {}"),
    "prefixes": lambda _: "".join(f"PREFIX a{n}: <x> " for n in range(5_000)) + "SELECT * {} x",
    "a prefix of 100 kB": of("PREFIX ", "a"),
    "a prefix not declared of 100 kB": of("ASK { ?s ", "a", ":b ?o }"),
    "froms": of("SELECT * ", "FROM <x> ", "{}"),
    "named froms": lambda _: "ASK " + "".join(f"FROM NAMED <x{n}> " for n in range(5_000)) + "{}",
    "a graph of 100 kB": of("ASK FROM <", "x", "> {}"),
    "spaces": of("SELECT * FROM", " ", "{} x"),
    "open strings": of(_S, "'''\"\"\""),
    "strings with escapes": of(_S, '"""\\'),
    "quotes and lines": of(_S, "\"'\n"),
    "open IRIs": of(_S, "<a"),
    "escapes": of(_S, "\\u0053", "}"),
    "dots in a name": of("ASK { ?s a:b", ".", "}"),
    "language tags": of(_S, "@a-", "}"),
    "not a query": of("", " ", "x"),
    "variables": lambda _: "SELECT * {" + "".join(f"?v{n} " for n in range(12_000)) + "}",
    "columns": lambda _: (
        "SELECT * { VALUES (" + " ".join(f"?v{n}" for n in range(12_000)) + ") {} } x"
    ),
}
_REFUSED = {
    "services glued": of(_S, "SERVICE", "}"),
    "services apart": of(_S, "SERVICE ", "}"),
    "services silent": of(_S, "SERVICE SILENT ", "}"),
    "comments": of(_S, "#\n", "service} x"),
    "readings in doubt": of(_S + "FILTER(?a<b#c>?d)\n" * 31, "?s ?p 'service' . ", "}"),
    "readings without end": of(_S, "(?a<b#>", "service"),
    "readings in brackets": of(_S, "(?a<b#(>\n", "service"),
}
_ANSWERED = {"readings in rows": of(_S + "VALUES (?a ?b) {", "(<a#b> <c#d>)\n", "} # service\n}")}
ATTACKS = {
    **{name: query(text, 413, says="query_length") for name, text in _TOO_LONG.items()},
    **{name: query(text, 400) for name, text in _READ.items()},
    **{name: query(text, 400, 403) for name, text in _REFUSED.items()},
    **{name: query(text, 200) for name, text in _ANSWERED.items()},
    "a form of 4.9 MB": Attack(
        "/sparql",
        lambda _: "query=" + "%20" * 1_600_000,
        "application/x-www-form-urlencoded",
        statuses=(413,),
    ),
    "a form of many fields": Attack(
        "/sparql",
        lambda _: "a=&" * 80_000 + "query=ASK{}",
        "application/x-www-form-urlencoded",
        statuses=(400,),
    ),
}
