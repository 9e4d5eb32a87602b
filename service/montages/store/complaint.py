"""What is wrong with a query that the engine does not read: where, near what, and what would mend it."""

from __future__ import annotations

import re

from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SH, SKOS, VOID, XSD

from montages.decision.keys import nearest
from montages.names import PREFIXES
from montages.store.guard import Plan
from montages.store.lexing import place
from montages.store.query_errors import QuerySyntax

_WHERE = re.compile(r"error at (\d+):(\d+)")
_SAID = re.compile(r"\b(?:The|Already|Duplicated) [^,\[\]]+|SELECT \* is not[^,\[\]]+")
_NEAR = 40
KNOWN_PREFIXES: dict[str, str] = {
    **{name: str(namespace) for name, namespace in PREFIXES.items()},
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": "https://schema.org/",
    "sh": str(SH),
    "skos": str(SKOS),
    "void": str(VOID),
    "xsd": str(XSD),
}


def complaint(plan: Plan, said: str) -> QuerySyntax:
    """Return the error of a query, from what the engine said of it."""
    return _undeclared(plan) or _elsewhere(plan, said)


def _undeclared(plan: Plan) -> QuerySyntax | None:
    for token in plan.reading.tokens:
        if token.kind != "name" or token.prefix in plan.prefixes:
            continue
        line, column = place(plan.text, token.start)
        known = token.prefix if token.prefix in KNOWN_PREFIXES else None
        name = known or nearest(token.prefix, KNOWN_PREFIXES)
        add = f"PREFIX {name}: <{KNOWN_PREFIXES[name]}>" if name else f"PREFIX {token.prefix}: <…>"
        return QuerySyntax(
            f"Ligne {line}, colonne {column} : le préfixe « {token.prefix}: » n'est pas déclaré. "
            f"Ajoutez en tête : {add}",
            f"Line {line}, column {column}: the prefix “{token.prefix}:” is not declared. "
            f"Add at the top: {add}",
            line=line,
            column=column,
            prefix=token.prefix,
        )
    return None


def _elsewhere(plan: Plan, said: str) -> QuerySyntax:
    found = _WHERE.search(said)
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    lines = plan.text.split("\n")
    rest = lines[line - 1][column - 1 : column - 1 + _NEAR].strip() if line <= len(lines) else ""
    near_fr = f" près de « {rest} »" if rest else " : la requête s'arrête trop tôt"
    near_en = f" near “{rest}”" if rest else ": the query ends too soon"
    reason = _SAID.search(said)
    why = f" ({reason[0].strip()})" if reason else ""
    missing = plan.reading.code.count("{") - plan.reading.code.count("}")
    more_fr = more_en = ""
    if missing > 0:
        more_fr, more_en = f" Il manque {missing} « }} ».", f" {missing} “}}” missing."
    elif missing < 0:
        more_fr, more_en = f" {-missing} « }} » de trop.", f" {-missing} “}}” too many."
    return QuerySyntax(
        f"Ligne {line}, colonne {column}{near_fr}{why}.{more_fr}",
        f"Line {line}, column {column}{near_en}{why}.{more_en}",
        line=line,
        column=column,
    )
