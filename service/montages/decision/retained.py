"""The contracts really retained, each judged on the units it is stated for (R29)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from montages.decision import kleene
from montages.decision.answers import Unit
from montages.decision.assessment import Retained
from montages.decision.explain import Explainer
from montages.knowledge.model import Arrangement, Text


def retained_contracts(explainer: Explainer) -> tuple[Retained, ...]:
    """Return each contract the description retains, with its status and what is missing to decide."""
    stated: dict[str, list[Unit]] = {}
    for unit in explainer.units:
        for contract in unit.retained:
            stated.setdefault(contract, []).append(unit)
    out = []
    for contract, units in sorted(stated.items()):
        found = [explainer.statuses[u.id].get(contract, "not-in-force") for u in units]
        verdict = [
            v for u in units for v in explainer.unit_verdicts(u) if v.arrangement.slug == contract
        ]
        missing = dict.fromkeys(m.criterion for v in verdict for m in v.missing)
        out.append(
            Retained(contract, kleene.worst(found), tuple(u.id for u in units), tuple(missing))
        )
    return tuple(out)


def judged(
    explainer: Explainer, retained: Sequence[Retained]
) -> Iterator[tuple[Arrangement, str, Text]]:
    """Return each retained contract with its status and the sentence of a unit that gives it."""
    for found in retained:
        for unit in explainer.units:
            if unit.id not in found.units:
                continue
            for verdict in explainer.unit_verdicts(unit):
                if (verdict.arrangement.slug, verdict.status) == (found.contract, found.status):
                    yield verdict.arrangement, verdict.status, verdict.summary
                    break
            else:
                continue
            break
