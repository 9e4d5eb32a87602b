"""The page of a version of an entry: what it says, what is said of it today, and its history (G1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rdflib import DCTERMS, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from montages.advice.similar.precedents import TOLD_ELSEWHERE
from montages.bilingual import Text
from montages.description.address.project_address import ProjectAddress
from montages.description.description import Description
from montages.description.to_keys import to_keys
from montages.publish.linked_data.formats import DATA
from montages.store.labels import Labels, first_text
from montages.web.app_state import AppState
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.project import assessed_today, description_values
from montages.web.project_tool.project_links import project_href
from montages.web.registry.entry_version import EntryVersion
from montages.web.requests.request_parameters import lang


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
        return _EntryLabels(self.description.graph, self.lookups.labels)


@dataclass(frozen=True)
class HistoryLine:
    """One version in the history of an entry: its number, its page, its day, what it is, whether this one."""

    number: int
    link: Link
    day: date
    state: str
    is_here: bool


def entry_page(state: AppState, description: Description, it: EntryVersion, publisher: str) -> str:
    """Return the page of a version, whose publisher is named, in the reader's language."""
    context = EntryContext(state, lang(), description)
    iri = str(description.project)
    tree = to_keys(description.graph, description.project)
    address = ProjectAddress({k: v for k, v in tree.items() if k not in TOLD_ELSEWHERE})
    base = f"/projects/{it.slug}"
    here = base if it.is_entry else f"{base}/versions/{it.number}"
    return context.render(
        "registry_entry.html",
        it=it,
        publisher=Link(publisher, context.href("/projects", publisher=it.publisher)),
        name=context.labels.name(iri, context.lang),
        description=context.labels.text(iri, DCTERMS.description, context.lang),
        iri=iri,
        crumbs=[context.home, Link("", context.href("/projects"))],
        tool=project_href(context, address, view="result"),
        example="",
        today=assessed_today(description, context),
        since=date.fromisoformat((it.public_from or it.moment)[:10]),
        history=[_line(line, it, base, context) for line in it.history],
        time_map=f"{context.root}{base}/timemap",
        as_sent=f"{context.root}{base}/versions/{it.number}",
        entry=context.href(base),
        formats=[(f"{context.root}{here}.{form.extension}", form.label) for form in DATA],
        **description_values(iri, context),
    )


def _line(
    line: tuple[int, str, str], it: EntryVersion, base: str, context: PageContext
) -> HistoryLine:
    number, moment, state = line
    link = Link(str(number), context.href(f"{base}/versions/{number}.html"))
    day = date.fromisoformat(moment[:10])
    return HistoryLine(number, link, day, state, number == it.number)


def _node(iri: str) -> Node:
    return iri if isinstance(iri, Node) else URIRef(iri)
