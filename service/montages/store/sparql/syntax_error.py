"""What is wrong with a query that the engine does not read: where, near what, and what would mend it.

Engines say where they stop reading, which is often the end of the text, and list what they would have taken.
The usual mistakes are looked for in the code of the query, its strings and names blanked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from operator import itemgetter

from montages.bilingual import NO_TEXT, Text, message
from montages.errors import QuerySyntax
from montages.knowledge.did_you_mean import nearest, nearest_hint
from montages.names import PREFIXES, VOCABULARIES
from montages.store.sparql.query_errors import error_at
from montages.store.sparql.query_guard import Plan
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
    """Return the error of the likeliest mistake in a query, None without any."""
    whole = ((plan.start, text) for words, text in _REASONS.items() if words in reply)
    parts = (_open_strings(plan), _unbalanced(plan), _by_pattern(plan))
    mistake = next(chain(whole, *parts), None)
    if mistake is None:
        return None
    where = place(plan.text, mistake[0])
    fault = message("{fault}.", fault=mistake[1])
    return error_at(QuerySyntax, where, fault, _near(plan, *where))


def _near(plan: Plan, line: int, column: int) -> Text:
    lines = plan.text.split("\n")
    rest = lines[line - 1][column - 1 : column - 1 + _NEAR].strip() if line <= len(lines) else ""
    return message(" near “{rest}”", rest=rest) if rest else NO_TEXT


def _undeclared(plan: Plan) -> QuerySyntax | None:
    for token in plan.query.tokens:
        name = token[0].partition(":")[0]
        if token.lastgroup != "name" or name in plan.prefixes:
            continue
        prefix = name[:_NEAR]
        fault = message(
            "the prefix “{prefix}:” is not declared. {hint}",
            prefix=prefix,
            hint=_prefix_hint(prefix, plan.prefixes),
        )
        return error_at(QuerySyntax, place(plan.text, token.start()), fault, prefix=prefix)
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
        word = token[0].upper()
        if token.lastgroup != "word" or not word.isidentifier() or word in _FUNCTIONS | _KEYWORDS:
            continue
        if _OPENS.match(plan.query.code, token.end()):
            name = token[0][:_SHOWN]
            fault = message(
                "SPARQL has no function “{name}”.{hint}",
                name=name,
                hint=nearest_hint(word, sorted(_FUNCTIONS)),
            )
            return error_at(QuerySyntax, place(plan.text, token.start()), fault, function=name)
    return None


# The usual mistakes: from where in the text each stands, with what to do.
Mistake = tuple[int, Text]
_VARIABLE = r"[?$]\w+"
_TERM = (
    rf"(?:{_VARIABLE}|<x*>|['\"]x*['\"](?:@x+|\^\^\S+)?|_:x+|[\w-]*:[\w.-]*\w|[0-9.]*[0-9]|\ba\b)"
)
_FLAGS = re.IGNORECASE | re.ASCII
# Characters that are looked at: nobody writes a longer query by hand.
_LONGEST = 5000
# Its rows are no triples.
_VALUES = re.compile(rf"\bVALUES\s*(?:{_VARIABLE}|\([^()]*\))\s*{{[^{{}}]*}}", _FLAGS)
# Pattern in the code; where a group is named `at`, the mistake stands there.
_PATTERNS: tuple[tuple[str, Text], ...] = (
    (
        rf"\bSELECT\b[^{{]*?{_VARIABLE}\s*(?P<at>,)",
        message("put a space between two variables, no comma"),
    ),
    (
        r"\bSELECT\s+(?:DISTINCT\s+)?(?P<at>(?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT|STR)\s*\()",
        message("an expression goes in parentheses and has a name: (COUNT(?x) AS ?n)"),
    ),
    (
        rf"(?P<at>\((?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\s*\([^()]*\)\s*{_VARIABLE}\s*\))",
        message("AS is missing before the name: (COUNT(?x) AS ?n)"),
    ),
    (r"\bWHERE\s*(?P<at>[^\s{])", message("“{” comes after WHERE")),
    (r"(?P<at>==)", message("equality is written with one “=”")),
    (
        rf"\bFILTER\s*(?P<at>{_VARIABLE}|!|['\"])",
        message("the condition of a FILTER goes in parentheses: FILTER(?x > 1)"),
    ),
    (r"\b(?P<at>ORDER|GROUP)\b(?!\s+BY\b)", message("BY is missing: ORDER BY ?x, GROUP BY ?x")),
    (r"(?P<at>\b(?!ORDER\b|GROUP\b)\w+)\s+BY\b", message("write ORDER BY or GROUP BY")),
    (
        r"\b(?:LIMIT|OFFSET)\s*(?P<at>[^\s0-9]|$)",
        message("LIMIT and OFFSET take a whole number: LIMIT 10"),
    ),
    (
        rf"[{{.]\s*(?P<at>{_TERM}\s+{_TERM})\s*[}}.]",
        message("a triple has three terms (subject, predicate, object); there are only two here"),
    ),
    (
        rf"[{{.]\s*{_TERM}\s+{_TERM}\s+{_TERM}\s+(?P<at>{_TERM})",
        message("a triple has three terms: put “.” before the next, or “;” for the same subject"),
    ),
)
# What the engine says of a query as a whole.
_REASONS = {
    "contains a variable that is unbound": message(
        "beside an aggregate, each variable selected is in GROUP BY, or aggregated: "
        "(SAMPLE(?x) AS ?one)"
    ),
    "SELECT * is not authorized": message("with GROUP BY, name the variables instead of writing *"),
    "Duplicated variable name": message("two columns have the same name: change one AS"),
}


def _open_strings(plan: Plan) -> Iterator[Mistake]:
    inside = {at for token in plan.query.tokens for at in range(*token.span())}
    for at, character in enumerate(plan.text):
        if character in "'\"" and at not in inside:
            yield at, message("this quote is not closed on its line")
            return


def _unbalanced(plan: Plan) -> Iterator[Mistake]:
    pairs, open_at = {")": "(", "}": "{", "]": "["}, list[int]()
    code = plan.query.code
    for at, character in enumerate(code):
        if character in "({[":
            open_at.append(at)
        elif character in pairs:
            if not open_at or code[open_at[-1]] != pairs[character]:
                yield at, message("“{character}” closes what is not open", character=character)
                return
            open_at.pop()
    if open_at:
        at = open_at[-1]
        yield at, message("“{sign}” is not closed", sign=code[at])


def _by_pattern(plan: Plan) -> Iterator[Mistake]:
    bound: set[str] = set()
    for token, after in zip(plan.query.tokens, plan.query.tokens[1:], strict=False):
        if token.lastgroup == "word" and token[0].upper() == "AS" and after.lastgroup == "variable":
            if after[0][1:] in bound:
                text = message("{name} already names something else: change it", name=after[0])
                yield after.start(), text
            bound.add(after[0][1:])
    mistakes = []
    code = _VALUES.sub(lambda block: " " * len(block[0]), plan.query.code[:_LONGEST])
    for pattern, text in _PATTERNS:
        if match := re.search(pattern, code, _FLAGS):
            mistakes.append((match.start("at"), text))
    yield from sorted(mistakes, key=itemgetter(0))
