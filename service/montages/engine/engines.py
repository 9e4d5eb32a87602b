"""The engines by name, and which one a setting chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from montages import settings
from montages.errors import UnknownName

if TYPE_CHECKING:
    from montages.engine.protocol import Engine


def _reference() -> Engine:
    from montages.engine.reference.reference_engine import ReferenceEngine

    return ReferenceEngine()


def _fast() -> Engine:
    from montages.engine.fallback_engine import FallbackEngine
    from montages.engine.fast.fast_engine import FastEngine

    return FallbackEngine(FastEngine(), _reference)


# Each engine is imported when it is asked for: the reference one brings three libraries with it.
ENGINES: dict[str, Callable[[], Engine]] = {"fast": _fast, "reference": _reference}


def engine_named(name: str | None = None) -> Engine:
    """Return an engine: `fast` or `reference`, the setting's by default. Raises UnknownName for another."""
    name = name or settings.get("engine")
    if name not in ENGINES:
        names = ", ".join(ENGINES)
        raise UnknownName(
            f"Moteur inconnu : {name}. Moteurs : {names}.",
            f"Unknown engine: {name}. Engines: {names}.",
        )
    return ENGINES[name]()
