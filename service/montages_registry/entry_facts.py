"""The facts of an entry, as quads too: those of its project under its own names, and where they come from.

PROV-O says who wrote it, when and after which other; DCAT which versions there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, XSD

from montages.api.table_descriptions import table_description
from montages.bilingual import Text, message
from montages.description.description import Description
from montages.description.facts import Facts, Term, Triple, label
from montages.description.parsing.media_types import MEDIA_TYPES, readable
from montages.description.parsing.source_text import TABLE_MEDIA_TYPES, TABLE_SYNTAXES
from montages.engine.protocol import Engine
from montages.errors import MontagesError, UnreadableInput
from montages.names import VOCABULARIES
from montages_registry.entry_names import (
    entry_iri,
    own_name,
    project_iri,
    publisher_iri,
    version_iri,
)
from montages_registry.moments import moment_text
from montages_registry.version import Content, Version

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


_UNREADABLE = (MontagesError, ValueError, RecursionError)


@dataclass(frozen=True)
class EntryQuads:
    """A public version as quads of the graph `name`: lines of N-Quads, sorted.

    `project` is the IRI of what it describes, None where the description cannot be read by this version of
    Montages: then only its provenance is there, and `fault` says why.
    """

    slug: str
    number: int
    name: str
    project: str | None
    title: Text
    quads: bytes
    fault: Text | None = None


def entry_quads(version: Version, provenance: EntryProvenance, engine: Engine) -> EntryQuads:
    """Return a public version as quads; the same version gives the same bytes.

    It was read before it was written: by other rules, perhaps, by which it was one that can be served.
    """
    try:
        return served_quads(_description(version, engine), provenance)
    except _UNREADABLE as error:
        without = served_quads(None, provenance)
        return replace(without, fault=_told(error))


def served_quads(description: Description | None, provenance: EntryProvenance) -> EntryQuads:
    """Return what /sparql serves of a description under the names of its entry.

    Raises ValueError for what no quad can hold.
    """
    slug, name = provenance.slug, version_iri(provenance.slug, provenance.number)
    facts = entry_facts(description, provenance)
    lines = sorted(_line(s, p, o, name) for s, p, o in facts)
    project, title = None, Text(slug, slug)
    if description is not None:
        project = project_iri(str(description.project), slug)
        title = label(facts, project)
    return EntryQuads(slug, provenance.number, name, project, title, "".join(lines).encode())


def _told(error: Exception) -> Text:
    if isinstance(error, MontagesError):
        return error.readable
    return Text(str(error), str(error))


def stored_text(content: Content) -> tuple[bytes, str]:
    """Return a content as a parser reads it, and its syntax; raises UnreadableInput for no type of ours."""
    media_type = content.media_type.split(";")[0].strip().lower()
    if media_type in TABLE_MEDIA_TYPES:
        return content.body, TABLE_MEDIA_TYPES[media_type]
    if media_type not in MEDIA_TYPES:
        raise UnreadableInput(message("unknown media type: {media_type}", media_type=media_type))
    return readable(content.body, MEDIA_TYPES[media_type])


def _description(version: Version, engine: Engine) -> Description:
    """Return the description in a version; raises a MontagesError where it is no longer one."""
    text, syntax = stored_text(version.content)
    if syntax in TABLE_SYNTAXES:
        return table_description(text, syntax, engine)
    return engine.parse(text, syntax, None)


def _line(s: str, p: str, o: Term, graph: str) -> str:
    node = ox.NamedNode(o) if isinstance(o, str) else o
    return f"{ox.NamedNode(s)} {ox.NamedNode(p)} {node} {ox.NamedNode(graph)} .\n"
