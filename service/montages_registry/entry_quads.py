"""An entry as quads: the facts of its project under its own names, and where they come from (PROV-O, DCAT).

The facts are written with a version, in the graph that has its IRI; where they come from is read off its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, PROV, RDF, XSD

from montages.bilingual import Text
from montages.description.description import Description
from montages.description.facts import Facts, Term, Triple
from montages.names import VOCABULARIES
from montages_registry.entry_names import entry_iri, own_name, publisher_iri, version_iri
from montages_registry.moments import moment_text
from montages_registry.version import Version

_DCAT = VOCABULARIES["dcat"]


def own_facts(description: Description, slug: str) -> Facts:
    """Return the facts of the project of a description, under the names of its entry."""
    project, subjects = str(description.project), description.facts.by_subject

    def name(term: Term) -> Term:
        if isinstance(term, str) and term in subjects:
            return own_name(term, project, slug)
        return term

    return Facts((own_name(s, project, slug), p, name(o)) for s, p, o in description.facts)


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


def provenance(version: Version) -> Iterator[Triple]:
    """Yield what is said of a public version: whose it is, since when, after which other."""
    entry, publisher = entry_iri(version.slug), publisher_iri(version.publisher)
    itself = version_iri(version.slug, version.number)
    issued = _moment(version.public_from or version.moment)
    for thing in (entry, itself):
        yield thing, str(RDF.type), _DCAT + "Resource"
        yield thing, str(RDF.type), str(PROV.Entity)
        yield thing, str(DCTERMS.publisher), publisher
        yield thing, str(DCTERMS.license), version.licence
        for name in _literals(version.summary.label):
            yield thing, str(DCTERMS.title), name
        yield thing, str(FOAF.primaryTopic), version.summary.project
    yield entry, str(DCTERMS.identifier), ox.Literal(version.slug)
    yield entry, str(DCTERMS.modified), issued
    yield entry, _DCAT + "hasCurrentVersion", itself
    yield itself, _DCAT + "isVersionOf", entry
    yield itself, str(PROV.specializationOf), entry
    yield itself, _DCAT + "version", ox.Literal(str(version.number))
    yield itself, str(PROV.generatedAtTime), _moment(version.moment)
    yield itself, str(DCTERMS.issued), issued
    yield itself, str(PROV.wasAttributedTo), publisher
    if version.former is not None:
        former = version_iri(version.slug, version.former)
        yield itself, str(PROV.wasRevisionOf), former
        yield itself, _DCAT + "previousVersion", former
    yield publisher, str(RDF.type), str(PROV.Agent)
    yield publisher, str(RDF.type), str(FOAF.Agent)
    yield publisher, str(FOAF.name), ox.Literal(version.publisher_name)
    yield publisher, str(DCTERMS.identifier), ox.Literal(version.publisher)


def version_quads(version: Version, quads: bytes) -> bytes:
    """Return all quads of a public version: the facts as they were written, then where they come from."""
    lines = triple_lines(provenance(version))
    return quads + in_graph(lines, version.slug, version.number)


def _literals(text: Text) -> Iterator[ox.Literal]:
    if text.fr == text.en:
        yield ox.Literal(text.fr)
        return
    for lang in ("fr", "en"):
        yield ox.Literal(text[lang], language=lang)


def _moment(moment: datetime) -> ox.Literal:
    return ox.Literal(moment_text(moment), datatype=ox.NamedNode(str(XSD.dateTime)))
