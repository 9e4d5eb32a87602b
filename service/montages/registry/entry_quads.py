"""What a version of an entry says, as quads: the facts of its project, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyoxigraph as ox

from montages.assessment.table_descriptions import table_description
from montages.bilingual import Text
from montages.description.description import Description
from montages.description.facts import Term, label
from montages.description.parsing.media_types import MEDIA_TYPES, readable
from montages.description.parsing.source import TABLE_MEDIA_TYPES, TABLE_SYNTAXES
from montages.engine.protocol import Engine
from montages.errors import MontagesError, UnreadableInput
from montages.registry.entry_facts import EntryProvenance, entry_facts
from montages.registry.entry_names import project_iri, version_iri
from montages.registry.version import Content, Version

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
        return Text(error.message("fr"), error.message("en"))
    return Text(str(error), str(error))


def stored_text(content: Content) -> tuple[bytes, str]:
    """Return a content as a parser reads it, and its syntax; raises UnreadableInput for no type of ours."""
    media_type = content.media_type.split(";")[0].strip().lower()
    if media_type in TABLE_MEDIA_TYPES:
        return content.body, TABLE_MEDIA_TYPES[media_type]
    if media_type not in MEDIA_TYPES:
        raise UnreadableInput(
            f"type de média inconnu : {media_type}", f"unknown media type: {media_type}"
        )
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
