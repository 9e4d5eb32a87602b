"""N-Quads with one named graph a project: consecutive lines of a graph are cut out, not parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from montages import settings
from montages.batch.readers.streams import Stream, StreamLines, too_large
from montages.batch.record import Record
from montages.bilingual import message
from montages.errors import MontagesError, UnreadableInput, UnusableInput

_NODE = rb'(?:<[^<>\s"]*>|_:[^\s<>"]+)'
_LITERAL = rb'"(?:[^"\\]|\\.)*"(?:\^\^<[^<>\s"]*>|@[A-Za-z0-9-]+)?'
_QUAD = re.compile(
    rb"[ \t]*%b[ \t]*<[^<>\s\"]*>[ \t]*(?:%b|%b)[ \t]*(%b)?[ \t]*\.[ \t]*(?:#.*)?\s*"
    % (_NODE, _NODE, _LITERAL, _NODE),
    re.DOTALL,
)
_END = b" .\n"
_LAST = re.compile(rb"(%b)[ \t]*\.?\s*$" % _NODE)


@dataclass
class GraphText:
    """The text of one named graph while it is gathered; `name` is None for the default graph."""

    name: str | None
    line: int
    most: int = 0  # bytes
    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    fault: MontagesError | None = None

    def add(self, text: bytes) -> None:
        """Add text; over the size limit it is dropped and the graph is at fault."""
        self.size += len(text)
        if self.size <= self.most:
            self.parts.append(text)
        elif self.fault is None:
            self.fault = too_large()
            self.parts.clear()


class NamedGraphs:
    """Makes records of graphs; a name that comes again is a fault."""

    def __init__(self, file: str) -> None:
        self._file = file
        # Hashes of names, 80 bytes each: two of a million coincide once in 30 million runs.
        self._names: set[int] = set()
        self._most = settings.number("max_bytes")

    def begin(self, name: str | None, line: int, fault: MontagesError | None = None) -> GraphText:
        """Return an empty graph that begins on a line."""
        return GraphText(name, line, self._most, fault=fault)

    def record(self, graph: GraphText, size: int) -> Record:
        """Return the record of a graph; `size` counts the bytes of input it used up."""
        fault = graph.fault
        if graph.name is None:
            fault = fault or UnusableInput(
                message(
                    "Triples outside any named graph: put each project in a graph of its own name, or "
                    "give one Turtle or N-Triples file a project."
                )
            )
        elif (key := hash(graph.name)) in self._names:
            fault = UnusableInput(
                message(
                    "Graph {name} comes again after others: a first part was read before. Bring the "
                    "lines of a graph together (by sorting the file, for instance).",
                    name=graph.name,
                )
            )
        else:
            self._names.add(key)
        content = b"" if fault else b"".join(graph.parts)
        return Record(self._file, graph.line, content, "nt", size, graph.name, fault)


@dataclass(frozen=True)
class _BadLine:
    """A line that is no quad, and the graph it seems to belong to."""

    number: int
    label: bytes | None


def read(stream: Stream) -> Iterator[Record]:
    """Yield a record a graph; a line that is no quad spoils only the graph it stands in."""
    cutter, lines = _QuadCutter(stream.name), StreamLines(stream.file)
    for number, line, size in lines:
        yield from cutter.line(number, line, size)
        if cutter.ending:
            cutter.take(*lines.take_run(cutter.ending, _END))
    yield from cutter.end()


class _QuadCutter:
    """Gathers lines until the name of the graph changes."""

    def __init__(self, file: str) -> None:
        self._graphs = NamedGraphs(file)
        self._graph: GraphText | None = None
        self._label: bytes | None = None
        self._ending = b"\n"
        self._bad: list[_BadLine] = []
        self._size = 0

    @property
    def ending(self) -> bytes:
        """Return how a line surely of the graph being gathered ends; nothing if none surely is.

        Nearly every line ends so; the rest of it is the parser's business.
        """
        return self._ending if self._label and not self._bad else b""

    def take(self, text: bytes, size: int) -> None:
        """Add text to the graph being gathered; it stands for `size` bytes of input."""
        assert self._graph is not None
        self._size += size
        self._graph.add(text)

    def line(self, number: int, line: bytes, size: int) -> Iterator[Record]:
        graph = self._graph
        if self.ending and line.endswith(self.ending):
            self.take(line.removesuffix(self.ending) + _END, size)
            return
        bare = line.strip()
        if not bare or bare.startswith(b"#"):
            self._size += size
            if graph is not None:
                graph.add(b"\n")  # keeps the count of lines
            return
        match = _QUAD.fullmatch(line)
        if match is None:
            self._size += size
            last = _LAST.search(line)
            self._bad.append(_BadLine(number, last[1] if last else None))
            if graph is not None:
                graph.add(b"\n")
            return
        label = match[1]
        if graph is None or label != self._label:
            yield from self._change(label, number)
            graph = self._graph
        elif self._bad:
            graph.fault = graph.fault or _no_quad(self._bad[0].number)
            self._bad.clear()
        assert graph is not None
        self._size += size
        graph.add((line[: match.start(1)] if label else line.rstrip().rstrip(b".")) + _END)

    def _change(self, label: bytes | None, number: int) -> Iterator[Record]:
        """Finish the graph being gathered and begin another."""
        after = self._graphs.begin(label.decode("utf-8", "replace") if label else None, number)
        lone = []
        for bad in self._bad:
            # A line cut short has no name left: it counts for the graph it follows.
            before = self._graph if bad.label in (None, self._label) else None
            owner = before or (after if label and bad.label == label else None)
            if owner is None:
                lone.append(bad)
            else:
                owner.fault = owner.fault or _no_quad(bad.number)
        self._bad.clear()
        if self._graph is not None:
            name = self._graph.name
            self._graph.name = name and name.removeprefix("<").removesuffix(">")
            yield self._graphs.record(self._graph, self._size)
            self._graph, self._size = None, 0
        for bad in lone:
            stray = self._graphs.begin(None, bad.number, _no_quad(bad.number))
            yield self._graphs.record(stray, 0)
        self._graph, self._label = after, label
        self._ending = b" " + label + _END if label else b"\n"

    def end(self) -> Iterator[Record]:
        yield from self._change(None, 0)


def _no_quad(number: int) -> UnreadableInput:
    return UnreadableInput(
        message(
            "Line {number}: this is no line of N-Quads (subject, property, object, graph, full "
            "stop).",
            number=number,
        ),
        line=number,
    )
