"""TriG with one graph block a project: blocks are cut out, with the prefixes in force, not parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from montages.batch.readers.named_graphs import GraphText, NamedGraphs
from montages.batch.readers.streams import Stream, StreamLines
from montages.batch.record import Record
from montages.bilingual import message
from montages.errors import UnreadableInput
from montages.names import PROJECT

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\s]*>)
    |(?P<long>\"{3}|'{3})
    |(?P<string>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<mark>[{}\[\]();,.])
    |(?P<word>(?:\\.|[^\s<>"'{}\[\]();,#\\])+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_END = {quotes: re.compile(rf"(?:[^\\]|\\.)*?{quotes}", re.DOTALL) for quotes in ('"""', "'''")}


def read(stream: Stream) -> Iterator[Record]:
    """Yield a record a graph block, as Turtle; each says only what its own block and prefixes say."""
    cutter = _BlockCutter(stream.name)
    for number, line, size in StreamLines(stream.file):
        yield from cutter.line(number, line.decode("utf-8", "surrogateescape"), size)
    yield from cutter.end()


class _BlockCutter:
    """Follows braces, strings and comments, and gathers the text of blocks."""

    def __init__(self, file: str) -> None:
        self._graphs = NamedGraphs(file, "turtle")
        self._prefixes: dict[str, str] = {}
        self._base = str(PROJECT)
        self._quotes: str | None = None  # the long string we are in
        self._depth = 0
        self._words: list[str] = []  # what stands before a block, or a directive
        self._first_line = 0
        self._block: GraphText | None = None
        self._loose: GraphText | None = None  # a run of triples outside any block
        self._dot = True  # the block's last statement is finished
        self._size = 0

    def line(self, number: int, text: str, size: int) -> Iterator[Record]:
        self._size += size
        at = start = 0
        while at < len(text):
            if self._quotes:
                end = _END[self._quotes].match(text, at)
                if end is None:
                    break
                at, self._quotes = end.end(), None
                continue
            token = _TOKEN.match(text, at)
            assert token is not None
            kind, word = str(token.lastgroup), token[0]
            if kind == "word" and word.endswith(".") and not word.endswith("\\."):
                word = word.rstrip(".") or "."
            at += len(word)
            if kind == "space":
                continue
            if kind == "long":
                self._quotes = word
            if self._block is None:
                yield from self._outside(word, number)
                start = at
            elif word in "{}":
                self._depth += 1 if word == "{" else -1
                if not self._depth:
                    self._block.add(_raw(text[start : at - 1]))
                    yield from self._close()
            else:
                self._dot = word == "."
        if self._block is not None:
            self._block.add(_raw(text[start:]))

    def _outside(self, word: str, number: int) -> Iterator[Record]:
        words = self._words
        if not words:
            self._first_line = number
        if word == "{":
            yield from self._flush()
            self._open(number)
        elif word == "}":
            yield from self._flush()
            brace = UnreadableInput(
                message("Line {number}: closing brace without an open block.", number=number),
                line=number,
            )
            yield self._graphs.record(self._graphs.begin(None, number, fault=brace), 0)
            words.clear()
        else:
            words.append(word)
            first = words[0].lower()
            is_directive = {"prefix": 3, "base": 2}.get(first) == len(words)
            if is_directive or (word == "." and first in ("@prefix", "@base")):
                self._declare()
            elif word == ".":  # of statements outside any block, a run makes one record
                self._loose = self._loose or self._graphs.begin(None, self._first_line)
                words.clear()

    def _declare(self) -> None:
        """Take a prefix or the base into account for the blocks that follow."""
        word, *rest = self._words
        if word.lower().endswith("base"):
            self._base = _resolve(rest[0], self._base)
        elif len(rest) >= 2:
            self._prefixes[rest[0]] = _resolve(rest[1], self._base)
        self._words.clear()

    def _flush(self) -> Iterator[Record]:
        if self._loose is not None:
            yield self._graphs.record(self._loose, 0)
            self._loose = None

    def _open(self, number: int) -> None:
        label = [word for word in self._words if word.upper() != "GRAPH"]
        self._words.clear()
        self._block, self._depth, self._dot = self._graphs.begin(self._name(label), number), 1, True
        if len(label) > 1 and label != ["[", "]"]:
            self._block.fault = UnreadableInput(
                message(
                    "Line {number}: a block begins with the name of its graph, here {label}.",
                    number=number,
                    label=" ".join(label),
                ),
                line=number,
            )
        # On one line, so that lines of the block can still be counted.
        head = f"@base <{self._base}> . "
        head += "".join(f"@prefix {name} <{iri}> . " for name, iri in self._prefixes.items())
        self._block.add(_raw(head))

    def _name(self, label: list[str]) -> str | None:
        """Return the name of a graph in full; None for the default graph."""
        if not label:
            return None
        first = label[0]
        if first.startswith("<"):
            return _resolve(first, self._base)
        prefix, colon, local = first.partition(":")
        base = self._prefixes.get(prefix + colon)
        if base is not None:
            return base + re.sub(r"\\(.)", r"\1", local)
        return first if first != "[" else f"[] {self._first_line}"

    def _close(self) -> Iterator[Record]:
        assert self._block is not None
        if not self._dot:
            self._block.add(b" .")
        yield self._graphs.record(self._block, self._size)
        self._block, self._size = None, 0

    def end(self) -> Iterator[Record]:
        yield from self._flush()
        if self._block is not None:
            number = self._block.line
            self._block.fault = UnreadableInput(
                message(
                    "Line {number}: the block opened here is not closed (brace or quotes).",
                    number=number,
                ),
                line=number,
            )
            yield from self._close()
        elif self._words:
            yield self._graphs.record(self._graphs.begin(None, self._first_line), self._size)


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _resolve(reference: str, base: str) -> str:
    """Return an IRI in full; as it is where it cannot be one, for the parser of the block to tell."""
    try:
        (quad,) = ox.parse(f"{reference} a <a:a> .", format=ox.RdfFormat.TURTLE, base_iri=base)
    except (SyntaxError, ValueError):
        return reference.strip("<>")
    return str(quad.subject.value)
