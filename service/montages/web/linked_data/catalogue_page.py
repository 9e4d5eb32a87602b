"""The catalogue as a page: each dataset with its files, the interfaces, and where machines read the same."""

from __future__ import annotations

import json

from montages.publish.linked_data.dcat import catalogued_datasets
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.dump_files import dump_url
from montages.publish.linked_data.formats import DATA
from montages.publish.linked_data.namespace_index import NAMESPACES
from montages.store.licence import ckan_entry
from montages.web.app_state import AppState
from montages.web.linked_data import dumps
from montages.web.pages.page_context import page_context

_UNITS = {"fr": ("octets", "ko", "Mo"), "en": ("bytes", "kB", "MB")}


def catalogue_page(state: AppState) -> str:
    """Return the page of the whole catalogue, in the reader's language."""
    context, dump_files = page_context(state), dumps.of(state)
    return context.render(
        "catalogue.html",
        entries=catalogued_datasets(documents(state.dataset), dump_files),
        url_of=lambda path: dump_url(context.root, path),
        size_of=lambda path: size(dump_files.sums[path].size, context.lang),
        changing=state.changing_datasets,
        forms=DATA,
        namespaces=NAMESPACES.values(),
        sums=dumps.SUMS,
        ckan_entry=json.dumps(ckan_entry(), ensure_ascii=False, indent=2),
    )


def size(count: int, lang: str) -> str:
    """Return a number of bytes as people read it."""
    amount, unit = float(count), 0
    while amount >= 1000 and unit < 2:
        amount, unit = amount / 1000, unit + 1
    text = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
    return f"{text.replace('.', ',') if lang == 'fr' else text}\u00a0{_UNITS[lang][unit]}"
