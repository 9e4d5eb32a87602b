"""The engines by name, which one a setting chooses, and how the fast one falls back on the reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from montages import settings
from montages.bilingual import message
from montages.errors import UnknownName, Unsupported

if TYPE_CHECKING:
    from montages.description.description import Description
    from montages.engine.protocol import Derivation, Engine
    from montages.knowledge.periods import Rules
    from montages.validation.findings import Report

T = TypeVar("T")


def _reference() -> Engine:
    from montages.engine.reference.reference_engine import ReferenceEngine

    return ReferenceEngine()


def _fast() -> Engine:
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
            message("Unknown engine: {name}. Engines: {names}.", name=name, names=names)
        )
    return ENGINES[name]()


class FallbackEngine:
    """Asks a first engine; where that raises Unsupported, a second one answers in its place."""

    def __init__(self, first: Engine, second: Callable[[], Engine]) -> None:
        """Take the second engine as a function: it is made only when it is needed."""
        self._first, self._second = first, second

    def _answer(self, step: Callable[[Engine], T]) -> T:
        try:
            return step(self._first)
        except Unsupported:
            return step(self._second())

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        return self._first.parse(source, syntax, project)

    def check(self, description: Description) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        return self._answer(lambda engine: engine.check(description))

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Tell for each description whether it surely conforms."""
        return self._answer(lambda engine: engine.conforming(descriptions))

    def derive(self, descriptions: Sequence[Description], rules: Rules) -> list[Derivation]:
        """Return what follows from each description; those that are not supported fall back one by one."""
        return [
            self._answer(lambda engine, one=one: engine.derive([one], rules)[0])  # type: ignore[misc]
            for one in descriptions
        ]
