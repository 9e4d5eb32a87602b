"""Attacks on the running service: one file a kind, each a table `ATTACKS` from a name to an `Attack`."""

from __future__ import annotations

import importlib
import pkgutil

from attacks.attack import Attack
from whole_service import HAS_REGISTRY


def all_attacks() -> dict[str, Attack]:
    """Return every attack of every kind, by its kind and its name."""
    attacks: dict[str, Attack] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if module.name == "registry_doors" and not HAS_REGISTRY:
            continue
        table = getattr(importlib.import_module(f"{__name__}.{module.name}"), "ATTACKS", {})
        attacks |= {f"{module.name}: {name}": attack for name, attack in table.items()}
    return attacks
