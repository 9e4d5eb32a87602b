"""The full proof of a status: every step names its rule and its premises (R16).

`decision.verify` checks the result and shares no code with this module.
"""

from __future__ import annotations

from typing import Any

from rdflib import URIRef

from montages.decision import kleene
from montages.decision.answers import Unit
from montages.decision.assessment import Assessment
from montages.decision.prover import TYPE, Prover
from montages.errors import UnknownName
from montages.knowledge.model import Requirement
from montages.names import MTG, compiled

_OUTCOMES = {
    "satisfied": MTG.Satisfied,
    "violated": MTG.Violated,
    "not-applicable": MTG.NotApplicable,
    "contradicted": MTG.Contradicted,
    "undetermined": MTG.Undetermined,
}
_STATUSES = {
    "eligible": MTG.Eligible,
    "ineligible": MTG.Ineligible,
    "conflict": MTG.Conflict,
    "undetermined": MTG.UndeterminedStatus,
}


def prove(
    assessment: Assessment, contract: str, unit: str | None = None, *, prover: Prover | None = None
) -> dict[str, Any]:
    """Return the proof of the status of an arrangement, for the project or for one unit.

    The result is JSON: project, as_of, rulebook_version, contract, status, conclusion and steps.
    A `prover` made once serves several proofs of one assessment.
    Raises UnknownName for an arrangement or unit that the assessment does not hold.
    """
    try:
        verdict = assessment.verdict(contract, unit)
    except KeyError as error:
        raise UnknownName(
            f"{error.args[0]} : ni montage ni unité de cette évaluation.",
            f"{error.args[0]}: neither an arrangement nor a unit of this assessment.",
        ) from error
    head = {
        "project": str(assessment.project),
        "contract": contract,
        "unit": unit,
        "as_of": assessment.as_of.isoformat(),
        "rulebook_version": assessment.rulebook_version,
        "status": verdict.status,
    }
    prover = (prover or Prover(assessment)).restart()
    if verdict.status == "not-in-force":
        conclusion = prover.add(
            (str(verdict.arrangement.iri), "in-force", "no"), "not-in-force", []
        )
    else:
        units = [u.unit for u in assessment.units if unit in (None, u.unit.id)]
        found = [_unit_status(prover, assessment, contract, u) for u in units]
        conclusion = found[0] if unit else _project_status(prover, assessment, contract, found)
    return head | {"conclusion": conclusion, "steps": list(prover.steps.values())}


def _project_status(prover: Prover, assessment: Assessment, contract: str, units: list[str]) -> str:
    verdict = assessment.verdict(contract)
    node = f"{assessment.project}#verdict-{contract}"
    return prover.add(
        (node, str(MTG.status), str(_STATUSES[verdict.status])), "derive/50-project-status", units
    )


def _unit_status(prover: Prover, assessment: Assessment, contract: str, unit: Unit) -> str:
    """Prove the status of an arrangement for a unit, from the outcomes of its hard requirements."""
    status = assessment.verdict(contract, unit.id).status
    iri, arrangement = str(unit.iri), str(assessment.verdict(contract, unit.id).arrangement.iri)
    hard = [r for r in prover.rules.effective(contract) if r.hard]
    outcomes = {
        c.requirement.version: c.outcome for c in assessment.verdict(contract, unit.id).checks
    }
    eligible = str(compiled("Eligible", contract))
    premises: list[str] = []
    if status in ("ineligible", "conflict"):
        wanted, against = {
            "ineligible": ("violated", MTG.ruledOutFor),
            "conflict": ("contradicted", MTG.contradictedFor),
        }[status]
        for requirement in hard:
            if outcomes[requirement.version] == wanted:
                check = _outcome(prover, unit, requirement, wanted)
                version = str(requirement.version)
                about = [
                    prover.need((version, str(MTG.strength), str(MTG.Hard))),
                    prover.need((arrangement, str(MTG.requires), version)),
                ]
                fact = (iri, str(against), arrangement)
                premises.append(prover.add(fact, "derive/30-obstacles", [check, *about]))
        if status == "conflict":
            premises.append(prover.absent(iri, str(MTG.ruledOutFor), arrangement))
    elif status == "eligible":
        premises += [
            prover.need((iri, TYPE, eligible)),
            prover.need((eligible, str(MTG.statusOf), arrangement)),
        ]
        premises += [_outcome(prover, unit, r, outcomes[r.version]) for r in hard]
    else:
        premises.append(prover.absent(iri, TYPE, eligible))
        premises += [_outcome(prover, unit, r, outcomes[r.version]) for r in hard]
    if status in ("eligible", "undetermined"):
        premises += [
            prover.absent(iri, str(p), arrangement) for p in (MTG.ruledOutFor, MTG.contradictedFor)
        ]
    node = f"{iri}/verdict/{contract}"
    fact = (node, str(MTG.status), str(_STATUSES[status]))
    return prover.add(fact, "derive/40-unit-status", list(dict.fromkeys(premises)))


def _outcome(prover: Prover, unit: Unit, requirement: Requirement, outcome: str) -> str:
    """Prove the outcome of a requirement for a unit."""
    iri, version = str(unit.iri), str(requirement.version)

    def concluded(role: str, how: URIRef) -> str:
        cls = str(compiled(role, requirement.slug))
        premises = [
            prover.need((iri, TYPE, cls)),
            prover.need((cls, str(MTG.outcomeOf), version)),
            prover.need((cls, str(MTG.outcome), str(MTG[role]))),
        ]
        return prover.add((iri, str(how), version), "derive/10-conclusions", premises)

    satisfied, violated = ("Satisfied", MTG.satisfies), ("Violated", MTG.violates)
    if outcome == "satisfied":
        premises = [concluded(*satisfied), prover.absent(iri, str(MTG.violates), version)]
    elif outcome == "not-applicable":
        premises = [
            concluded("NotApplicable", MTG.exemptFrom),
            prover.absent(iri, str(MTG.violates), version),
        ]
    elif outcome == "violated":
        premises = [concluded(*violated), prover.absent(iri, str(MTG.satisfies), version)]
    elif outcome == "contradicted":
        premises = [concluded(*satisfied), concluded(*violated)]
    else:
        premises = [prover.absent(iri, str(p), version) for p in (MTG.satisfies, MTG.violates)]
        premises += _searched(prover, unit, requirement)
    name = version.split("/requirement/", 1)[1]
    fact = (f"{iri}/check/{name}", str(MTG.outcome), str(_OUTCOMES[outcome]))
    return prover.add(fact, "derive/20-outcomes", premises)


def _searched(prover: Prover, unit: Unit, requirement: Requirement) -> list[str]:
    """Return the steps that say which facts were searched for the missing criteria, and not found."""
    steps = []
    nodes = [str(unit.iri)]
    for prop in (MTG.ofLayerUse, MTG.inPerimeter, MTG.ofProject):
        nodes += prover.by_subject.get((str(unit.iri), str(prop)), [])
    read = dict.fromkeys(clause.criterion for clause in requirement.clauses())
    asked = [name for found in read for name in kleene.asked_for(found, prover.rules)]
    for name in dict.fromkeys([*read, *asked]):
        criterion = prover.rules.criteria[name]
        if unit.answer(name).values:
            continue
        properties = [criterion.property]
        properties += [criterion.numeric_property] if criterion.numeric_property else []
        searched = [f"{node} {prop} *" for node in nodes for prop in properties]
        steps.append(
            prover.absent(str(unit.iri), str(criterion.property), criterion=name, searched=searched)
        )
    return steps
