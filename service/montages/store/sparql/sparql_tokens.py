"""The tokens of a SPARQL query: its code apart from its strings, comments and IRIs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urljoin

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
  | (?P<name>(?P<prefix>(?:[^\W\d_][\w·.-]*+)?+):
             (?:[\w:·-]|%[0-9A-Fa-f]{2}|\\.|\.++(?=[\w:%·\\-]))*+)
  | (?P<word>[\w·.-]++)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING, _BRACKET = re.compile(r"[({]"), re.compile(r"[(){}]")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)


class QueryToken(NamedTuple):
    """A run of characters of one kind, from `start` to `end`."""

    kind: str
    start: int
    end: int
    text: str
    prefix: str = ""


@dataclass(frozen=True)
class TokenisedQuery:
    """A query as the grammar cuts it: its tokens, and its code with the rest blanked, place for place."""

    text: str
    tokens: tuple[QueryToken, ...]
    code: str

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
        parts, at = list[str](), 0
        while opening := _OPENING.search(self.code, at):
            start, end = opening.start(), self.ends.get(opening.start(), len(self.code) + 1)
            parts += [self.code[at : start + 1], " " * (end - start - 2), self.code[end - 1 : end]]
            at = end
        return "".join([*parts, self.code[at:]])

    def written(self, match: re.Match[str], group: str) -> str:
        """Return the text of what a group of a pattern met in the code."""
        return self.text[slice(*match.span(group))]


def unescaped(text: str) -> str:
    r"""Return a query with `\u0053` read as `S` wherever it stands, as the standard asks.

    What a string, an IRI or the grammar gives a meaning to (quotes, brackets, backslash) is left as it is.
    """

    def character(escape: re.Match[str]) -> str:
        digits = escape[1] or escape[2]
        if digits is None or (point := int(digits, 16)) > 0x10FFFF:
            return escape[0]
        letter = chr(point)
        return letter if letter.isalnum() or letter in "_:.-?$@" else escape[0]

    return _ESCAPE.sub(character, text) if "\\" in text else text


def tokenise(text: str) -> TokenisedQuery:
    """Return the tokens and the code of a query."""
    tokens, parts, at = list[QueryToken](), list[str](), 0
    for match in _TOKEN.finditer(text):
        token = QueryToken(match.lastgroup or "", *match.span(), match[0], match["prefix"] or "")
        tokens.append(token)
        parts += [text[at : token.start], _BLANKED[token.kind](token)]
        at = token.end
    return TokenisedQuery(text, tuple(tokens), "".join([*parts, text[at:]]))


_BLANKED: dict[str, Callable[[QueryToken], str]] = {
    "comment": lambda token: " " * len(token.text),
    "iri": lambda token: "<".ljust(len(token.text) - 1, "i") + ">",
    "string": lambda token: '"'.ljust(len(token.text) - 1, ".") + '"',
    "variable": lambda token: "?".ljust(len(token.text), "v"),
    "language": lambda token: "@".ljust(len(token.text), "l"),
    "blank": lambda token: "_:".ljust(len(token.text), "b"),
    "name": lambda token: f"{token.prefix}:".ljust(len(token.text), "x"),
    "word": lambda token: token.text,
}


def prefixed_iri(code: str, prefixes: Mapping[str, str], base: str) -> str | None:
    """Return the IRI that some code names, None if its prefix is not declared."""
    if code.startswith("<"):
        return urljoin(base, code[1:-1])
    prefix, _, local = code.partition(":")
    return None if prefix not in prefixes else prefixes[prefix] + local.replace("\\", "")


def place(text: str, at: int) -> tuple[int, int]:
    """Return the line and the column, from 1, of a position in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
