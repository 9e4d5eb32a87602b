"""What a version of an entry says, as quads: the facts of its project, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, XSD

from montages.bilingual import Text
from montages.description.description import Description
from montages.description.facts import Facts, Term, label
from montages.description.parsing.media_types import MEDIA_TYPES, readable
from montages.engine.protocol import Engine
from montages.errors import MontagesError
from montages.names import VOCABULARIES
from montages.registry.entry_names import entry_iri, own_name, publisher_iri, version_iri
from montages.registry.moments import moment_text
from montages.registry.version import Version

_DCAT = VOCABULARIES["dcat"]


@dataclass(frozen=True)
class EntryGraph:
    """A public version as quads of the graph `name`: lines of N-Quads, sorted.

    `project` is the IRI of what it describes, None where the description cannot be read by this version of
    Montages: then only its provenance is there.
    """

    slug: str
    number: int
    name: str
    project: str | None
    title: Text
    quads: bytes


def entry_graph(
    version: Version, former: Version | None, publisher_name: str, engine: Engine
) -> EntryGraph:
    """Return a public version as a graph; `former` is what was public before it, None for the first.

    The same version gives the same bytes.
    """
    name, description = version_iri(version), _description(version, engine)
    facts = Facts()
    project, title = None, Text(version.slug, version.slug)
    if description is not None:
        facts = _own_facts(description, version.slug)
        project = own_name(str(description.project), str(description.project), version.slug)
        title = label(facts, project)
    names = [ox.Literal(version.slug)]
    if project is not None:
        labels = facts.objects(project, str(RDFS.label))
        names = [name for name in labels if isinstance(name, ox.Literal)] or names
    triples = [*facts, *_provenance(version, former, publisher_name, project, names)]
    lines = sorted({_line(s, p, o, name) for s, p, o in triples})
    return EntryGraph(
        version.slug, version.number, name, project, title, "".join(lines).encode("utf-8")
    )


def _description(version: Version, engine: Engine) -> Description | None:
    """Return the description in a version; None where it is no longer one that can be read.

    It was read before it was written: by other rules, perhaps, of which it had keys or values.
    """
    media_type = version.media_type.split(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        return None
    try:
        return engine.parse(*readable(version.content.body, MEDIA_TYPES[media_type]), None)
    except MontagesError:
        return None


def _own_facts(description: Description, slug: str) -> Facts:
    """Return the facts of the project of a description, under the names of its entry."""
    project, subjects = str(description.project), description.facts.by_subject

    def name(term: Term) -> Term:
        own = isinstance(term, str) and term in subjects
        return own_name(term, project, slug) if own and isinstance(term, str) else term

    return Facts((own_name(s, project, slug), p, name(o)) for s, p, o in description.facts)


def _provenance(
    version: Version,
    former: Version | None,
    publisher_name: str,
    project: str | None,
    names: Sequence[ox.Literal],
) -> Iterator[tuple[str, str, Term]]:
    entry, own, publisher = (
        entry_iri(version.slug),
        version_iri(version),
        publisher_iri(version.publisher),
    )
    assert version.public_from is not None
    issued = _moment(moment_text(version.public_from))
    for thing in (entry, own):
        yield thing, str(RDF.type), _DCAT + "Resource"
        yield thing, str(RDF.type), str(PROV.Entity)
        yield thing, str(DCTERMS.publisher), publisher
        for name in names:
            yield thing, str(DCTERMS.title), name
        if project is not None:
            yield thing, str(FOAF.primaryTopic), project
    yield entry, str(DCTERMS.identifier), ox.Literal(version.slug)
    yield entry, str(DCTERMS.modified), issued
    yield entry, _DCAT + "hasCurrentVersion", own
    yield own, _DCAT + "isVersionOf", entry
    yield own, _DCAT + "version", ox.Literal(str(version.number))
    yield own, str(PROV.generatedAtTime), _moment(moment_text(version.moment))
    yield own, str(DCTERMS.issued), issued
    yield own, str(PROV.wasAttributedTo), publisher
    if former is not None:
        yield own, str(PROV.wasRevisionOf), version_iri(former)
        yield own, _DCAT + "previousVersion", version_iri(former)
    yield publisher, str(RDF.type), str(PROV.Agent)
    yield publisher, str(RDF.type), str(FOAF.Agent)
    yield publisher, str(FOAF.name), ox.Literal(publisher_name)
    yield publisher, str(RDFS.label), ox.Literal(publisher_name)


def _moment(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(str(XSD.dateTime)))


def _line(s: str, p: str, o: Term, graph: str) -> str:
    node = ox.NamedNode(o) if isinstance(o, str) else o
    return f"{ox.NamedNode(s)} {ox.NamedNode(p)} {node} {ox.NamedNode(graph)} .\n"
