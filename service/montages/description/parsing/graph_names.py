"""TriG and N-Quads read as Turtle and N-Triples: names of graphs become blanks, and nothing moves.

A description is one graph. What a text puts into named graphs is taken together, and each statement stays at
its line and column, so that whatever reads Turtle or N-Triples reads these too, and says where a mistake is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from montages.description.parsing.syntax_errors import SyntaxFault

# What a text in each syntax becomes.
WITHOUT_GRAPHS = {"trig": "turtle", "nq": "nt"}
_NODE = r"(?:<[^<>\s]*>|_:[^\s<>\"]+)"
_QUAD = re.compile(
    rf"^([ \t]*{_NODE}[ \t]*<[^<>\s]*>[ \t]*"
    rf"(?:{_NODE}|\"(?:[^\"\\\n]|\\.)*+\"(?:@[A-Za-z0-9-]+|\^\^<[^<>\s]*>)?)[ \t]*)"
    rf"({_NODE})(?=[ \t]*\.[ \t]*(?:\#.*)?\r?$)",
    re.MULTILINE,
)
_TOKEN = re.compile(
    r"""(?P<blank>\s+|\#[^\n]*)
    |(?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
        |"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')
    |(?P<iri><[^<>\s]*>)
    |(?P<mark>[{}\[\]();,.])
    |(?P<word>(?:\\.|[^\s<>"'{}\[\]();,.\#\\])+(?:\.+(?:\\.|[^\s<>"'{}\[\]();,.\#\\])+)*)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
# Words of SPARQL's own form of a directive, and how many tokens follow each.
_DIRECTIVES = {"PREFIX": 2, "BASE": 1}


def without_graph_names(text: str, syntax: str) -> str:
    """Return a text of the same length without names of graphs; `syntax` is trig or nq.

    Raises SyntaxFault for a block that is not closed. Other mistakes are left to the parser.
    """
    if syntax == "nq":
        return _QUAD.sub(lambda quad: quad[1] + " " * len(quad[2]), text)
    parts, end = [], 0
    for start, stop, instead in _blanks(text):
        parts += [text[end:start], instead]
        end = stop
    return "".join([*parts, text[end:]])


def _blanks(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is replaced: the name of each block with its brace, and the brace at its end."""
    opened, name, skip, finished = None, None, 0, True
    for token in _TOKEN.finditer(text):
        word, at = token[0], token.start()
        if token["blank"]:
            continue
        if skip:
            skip, name = skip - 1, None
        elif word == "{" and opened is None:
            start = at if name is None else name
            yield start, token.end(), _spaces(text[start : token.end()])
            opened, name, finished = at, None, True
        elif word == "}" and opened is not None:
            yield at, token.end(), " " if finished else "."
            opened = None
        elif opened is not None:
            finished = word == "."
        elif word.upper() in _DIRECTIVES:
            skip = _DIRECTIVES[word.upper()]
        elif word == ".":
            name = None
        elif name is None or text[name : name + 5].upper() != "GRAPH":
            # The last thing before a brace names the block; `[]` is two tokens.
            name = name if word == "]" and name is not None else at
    if opened is not None:
        line = text.count("\n", 0, opened) + 1
        column = opened - text.rfind("\n", 0, opened)
        raise SyntaxFault("TriG", line, column, "the text ends too early")


def _spaces(text: str) -> str:
    """Return blanks in place of a text, its lines kept."""
    return "".join("\n" if character == "\n" else " " for character in text)
