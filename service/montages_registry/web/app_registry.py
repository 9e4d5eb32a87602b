"""The registry that an application serves, if it has one (G1): who asks, its addresses, its graphs."""

from __future__ import annotations

from contextlib import suppress

from flask import Flask, current_app, request

from montages.bilingual import message
from montages.errors import MontagesError
from montages.store.sparql.graph_updates import ChangedGraph, GraphUpdate
from montages.web.app_state import current_state
from montages_registry.entry_names import version_iri
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.registry_errors import RegistryOff, UnknownEntry

LIST_PATH = "projects"
_KEY = "montages-registry"


def register(app: Flask, registry: Registry) -> None:
    """Give an application a registry."""
    app.extensions[_KEY] = registry


def has_registry() -> bool:
    """Tell whether the application at work has a registry."""
    return _KEY in current_app.extensions


def app_registry() -> Registry:
    """Return the registry of the application at work; raises RegistryOff."""
    registry: Registry | None = current_app.extensions.get(_KEY)
    if registry is None:
        raise RegistryOff(
            message(
                "This service keeps no registry of projects. Who runs it opens one: montages "
                "registry init DIR, then montages serve --registry DIR (setting "
                "MONTAGES_REGISTRY)."
            )
        )
    return registry


def asking_publisher() -> Publisher:
    """Return the publisher whose token a request carries as Authorization: Bearer; raises UnknownToken."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    bearer = token.strip() if scheme.lower() == "bearer" else None
    return app_registry().publishers.authenticate(bearer)


def reading_publisher() -> Publisher | None:
    """Return the publisher who asks to read, None for anybody; raises UnknownToken for no such token."""
    return asking_publisher() if "Authorization" in request.headers else None


def unknown_entry(name: str) -> UnknownEntry:
    """Return the error of a name that no public entry has."""
    return UnknownEntry(
        message("No published entry is called “{start}”. The list: /projects.", start=name[:80])
    )


def list_url() -> str:
    """Return the address of the list of entries."""
    return f"{current_state().base_url()}/{LIST_PATH}"


def entry_url(slug: str) -> str:
    """Return the address of an entry, which is its IRI where the service stands at the base."""
    return f"{list_url()}/{slug}"


def version_url(slug: str, number: int) -> str:
    """Return the address of a version of an entry."""
    return f"{entry_url(slug)}/versions/{number}"


class EntryGraphs:
    """The graphs of the public entries as /sparql is given them, whichever process wrote them (S1).

    They are read as they were written: no description is parsed.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry, self._revision = registry, -1

    def revision(self) -> int:
        """Return the number of the last change; the former one while the registry cannot be read."""
        with suppress(MontagesError):
            self._revision = self._registry.revision()
        return self._revision

    def update(self, since: int) -> GraphUpdate:
        """Return what changed after a revision; all there is after -1."""
        revision, graphs, gone = self._registry.revision(), list[ChangedGraph](), list[str]()
        for slug, version, quads in self._registry.graphs(since):
            if version is None:
                gone.append(slug)
            else:
                graphs.append(ChangedGraph(slug, version_iri(slug, version.number), quads))
        return GraphUpdate(revision, since < 0, tuple(graphs), tuple(gone))
