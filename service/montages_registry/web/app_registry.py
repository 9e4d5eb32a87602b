"""The registry that an application serves, if it has one (G1): who asks, where things are."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from montages.bilingual import message
from montages.errors import UnknownName
from montages.web.app_state import current_state
from montages.web.route import path_parameter
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.version import Version

LIST_PATH = "projects"
SLUG = path_parameter("slug", message("name of the entry"), "dijon")
KEY = "montages-registry"
_OFF = message(
    "This service keeps no registry: montages registry init DIR, then montages serve --registry DIR"
)
_UNKNOWN = message("No published entry is called “{start}”. The list: /projects.")


def has_registry() -> bool:
    """Tell whether the application at work has a registry."""
    return KEY in current_app.extensions


def app_registry() -> Registry:
    """Return the registry of the application at work; raises UnknownName."""
    if not has_registry():
        raise UnknownName(_OFF)
    registry: Registry = current_app.extensions[KEY]
    return registry


def asking_publisher() -> Publisher:
    """Return the publisher whose token a request carries as Authorization: Bearer; raises UnknownToken."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    bearer = token.strip() if scheme.lower() == "bearer" else None
    return app_registry().publishers.authenticate(bearer)


def unknown_entry(name: str) -> UnknownName:
    """Return the error of a name that no public entry has."""
    return UnknownName(_UNKNOWN.fill(start=name[:80]))


def list_url() -> str:
    """Return the address of the list of entries."""
    return f"{current_state().base_url()}/{LIST_PATH}"


def entry_url(slug: str) -> str:
    """Return the address of an entry, which is its IRI where the service stands at the base."""
    return f"{list_url()}/{slug}"


def version_url(slug: str, number: int) -> str:
    """Return the address of a version of an entry."""
    return f"{entry_url(slug)}/versions/{number}"


def version_json(version: Version) -> dict[str, Any]:
    """Return a version as JSON: what everybody may know of it, and its addresses."""
    fields = {key: value for key, value in vars(version).items() if key != "summary"}
    address = version_url(version.slug, version.number)
    return {**fields, "etag": version.etag, "url": entry_url(version.slug), "version_url": address}
