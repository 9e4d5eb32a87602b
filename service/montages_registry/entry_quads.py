"""An entry as quads: the facts of its project under its own names, and where they come from (PROV-O, DCAT).

The facts are written with a version, in the graph that has its IRI; where they come from is read off its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, PROV, RDF, XSD, Graph

from montages.description.description import Description
from montages.description.facts import Triple
from montages.names import VOCABULARIES
from montages.store.licence import LICENCE
from montages_registry.entry_names import ENTRIES, own_name, publisher_iri, version_iri
from montages_registry.version import Version

_DCAT = VOCABULARIES["dcat"]


def own_triples(description: Description, slug: str) -> Iterator[Triple]:
    """Yield the facts of the project of a description, under the names of its entry."""
    subjects = description.facts.by_subject
    for s, p, o in description.facts:
        is_own = isinstance(o, str) and o in subjects
        yield own_name(s, slug), p, own_name(str(o), slug) if is_own else o


def triple_lines(triples: Iterable[Triple]) -> str:
    """Return triples as sorted lines of N-Triples; raises ValueError for what none can hold."""
    lines = (
        f"{ox.NamedNode(s)} {ox.NamedNode(p)} {ox.NamedNode(o) if isinstance(o, str) else o} .\n"
        for s, p, o in triples
    )
    return "".join(sorted(lines))


def in_graph(lines: str, slug: str, number: int) -> bytes:
    """Return lines of N-Triples as N-Quads of the graph of a version."""
    end = f" <{version_iri(slug, number)}> .\n"
    return "".join(f"{line[:-2]}{end}" for line in lines.splitlines()).encode()


def graph_of(quads: bytes) -> Graph:
    """Return quads as one graph."""
    triples = (quad.triple for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


def version_quads(version: Version, quads: bytes) -> bytes:
    """Return all quads of a public version: the facts as they were written, then where they come from."""
    lines = triple_lines(_provenance(version))
    return quads + in_graph(lines, version.slug, version.number)


def _provenance(version: Version) -> Iterator[Triple]:
    """Yield what is said of a public version: whose it is, since when, after which other."""
    entry, publisher = ENTRIES + version.slug, publisher_iri(version.publisher)
    itself = version_iri(version.slug, version.number)
    issued = _moment(version.public_from or version.moment)
    yield entry, str(DCTERMS.modified), issued
    yield entry, _DCAT + "hasCurrentVersion", itself
    yield itself, str(RDF.type), str(PROV.Entity)
    yield itself, str(DCTERMS.title), ox.Literal(version.summary["label"]["fr"], language="fr")
    yield itself, str(DCTERMS.title), ox.Literal(version.summary["label"]["en"], language="en")
    yield itself, str(DCTERMS.license), LICENCE
    yield itself, str(FOAF.primaryTopic), version.summary["project"]
    yield itself, _DCAT + "isVersionOf", entry
    yield itself, _DCAT + "version", ox.Literal(str(version.number))
    yield itself, str(PROV.generatedAtTime), _moment(version.moment)
    yield itself, str(DCTERMS.issued), issued
    yield itself, str(PROV.wasAttributedTo), publisher
    yield publisher, str(RDF.type), str(FOAF.Agent)
    yield publisher, str(FOAF.name), ox.Literal(version.publisher_name)


def _moment(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(str(XSD.dateTime)))
