"""Every statement as a row of a table, which Parquet keeps by columns."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from importlib import import_module

from rdflib import BNode, Literal
from rdflib.term import Node

from montages.errors import NotInstalled, install_command
from montages.publish.syntax.statements import Statements

COLUMNS = ("graph", "subject", "predicate", "object", "kind", "datatype", "language")
Row = tuple[str, str, str, str, str, str | None, str | None]


def statement_rows(graphs: Mapping[str, Statements]) -> Iterator[Row]:
    """Yield the rows of graphs, in their order; of an object, what has no datatype or language has None."""
    for name, said in graphs.items():
        for subject, predicates in said.about.items():
            for predicate, values in predicates.items():
                for value in values:
                    datatype = language = None
                    kind = "blank" if isinstance(value, BNode) else "iri"
                    if isinstance(value, Literal):
                        kind, language = "literal", value.language
                        datatype = str(value.datatype) if value.datatype else None
                    words = (_text(subject, said), str(predicate), _text(value, said))
                    yield (name, *words, kind, datatype, language)


def _text(node: Node, said: Statements) -> str:
    return f"_:{said.labels[node]}" if isinstance(node, BNode) else str(node)


def parquet(graphs: Mapping[str, Statements]) -> bytes:
    """Return the rows as a file of Parquet; raises NotInstalled without pyarrow."""
    try:
        arrow, writer = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        install = install_command("parquet")
        raise NotInstalled(
            f"Parquet : à installer ici, par {install}.",
            f"Parquet: to be installed here, by {install}.",
            install=install,
        ) from error
    columns = zip(*statement_rows(graphs), strict=True)
    table = arrow.table(
        {n: arrow.array(c, arrow.string()) for n, c in zip(COLUMNS, columns, strict=True)}
    )
    sink = io.BytesIO()
    writer.write_table(table, sink, compression="zstd")
    return sink.getvalue()
