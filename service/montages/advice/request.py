"""What advice is asked about: set-ups by name, and a description that is checked and derived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from montages.assessment.assess import refusal
from montages.bilingual import message
from montages.description.description import Description
from montages.engine.protocol import Derivation, Engine
from montages.errors import UnknownName
from montages.knowledge.did_you_mean import nearest_hint
from montages.knowledge.periods import Rules

T = TypeVar("T")


def set_ups_named(about: Sequence[str], possible: Mapping[str, T]) -> list[T]:
    """Return what some names stand for, each once; raises UnknownName with the nearest for another."""
    for name in about:
        if name not in possible:
            hint, listed = nearest_hint(name, possible), ", ".join(possible)
            raise UnknownName(
                message(
                    "Unknown arrangement: {name}.{hint} Known: {listed}.",
                    name=name,
                    hint=hint,
                    listed=listed,
                ),
            )
    return [possible[name] for name in dict.fromkeys(about)]


def derived_description(
    description: Description, engine: Engine, rules: Rules, *, anyway: bool
) -> Derivation:
    """Return what follows from a description; raises Refused where it does not conform, unless `anyway`."""
    if not anyway:
        report = engine.check(description)
        if not report.conforms():
            raise refusal(description, report)
    return engine.derive([description], rules)[0]
