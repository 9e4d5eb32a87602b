"""The media types of descriptions, by every name they go by, and the syntax that each stands for.

TriG and N-Quads are read as Turtle and N-Triples: a description is one graph, so what a text puts into
named graphs is taken together. The names of graphs become blanks and nothing moves: each statement stays
at its line and column, and whatever reads Turtle or N-Triples says where a mistake is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from montages.description.parsing.source_text import decode
from montages.description.parsing.syntax_errors import syntax_error

PLAIN = "plain"
# The names of each syntax, its own before those that clients give it.
MEDIA_TYPES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/json": "json",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
    "application/trig": "trig",
    "application/n-quads": "nq",
    "application/x-turtle": "turtle",
    "text/n3": "turtle",
    "text/rdf+n3": "turtle",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/x-trig": "trig",
    "text/x-nquads": "nq",
    # N-Triples once; from a browser's script, any text.
    "text/plain": PLAIN,
}
_TURTLE = re.compile(
    r"^\s*(@prefix|@base|prefix\s|base\s|<[^>]*>\s|_:\w+\s+<)", re.IGNORECASE | re.MULTILINE
)


def readable(text: bytes, syntax: str) -> tuple[bytes, str]:
    """Return a text and its syntax as a parser here reads it: plain text is what it looks like.

    Graphs of TriG and N-Quads are taken together. It may take long: a text is read apart from the service's
    own threads. Raises UnreadableInput for what is no text, or a block that is not closed.
    """
    if syntax == PLAIN:
        return text, likely_syntax(text)
    if syntax not in WITHOUT_GRAPHS:
        return text, syntax
    return without_graph_names(decode(text), syntax).encode(), WITHOUT_GRAPHS[syntax]


def likely_syntax(text: bytes) -> str:
    """Return the syntax that a text is most likely in, JSON-LD told from our keys by its context."""
    likely = guess_syntax(text)
    return "json-ld" if likely == "json" and b"@context" in text[:4000] else likely


def guess_syntax(text: bytes) -> str:
    """Return the syntax that a text is most likely in: JSON, Turtle, RDF/XML, else YAML."""
    start = text.lstrip()[:4000]
    if start.startswith((b"{", b"[")):
        return "json"
    if start.startswith(b"<?xml") or b"<rdf:RDF" in start:
        return "xml"
    return "turtle" if _TURTLE.search(start.decode("utf-8", "replace")) else "yaml"


# What a text with named graphs becomes, by its syntax.
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

    Raises UnreadableInput for a block that is not closed. Other mistakes are left to the parser.
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
        raise syntax_error("TriG", line, column, "the text ends too early")


def _spaces(text: str) -> str:
    """Return blanks in place of a text, its lines kept."""
    return "".join("\n" if character == "\n" else " " for character in text)
