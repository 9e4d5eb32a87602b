"""A registry with two publishers, served by an application, for the tests of its doors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from montages.knowledge.files import library
from montages.web import create_app
from montages_registry.entry_names import OURS
from montages_registry.publishers import Right
from montages_registry.registry import Registry
from montages_registry.version import Content, WriteCondition

YAML = "application/yaml"


def description(name: str, more: str = "") -> str:
    return f"project: {name}\nholder: {{type: Commune, name: Vernon}}\nlayers: [objects]\n{more}"


@dataclass(frozen=True)
class RegistryService:
    """A client of the service, the registry itself, a token of each publisher; `editor` may not publish."""

    client: FlaskClient
    registry: Registry
    town: str
    other: str
    editor: str

    def put(
        self, path: str, body: str | bytes, token: str = "", media: str = YAML, **headers: str
    ) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named["Authorization"] = f"Bearer {token}"
        return self.client.put(path, data=body, content_type=media, headers=named)

    def call(self, method: str, path: str, token: str = "", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named["Authorization"] = f"Bearer {token}"
        return self.client.open(path, method=method, headers=named)


def real_projects(folder: Path) -> Registry:
    """Return a new registry with the real projects that ship as the entries of their publisher."""
    registry, condition = Registry.create(folder), WriteCondition()
    ours = registry.publishers.add(OURS, "Montages")
    for slug, path in sorted(library.projects().items()):
        if path.parent.name == "projects":
            registry.write(slug, Content(path.read_bytes(), "text/turtle"), ours, condition)
    return registry


def registry_service(folder: Path) -> RegistryService:
    registry = Registry.create(folder)
    registry.publishers.add("vernon", "Ville de Vernon")
    registry.publishers.add("evreux", "Ville d'Évreux")
    town = registry.publishers.rotate("vernon")
    editor = registry.publishers.rotate("vernon", "editor", [Right.EDIT])
    other = registry.publishers.rotate("evreux")
    app = create_app({"REGISTRY": folder, "RATE_LIMIT": 0, "REQUEST_LOG": "off"})
    return RegistryService(app.test_client(), registry, town, other, editor)
