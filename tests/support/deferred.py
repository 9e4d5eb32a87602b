"""Libraries that take long to load: loaded when a test first uses them, not where tests are gathered."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Deferred:
    """A module by its name, loaded when something public of it is first used: pytest asks for more of all."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        return getattr(import_module(self._name), attribute)
