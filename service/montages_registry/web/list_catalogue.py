"""The list of entries as linked data: a page of the catalogue of those asked for (L5, G1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from urllib.parse import urlencode

from flask import Response

from montages.publish.contacts import contact_point
from montages.publish.linked_data.dcat_writer import CatalogueView
from montages.publish.linked_data.formats import HTML, LISTS, Format
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import etag
from montages.web.linked_data.graph_answer import view_answer, view_language
from montages.web.pages.list_forms import Pages
from montages_registry.publish.entry_catalogue import (
    CataloguedEntry,
    catalogue_iri,
    entry_catalogue,
)
from montages_registry.publish.entry_summary import EntryLine
from montages_registry.web.app_registry import LIST_PATH, app_registry, list_url, publisher_names
from montages_registry.web.entry_answer import NOW
from montages_registry.web.list_query import SIZE, ListQuery


def list_address(form: Format) -> str:
    """Return where the whole list is, in a format."""
    return list_url() if form is HTML else f"{list_url()}.{form.extension}"


def list_catalogue(query: ListQuery, form: Format) -> Response:
    """Answer a page of the entries asked for, in RDF.

    Who asks for all gets all, what is still to be read under its slug: harvesters delete what is not there.
    They go by slug, so that an entry that is read meanwhile stays on its page.
    """
    asked = tuple(query.pairs())
    lines = sorted(query.lines, key=lambda line: line.slug) if asked else query.index.every
    pages, base = Pages.of(len(lines), SIZE), current_state().base_url()
    view = CatalogueView(
        pages.number, pages.count, view_language(), form, base, contact_point(), LIST_PATH, asked
    )
    mark = f"?{urlencode(asked)}" if asked else ""
    return view_answer(
        view,
        etag(form.extension, view.lang, query.index.digest, base, *astuple(view.contact)),
        catalogue_iri(view),
        lambda: entry_catalogue(_entries(lines[pages.start : pages.stop]), pages.total, view),
        [(alternate, f"{list_address(alternate)}{mark}") for alternate in (HTML, *LISTS)],
        changing=NOW,
    )


def _entries(lines: Sequence[EntryLine]) -> Iterator[CataloguedEntry]:
    """Yield the entries of a page with their versions; of one with thousands, two are read."""
    names, registry = publisher_names(), app_registry().registry
    for line in lines:
        version = registry.numbered(line.slug, line.number, public=False)
        first = registry.first(line.slug)
        if version is not None and first is not None:  # as it was when the list was read
            name = names.get(line.publisher, line.publisher)
            yield CataloguedEntry(line, name, first.public_from or first.moment, version)
