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
from montages.web.service_part import ServicePart
from montages_registry.entry_catalogue import REGISTRY_SUMMARY, REGISTRY_TITLE
from montages_registry.entry_names import ENTRIES, REGISTRY
from montages_registry.moments import is_in_doubt
from montages_registry.registry import Registry
from montages_registry.web import entry_routes, list_routes, write_routes
from montages_registry.web.app_registry import LIST_PATH, app_registry, register

ROUTES = (*list_routes.ROUTES, *entry_routes.ROUTES, *write_routes.ROUTES)
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
    registry = Registry.open(Path(folder))
    return ServicePart(
        dataset=DATASET,
        changing=registry,
        register=lambda app: register(app, registry),
        readiness=lambda: {"registry": _clock() is not None},
        state=_state,
        find=list_routes.matching_entries,
        kind="entry",
        kind_name=message("Entries of the registry"),
    )


def _clock() -> str | None:
    """Return whether the clock is believed, so that writes are taken; None where nothing can be read."""
    try:
        with app_registry().database.connection() as connection:
            return "in-doubt" if is_in_doubt(connection) else "on-time"
    except MontagesError:
        return None


def _state() -> Mapping[str, Any]:
    """Return whether entries are queried, and what is made of the clock."""
    queried = current_state().queries.has_changing_graphs
    return {"entries": "queried" if queried else "not-queried", "clock": _clock()}
