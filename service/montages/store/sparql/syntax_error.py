"""What is wrong with a query that the engine does not read: where, near what, and what would mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from montages.bilingual import NO_TEXT, Text, message
from montages.knowledge.did_you_mean import nearest, nearest_hint
from montages.names import PREFIXES, VOCABULARIES
from montages.store.sparql.query_errors import QuerySyntax, error_at
from montages.store.sparql.query_guard import Plan
from montages.store.sparql.query_mistakes import mistake
from montages.store.sparql.sparql_tokens import place

_POSITION = re.compile(r"error at (\d+):(\d+)")
_REASON = re.compile(r"\b(?:The|Already|Duplicated) [^,\[\]]+|SELECT \* is not[^,\[\]]+")
_NEAR = 40
_PREFIXES = {name: str(namespace) for name, namespace in (PREFIXES | VOCABULARIES).items()}


def syntax_error(plan: Plan, reply: str) -> QuerySyntax:
    """Return the error of a query, from what the engine said of it."""
    return (
        _undeclared(plan)
        or _unknown_function(plan)
        or _usual(plan, reply)
        or _elsewhere(plan, reply)
    )


def _usual(plan: Plan, reply: str) -> QuerySyntax | None:
    fault = mistake(plan, reply)
    if fault is None:
        return None
    where = place(plan.text, fault.start)
    text = message("{fault}.", fault=fault.text)
    return error_at(QuerySyntax, where, text, _near(plan, *where))


def _near(plan: Plan, line: int, column: int) -> Text:
    lines = plan.text.split("\n")
    rest = lines[line - 1][column - 1 : column - 1 + _NEAR].strip() if line <= len(lines) else ""
    return message(" near “{rest}”", rest=rest) if rest else NO_TEXT


def _undeclared(plan: Plan) -> QuerySyntax | None:
    for token in plan.query.tokens:
        if token.kind != "name" or token.prefix in plan.prefixes:
            continue
        prefix = token.prefix[:_NEAR]
        fault = message(
            "the prefix “{prefix}:” is not declared. {hint}",
            prefix=prefix,
            hint=_prefix_hint(prefix, plan.prefixes),
        )
        return error_at(QuerySyntax, place(plan.text, token.start), fault, prefix=prefix)
    return None


def _prefix_hint(prefix: str, declared: Mapping[str, str]) -> Text:
    """Return what to do about a prefix: add the usual one of that name, or write the one declared."""
    close = None if prefix in _PREFIXES else nearest(prefix, declared)
    if close:
        return message("Did you mean “{close}:”?", close=close)
    name = prefix if prefix in _PREFIXES else nearest(prefix, _PREFIXES)
    line = f"PREFIX {name}: <{_PREFIXES[name]}>" if name else f"PREFIX {prefix}: <…>"
    return message("Add at the top: {line}", line=line)


def _elsewhere(plan: Plan, reply: str) -> QuerySyntax:
    position = _POSITION.search(reply)
    where = (int(position[1]), int(position[2])) if position else (1, 1)
    near = _near(plan, *where)
    if near.en:
        fault = message("this cannot be read")
    else:
        # The engine goes back to the end of the text, beyond ours where a limit was added to it.
        where = place(plan.text, len(plan.text.rstrip()))
        fault = message("the query cannot be read to its end")
    reason = _REASON.search(reply)
    text = message(
        "{fault}{why}. Make it shorter until it passes, or start from a question of /queries, which "
        "opens in the editor (/sparql).",
        fault=fault,
        why=f" ({reason[0].strip()})" if reason else "",
    )
    return error_at(QuerySyntax, where, text, near)


_SHOWN = 40  # characters of a word that a message repeats
_OPENS = re.compile(r"\s*\(", re.A)
# What SPARQL 1.1 lets stand before a bracket, and what the engine has of its successor.
_FUNCTION_NAMES = """
STR LANG LANGMATCHES LANGDIR HASLANG HASLANGDIR DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT
STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES
SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRLANGDIR STRDT
SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE COUNT SUM MIN MAX AVG SAMPLE
GROUP_CONCAT TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE ADJUST
"""
_KEYWORD_NAMES = """
FILTER BIND VALUES HAVING BY ASC DESC IN SELECT DISTINCT REDUCED AS EXISTS NOT WHERE UNDEF UNION OPTIONAL
MINUS LATERAL A TRUE FALSE DESCRIBE GRAPH
"""
_FUNCTIONS, _KEYWORDS = frozenset(_FUNCTION_NAMES.split()), frozenset(_KEYWORD_NAMES.split())


def _unknown_function(plan: Plan) -> QuerySyntax | None:
    """Return the error of the first word before a bracket that is none of the language."""
    for token in plan.query.tokens:
        word = token.text.upper()
        if token.kind != "word" or not word.isidentifier() or word in _FUNCTIONS | _KEYWORDS:
            continue
        if _OPENS.match(plan.query.code, token.end):
            name = token.text[:_SHOWN]
            fault = message(
                "SPARQL has no function “{name}”.{hint}",
                name=name,
                hint=nearest_hint(word, sorted(_FUNCTIONS)),
            )
            return error_at(QuerySyntax, place(plan.text, token.start), fault, function=name)
    return None
