"""The tokens of a SPARQL query: its code apart from its strings, comments and IRIs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

# In the order of the grammar's terminals; what none of them takes is code, one character at a time.
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*+)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
  | (?P<string>\"{3}(?:"{0,2}(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
             | "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+')
  | (?P<variable>[?$]\w++)
  | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
  | (?P<blank>_:\w++)
  | (?P<name>(?:[^\W\d_][\w·.-]*+)?+:
             (?:[\w:·-]|%[0-9A-Fa-f]{2}|\\.|\.++(?=[\w:%·\\-]))*+)
  | (?P<word>[\w·.-]++)
    """,
    re.VERBOSE | re.DOTALL,
)
_BRACKET = re.compile(r"([(){}])")
# No letter is above U+FFFFF.
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U000([0-9A-Fa-f]{5})|.)", re.DOTALL)


@dataclass(frozen=True)
class TokenisedQuery:
    """A query as the grammar cuts it."""

    text: str

    @cached_property
    def tokens(self) -> tuple[re.Match[str], ...]:
        """Return its tokens: the `lastgroup` of each is its kind."""
        return tuple(_TOKEN.finditer(self.text))

    @cached_property
    def code(self) -> str:
        """Return its words and signs, with x for the characters of all else, place for place."""
        return _TOKEN.sub(_blanked, self.text)

    @cached_property
    def ends(self) -> dict[int, int]:
        """Return, for the place of each bracket that opens, the place after the one that closes it."""
        ends, opened = dict[int, int](), list[int]()
        for match in _BRACKET.finditer(self.code):
            if match[0] in "({":
                opened.append(match.start())
            elif opened:
                ends[opened.pop()] = match.end()
        return ends

    @cached_property
    def outside(self) -> str:
        """Return its code with what brackets hold blanked, to the end where one is not closed."""
        parts, depth = list[str](), 0
        for part in _BRACKET.split(self.code):
            depth -= part in (")", "}") and depth > 0
            parts.append(" " * len(part) if depth else part)
            depth += part in ("(", "{")
        return "".join(parts)

    def written(self, match: re.Match[str], group: str) -> str:
        """Return the text of what a group of a pattern met in the code."""
        return self.text[slice(*match.span(group))]


def _blanked(token: re.Match[str]) -> str:
    kind, text = token.lastgroup, token[0]
    if kind == "word":
        return text
    if kind == "comment":
        return " " * len(text)
    start = text.index(":") + 1 if kind in ("name", "blank") else 1
    end = len(text) - (kind in ("iri", "string"))
    return text[:start] + "x" * (end - start) + text[end:]


def unescaped(text: str) -> str:
    r"""Return a query with `\u0053` read as `S` wherever it stands, as the standard asks.

    What a string, an IRI or the grammar gives a meaning to (quotes, brackets, backslash) is left as it is.
    """

    def character(escape: re.Match[str]) -> str:
        digits = escape[1] or escape[2]
        letter = chr(int(digits, 16)) if digits else "\\"
        return letter if letter.isalnum() or letter in "_:.-?$@" else escape[0]

    return _ESCAPE.sub(character, text)


def place(text: str, at: int) -> tuple[int, int]:
    """Return the line and the column, from 1, of a position in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
