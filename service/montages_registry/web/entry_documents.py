"""The documents of a version: its page and RDF, made of the quads that were written with it (G1, L2).

They are made apart, where descriptions are judged: a page says what an assessment of today gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from flask import Response, abort
from rdflib import DCTERMS, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from montages.advice.similar.precedents import TOLD_ELSEWHERE
from montages.bilingual import Text
from montages.description.address.project_address import ProjectAddress
from montages.description.description import Description
from montages.description.to_keys import to_keys
from montages.publish.linked_data.document_context import whole_context
from montages.publish.linked_data.formats import BY_EXTENSION, DATA, HTML, Format, write
from montages.store.labels import Labels, first_text
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.project import assessed_today, description_values
from montages.web.project_tool.project_links import project_href
from montages.web.requests.request_parameters import lang
from montages_registry.entry_names import version_iri
from montages_registry.entry_quads import facts_of, version_quads
from montages_registry.moments import moment_text
from montages_registry.version import Version
from montages_registry.web.app_registry import LIST_PATH, app_registry, list_url

# Versions that a page lists; the list of versions has all.
_MOST_LISTED = 20


def entry_document(version: Version, form: Format, address: str) -> bytes:
    """Return the document of a version in a format; what making it is refused with is answered as it is."""
    registry = app_registry()
    quads = registry.quads(version)
    options: dict[str, Any] = {"project": version.summary.project}
    if form is HTML:
        options |= {"page": _page_values(version, address)}
        answer = run_apart(page_answer, quads, **options)
    else:
        name = version_iri(version.slug, version.number)
        whole = version_quads(version, quads)
        answer = run_apart(data_answer, whole, form=form.extension, name=name, **options)
    if answer.status_code != 200:
        abort(answer)
    return answer.get_data()


def _page_values(version: Version, address: str) -> dict[str, Any]:
    """Return what a page says of a version beside its description."""
    registry = app_registry()
    public, listed = registry.public(version.slug), registry.history(version.slug, _MOST_LISTED + 1)
    moment = version.public_from or version.moment
    return {
        "slug": version.slug,
        "number": version.number,
        "state": version.state.value,
        "publisher": version.publisher,
        "publisher_name": version.publisher_name,
        "licence": version.licence,
        "moment": moment_text(moment),
        "here": address.removeprefix(list_url()),
        "newest": public.number if public else 0,
        "is_longer": len(listed) > _MOST_LISTED,
        "history": [
            (one.number, moment_text(one.public_from), one.state.value)
            for one in reversed(listed[-_MOST_LISTED:])
            if one.public_from is not None
        ],
    }


def data_answer(body: bytes, form: str, name: str, project: str) -> Response:
    """Answer quads as a document in a format. Called apart."""
    triples = list(facts_of(body).graph())
    return Response(write(triples, BY_EXTENSION[form], whole_context(triples), project, name))


def page_answer(body: bytes, project: str, page: dict[str, Any]) -> Response:
    """Answer the page of a version whose description is the body. Called apart."""
    triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_QUADS)]
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    description = current_state().knowledge.read(text, "nt", project)
    context = _EntryContext(current_state(), lang(), description)
    tree = to_keys(description.graph, description.project)
    address = ProjectAddress({k: v for k, v in tree.items() if k not in TOLD_ELSEWHERE})
    base, here = f"/{LIST_PATH}/{page['slug']}", f"/{LIST_PATH}{page['here']}"
    return Response(
        context.render(
            "registry_entry.html",
            it=page,
            is_entry=here == base,
            publisher=Link(
                page["publisher_name"], context.href("/projects", publisher=page["publisher"])
            ),
            name=context.labels.name(project, context.lang),
            description=context.labels.text(project, DCTERMS.description, context.lang),
            iri=project,
            tool=project_href(context, address, view="result"),
            example="",
            today=assessed_today(description, context),
            base=base,
            formats=[(f"{context.root}{here}.{form.extension}", form.label) for form in DATA],
            **description_values(project, context),
        )
    )


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
        node = iri if isinstance(iri, Node) else URIRef(iri)
        text: Text | None = first_text(self.default, node, predicates)
        return text[lang] if text else ""


@dataclass(frozen=True)
class _EntryContext(PageContext):
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
