"""An entry as quads: the facts of its project under its own names, and where they come from (PROV-O, DCAT).

The facts are written with a version, in the graph that has its IRI; where they come from is read off its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, PROV, RDF, XSD

from montages.description.description import Description
from montages.description.facts import Facts, Term, Triple
from montages.names import VOCABULARIES
from montages.store.licence import LICENCE
from montages_registry.entry_names import entry_iri, own_name, publisher_iri, version_iri
from montages_registry.version import Version

_DCAT = VOCABULARIES["dcat"]


def own_facts(description: Description, slug: str) -> Facts:
    """Return the facts of the project of a description, under the names of its entry."""
    subjects = description.facts.by_subject

    def name(term: Term) -> Term:
        return own_name(term, slug) if isinstance(term, str) and term in subjects else term

    return Facts((own_name(s, slug), p, name(o)) for s, p, o in description.facts)


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


def facts_of(quads: bytes) -> Facts:
    """Return the facts that quads hold."""
    return Facts(
        (
            quad.subject.value,
            quad.predicate.value,
            quad.object.value if isinstance(quad.object, ox.NamedNode) else quad.object,
        )
        for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)
    )


def version_quads(version: Version, quads: bytes) -> bytes:
    """Return all quads of a public version: the facts as they were written, then where they come from."""
    lines = triple_lines(_provenance(version))
    return quads + in_graph(lines, version.slug, version.number)


def _provenance(version: Version) -> Iterator[Triple]:
    """Yield what is said of a public version: whose it is, since when, after which other."""
    entry, publisher = entry_iri(version.slug), publisher_iri(version.publisher)
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
