"""The page of the catalogue: six families of data, a card each; every file folded below them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rdflib import URIRef
from rdflib.namespace import DCTERMS

from montages.bilingual import Text, message
from montages.guests import guests
from montages.names import MODULE
from montages.publish.linked_data.dcat import CataloguedDataset, catalogued_datasets
from montages.publish.linked_data.dump_files import File, dump_url
from montages.publish.linked_data.formats import DATA
from montages.publish.linked_data.namespace_index import NAMESPACES
from montages.store.licence import ckan_entry
from montages.web.linked_data.dumps import SUMS, current_dumps
from montages.web.pages.page_context import PageContext, page_context

_UNITS = {"fr": ("octets", "ko", "Mo"), "en": ("bytes", "kB", "MB")}


@dataclass(frozen=True)
class DataFamily:
    """What is looked for in the catalogue: its name, what it is, its dataset, where it is as a table."""

    title: Text
    about: Text
    identifier: str
    table: str = ""


FAMILIES = (
    DataFamily(
        message("The vocabulary"),
        message("The classes and properties that everything is written in."),
        "ontology",
        "/terms.csv",
    ),
    DataFamily(
        message("The rules"),
        message("What each contract requires or advises, with its dates, its reading and its source."),
        "module-requirements",
        "/requirements.csv",
    ),
    DataFamily(
        message("The thresholds"),
        message("The amounts of the law, period by period, with their source."),
        "module-thresholds",
        "/queries/thresholds-on-a-day.csv",
    ),
    DataFamily(
        message("The projects"),
        message("Real projects, described from public documents."),
        "module-projects-data",
        "/projects.csv",
    ),
    DataFamily(
        message("The queries"),
        message("Questions ready to ask, in SPARQL, with their columns."),
        "module-queries",
    ),
    DataFamily(
        message("Everything"),
        message("The whole graph in one file: vocabulary, data, rules compiled by period."),
        "montages",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class FamilyCard:
    """A family with its dataset, and the day of its last change."""

    family: DataFamily
    entry: CataloguedDataset
    modified: date | None


def catalogue_page() -> str:
    """Return the page of the whole catalogue: the families, then each dataset with its files."""
    context, dumps = page_context(), current_dumps()
    entries, sums = catalogued_datasets(context.state.documents, dumps), dumps.sums
    by_name = {entry.identifier: entry for entry in entries}

    def size_of(file: File) -> str:
        known = sums.get(file.path)
        return _size(known.size, context.lang) if known else ""

    return context.render(
        "catalogue.html",
        entries=entries,
        cards=[_card(family, by_name, context) for family in FAMILIES],
        url_of=lambda path: dump_url(context.root, path),
        size_of=size_of,
        changing=context.state.changing_datasets,
        supplied=guests().datasets,
        forms=DATA,
        namespaces=NAMESPACES.values(),
        sums=SUMS,
        ckan_entry=json.dumps(ckan_entry(), ensure_ascii=False, indent=2),
    )


def _card(
    family: DataFamily, by_name: Mapping[str, CataloguedDataset], context: PageContext
) -> FamilyCard:
    entry, graph = by_name[family.identifier], context.state.documents.default
    days: list[Any] = [
        graph.value(URIRef(iri), DCTERMS.modified) for iri in (entry.iri, MODULE["montages"])
    ]
    return FamilyCard(
        family, entry, next((day.toPython() for day in days if day is not None), None)
    )


def _size(count: int, lang: str) -> str:
    """Return a number of bytes as people read it."""
    amount, unit = float(count), 0
    while amount >= 1000 and unit < 2:
        amount, unit = amount / 1000, unit + 1
    text = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
    return f"{text.replace('.', ',') if lang == 'fr' else text}\u00a0{_UNITS[lang][unit]}"
