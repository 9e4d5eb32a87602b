"""The word of a query that stands where a function would, and is none."""

from __future__ import annotations

import re

from montages.knowledge.did_you_mean import nearest_hint
from montages.store.sparql.query_errors import QuerySyntax
from montages.store.sparql.query_guard import Plan
from montages.store.sparql.sparql_tokens import place

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


def unknown_function(plan: Plan) -> QuerySyntax | None:
    """Return the error of the first word before a bracket that is none of the language."""
    for token in plan.query.tokens:
        word = token.text.upper()
        if token.kind != "word" or not word.isidentifier() or word in _FUNCTIONS | _KEYWORDS:
            continue
        if _OPENS.match(plan.query.code, token.end):
            line, column = place(plan.text, token.start)
            hint, shown = nearest_hint(word, sorted(_FUNCTIONS)), token.text[:_SHOWN]
            return QuerySyntax(
                f"Ligne {line}, colonne {column} : SPARQL n'a pas de fonction « {shown} ».{hint.fr}",
                f"Line {line}, column {column}: SPARQL has no function “{shown}”.{hint.en}",
                line=line,
                column=column,
                function=shown,
            )
    return None
