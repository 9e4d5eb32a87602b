"""The page of the catalogue: six families of data, a card each; every file folded below them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS

from montages.guests import guests
from montages.names import MODULE
from montages.publish.linked_data.dcat import CataloguedDataset, catalogued_datasets
from montages.publish.linked_data.dump_files import File, dump_url
from montages.publish.linked_data.formats import DATA
from montages.publish.linked_data.namespace_index import NAMESPACES
from montages.store.licence import ckan_entry
from montages.web.linked_data.dumps import SUMS, current_dumps
from montages.web.pages.page_context import page_context

_UNITS = {"fr": ("octets", "ko", "Mo"), "en": ("bytes", "kB", "MB")}


def catalogue_page() -> str:
    """Return the page of the whole catalogue: the families, then each dataset with its files."""
    context, dumps = page_context(), current_dumps()
    entries, sums = catalogued_datasets(context.state.documents, dumps), dumps.sums

    def size_of(file: File) -> str:
        known = sums.get(file.path)
        return _size(known.size, context.lang) if known else ""

    return context.render(
        "catalogue.html",
        entries=entries,
        by_name={entry.identifier: entry for entry in entries},
        modified_of=lambda entry: _modified(entry, context.state.documents.default),
        url_of=lambda path: dump_url(context.root, path),
        size_of=size_of,
        changing=context.state.changing_datasets,
        supplied=guests().datasets,
        forms=DATA,
        namespaces=NAMESPACES.values(),
        sums=SUMS,
        ckan_entry=json.dumps(ckan_entry(), ensure_ascii=False, indent=2),
    )


def _modified(entry: CataloguedDataset, graph: Graph) -> date | None:
    """Return the day of the last change of a dataset, else of the whole."""
    days: list[Any] = [
        graph.value(URIRef(iri), DCTERMS.modified) for iri in (entry.iri, MODULE["montages"])
    ]
    return next((day.toPython() for day in days if day is not None), None)


def _size(count: int, lang: str) -> str:
    """Return a number of bytes as people read it."""
    amount, unit = float(count), 0
    while amount >= 1000 and unit < 2:
        amount, unit = amount / 1000, unit + 1
    text = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
    return f"{text.replace('.', ',') if lang == 'fr' else text}\u00a0{_UNITS[lang][unit]}"
