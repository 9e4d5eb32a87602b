"""Libraries that take long to load: loaded when a test first uses them, not where tests are gathered."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Deferred:
    """A module by its name, loaded when something of it is first used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
