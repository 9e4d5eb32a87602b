"""What everything is called, in the reader's language, as the published graphs say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from montages.knowledge.model import Text
from montages.knowledge.queries import queries
from montages.names import BASE, MODULE, MTG, QUERY, SHAPE, compact, slug
from montages.store.foreign_terms import NAMES, PREFIXES

_NAMING = (SKOS.prefLabel, RDFS.label, DCTERMS.title, SH.name)
_DEFINING = (SKOS.definition, DCTERMS.description, RDFS.comment, SH.message)
# Addresses of the service that descriptions lead to, though nothing describes them as things.
_ADDRESSES = {
    BASE: Text("Montages", "Montages"),
    f"{BASE}sparql": Text("Point d'accès SPARQL", "SPARQL endpoint"),
    f"{BASE}catalog": Text("Catalogue des données", "Data catalogue"),
}
_COMPILED = str(MODULE["compiled/"])
_RELEASE = re.compile(r"[0-9]+(\.[0-9]+)+")
_FOLDERS = ("questions", "close", "derive", "pages")


class Labels:
    """The names and definitions that graphs give, the default one first; names are looked up once."""

    def __init__(self, default: Graph, graphs: Mapping[str, Graph]) -> None:
        self.default, self.graphs = default, graphs
        self._names: dict[str, Text] = {}
        self.queries = {str(q.iri): q for folder in _FOLDERS for q in queries(folder)}

    def name(self, iri: str, lang: str) -> str:
        """Return the name of a thing or a term; without one, its compact name."""
        key = str(iri)
        if key not in self._names:
            self._names[key] = self._found(key)
        return self._names[key][lang]

    def is_named(self, iri: str) -> bool:
        """Tell whether a thing has a name that people read."""
        return self.name(iri, "fr") != short(str(iri))

    def _found(self, iri: str) -> Text:
        ref = URIRef(iri)
        if ref in NAMES:
            return NAMES[ref]
        if iri.startswith(str(QUERY)) and iri in self.queries:
            return self.queries[iri].title
        text = said(self.default, ref, _NAMING) or self._elsewhere(ref, _NAMING)
        return text or self._made(ref) or Text(short(iri), short(iri))

    def _made(self, ref: URIRef) -> Text | None:
        """Return a name made from other names, for what has none: compiled rules, releases, shapes."""
        iri, last = str(ref), slug(ref)
        if iri in _ADDRESSES:
            return _ADDRESSES[iri]
        if iri.startswith(_COMPILED):
            return Text(f"Règles compilées au {last}", f"Compiled rules as of {last}")
        if iri.startswith(str(MODULE)) and _RELEASE.fullmatch(last):
            module = iri.rpartition("/")[0]
            return Text(*(f"{self.name(module, x)} ({last})" for x in ("fr", "en")))
        if iri.startswith(str(SHAPE)):
            head, _, rest = last.partition("-")
            path = self.default.value(ref, SH.path)
            if (MTG[head], None, None) not in self.default:
                return Text(f"Forme {last}", f"Shape {last}")
            of = [str(MTG[head])] + ([str(path)] if isinstance(path, URIRef) else [])
            fr, en = (" · ".join(self.name(x, lang) for x in of) for lang in ("fr", "en"))
            more = f" ({rest})" if rest and not isinstance(path, URIRef) else ""
            return Text(f"Forme : {fr}{more}", f"Shape: {en}{more}")
        return None

    def definition(self, iri: str, lang: str) -> str:
        """Return the definition of a thing, empty when it has none."""
        if iri in self.queries:
            return self.queries[iri].description[lang]
        ref = URIRef(iri)
        text = said(self.default, ref, _DEFINING) or self._elsewhere(ref, _DEFINING)
        return text[lang] if text else ""

    def said(self, iri: str, predicate: URIRef, lang: str) -> str:
        """Return a text that a property gives of a thing, empty when there is none."""
        return self.said_of(URIRef(iri), predicate, lang)

    def said_of(self, node: Node, predicate: URIRef, lang: str) -> str:
        """Return a text that a property gives of a node, named or not; empty when there is none."""
        text = said(self.default, node, (predicate,))
        return text[lang] if text else ""

    def _elsewhere(self, ref: URIRef, predicates: Sequence[URIRef]) -> Text | None:
        """Return a text from the rules of another period, for a thing that today's do not know."""
        if not str(ref).startswith(BASE) or (ref, RDF.type, None) in self.default:
            return None
        for graph in self.graphs.values():
            if text := said(graph, ref, predicates):
                return text
        return None


def said(graph: Graph, thing: Node, predicates: Iterable[URIRef]) -> Text | None:
    """Return the first text, in both languages, that one of some properties gives of a thing."""
    for predicate in predicates:
        found = [o for o in graph.objects(thing, predicate) if isinstance(o, Literal)]
        if found:
            by_lang = {o.language: str(o) for o in sorted(found, reverse=True)}
            anyway = by_lang.get(None) or next(iter(by_lang.values()))
            fr = by_lang.get("fr", by_lang.get("en", anyway))
            return Text(fr, by_lang.get("en", fr))
    return None


def short(iri: str) -> str:
    """Return an IRI in few letters: with its usual prefix, else its host and last segment."""
    if iri.startswith(BASE):
        return compact(iri)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri[len(namespace) :]}"
    host, _, path = iri.split("://", 1)[-1].removeprefix("www.").partition("/")
    last = slug(path) if path.strip("/") else ""
    return f"{host}/…/{last}" if "/" in path.strip("/") else f"{host}/{last}".rstrip("/")
