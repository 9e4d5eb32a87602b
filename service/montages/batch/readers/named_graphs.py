"""Records out of named graphs, for N-Quads and TriG: one graph a project, each name once."""

from __future__ import annotations

from dataclasses import dataclass, field

from montages import settings
from montages.batch.readers.streams import too_large
from montages.batch.record import Record
from montages.bilingual import message
from montages.errors import MontagesError, UnusableInput


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

    def __init__(self, file: str, syntax: str) -> None:
        self._file, self._syntax = file, syntax
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
        return Record(self._file, graph.line, content, self._syntax, size, graph.name, fault)
