"""The registry as a part of the service: its routes, its dataset, what `/readyz` and the search say of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from rdflib import URIRef

from montages import settings
from montages.bilingual import message
from montages.errors import MontagesError
from montages.publish.linked_data.formats import CATALOGUES, JSON
from montages.publish.linked_data.void import ChangingDataset
from montages.web.app_state import current_state
from montages.web.service_part import ServicePart
from montages_registry.entry_catalogue import REGISTRY_SUMMARY, REGISTRY_TITLE
from montages_registry.entry_names import ENTRIES, REGISTRY
from montages_registry.moments import is_in_doubt
from montages_registry.registry import Registry
from montages_registry.web import entry_routes, list_routes, write_routes
from montages_registry.web.app_registry import KEY, LIST_PATH, app_registry

ROUTES = (*list_routes.ROUTES, *entry_routes.ROUTES, *write_routes.ROUTES)
DATASET = ChangingDataset(
    URIRef(REGISTRY),
    ENTRIES,
    f"/{LIST_PATH}",
    REGISTRY_TITLE,
    REGISTRY_SUMMARY,
    message("Each public entry is a named graph, its name the IRI of its version."),
    (JSON, *CATALOGUES),
    (),
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
        register=lambda app: app.extensions.update({KEY: registry}),
        readiness=lambda: {"registry": _state()["clock"] is not None},
        state=_state,
        find=list_routes.matching_entries,
        kind="entry",
        kind_name=message("Entries of the registry"),
    )


def _state() -> Mapping[str, Any]:
    """Return whether entries are queried, and the clock believed; None where nothing can be read."""
    clock, queried = None, current_state().queries.has_changing_graphs
    with suppress(MontagesError), app_registry().database.connection() as connection:
        clock = "in-doubt" if is_in_doubt(connection) else "on-time"
    return {"entries": "queried" if queried else "not-queried", "clock": clock}
