"""The documents of a version of an entry: page and RDF, made where descriptions are judged (G1, L2).

The page tells what the version says, what is said of it today, and its history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask import Response
from rdflib import DCTERMS, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from montages.advice.similar.precedents import TOLD_ELSEWHERE
from montages.bilingual import Text
from montages.description.address.project_address import ProjectAddress
from montages.description.description import Description
from montages.description.parsing.media_types import PLAIN, readable
from montages.description.to_keys import to_keys
from montages.publish.linked_data.document_context import whole_context
from montages.publish.linked_data.formats import BY_EXTENSION, DATA, HTML, Format, write
from montages.store.labels import Labels, first_text
from montages.web.app_state import AppState, current_state
from montages.web.description_pool import run_apart
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.project import assessed_today, description_values
from montages.web.project_tool.project_links import project_href
from montages.web.requests.body_syntax import MEDIA_TYPES
from montages.web.requests.request_parameters import lang
from montages_registry.entry_facts import EntryProvenance, entry_facts
from montages_registry.entry_names import project_iri, version_iri
from montages_registry.publish.time_map import iso_time
from montages_registry.version import Version

# Versions that a page lists; the TimeMap has all.
MOST_LISTED = 20
_MOMENTS = ("moment", "public_from")


@dataclass(frozen=True)
class EntryVersion:
    """What a document says of a version beside its description; moments are texts, the newest first."""

    slug: str
    number: int
    publisher: str
    media_type: str
    state: str
    moment: str
    public_from: str
    is_entry: bool
    newest: int
    count: int
    history: Sequence[tuple[int, str, str]]

    @classmethod
    def of(cls, version: Version, released: Sequence[Version], is_entry: bool) -> EntryVersion:
        """Return what is said of a version, among those that were public."""
        return cls(
            version.slug,
            version.number,
            version.publisher,
            version.media_type,
            version.state.value,
            iso_time(version.moment),
            _moment_text(version.public_from),
            is_entry,
            released[-1].number if released else 0,
            len(released),
            [
                (release.number, iso_time(release.public_from or release.moment), _became(release))
                for release in reversed(released[-MOST_LISTED:])
            ],
        )


def _became(version: Version) -> str:
    return "erased" if version.erasure else version.state.value


def _moment_text(moment: datetime | None) -> str:
    return iso_time(moment) if moment else ""


class RefusedDocument(Exception):
    """The process that makes documents has refused, or was too busy; `response` says so."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def entry_document(
    body: bytes, version: EntryVersion, provenance: EntryProvenance, form: Format
) -> bytes:
    """Return the document of a version in a format; raises RefusedDocument, and what the function raises."""
    written = asdict(provenance) | {name: str(getattr(provenance, name)) for name in _MOMENTS}
    written["erased"] = [(number, str(moment)) for number, moment in provenance.erased]
    answer = run_apart(
        document_apart,
        body,
        version_fields=asdict(version),
        provenance=written,
        form=form.extension,
    )
    if answer.status_code != 200:
        raise RefusedDocument(answer)
    return answer.get_data()


def document_apart(
    body: bytes, version_fields: dict[str, Any], provenance: dict[str, Any], form: str
) -> Response:
    """Answer the document of a version whose description is the body."""
    version, state = EntryVersion(**version_fields), current_state()
    text, syntax = readable(body, MEDIA_TYPES.get(version.media_type, PLAIN))
    description = state.knowledge.read(text, syntax)
    if form == HTML.extension:
        return Response(entry_page(state, description, version, provenance["publisher_name"]))
    moments = {name: datetime.fromisoformat(provenance[name]) for name in _MOMENTS}
    erased = tuple(
        (number, datetime.fromisoformat(moment)) for number, moment in provenance["erased"]
    )
    entry_provenance = EntryProvenance(**{**provenance, **moments, "erased": erased})
    facts = entry_facts(description, entry_provenance)
    triples = list(facts.graph())
    context = whole_context(triples)
    project = project_iri(str(description.project), version.slug)
    name = version_iri(version.slug, version.number)
    return Response(write(triples, BY_EXTENSION[form], context, project, name))


class _EntryLabels(Labels):
    """The names that a description gives its own things, those of what is published for the rest."""

    def __init__(self, own: Graph, published: Labels) -> None:
        super().__init__(own, {})
        self._published = published

    def name(self, iri: str, lang: str) -> str:
        """Return the name of a thing or a term."""
        return self._own(iri, (SKOS.prefLabel, RDFS.label), lang) or self._published.name(iri, lang)

    def definition(self, iri: str, lang: str) -> str:
        """Return the definition of a thing, empty when it has none."""
        own = self._own(iri, (SKOS.definition, DCTERMS.description), lang)
        return own or self._published.definition(iri, lang)

    def _own(self, iri: str, predicates: tuple[URIRef, ...], lang: str) -> str:
        text: Text | None = first_text(self.default, _node(iri), predicates)
        return text[lang] if text else ""


@dataclass(frozen=True)
class EntryContext(PageContext):
    """The frame of a page about a description that is no part of what is published."""

    description: Description

    @property
    def graph(self) -> Graph:
        """Return what the description says. Do not modify."""
        return self.description.graph

    @property
    def labels(self) -> Labels:
        """Return the names of things, those of the description first."""
        return _EntryLabels(self.description.graph, self.state.labels)


def entry_page(
    state: AppState, description: Description, version: EntryVersion, publisher: str
) -> str:
    """Return the page of a version, whose publisher is named, in the reader's language."""
    context = EntryContext(state, lang(), description)
    iri = str(description.project)
    tree = to_keys(description.graph, description.project)
    address = ProjectAddress({k: v for k, v in tree.items() if k not in TOLD_ELSEWHERE})
    base = f"/projects/{version.slug}"
    here = base if version.is_entry else f"{base}/versions/{version.number}"
    return context.render(
        "registry_entry.html",
        it=version,
        publisher=Link(publisher, context.href("/projects", publisher=version.publisher)),
        name=context.labels.name(iri, context.lang),
        description=context.labels.text(iri, DCTERMS.description, context.lang),
        iri=iri,
        tool=project_href(context, address, view="result"),
        example="",
        today=assessed_today(description, context),
        base=base,
        formats=[(f"{context.root}{here}.{form.extension}", form.label) for form in DATA],
        **description_values(iri, context),
    )


def _node(iri: str) -> Node:
    return iri if isinstance(iri, Node) else URIRef(iri)
