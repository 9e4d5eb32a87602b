"""N-Triples and N-Quads: one statement a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from montages.publish.syntax.statements import Statements
from montages.store.term_text import iri_text, term_text


def lines(content: Statements, graph: str = "") -> Iterator[str]:
    """Return the lines of a graph; with its name, those of N-Quads."""
    end = f" {iri_text(graph)} .\n" if graph else " .\n"
    for subject, predicates in content.about.items():
        head = term_text(subject, content.labels)
        for predicate, objects in predicates.items():
            middle = iri_text(predicate)
            for thing in objects:
                yield f"{head} {middle} {term_text(thing, content.labels)}{end}"


def write(content: Statements) -> str:
    """Return a graph as N-Triples."""
    return "".join(lines(content))


def write_quads(graphs: Mapping[str, Statements]) -> str:
    """Return named graphs as N-Quads; one without a name is the default graph."""
    return "".join(line for name, content in graphs.items() for line in lines(content, name))
