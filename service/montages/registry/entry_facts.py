"""The facts of an entry: those of its project under the names of the entry, and whose version of what it is.

PROV-O says who wrote it, when and after which other; DCAT which versions there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, XSD

from montages.description.description import Description
from montages.description.facts import Facts, Term, Triple
from montages.names import VOCABULARIES
from montages.registry.entry_names import (
    entry_iri,
    own_name,
    project_iri,
    publisher_iri,
    version_iri,
)
from montages.registry.moments import moment_text

_DCAT = VOCABULARIES["dcat"]


@dataclass(frozen=True)
class EntryProvenance:
    """Which version of which entry it is, whose, from when on, the number of the public one before it.

    `erased` are the numbers of the versions of the entry that were erased, each with when.
    """

    slug: str
    number: int
    publisher: str
    publisher_name: str
    moment: datetime
    public_from: datetime
    former: int | None = None
    erased: tuple[tuple[int, datetime], ...] = ()


def first_version(slug: str) -> EntryProvenance:
    """Return where a description would come from that is not written yet."""
    now = datetime.now(UTC)
    return EntryProvenance(slug, 1, slug, slug, now, now)


def entry_facts(description: Description | None, provenance: EntryProvenance) -> Facts:
    """Return what a version says of its project, if it can be read, and what is said of the version."""
    facts, project = Facts(), None
    names = [ox.Literal(provenance.slug)]
    if description is not None:
        facts = _own_facts(description, provenance.slug)
        project = project_iri(str(description.project), provenance.slug)
        labels = facts.objects(project, str(RDFS.label))
        names = [name for name in labels if isinstance(name, ox.Literal)] or names
    for s, p, o in _statements(provenance, project, names):
        facts.add(s, p, o)
    return facts


def _own_facts(description: Description, slug: str) -> Facts:
    """Return the facts of the project of a description, under the names of its entry."""
    project, subjects = str(description.project), description.facts.by_subject

    def name(term: Term) -> Term:
        if isinstance(term, str) and term in subjects:
            return own_name(term, project, slug)
        return term

    return Facts((own_name(s, project, slug), p, name(o)) for s, p, o in description.facts)


def _statements(
    provenance: EntryProvenance, project: str | None, names: Sequence[ox.Literal]
) -> Iterator[Triple]:
    entry, publisher = entry_iri(provenance.slug), publisher_iri(provenance.publisher)
    version = version_iri(provenance.slug, provenance.number)
    issued = _moment(provenance.public_from)
    for thing in (entry, version):
        yield thing, str(RDF.type), _DCAT + "Resource"
        yield thing, str(RDF.type), str(PROV.Entity)
        yield thing, str(DCTERMS.publisher), publisher
        for name in names:
            yield thing, str(DCTERMS.title), name
        if project is not None:
            yield thing, str(FOAF.primaryTopic), project
    yield entry, str(DCTERMS.identifier), ox.Literal(provenance.slug)
    yield entry, str(DCTERMS.modified), issued
    yield entry, _DCAT + "hasCurrentVersion", version
    yield version, _DCAT + "isVersionOf", entry
    yield version, str(PROV.specializationOf), entry
    yield version, _DCAT + "version", ox.Literal(str(provenance.number))
    yield version, str(PROV.generatedAtTime), _moment(provenance.moment)
    yield version, str(DCTERMS.issued), issued
    yield version, str(PROV.wasAttributedTo), publisher
    if provenance.former is not None:
        former = version_iri(provenance.slug, provenance.former)
        yield version, str(PROV.wasRevisionOf), former
        yield version, _DCAT + "previousVersion", former
    for number, moment in provenance.erased:
        gone = version_iri(provenance.slug, number)
        yield gone, str(PROV.invalidatedAtTime), _moment(moment)
    yield publisher, str(RDF.type), str(PROV.Agent)
    yield publisher, str(RDF.type), str(FOAF.Agent)
    yield publisher, str(FOAF.name), ox.Literal(provenance.publisher_name)
    yield publisher, str(DCTERMS.identifier), ox.Literal(provenance.publisher)


def _moment(moment: datetime) -> ox.Literal:
    return ox.Literal(moment_text(moment), datatype=ox.NamedNode(str(XSD.dateTime)))
