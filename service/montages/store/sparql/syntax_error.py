"""What is wrong with a query that the engine does not read: where, near what, and what would mend it."""

from __future__ import annotations

import re

from montages.knowledge.did_you_mean import nearest
from montages.names import PREFIXES, VOCABULARIES
from montages.store.sparql.query_errors import QuerySyntax
from montages.store.sparql.query_guard import Plan
from montages.store.sparql.sparql_tokens import place

_POSITION = re.compile(r"error at (\d+):(\d+)")
_REASON = re.compile(r"\b(?:The|Already|Duplicated) [^,\[\]]+|SELECT \* is not[^,\[\]]+")
_NEAR = 40
_PREFIXES = {name: str(namespace) for name, namespace in (PREFIXES | VOCABULARIES).items()}


def syntax_error(plan: Plan, message: str) -> QuerySyntax:
    """Return the error of a query, from what the engine said of it."""
    return _undeclared(plan) or _elsewhere(plan, message)


def _undeclared(plan: Plan) -> QuerySyntax | None:
    for token in plan.query.tokens:
        if token.kind != "name" or token.prefix in plan.prefixes:
            continue
        line, column = place(plan.text, token.start)
        prefix = token.prefix if token.prefix in _PREFIXES else None
        name = prefix or nearest(token.prefix, _PREFIXES)
        add = f"PREFIX {name}: <{_PREFIXES[name]}>" if name else f"PREFIX {token.prefix}: <…>"
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


def _elsewhere(plan: Plan, message: str) -> QuerySyntax:
    position = _POSITION.search(message)
    line, column = (int(position[1]), int(position[2])) if position else (1, 1)
    lines = plan.text.split("\n")
    rest = lines[line - 1][column - 1 : column - 1 + _NEAR].strip() if line <= len(lines) else ""
    near_fr = f" près de « {rest} »" if rest else " : la requête s'arrête trop tôt"
    near_en = f" near “{rest}”" if rest else ": the query ends too soon"
    reason = _REASON.search(message)
    why = f" ({reason[0].strip()})" if reason else ""
    missing = plan.query.code.count("{") - plan.query.code.count("}")
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
