"""What is written into a query before the engine runs it: keys of a total order, the row limit, columns.

The engine compares a number with a text by what both look like, two numbers by value: 9 < 10 < "5" < 9. Its
sort ends the process where it notices, and is wrong where it does not (docs/upstream-total-order.md). Keys
that are unbound, blank nodes, IRIs or plain texts it orders well, so those are what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from montages.store.sparql.order_key import COUNTS, LANGUAGE, NUMBER, TEXT, XSD, order_key
from montages.store.sparql.query_guard import Plan
from montages.store.sparql.sparql_tokens import TokenisedQuery
from montages.store.sparql.syntax_error import syntax_error

_FUNCTION = "urn:montages:order-key"
ORDER_FUNCTIONS: dict[ox.NamedNode, Callable[..., Any]] = {ox.NamedNode(_FUNCTION): order_key}

ORDER_BY = re.compile(r"(?<![\w:.?$@-])ORDER\s*BY(?![\w:-])", re.I | re.A)
# What stands before a key, and the key: a variable, or all up to a bracket that opens.
_KEY = re.compile(
    r"\s*+(?:(?:ASC|DESC)\s*+(?=\())?+(?P<key>(?P<exists>(?:NOT\s*+)?EXISTS\s*+(?=\{))|(?P<variable>[?$]\w++)"
    r"|(?:\<i*+\>|[^\s:{}<>\"?()]*+:[^\s{}<>\"?()]*+|\w++)?+\s*+(?=\())",
    re.I | re.A,
)
_IN_BRACKETS = re.compile(r"[\s(]*(?P<variable>[?$]\w+)[\s)]*")
# What these give is of one kind, which the engine orders well.
_OF_ONE_KIND = re.compile(
    r"[\s(]*(?:STR|LANG|[LU]CASE|COUNT|STRLEN|YEAR|MONTH|DAY|RAND|[IU]RI)\s*(?=\()", re.I | re.A
)


def with_total_order(plan: Plan) -> Plan:
    """Return a plan whose every ORDER BY has keys of one kind, by ORDER_FUNCTIONS, if it is well written."""
    changes = sorted(_order_changes(plan))
    if not changes:
        return plan
    text = code = ""
    at = 0
    for start, _, end, ours in [*changes, (len(plan.text), 0, 0, "")]:
        text += plan.text[at:start] + ours
        # What is ours is no blank, and says nothing to whoever reads the code after.
        code += plan.query.code[at:start] + "=" * len(ours)
        at = end
    return replace(plan, text=text, query=TokenisedQuery(text, (), code))


def _order_changes(plan: Plan) -> Iterator[tuple[int, int, int, str]]:
    """Yield from where, in which turn, to where another text is to be written: keys may hold an ORDER BY."""
    for number, (start, end) in enumerate(_order_keys(plan.query.code)):
        match = _IN_BRACKETS.fullmatch(plan.text, start, end)
        if match and number < _BY_ENGINE:
            yield start, 1, end, _NATIVE.replace("?x", match["variable"])
        else:
            yield start, 1, start, f"(<{_FUNCTION}>("
            yield end, 0, end, "))"


def _order_keys(code: str) -> Iterator[tuple[int, int]]:
    """Yield where each expression to sort by begins and ends, in code without its strings and names."""
    ends: dict[int, int] | None = None
    for clause in ORDER_BY.finditer(code):
        ends = bracket_ends(code) if ends is None else ends
        at: int | None = clause.end()
        while at is not None and (match := _KEY.match(code, at)):
            at = match.end() if match["variable"] else ends.get(match.end())
            start = match.start("key")
            if at is not None and not match["exists"] and not _of_one_kind(code, start, at, ends):
                yield start, at


def _of_one_kind(code: str, start: int, end: int, ends: Mapping[int, int]) -> bool:
    """Tell whether an expression is one call of a function whose results have an order."""
    call = _OF_ONE_KIND.match(code, start, end)
    return bool(call and not code[ends.get(call.end(), start) : end].strip(" \t\r\n)"))


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


_LIMIT = re.compile(
    r"(?<![\w:.?-])(?:LIMIT\s*(?P<rows>[0-9]+)|(?P<values>VALUES)(?![\w:-]))", re.I | re.A
)


def with_row_limit(plan: Plan, rows: int) -> str:
    """Return the text of a SELECT that gives at most `rows` rows; that of any other form as it is.

    A lower LIMIT stays. What is not well closed is left to the engine to complain about.
    """
    if plan.form != "SELECT":
        return plan.text
    code = plan.query.code
    at = bracket_ends(code).get(plan.body)
    if at is None:
        return plan.text
    end, depth = len(code), 0
    for clause in _LIMIT.finditer(code, at):
        between = code[at : clause.start()]
        depth += sum(map(between.count, "{(")) - sum(map(between.count, "})"))
        at = clause.start()
        if depth:
            continue
        if clause["rows"]:
            digits = clause["rows"].lstrip("0")
            if len(digits) <= len(str(rows)) and int(digits or 0) <= rows:
                return plan.text
            start, stop = clause.span("rows")
            return f"{plan.text[:start]}{rows}{plan.text[stop:]}"
        end = clause.start()
        break
    end = len(code[:end].rstrip())
    return f"{plan.text[:end]} LIMIT {rows} {plan.text[end:]}"


def bracket_ends(code: str) -> dict[int, int]:
    """Return, for the place of each bracket that opens, the place after the one that closes it."""
    ends, opened = dict[int, int](), list[int]()
    for match in re.finditer(r"[(){}]", code):
        if match[0] in "({":
            opened.append(match.start())
        elif opened:
            ends[opened.pop()] = match.end()
    return ends


_STAR = re.compile(r"SELECT\s*(?:DISTINCT|REDUCED)?\s*(?P<star>\*)", re.I | re.A)


def with_columns(plan: Plan, text: str, base: str) -> str:
    """Return a SELECT * with its columns named in their order; any other text as it is.

    The engine alone knows which variables are in scope (those of a MINUS or of a FILTER are not), and gives
    them in an order of its own. They are asked of it on nothing: it reads the query, and answers at once.
    `text` is that of the plan, changed only after its star. Raises QuerySyntax.
    """
    star = _STAR.match(plan.query.code, plan.start) if plan.form == "SELECT" else None
    if star is None:
        return text
    at = star.start("star")
    scope = columns_given(plan, base)
    variables = (t.text[1:] for t in plan.query.tokens if t.kind == "variable" and t.start > at)
    order = {name: place for place, name in enumerate(dict.fromkeys(variables))}
    columns = sorted(scope, key=lambda name: order.get(name, len(order)))
    if columns == scope:
        return text
    return f"{text[:at]} {' '.join(f'?{name}' for name in columns)} {text[at + 1 :]}"


def columns_given(plan: Plan, base: str) -> list[str]:
    """Return the columns of a SELECT, as the embedded engine gives them; raises QuerySyntax."""
    return [variable.value for variable in answer_on_nothing(plan, base).variables]


def answer_on_nothing(plan: Plan, base: str) -> Any:
    """Return what the embedded engine answers on nothing to a query as it was written; raises QuerySyntax."""
    try:
        return ox.Store().query(plan.text, base_iri=base)
    except SyntaxError as error:
        raise syntax_error(plan, str(error)) from error
