"""Writes `ontology/terms.md` from the ontology."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from montages.knowledge.files import library
from montages.knowledge.graphs import label, text
from montages.knowledge.rulebook import rulebook
from montages.names import MODULE, MTG, compact, iris, slug

TABLE = library.ROOT / "ontology" / "terms.md"
# Whom the terms of a module serve; a module that defines none is not here.
READERS = {
    "Who describes a project": ("projects", "layers", "actors"),
    "Who answers the criteria": ("answers",),
    "Who reads an answer": ("assessments", "arrangements"),
    "Who writes rules": ("rulebook", "panel"),
    "Who runs or checks an engine": ("derivation",),
    "Who publishes, harvests or imports": ("releases", "alignments", "imports"),
}
_KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "to a thing",
    OWL.DatatypeProperty: "to a value",
    OWL.AnnotationProperty: "annotation",
}


def terms(graph: Graph, module: str) -> list[tuple[URIRef, str]]:
    """Return the classes and properties of a module by name, each with what kind of term it is."""
    defined = iris(graph.subjects(RDFS.isDefinedBy, MODULE[module]))
    kinds = ((term, kind) for term in defined for kind in _KINDS if (term, RDF.type, kind) in graph)
    return sorted((term, _KINDS[kind]) for term, kind in kinds if term.startswith(MTG))


def table() -> str:
    """Return all terms in tables, by whom they serve, module by module."""
    graph = library.ontology() + library.apart()
    return "\n".join(["# The terms, by whom they serve", "", *_sections(graph)]) + "\n"


def _sections(graph: Graph) -> Iterator[str]:
    yield "Classes and properties; values such as `mtg:Eligible` stand on the page of their class."
    for reader, modules in READERS.items():
        found = {module: terms(graph, module) for module in modules}
        yield from ("", f"## {reader}: {sum(map(len, found.values()))}")
        for module, listed in found.items():
            heading = label(graph, MODULE[module]).en
            yield from ("", f"### {heading} ([{module}.ttl]({module}.ttl)): {len(listed)}", "")
            yield from ("| term | | what it says |", "|---|---|---|")
            for term, kind in listed:
                definition = text(graph, term, SKOS.definition).en
                use = _values(term) if module == "answers" else _use(graph, term, kind)
                yield f"| `mtg:{slug(term)}` | {use} | {definition} |"


def _use(graph: Graph, term: URIRef, kind: str) -> str:
    """Return what a property leads from and to, where the ontology says it."""
    start, end = (iris(graph.objects(term, end)) for end in (RDFS.domain, RDFS.range))
    names = [", ".join(f"`{compact(str(iri))}`" for iri in side) for side in (start, end)]
    return f"{names[0]} → {names[1]}" if any(names) else kind


def _values(term: URIRef) -> str:
    """Return what the answer to a criterion may be; that it is derived, where nobody writes it."""
    for criterion in rulebook().criteria.values():
        if criterion.answer_path == term and criterion.answer_origin != "Derived":
            values = ", ".join(f"`{value.slug}`" for value in criterion.values)
            return f"a number: {criterion.unit.en}" if criterion.numeric_property else values
    return "*derived*"


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
