"""N-Quads with one named graph a project: consecutive lines of a graph are cut out, not parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from montages import settings
from montages.batch.records import Record, Stream, too_large
from montages.bilingual import message
from montages.description.tables.csv_rows import StreamLines
from montages.errors import MontagesError, UnreadableInput, UnusableInput

_NODE = rb'(?:<[^<>\s"]*>|_:[^\s<>"]+)'
_LITERAL = rb'"(?:[^"\\]|\\.)*"(?:\^\^<[^<>\s"]*>|@[A-Za-z0-9-]+)?'
_QUAD = re.compile(
    rb"[ \t]*%b[ \t]*<[^<>\s\"]*>[ \t]*(?:%b|%b)[ \t]*(%b)?[ \t]*\.[ \t]*(?:#.*)?\s*"
    % (_NODE, _NODE, _LITERAL, _NODE),
    re.DOTALL,
)
_LAST = re.compile(rb"(%b)[ \t]*\.?\s*$" % _NODE)

# The number of a line that is no quad, and the graph that it seems to be of.
_BadLine = tuple[int, str | None]


@dataclass
class GraphText:
    """The text of one named graph while it is gathered; `name` is None for the default graph."""

    name: str | None
    line: int
    fault: MontagesError | None = None
    parts: list[bytes] = field(default_factory=list)
    room: int = field(default_factory=lambda: settings.number("max_bytes"))

    def add(self, text: bytes) -> None:
        """Add text; over the size limit it is dropped and the graph is at fault."""
        self.room -= len(text)
        if self.room >= 0:
            self.parts.append(text)
        elif self.fault is None:
            self.fault = too_large()
            self.parts.clear()

    def spoil(self, number: int) -> None:
        """Put the graph at fault for a line that is no quad, unless it is already."""
        self.fault = self.fault or _no_quad(number)


class NamedGraphs:
    """Makes records of graphs; a name that comes again is a fault."""

    def __init__(self, file: str) -> None:
        self._file = file
        # Hashes of names, 80 bytes each: two of a million coincide once in 30 million runs.
        self._names: set[int] = set()

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


def read(stream: Stream) -> Iterator[Record]:
    """Yield a record a graph; a line that is no quad spoils only the graph it stands in."""
    graphs, graph, bad, used = NamedGraphs(stream.name), None, list[_BadLine](), 0
    for number, line, size in StreamLines(stream.file.readline):
        match = _QUAD.fullmatch(line)
        if match is None:
            bare = line.strip()
            if bare and not bare.startswith(b"#"):
                last = _LAST.search(line)
                bad.append((number, _name(last[1]) if last else None))
            if graph is not None:
                graph.add(b"\n")  # keeps the count of lines
        else:
            name = _name(match[1])
            if graph is None or name != graph.name:
                after = GraphText(name, number)
                yield from _finished(graph, after, bad, graphs, used)
                graph, used = after, 0
            elif bad:
                graph.spoil(bad[0][0])
            bad.clear()
            graph.add((line[: match.start(1)] if name else line.rstrip().rstrip(b".")) + b" .\n")
        used += size
    yield from _finished(graph, None, bad, graphs, used)


def _name(label: bytes | None) -> str | None:
    return label.decode("utf-8", "replace").strip("<>") if label else None


def _finished(
    graph: GraphText | None,
    after: GraphText | None,
    bad: list[_BadLine],
    graphs: NamedGraphs,
    size: int,
) -> Iterator[Record]:
    """Yield the record of a graph, then one of each bad line that is neither of it nor of the next."""
    lone = []
    for number, name in bad:
        # A line cut short has no name left: it counts for the graph it follows.
        if graph is not None and name in (None, graph.name):
            graph.spoil(number)
        elif after is not None and name is not None and name == after.name:
            after.spoil(number)
        else:
            lone.append(number)
    if graph is not None:
        yield graphs.record(graph, size)
    for number in lone:
        yield graphs.record(GraphText(None, number, _no_quad(number)), 0)


def _no_quad(number: int) -> UnreadableInput:
    return UnreadableInput(
        message(
            "Line {number}: this is no line of N-Quads (subject, property, object, graph, full "
            "stop).",
            number=number,
        ),
        line=number,
    )
