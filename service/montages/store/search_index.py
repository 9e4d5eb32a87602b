"""Search over names, definitions, questions and readings, in both languages: an SQLite FTS5 index."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef

from montages.knowledge.files.published_queries import queries
from montages.names import BASE, COMPILED, MTG, SHAPE
from montages.store.dataset import Dataset
from montages.store.labels import Labels

# What a thing is, for the reader who searches: the first kind that one of its classes has.
KINDS = {
    MTG.ContractType: "contract",
    MTG.Procedure: "procedure",
    MTG.Channel: "channel",
    MTG.Vehicle: "vehicle",
    MTG.Activity: "activity",
    MTG.Criterion: "criterion",
    MTG.Layer: "layer",
    MTG.LayerGroup: "layer",
    MTG.Requirement: "requirement",
    MTG.AttentionPoint: "attention",
    MTG.Threshold: "threshold",
    MTG.Clause: "source",
    MTG.Document: "source",
    MTG.SheetElement: "sheet",
    MTG.ManagementOption: "matrix",
    MTG.Project: "project",
    MTG.PanelCase: "panel",
    MTG.Bucket: "value",
    SKOS.ConceptScheme: "scheme",
    SKOS.Concept: "value",
    OWL.Ontology: "module",
    OWL.Class: "term",
    OWL.ObjectProperty: "term",
    OWL.DatatypeProperty: "term",
    OWL.AnnotationProperty: "term",
    RDF.Property: "term",
    SH.NodeShape: "shape",
    SH.PropertyShape: "shape",
}
_NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title, SKOS.altLabel, SKOS.notation)
_BODIES = (
    SKOS.definition,
    DCTERMS.description,
    MTG.question,
    MTG.help,
    MTG.reading,
    MTG.attentionText,
)
_STATED = (MTG.statement, MTG.locator, DCTERMS.identifier, SH.name, SH.message)
_FIRST = ("contract", "criterion", "layer", "procedure", "channel", "query", "requirement")
_WORDS = 12
# Words up to this long (de, of) tell little; what limits a search to names.
_SHORT = 2
_IN_NAMES = "{name_fr name_en} : "
# These have pages, but no one looks for them by words: what is made from the rules, kinds of problem.
_GENERATED = (str(COMPILED), str(SHAPE["Answer-"]), str(SHAPE["Assumption-"]), BASE + "problem/")
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True)
class Hit:
    """One thing found: its IRI, its kind, and where the words were met, marked by ‹ and ›."""

    iri: str
    kind: str
    excerpt: str


@dataclass(frozen=True)
class Hits:
    """One page of what was found, how many there are in all, and how many of each kind."""

    hits: tuple[Hit, ...]
    total: int
    kinds: dict[str, int]


class Search:
    """An index in memory, made once; any thread may ask."""

    def __init__(self, dataset: Dataset) -> None:
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute(
            "CREATE VIRTUAL TABLE thing USING fts5(name_fr, body_fr, name_en, body_en, iri UNINDEXED, "
            "kind UNINDEXED, rank_of_kind UNINDEXED, tokenize = 'unicode61 remove_diacritics 2', "
            "prefix = '2 3')"
        )
        self._base.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)", _entries(dataset))

    def find(self, text: str, lang: str, kind: str = "", start: int = 0, number: int = 20) -> Hits:
        """Return things that hold every word of a text, or a word that begins with it, best first.

        Case and accents do not count. Both languages are searched; those found in the reader's own
        come first. `kind` keeps the things of one kind.
        """
        words = _WORD.findall(text)
        if not words:
            return Hits((), 0, {})
        expression = " ".join(f'"{word}"*' for word in words[:_WORDS])
        body = 3 if lang == "en" else 1
        weights = "1.0, 0.5, 10.0, 2.0" if lang == "en" else "10.0, 2.0, 1.0, 0.5"
        where, values = "thing MATCH ?", [expression]
        with self._lock:
            kinds = dict(
                self._base.execute(
                    f"SELECT kind, count(*) FROM thing WHERE {where} GROUP BY kind ORDER BY 2 DESC, 1",  # noqa: S608
                    values,
                ).fetchall()
            )
            if kind:
                where, values = f"{where} AND kind = ?", [*values, kind]
            rows = self._base.execute(
                f"SELECT iri, kind, snippet(thing, {body}, '‹', '›', '…', 24) FROM thing WHERE {where} "  # noqa: S608
                f"ORDER BY bm25(thing, {weights}) * rank_of_kind, iri LIMIT ? OFFSET ?",
                [*values, number, start],
            ).fetchall()
        total = kinds.get(kind, 0) if kind else sum(kinds.values())
        return Hits(tuple(Hit(*row) for row in rows), total, kinds)

    def alike(self, text: str, folder: str, number: int = 3) -> list[str]:
        """Return things under an address that a text is most likely about, best first.

        Names that begin with it come first, then other names, then definitions; words in order before words;
        in either language.
        """
        words = _WORD.findall(text)[:_WORDS]
        telling = [word for word in words if len(word) > _SHORT] or words
        if not words:
            return []
        phrase, every = f'"{" ".join(words)}"*', " ".join(f'"{word}"*' for word in telling)
        some = " OR ".join(f'"{word}"*' for word in telling)
        found: dict[str, None] = {}
        for expression in (
            f"{_IN_NAMES}(^{phrase})",
            f"{_IN_NAMES}({phrase})",
            phrase,
            f"{_IN_NAMES}({every})",
            every,
            f"{_IN_NAMES}({some})",
        ):
            if len(found) >= number:
                break
            with self._lock:
                rows = self._base.execute(
                    "SELECT iri FROM thing WHERE thing MATCH ? AND substr(iri, 1, ?) = ? "
                    "ORDER BY bm25(thing, 10.0, 1.0, 10.0, 1.0), iri LIMIT ?",
                    (expression, len(folder), folder, number),
                ).fetchall()
            found |= dict.fromkeys(iri for (iri,) in rows)
        return list(found)[:number]


def _entries(dataset: Dataset) -> Iterator[tuple[str, str, str, str, str, str, float]]:
    graph, labels = dataset.default, Labels(dataset.default, dataset.graphs)
    for iri, kind in sorted(_things(graph).items()):
        ref = URIRef(iri)
        names, bodies = _texts(graph, ref, _NAMES), _texts(graph, ref, (*_BODIES, *_STATED))
        for version in graph.objects(ref, MTG.hasVersion):
            for lang, text in _texts(graph, URIRef(str(version)), _BODIES).items():
                bodies[lang] = f"{bodies[lang]} {text}"
        for lang in ("fr", "en"):
            names[lang] = names[lang] or labels.name(iri, lang)
        yield names["fr"], bodies["fr"], names["en"], bodies["en"], iri, kind, _rank(kind)
    for query in queries("questions"):
        title, about = query.title, query.description
        yield title.fr, about.fr, title.en, about.en, str(query.iri), "query", _rank("query")


def _rank(kind: str) -> float:
    return 2.0 - _FIRST.index(kind) * 0.1 if kind in _FIRST else 1.0


def _things(graph: Graph) -> dict[str, str]:
    """Return what can be found and its kind; compiled classes, dated versions and parts cannot."""
    kinds: dict[str, str] = {}
    for kind_class, kind in KINDS.items():
        for thing in graph.subjects(RDF.type, kind_class):
            iri = str(thing)
            has_page = isinstance(thing, URIRef) and iri.startswith(BASE) and "#" not in iri
            if has_page and not iri.startswith(_GENERATED):
                kinds.setdefault(iri, kind)
    return kinds


def _texts(graph: Graph, ref: URIRef, predicates: tuple[URIRef, ...]) -> dict[str, str]:
    texts: dict[str, list[str]] = {"fr": [], "en": []}
    for predicate in predicates:
        for text in graph.objects(ref, predicate):
            if isinstance(text, Literal):
                for lang in (text.language,) if text.language in texts else ("fr", "en"):
                    texts[str(lang)].append(str(text))
    return {lang: " ".join(parts) for lang, parts in texts.items()}
