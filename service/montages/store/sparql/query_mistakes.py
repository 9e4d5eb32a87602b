"""The usual mistakes in a SPARQL query: each by its pattern, with what to write instead.

Engines say where they stop reading, which is often the end of the text, and list what they would have taken.
These are looked for in the code of a query that an engine did not read, its strings and names blanked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from montages.bilingual import Text, message
from montages.store.sparql.query_guard import Plan

_VARIABLE = r"[?$]\w+"
_TERM = rf"(?:{_VARIABLE}|<i*>|\"\.*\"(?:@l+|\^\^\S+)?|_:b+|[\w-]*:[\w.-]*\w|[0-9.]*[0-9]|\ba\b)"
_FLAGS = re.IGNORECASE | re.ASCII
# Characters that are looked at: nobody writes a longer query by hand.
_LONGEST = 5000
# Its rows are no triples.
_VALUES = re.compile(rf"\bVALUES\s*(?:{_VARIABLE}|\([^()]*\))\s*{{[^{{}}]*}}", _FLAGS)


@dataclass(frozen=True)
class Mistake:
    """A mistake, from where in the text it stands, with what to do."""

    start: int
    text: Text


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
    (
        r"\bWHERE\s*(?P<at>[^\s{])",
        message("“{” comes after WHERE"),
    ),
    (
        r"(?P<at>==)",
        message("equality is written with one “=”"),
    ),
    (
        rf"\bFILTER\s*(?P<at>{_VARIABLE}|!|\")",
        message("the condition of a FILTER goes in parentheses: FILTER(?x > 1)"),
    ),
    (
        r"\b(?P<at>ORDER|GROUP)\b(?!\s+BY\b)",
        message("BY is missing: ORDER BY ?x, GROUP BY ?x"),
    ),
    (
        r"(?P<at>\b(?!ORDER\b|GROUP\b)\w+)\s+BY\b",
        message("write ORDER BY or GROUP BY"),
    ),
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
        "(SAMPLE(?x) AS ?one)",
    ),
    "SELECT * is not authorized": message("with GROUP BY, name the variables instead of writing *"),
    "Duplicated variable name": message("two columns have the same name: change one AS"),
}


def mistake(plan: Plan, reply: str) -> Mistake | None:
    """Return the likeliest mistake in a query that the engine refused with a message, None without any."""
    for words, text in _REASONS.items():
        if words in reply:
            return Mistake(plan.start, text)
    return next(chain(_open_strings(plan), _unbalanced(plan), _usual(plan)), None)


def _open_strings(plan: Plan) -> Iterator[Mistake]:
    inside = {at for token in plan.query.tokens for at in range(token.start, token.end)}
    for at, character in enumerate(plan.text):
        if character in "'\"" and at not in inside:
            yield Mistake(
                at,
                message("this quote is not closed on its line"),
            )
            return


def _unbalanced(plan: Plan) -> Iterator[Mistake]:
    pairs, open_at = {")": "(", "}": "{", "]": "["}, list[int]()
    code = plan.query.code
    for at, character in enumerate(code):
        if character in "({[":
            open_at.append(at)
        elif character in pairs:
            if not open_at or code[open_at[-1]] != pairs[character]:
                yield Mistake(
                    at,
                    message("“{character}” closes what is not open", character=character),
                )
                return
            open_at.pop()
    if open_at:
        at = open_at[-1]
        yield Mistake(at, message("“{sign}” is not closed", sign=code[at]))


def _usual(plan: Plan) -> Iterator[Mistake]:
    bound: set[str] = set()
    for token, after in zip(plan.query.tokens, plan.query.tokens[1:], strict=False):
        if token.kind == "word" and token.text.upper() == "AS" and after.kind == "variable":
            if after.text[1:] in bound:
                yield Mistake(
                    after.start,
                    message("{name} already names something else: change it", name=after.text),
                )
            bound.add(after.text[1:])
    mistakes = []
    code = _VALUES.sub(lambda block: " " * len(block[0]), plan.query.code[:_LONGEST])
    for pattern, text in _PATTERNS:
        if match := re.search(pattern, code, _FLAGS):
            mistakes.append(Mistake(match.start("at"), text))
    yield from sorted(mistakes, key=lambda one: one.start)
