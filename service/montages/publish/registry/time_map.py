"""The TimeMap of an entry (RFC 7089, 5): every version that was public, in three forms.

As links (RFC 6690), as JSON with the same relations, and as Turtle, with the provenance of each version.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from rdflib import PROV, RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from montages.knowledge.graph_writing import new_graph
from montages.names import VOCABULARIES
from montages.publish.json_text import dump
from montages.publish.linked_data.rdf import in_full
from montages.registry.entry_names import entry_iri, publisher_iri, version_iri

_DCAT = Namespace(VOCABULARIES["dcat"])
_ADMS = Namespace(VOCABULARIES["adms"])


@dataclass(frozen=True)
class Memento:
    """A version that was public: its address, from when, its number, its publisher, if it is a withdrawal."""

    url: str
    moment: datetime
    number: int
    publisher: str
    withdrawn: bool = False


@dataclass(frozen=True)
class TimeMap:
    """The mementos of an entry, the oldest first, and the addresses that lead to them.

    `original` is its own TimeGate; `itself` is where the TimeMap is.
    """

    slug: str
    original: str
    itself: str
    mementos: Sequence[Memento]

    def links(self) -> str:
        """Return the TimeMap as application/link-format, one link a line."""
        head = [
            f'<{self.original}>;rel="original timegate"',
            f'<{self.itself}>;rel="self";type="application/link-format"{self._span()}',
        ]
        listed = (
            f'<{it.url}>;rel="{_relation(rels)}";datetime="{http_date(it.moment)}"'
            for it, rels in self._related()
        )
        return ",\n".join([*head, *listed]) + "\n"

    def to_json(self) -> dict[str, Any]:
        """Return the TimeMap as JSON."""
        listed = [
            {
                "uri": it.url,
                "datetime": http_date(it.moment),
                "iso8601": iso_time(it.moment),
                "version": it.number,
                "publisher": it.publisher,
                "withdrawn": it.withdrawn,
            }
            for it in self.mementos
        ]
        tree: dict[str, Any] = {
            "original_uri": self.original,
            "timegate_uri": self.original,
            "timemap_uri": {
                "link_format": self.itself,
                "json_format": f"{self.itself}.json",
                "turtle_format": f"{self.itself}.ttl",
            },
            "mementos": {"list": listed},
        }
        if listed:
            tree["mementos"] |= {"first": listed[0], "last": listed[-1]}
        return tree

    def json_text(self) -> str:
        """Return the text of that JSON."""
        return dump(self.to_json())

    def graph(self) -> Graph:
        """Return the TimeMap as linked data: versions as entities of PROV-O, each revising the one before."""
        graph, entry = new_graph(), URIRef(entry_iri(self.slug))
        graph.add((entry, RDF.type, PROV.Entity))
        before: URIRef | None = None
        for it in self.mementos:
            version, moment = URIRef(version_iri(self.slug, it.number)), _time(it.moment)
            agent = URIRef(publisher_iri(it.publisher))
            graph.add((entry, DCTERMS.hasVersion, version))
            graph.add((version, RDF.type, PROV.Entity))
            graph.add((version, PROV.specializationOf, entry))
            graph.add((version, PROV.generatedAtTime, moment))
            graph.add((version, PROV.wasAttributedTo, agent))
            graph.add((version, _DCAT.accessURL, URIRef(it.url)))
            graph.add((agent, RDF.type, PROV.Agent))
            graph.add((agent, DCTERMS.identifier, Literal(it.publisher)))
            if it.withdrawn:
                graph.add((entry, PROV.invalidatedAtTime, moment))
                graph.add((version, _ADMS.status, _WITHDRAWN))
            if before is not None:
                graph.add((version, PROV.wasRevisionOf, before))
            before = version
        return graph

    def turtle(self) -> str:
        """Return that graph as Turtle."""
        return in_full([self.graph()], "ttl")

    def around(self, number: int | None) -> Iterator[str]:
        """Yield the links of a memento, or of the entry, to the TimeMap and the mementos beside (2.2)."""
        yield f'<{self.original}>; rel="original timegate"'
        yield f'<{self.itself}>; rel="timemap"; type="application/link-format"{self._span("; ")}'
        place = next((n for n, it in enumerate(self.mementos) if it.number == number), None)
        named: dict[int, list[str]] = {}
        last = len(self.mementos) - 1
        if last >= 0:
            named.setdefault(0, []).append("first")
            named.setdefault(last, []).append("last")
        if place is not None:
            named.setdefault(place, [])
            for beside, rel in ((place - 1, "prev"), (place + 1, "next")):
                if 0 <= beside <= last:
                    named.setdefault(beside, []).append(rel)
        for at, rels in sorted(named.items()):
            it = self.mementos[at]
            yield f'<{it.url}>; rel="{_relation(rels)}"; datetime="{http_date(it.moment)}"'

    def at(self, moment: datetime) -> Memento | None:
        """Return the memento that was the entry at a moment; before all of them the first, None without any.

        Moments are compared to the second, which is all that HTTP tells of them (4.5.3).
        """
        starts = [it.moment.replace(microsecond=0) for it in self.mementos]
        return self.mementos[max(0, bisect_right(starts, moment) - 1)] if starts else None

    def _related(self) -> Iterator[tuple[Memento, list[str]]]:
        last = len(self.mementos) - 1
        for n, it in enumerate(self.mementos):
            yield it, [rel for rel, at in (("first", 0), ("last", last)) if n == at]

    def _span(self, mark: str = ";") -> str:
        if not self.mementos:
            return ""
        first, last = (http_date(self.mementos[n].moment) for n in (0, -1))
        return f'{mark}from="{first}"{mark}until="{last}"'


_WITHDRAWN = URIRef("http://purl.org/adms/status/Withdrawn")


def http_date(moment: datetime) -> str:
    """Return a moment of UTC as HTTP writes it, to the second: Thu, 26 Nov 2026 13:56:33 GMT."""
    return format_datetime(moment, usegmt=True)


def iso_time(moment: datetime) -> str:
    """Return a moment of UTC as ISO 8601 writes it: 2026-11-26T13:56:33Z, with parts of a second if any."""
    return moment.isoformat().replace("+00:00", "Z")


def _time(moment: datetime) -> Literal:
    return Literal(iso_time(moment), datatype=XSD.dateTime)


def _relation(rels: Sequence[str]) -> str:
    return " ".join([*rels, "memento"])
