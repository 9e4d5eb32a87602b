"""A description that advice is asked for, checked and derived."""

from __future__ import annotations

from montages.assessment.assess import refusal
from montages.description.description import Description
from montages.engine.protocol import Derivation, Engine
from montages.knowledge.periods import Rules


def derived_description(
    description: Description, engine: Engine, rules: Rules, *, anyway: bool
) -> Derivation:
    """Return what follows from a description; raises Refused where it does not conform, unless `anyway`."""
    if not anyway:
        report = engine.check(description)
        if not report.conforms():
            raise refusal(description, report)
    return engine.derive([description], rules)[0]
