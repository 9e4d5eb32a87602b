"""The published questions and their answers, for the terminal, and answers in Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table

from montages.knowledge.files.published_queries import Query
from montages.names import compact
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.typeset import Line, grid, indent
from montages.store.questions.query_parameters import declared_parameters
from montages.store.questions.query_result import Cell, Result

# Beyond this many times the width, a table is told row by row.
_CROWDED = 2
# The vocabulary in which the W3C's own tests write the answers of a SELECT.
_RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")


def questions(listing: Iterable[Query], lang: str) -> RenderableType:
    """Return the published questions, each with its name and its parameters."""
    table = grid(None, 1)
    for query in listing:
        names = ", ".join(name for name in declared_parameters(query) if name != "lang")
        title = Line(query.title[lang])
        table.add_row(
            Line(query.key, style="bold"), title.append(f"  {names}" if names else "", style="cyan")
        )
    return Group(table, Line(), Line(phrase("query-help", lang), style="dim"))


class AnswerTable:
    """An answer as a table, or row by row where the columns would be too narrow to read."""

    def __init__(self, title: str, headings: Sequence[str], result: Result, lang: str) -> None:
        self.title, self.lang = title, lang
        texts = [[_cell_text(cell, result, lang) for cell in row] for row in result.rows]
        # A thing shown by its name, then its name: the column is told once.
        columns = list(zip(*texts, strict=True)) or [()] * len(result.columns)
        distinct = [n for n, column in enumerate(columns) if not texts or column not in columns[:n]]
        self.columns = [headings[n] for n in distinct]
        self.rows = [[row[n] for n in distinct] for row in texts]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.title:
            yield Line(self.title, style="bold")
        columns = zip(self.columns, *self.rows, strict=True)
        natural = sum(max(cell_len(word) for word in column) + 2 for column in columns)
        yield self._records() if natural > _CROWDED * options.max_width else self._table()
        yield Line(plural_of(len(self.rows), "row", self.lang), style="dim")

    def _table(self) -> RenderableType:
        grid = Table(
            box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", expand=False
        )
        for column in self.columns:
            grid.add_column(column, overflow="fold")
        for row in self.rows:
            grid.add_row(*(Line(word) for word in row))
        return indent(grid)

    def _records(self) -> RenderableType:
        parts: list[RenderableType] = []
        for row in self.rows:
            grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
            grid.add_column(no_wrap=True, style="dim")
            grid.add_column(ratio=1)
            for n, (column, word) in enumerate(zip(self.columns, row, strict=True)):
                grid.add_row(column, Line(word, style="bold" if n == 0 else ""))
            parts += [grid, Line()]
        return indent(parts)


def _cell_text(cell: Cell, result: Result, lang: str) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, URIRef):
        label = result.labels.get(cell)
        return label[lang] if label else compact(cell)
    return str(cell)


def turtle(result: Result) -> str:
    """Return an answer as a result set in Turtle, in the vocabulary of the W3C's tests."""
    graph, root = Graph(), BNode()
    graph.bind("rs", _RS)
    graph.add((root, RDF.type, _RS.ResultSet))
    for column in result.columns:
        graph.add((root, _RS.resultVariable, Literal(column)))
    for index, row in enumerate(result.rows, 1):
        solution = BNode()
        graph.add((root, _RS.solution, solution))
        graph.add((solution, _RS["index"], Literal(index)))
        for column, cell in zip(result.columns, row, strict=True):
            if cell is not None:
                binding = BNode()
                graph.add((solution, _RS.binding, binding))
                graph.add((binding, _RS.variable, Literal(column)))
                graph.add((binding, _RS.value, cell))
    return graph.serialize(format="turtle").rstrip() + "\n"
