"""The cases of the panel as linked data: title, facts in words, expectations, reason, sources (R38)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rdflib import RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from montages.bilingual import Text, in_both, message
from montages.knowledge.buckets import measured
from montages.knowledge.files import library
from montages.knowledge.graphs import add_text, label
from montages.knowledge.panel import (
    BODIES,
    BY_ARRANGEMENT,
    DUTIES,
    POINTS,
    PROHIBITED_BY,
    PanelCase,
    panel,
)
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MODULE, MTG, PREFIXES

PANEL = MODULE["panel-data"]


def panel_graph() -> Graph:
    """Return every case of the panel as linked data."""
    graph = Graph()
    for case in panel():
        graph.add((case.iri, RDF.type, MTG.PanelCase))
        add_text(graph, case.iri, RDFS.label, case.title)
        add_text(graph, case.iri, SKOS.definition, case_in_words(case))
        add_text(graph, case.iri, MTG.expectedBecause, case.reason)
        add_text(graph, case.iri, MTG.contestedBy, case.contested_by)
        graph.add((case.iri, MTG.asOf, Literal(case.as_of)))
        graph.add((case.iri, RDFS.isDefinedBy, PANEL))
        for source in case.sources:
            graph.add((case.iri, MTG.source, source.iri))
        for word, thing, criteria in expectations(case):
            node = BNode()
            graph.add((case.iri, MTG.expects, node))
            graph.add((node, RDF.type, MTG.Expectation))
            graph.add((node, MTG.expectedAs, Literal(word)))
            graph.add((node, MTG.expectedOf, thing))
            for criterion in criteria:
                graph.add((node, MTG.expectedThrough, rulebook().criteria[criterion].iri))
    return graph


# What an expectation is called where its key is not its word.
_WORDS = {"duties": "due"}


def expectations(case: PanelCase) -> Iterator[tuple[str, URIRef, tuple[str, ...]]]:
    """Yield each expectation of a case: a word, what it is of, the criteria it goes through."""
    book = rulebook()
    arrangements = {slug: arrangement.iri for slug, arrangement in book.arrangements.items()}
    duties = {r.slug: r.iri for r in book.requirements if r.duty}
    points = {point.slug: point.iri for point in book.attentions}
    things: dict[str, dict[str, URIRef]] = {
        **dict.fromkeys(DUTIES, duties),
        **dict.fromkeys(POINTS, points),
        PROHIBITED_BY: {prohibition.slug: prohibition.iri for prohibition in book.prohibitions},
    }
    for key, expected in case.expected.items():
        for name, words in expected.items():
            thing = ID[f"body/{name}"] if key == BODIES else things.get(key, arrangements)[name]
            word = f"procedure-{words[0]}" if key == "procedure" else _WORDS.get(key, key)
            yield word, thing, words if key in BY_ARRANGEMENT else ()


def case_in_words(case: PanelCase) -> Text:
    """Return the facts of a case in one line: holder, layers, usages, answers."""
    parts = list(_parts(case.tree))
    if not parts:
        return message("Nothing is said of this project.")
    fr, en = ("; ".join(part[lang] for part in parts) for lang in ("fr", "en"))
    return Text(fr.replace("; ", " ; ") + ".", en + ".")


def _parts(tree: Mapping[str, Any]) -> Iterator[Text]:
    if holder := tree.get("holder"):
        yield _named(MTG[holder["type"]])
    for use in tree.get("layers", ()):
        layer = _named(PREFIXES["layer"][use["layer"]])
        if mode := use.get("mode"):
            mode_name = _named(URIRef(f"{ID}management-mode/{mode}"))
            layer = Text(f"{layer.fr} ({mode_name.fr})", f"{layer.en} ({mode_name.en})")
        yield layer
    for usage in tree.get("usages", ()):
        yield _named(PREFIXES["usage"][usage])
    for key, value in tree.get("answers", {}).items():
        yield _answer(key, value)


def _named(iri: URIRef) -> Text:
    graphs = (library.data(), library.ontology())
    return next((label(g, iri) for g in graphs if (iri, None, None) in g), label(graphs[0], iri))


def _answer(key: str, value: Any) -> Text:
    """Return an answer in words: the criterion, then its value or its number with the unit."""
    criteria = rulebook().criteria
    criterion = criteria.get(key) or criteria[key.removesuffix("-months")]
    if criterion.numeric_property is not None:
        words = measured(Decimal(str(value)), criterion.unit)
    else:
        labels = [criterion.value(v).label for v in (value if isinstance(value, list) else [value])]
        words = in_both(lambda lang: ", ".join(label[lang] for label in labels))
    return message("{label}: {value}", label=criterion.label, value=words)
