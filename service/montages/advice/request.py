"""What advice is asked about: set-ups by name, and a description that is checked and derived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from montages.assessment.assess import refusal
from montages.assessment.premises import Premises
from montages.bilingual import message
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.errors import UnknownName
from montages.knowledge.did_you_mean import nearest_hint
from montages.knowledge.periods import rules_at

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


def premises_of(description: Description, engine: Engine, as_of: date, *, anyway: bool) -> Premises:
    """Return what follows from a description; raises Refused where it does not conform, unless `anyway`."""
    if not anyway:
        report = engine.check(description)
        if not report.conforms():
            raise refusal(description, report)
    rules = rules_at(as_of)
    return Premises(description, engine.derive([description], rules)[0], rules, as_of)
