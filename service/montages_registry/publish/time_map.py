"""The TimeMap of an entry (RFC 7089, 5): every version that was public, in three forms.

As links (RFC 6690), as JSON with the same relations, and as Turtle, with the provenance of each version.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from montages.names import VOCABULARIES
from montages.publish.json_text import dump
from montages_registry.entry_names import entry_iri, publisher_iri, version_iri

_PREFIXES = (
    f"@prefix adms: <{VOCABULARIES['adms']}> .",
    f"@prefix dcat: <{VOCABULARIES['dcat']}> .",
    f"@prefix dcterms: <{VOCABULARIES['dcterms']}> .",
    f"@prefix prov: <{VOCABULARIES['prov']}> .",
    f"@prefix xsd: <{VOCABULARIES['xsd']}> .",
)


@dataclass(frozen=True)
class Memento:
    """A version that was public: from when, its number, whose, whether a withdrawal, and when erased."""

    moment: datetime
    number: int
    publisher: str
    withdrawn: bool = False
    erased: datetime | None = None


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
            f'<{self.url(memento)}>;rel="{_relation(rels)}";datetime="{http_date(memento.moment)}"'
            for memento, rels in self._related()
        )
        return ",\n".join([*head, *listed]) + "\n"

    def to_json(self) -> dict[str, Any]:
        """Return the TimeMap as JSON."""
        listed = [
            {
                "uri": self.url(memento),
                "datetime": http_date(memento.moment),
                "iso8601": iso_time(memento.moment),
                "version": memento.number,
                "publisher": memento.publisher,
                "withdrawn": memento.withdrawn,
                "erased": iso_time(memento.erased) if memento.erased else None,
            }
            for memento in self.mementos
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

    def turtle(self) -> str:
        """Return the TimeMap as Turtle: versions as entities of PROV-O, each revising the one before."""
        entry = entry_iri(self.slug)
        lines = [*_PREFIXES, f"\n<{entry}> a prov:Entity ."]
        for publisher in sorted({memento.publisher for memento in self.mementos}):
            identifier = f'dcterms:identifier "{publisher}"'
            lines.append(f"<{publisher_iri(publisher)}> a prov:Agent ; {identifier} .")
        former = ""
        for memento in self.mementos:
            version, moment = version_iri(self.slug, memento.number), iso_time(memento.moment)
            statements = [
                f"\n<{version}> a prov:Entity",
                f"prov:specializationOf <{entry}>",
                f'prov:generatedAtTime "{moment}"^^xsd:dateTime',
                f"prov:wasAttributedTo <{publisher_iri(memento.publisher)}>",
                f"dcat:accessURL <{self.url(memento)}>",
            ]
            if former:
                statements.append(f"prov:wasRevisionOf <{former}>")
            if memento.erased:
                moment = iso_time(memento.erased)
                statements.append(f'prov:invalidatedAtTime "{moment}"^^xsd:dateTime')
            if memento.withdrawn:
                statements.append(f"adms:status <{_WITHDRAWN}>")
            lines.append(" ;\n    ".join(statements) + " .")
            former = version
        return "\n".join(lines) + "\n"

    def around(self, number: int | None) -> Iterator[str]:
        """Yield the links of a memento, or of the entry, to the TimeMap and the mementos beside (2.2)."""
        yield f'<{self.original}>; rel="original timegate"'
        yield f'<{self.itself}>; rel="timemap"; type="application/link-format"{self._span("; ")}'
        place = None if number is None else self._place(number)
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
            memento = self.mementos[at]
            yield f'<{self.url(memento)}>; rel="{_relation(rels)}"; datetime="{http_date(memento.moment)}"'

    def at(self, moment: datetime) -> Memento | None:
        """Return the memento that was the entry at a moment; before all of them the first, None without any.

        Moments are compared to the second, which is all that HTTP tells of them (4.5.3).
        """
        if not self.mementos:
            return None
        place = bisect_right(
            self.mementos, moment, key=lambda memento: memento.moment.replace(microsecond=0)
        )
        return self.mementos[max(0, place - 1)]

    def url(self, memento: Memento) -> str:
        """Return the address of a memento."""
        return f"{self.original}/versions/{memento.number}"

    def _place(self, number: int) -> int | None:
        place = bisect_left(self.mementos, number, key=lambda memento: memento.number)
        is_there = place < len(self.mementos) and self.mementos[place].number == number
        return place if is_there else None

    def _related(self) -> Iterator[tuple[Memento, list[str]]]:
        last = len(self.mementos) - 1
        for n, memento in enumerate(self.mementos):
            yield memento, [rel for rel, at in (("first", 0), ("last", last)) if n == at]

    def _span(self, mark: str = ";") -> str:
        if not self.mementos:
            return ""
        first, last = (http_date(self.mementos[n].moment) for n in (0, -1))
        return f'{mark}from="{first}"{mark}until="{last}"'


_WITHDRAWN = "http://purl.org/adms/status/Withdrawn"


def http_date(moment: datetime) -> str:
    """Return a moment of UTC as HTTP writes it, to the second: Thu, 26 Nov 2026 13:56:33 GMT."""
    return format_datetime(moment, usegmt=True)


def iso_time(moment: datetime) -> str:
    """Return a moment of UTC as ISO 8601 writes it: 2026-11-26T13:56:33Z, with parts of a second if any."""
    return moment.isoformat().replace("+00:00", "Z")


def _relation(rels: Sequence[str]) -> str:
    return " ".join([*rels, "memento"])
