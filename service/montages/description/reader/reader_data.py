"""The words and patterns of the reader, as they stand in `data/reader/`."""

from __future__ import annotations

from functools import cache
from typing import Any

from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache

# The files whose entries are groups of patterns; the rest have a form of their own.
NAMES = ("usages", "holders", "layers")
SAID = ("payers", "contracts", "objects", "grounds", "bodies", "networks", "conditions")
TOLD = ("scope", "asks")


def yaml_of(name: str) -> Any:
    """Return what a file of `data/reader/` holds. Do not modify."""
    return _files()[name]


@disk_cache
def _files() -> dict[str, Any]:
    """Return what all files hold, by name, so that a second run does without the library of YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
        for path in library.files("data/reader", "*.yaml")
    }


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of words of `words.yaml`: those left out, those that deny, ordinary ones."""
    return frozenset(yaml_of("words")[name].split())
