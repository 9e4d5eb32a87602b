"""A registry with two publishers, served by an application, for the tests of its doors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from montages.api import load
from montages.knowledge.files import library
from montages.web import create_app
from montages_registry.entry_gate import EntryContent, admit
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry

YAML = "application/yaml"
TOWN = Publisher("vernon", "Ville de Vernon", has_quota=False)


def description(name: str, more: str = "") -> str:
    return f"project: {name}\nholder: {{type: Commune, name: Vernon}}\nlayers: [objects]\n{more}"


@cache
def content(name: str, slug: str = "eclairage") -> EntryContent:
    """Return what the gate makes of a description of that name."""
    return admit(load(), description(name).encode(), YAML, slug)[0]


@dataclass(frozen=True)
class RegistryService:
    """A client of the service, the registry itself, the token of each publisher."""

    client: FlaskClient
    registry: Registry
    town: str
    other: str

    def put(
        self, path: str, body: str | bytes, token: str = "", media: str = YAML, **headers: str
    ) -> TestResponse:
        return self.call("PUT", path, token, body, media, **headers)

    def call(
        self,
        method: str,
        path: str,
        token: str = "",
        body: str | bytes | None = None,
        media: str | None = None,
        **headers: str,
    ) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named["Authorization"] = f"Bearer {token}"
        return self.client.open(path, method=method, data=body, content_type=media, headers=named)


def versions_in(registry: Registry) -> int:
    """Return how many versions a registry has."""
    return sum(len(registry.history(version.slug)) for version in registry.entries())


def real_projects(folder: Path) -> Registry:
    """Return a new registry with the real projects that ship as the entries of a publisher."""
    registry, ours = Registry.create(folder), Publisher("montages", "Montages", False)
    registry.publishers.add(ours.slug, ours.name, has_quota=False)
    for path in library.files("data/projects", "*.ttl"):
        entry = admit(load(), path.read_bytes(), "text/turtle", path.stem)[0]
        registry.write(path.stem, entry, ours, None)
    return registry


def registry_service(folder: Path, has_quota: bool = True) -> RegistryService:
    registry = Registry.create(folder)
    town = registry.publishers.add("vernon", "Ville de Vernon", has_quota)
    other = registry.publishers.add("evreux", "Ville d'Évreux", has_quota)
    app = create_app({"REGISTRY": folder, "RATE_LIMIT": 0, "REQUEST_LOG": "off"})
    return RegistryService(app.test_client(), registry, town, other)
