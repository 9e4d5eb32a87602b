"""ORDER BY: each key of a query made one that has a total order, before the engine sorts by it.

The engine compares a number with a text by what both look like, two numbers by value: 9 < 10 < "5" < 9. Its
sort ends the process where it notices, and is wrong where it does not (docs/upstream-total-order.md). Keys
that are unbound, blank nodes, IRIs or plain texts it orders well, so those are what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

from montages.store.sparql.order_key import COUNTS, LANGUAGE, NUMBER, TEXT, XSD, Term, order_key
from montages.store.sparql.query_guard import Plan
from montages.store.sparql.sparql_tokens import TokenisedQuery

_FUNCTION = "urn:montages:order-key"
FUNCTIONS: dict[ox.NamedNode, Callable[..., Term | None]] = {ox.NamedNode(_FUNCTION): order_key}

_CLAUSE = re.compile(r"(?<![\w:.?$@-])ORDER\s*BY(?![\w:-])", re.I | re.A)
_BEFORE_KEY = re.compile(r"\s*(?:(?:ASC|DESC)\s*(?=\())?", re.I | re.A)
_VARIABLE = re.compile(r"[?$]\w+")
_CALL = re.compile(r"(?:\<i*\>|[^\s:{}<>\"?()]*:[^\s{}<>\"?()]*|\w+)?\s*(?=\()", re.A)
_EXISTS = re.compile(r"(?:NOT\s*)?EXISTS\s*(?=\{)", re.I | re.A)
_BRACKET = re.compile(r"[(){}]")
_IN_BRACKETS = re.compile(r"[\s(]*(?P<variable>[?$]\w+)[\s)]*")
# What these give is of one kind, which the engine orders well.
_OF_ONE_KIND = re.compile(
    r"[\s(]*(?:STR|LANG|[LU]CASE|CONCAT|SUBSTR|REPLACE|STRBEFORE|STRAFTER|ENCODE_FOR_URI|MD5|SHA(?:1|256|384|512)"
    r"|STRUUID|GROUP_CONCAT|TZ|COUNT|STRLEN|YEAR|MONTH|DAY|HOURS|MINUTES|SECONDS|RAND|DATATYPE|[IU]RI|UUID"
    r"|BOUND|SAMETERM|IS(?:[IU]RI|BLANK|LITERAL|NUMERIC)|REGEX|CONTAINS|STRSTARTS|STRENDS|LANGMATCHES)\s*(?=\()",
    re.I | re.A,
)
_BRACKETS_ALONE = re.compile(r"[\s)]*")


def with_total_order(plan: Plan) -> Plan:
    """Return the plan of a query whose every ORDER BY has keys of one kind; it asks for FUNCTIONS.

    What is not well written is left to the engine to complain about.
    """
    changes = sorted(_changes(plan))
    if not changes:
        return plan
    texts, codes, at = list[str](), list[str](), 0
    for start, _, end, text in changes:
        texts += [plan.text[at:start], text]
        # What is ours is no blank, and says nothing to whoever reads the code after.
        codes += [plan.query.code[at:start], "=" * len(text)]
        at = end
    changed, code = "".join([*texts, plan.text[at:]]), "".join([*codes, plan.query.code[at:]])
    return replace(plan, text=changed, query=TokenisedQuery(changed, (), code))


def _changes(plan: Plan) -> Iterator[tuple[int, int, int, str]]:
    """Yield from where, in which turn, to where another text is to be written: keys may hold an ORDER BY."""
    for number, (start, end) in enumerate(_keys(plan.query.code)):
        match = _IN_BRACKETS.fullmatch(plan.text, start, end)
        if match and number < _BY_ENGINE:
            yield start, 1, end, _NATIVE.replace("?x", match["variable"])
        else:
            yield start, 1, start, f"(<{_FUNCTION}>("
            yield end, 0, end, "))"


def _keys(code: str) -> Iterator[tuple[int, int]]:
    """Yield where each expression to sort by begins and ends, in code without its strings and names."""
    ends: dict[int, int] | None = None
    for clause in _CLAUSE.finditer(code):
        ends = _bracket_ends(code) if ends is None else ends
        at = clause.end()
        while match := _BEFORE_KEY.match(code, at):
            at = start = match.end()
            if exists := _EXISTS.match(code, at):
                at = ends.get(exists.end(), -1)
            elif variable := _VARIABLE.match(code, at):
                at = variable.end()
                yield start, at
            elif call := _CALL.match(code, at):
                at = ends.get(call.end(), -1)
                if at >= 0 and not _of_one_kind(code, start, at, ends):
                    yield start, at
            else:
                break
            if at < 0:
                break


def _of_one_kind(code: str, start: int, end: int, ends: Mapping[int, int]) -> bool:
    """Tell whether an expression is one call of a function whose results have an order."""
    call = _OF_ONE_KIND.match(code, start, end)
    return bool(call and _BRACKETS_ALONE.fullmatch(code, ends.get(call.end(), end + 1), end))


def _bracket_ends(code: str) -> dict[int, int]:
    """Return, for the place of each bracket that opens, the place after the one that closes it."""
    ends, opened = dict[int, int](), {"(": list[int](), "{": list[int]()}
    for match in _BRACKET.finditer(code):
        if match[0] in opened:
            opened[match[0]].append(match.start())
        elif places := opened["(" if match[0] == ")" else "{"]:
            ends[places.pop()] = match.end()
    return ends


# The function answers for all terms; what is frequent, the engine does by itself in a tenth of the time. It
# takes as long to read that as to sort a few rows: nobody sorts by so many keys.
_BY_ENGINE = 16
_NATIVE = (
    "(COALESCE(IF(isIRI(?x) || isBlank(?x), ?x, "
    f'IF(DATATYPE(?x) = <{XSD}string>, CONCAT("{TEXT}", STR(?x)), '
    f'IF(LANG(?x) != "", CONCAT("{TEXT}", STR(?x), "{LANGUAGE}", LANG(?x)), '
    f"IF(DATATYPE(?x) = <{XSD}integer> && ?x > 0, "
    f'CONCAT("{NUMBER}", SUBSTR("{COUNTS}", STRLEN(STR(?x)), 1), STR(?x)), '
    f"<{_FUNCTION}>(?x))))), <{_FUNCTION}>(?x)))"
)
