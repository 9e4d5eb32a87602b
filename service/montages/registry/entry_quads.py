"""What a version of an entry says, as quads: the facts of its project, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from montages.assessment.table_descriptions import table_description
from montages.bilingual import Text
from montages.description.description import Description
from montages.description.facts import Term, label
from montages.description.parsing.media_types import MEDIA_TYPES, readable
from montages.description.tables.table_syntaxes import TABLE_MEDIA_TYPES
from montages.engine.protocol import Engine
from montages.errors import MontagesError
from montages.registry.entry_facts import EntryProvenance, entry_facts
from montages.registry.entry_names import project_iri, version_iri
from montages.registry.version import Version


@dataclass(frozen=True)
class EntryQuads:
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


def entry_quads(version: Version, provenance: EntryProvenance, engine: Engine) -> EntryQuads:
    """Return a public version as quads; the same version gives the same bytes."""
    name, description = version_iri(version.slug, version.number), _description(version, engine)
    facts = entry_facts(description, provenance)
    lines = sorted(_line(s, p, o, name) for s, p, o in facts)
    project, title = None, Text(version.slug, version.slug)
    if description is not None:
        project = project_iri(str(description.project), version.slug)
        title = label(facts, project)
    quads = "".join(lines).encode()
    return EntryQuads(version.slug, version.number, name, project, title, quads)


def _description(version: Version, engine: Engine) -> Description | None:
    """Return the description in a version; None where it is no longer one that can be read.

    It was read before it was written: by other rules, perhaps, of which it had keys or values.
    """
    media_type, body = version.media_type.split(";")[0].strip().lower(), version.content.body
    try:
        if media_type in TABLE_MEDIA_TYPES:
            return table_description(body, TABLE_MEDIA_TYPES[media_type], engine)
        if media_type not in MEDIA_TYPES:
            return None
        return engine.parse(*readable(body, MEDIA_TYPES[media_type]), None)
    except MontagesError:
        return None


def _line(s: str, p: str, o: Term, graph: str) -> str:
    node = ox.NamedNode(o) if isinstance(o, str) else o
    return f"{ox.NamedNode(s)} {ox.NamedNode(p)} {node} {ox.NamedNode(graph)} .\n"
