"""The registry as a part of the service: its routes, its dataset, what `/readyz` and the search say of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from rdflib import URIRef

from montages import settings
from montages.bilingual import message
from montages.errors import MontagesError
from montages.publish.linked_data.formats import LISTS, WHOLE_LISTS
from montages.publish.linked_data.void import ChangingDataset
from montages.web.app_state import current_state
from montages.web.requests.request_parameters import lang
from montages.web.service_part import ServicePart
from montages_registry.entry_names import ENTRIES, REGISTRY
from montages_registry.publish.entry_catalogue import REGISTRY_SUMMARY, REGISTRY_TITLE
from montages_registry.publish.registry_text import unread_json
from montages_registry.web import entry_routes, list_route, mementos, write_routes
from montages_registry.web.app_registry import LIST_PATH, app_registry, opened_registry, register
from montages_registry.web.list_query import found_entries

ROUTES = (*list_route.ROUTES, *entry_routes.ROUTES, *mementos.ROUTES, *write_routes.ROUTES)
DATASET = ChangingDataset(
    URIRef(REGISTRY),
    ENTRIES,
    f"/{LIST_PATH}",
    REGISTRY_TITLE,
    REGISTRY_SUMMARY,
    message(
        "The registry of projects: each public entry is a named graph, its name the IRI of its "
        "version."
    ),
    LISTS,
    WHOLE_LISTS,
)


def registry_part(app: Flask) -> ServicePart | None:
    """Return what a service adds whose configuration, or setting, names the folder of a registry."""
    folder = app.config.get("REGISTRY") or settings.get("registry")
    if not folder:
        return None
    registry = opened_registry(Path(folder))
    return ServicePart(
        dataset=DATASET,
        changing=registry.graphs,
        register=lambda app: register(app, registry),
        readiness=lambda: {"registry": _is_read()},
        state=_state,
        find=found_entries,
        kind="entry",
        kind_name=message("Entries of the registry"),
    )


def _is_read() -> bool:
    try:
        return app_registry().registry.acts().versions >= 0
    except MontagesError:
        return False


def _state() -> Mapping[str, Any]:
    """Return whether entries are queried, those left out with the reason, and whether the clock is right."""
    queried = current_state().queries.has_changing_graphs
    return {
        "entries": "queried" if queried else "not-queried",
        "unread_entries": _unread_entries(),
        "clock": "behind" if _clock_is_behind() else "on-time",
    }


def _clock_is_behind() -> bool:
    """Tell whether the clock stands so far before the last version that writes are refused."""
    try:
        return app_registry().registry.is_clock_behind()
    except MontagesError:
        return False


def _unread_entries() -> list[dict[str, Any]]:
    """Return the public entries that are there without what they describe, each with the reason."""
    try:
        return [unread_json(graph, lang()) for graph in app_registry().index.unread()]
    except MontagesError:
        return []
