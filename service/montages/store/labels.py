"""The names and definitions of things and terms, from the published graphs, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import FOLDERS, queries
from montages.knowledge.graphs import text
from montages.names import (
    ALIGNED,
    BASE,
    COMPILED_RULES,
    ID,
    MODULE,
    MTG,
    QUERY,
    SHAPE,
    VOCABULARIES,
    compact,
    iris,
    slug,
)

_NAMING = (SKOS.prefLabel, RDFS.label, DCTERMS.title, SH.name)
_DEFINING = (SKOS.definition, DCTERMS.description, RDFS.comment, SH.message)
# Addresses of the service that descriptions lead to, though nothing describes them as things.
_ADDRESSES = {
    BASE: message("Montages"),
    f"{BASE}sparql": message("SPARQL endpoint"),
    f"{BASE}catalog": message("Data catalogue"),
}
_COHERENCE = "Coherence"
_RELEASE = re.compile(r"[0-9]+(\.[0-9]+)+")


@cache
def foreign_labels() -> dict[URIRef, Text]:
    """Return what terms of other vocabularies are called: `data/foreign-terms.ttl`. Do not modify."""
    graph = library.read([library.FOREIGN_TERMS])
    return {term: text(graph, term, SKOS.prefLabel) for term in iris(graph.subjects())}


class Labels:
    """The names and definitions that graphs give, the default one first; names are looked up once."""

    def __init__(self, default: Graph, graphs: Mapping[str, Graph]) -> None:
        self.default, self.graphs = default, graphs
        self._names: dict[str, Text] = {}
        self.queries = {str(q.iri): q for folder in FOLDERS for q in queries(folder)}

    def name(self, iri: str, lang: str) -> str:
        """Return the name of a thing or a term; without one, its compact name."""
        key = str(iri)
        if key not in self._names:
            self._names[key] = self._look_up(key)
        return self._names[key][lang]

    def is_named(self, iri: str) -> bool:
        """Tell whether a thing has a name that people read."""
        return self.name(iri, "fr") != short(str(iri))

    def _look_up(self, iri: str) -> Text:
        ref = URIRef(iri)
        if ref in foreign_labels():
            return foreign_labels()[ref]
        if iri.startswith(str(QUERY)) and iri in self.queries:
            return self.queries[iri].title
        name = first_text(self.default, ref, _NAMING) or self._elsewhere(ref, _NAMING)
        return name or self._composed(ref) or Text(short(iri), short(iri))

    def _composed(self, ref: URIRef) -> Text | None:
        """Return a name composed of other names, for what has none: compiled rules, releases, shapes."""
        iri, last = str(ref), slug(ref)
        if iri in _ADDRESSES:
            return _ADDRESSES[iri]
        if iri.startswith(COMPILED_RULES):
            return message("Compiled rules as of {last}", last=last)
        if iri.startswith(str(MODULE)) and _RELEASE.fullmatch(last):
            module = iri.rpartition("/")[0]
            return Text(*(f"{self.name(module, x)} ({last})" for x in ("fr", "en")))
        if iri.startswith(str(SHAPE)):
            head, _, rest = last.partition("-")
            if head == _COHERENCE:
                return self._coherence(rest)
            path = self.default.value(ref, SH.path)
            if (MTG[head], None, None) not in self.default:
                return message("Shape {last}", last=last)
            of = [str(MTG[head])] + ([str(path)] if isinstance(path, URIRef) else [])
            fr, en = (" · ".join(self.name(x, lang) for x in of) for lang in ("fr", "en"))
            more = f" ({rest})" if rest and not isinstance(path, URIRef) else ""
            return message("Shape: {value}{more}", value=Text(fr, en), more=more)
        return None

    def _coherence(self, rest: str) -> Text:
        """Return the name of a shape that checks a pair of answers: the name of the pair."""
        words = rest.split("-")
        for end in range(len(words), 0, -1):
            name = first_text(self.default, ID["incoherence/" + "-".join(words[:end])], _NAMING)
            if name is not None:
                return message("Check: {name}", name=name)
        return message("Check {rest}", rest=rest)

    def definition(self, iri: str, lang: str) -> str:
        """Return the definition of a thing, empty when it has none."""
        if iri in self.queries:
            return self.queries[iri].description[lang]
        ref = URIRef(iri)
        definition = first_text(self.default, ref, _DEFINING) or self._elsewhere(ref, _DEFINING)
        return definition[lang] if definition else ""

    def text(self, thing: str | Node, predicate: URIRef, lang: str) -> str:
        """Return a text that a property gives of an IRI or a node, empty when there is none."""
        node = thing if isinstance(thing, Node) else URIRef(thing)
        value = first_text(self.default, node, (predicate,))
        return value[lang] if value else ""

    def _elsewhere(self, ref: URIRef, predicates: Sequence[URIRef]) -> Text | None:
        """Return a text from the rules of another period, for a thing that today's do not know."""
        if not str(ref).startswith(BASE) or (ref, RDF.type, None) in self.default:
            return None
        for graph in self.graphs.values():
            if value := first_text(graph, ref, predicates):
                return value
        return None


def first_text(graph: Graph, thing: Node, predicates: Iterable[URIRef]) -> Text | None:
    """Return the first text, in both languages, that one of some properties gives of a thing."""
    for predicate in predicates:
        literals = [o for o in graph.objects(thing, predicate) if isinstance(o, Literal)]
        if literals:
            by_lang = {o.language: str(o) for o in sorted(literals, reverse=True)}
            anyway = by_lang.get(None) or next(iter(by_lang.values()))
            fr = by_lang.get("fr", by_lang.get("en", anyway))
            return Text(fr, by_lang.get("en", fr))
    return None


def short(iri: str) -> str:
    """Return an IRI in few letters: with its usual prefix, else its host and last segment."""
    if iri.startswith(BASE):
        return compact(iri)
    for prefix, namespace in (VOCABULARIES | ALIGNED).items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri[len(namespace) :]}"
    host, _, path = iri.split("://", 1)[-1].removeprefix("www.").partition("/")
    last = slug(path) if path.strip("/") else ""
    return f"{host}/…/{last}" if "/" in path.strip("/") else f"{host}/{last}".rstrip("/")
