"""The full proof of a status: every step names its rule and its premises (R16).

`proof.verify` checks the result and shares no code with this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rdflib import Literal, URIRef

from montages.assessment.assessment import Assessment
from montages.engine.units import Unit
from montages.knowledge import entailment
from montages.knowledge.law import Requirement
from montages.knowledge.logic import NOT_IN_FORCE, OUTCOME_IRIS, STATUS_IRIS, worst
from montages.names import MTG, compiled
from montages.proof.proof_search import TYPE, ProofSearch


def prove(
    assessment: Assessment,
    contract: str,
    unit: str | None = None,
    *,
    search: ProofSearch | None = None,
) -> dict[str, Any]:
    """Return the proof of the status of an arrangement, for the project or for one unit.

    The result is JSON: project, as_of, rulebook_version, contract, status, conclusion and steps.
    A `search` made once serves several proofs of one assessment.
    Raises UnknownName for an arrangement or unit that the assessment does not hold.
    """
    premises, conclusions = assessment.premises, assessment.conclusions
    verdict = conclusions.verdict(contract, unit)
    statement = (premises.project, MTG.usesPresumptions, Literal(False))
    head = {
        "project": str(premises.project),
        "contract": contract,
        "unit": unit,
        "as_of": premises.as_of.isoformat(),
        "rulebook_version": premises.rulebook_version,
        "status": _status(assessment, contract, unit),
        "presumptions": statement not in premises.derived.graphs["asserted"],
    }
    search = (search or ProofSearch(premises)).restart()
    if not verdict.in_force:
        conclusion = search.add(
            (str(verdict.arrangement.iri), "in-force", "no"), "not-in-force", []
        )
    else:
        units = [u.unit for u in conclusions.units if unit in (None, u.unit.id)]
        statuses = [_unit_status(search, assessment, contract, u) for u in units]
        conclusion = (
            statuses[0] if unit else _project_status(search, assessment, contract, statuses)
        )
    return head | {"conclusion": conclusion, "steps": list(search.steps.values())}


def _status(assessment: Assessment, contract: str, unit: str | None) -> str:
    """Return the status that was derived, for one unit or the worst of all: what a proof is of."""
    if not assessment.conclusions.verdict(contract, unit).in_force:
        return NOT_IN_FORCE
    derived = assessment.premises.derived.statuses
    return worst(derived[name][contract] for name in derived if unit in (None, name))


def _project_status(
    search: ProofSearch, assessment: Assessment, contract: str, units: list[str]
) -> str:
    node = f"{assessment.premises.project}#verdict-{contract}"
    status = _status(assessment, contract, None)
    fact = (node, str(MTG.status), STATUS_IRIS[status])
    return search.add(fact, "derive/50-project-status", units)


# A status that something stands against: the outcome, and what it makes of the arrangement.
_AGAINST = {
    "ineligible": ("violated", MTG.ruledOutFor),
    "conflict": ("contradicted", MTG.contradictedFor),
}


def _unit_status(search: ProofSearch, assessment: Assessment, contract: str, unit: Unit) -> str:
    """Prove the status of an arrangement for a unit, from the outcomes of its hard requirements."""
    status = _status(assessment, contract, unit.id)
    iri, arrangement = str(unit.iri), str(assessment.premises.rules.arrangements[contract].iri)
    hard = [r for r in search.rules.effective(contract) if r.hard]
    derived = assessment.premises.derived.outcomes[unit.id]
    outcomes = {r.version: derived[r.slug] for r in hard}
    eligible = str(compiled("Eligible", contract))
    premises: list[str] = []
    if status in _AGAINST:
        wanted, against = _AGAINST[status]
        for requirement in hard:
            if outcomes[requirement.version] == wanted:
                check = _outcome(search, unit, requirement, wanted)
                version = str(requirement.version)
                about = [
                    search.need((version, str(MTG.strength), str(MTG.Hard))),
                    search.need((arrangement, str(MTG.requires), version)),
                ]
                fact = (iri, str(against), arrangement)
                premises.append(search.add(fact, "derive/30-obstacles", [check, *about]))
        if status == "conflict":
            premises.append(search.absent(iri, str(MTG.ruledOutFor), arrangement))
    else:
        if status == "eligible":
            premises.append(search.need((iri, TYPE, eligible)))
            premises.append(search.need((eligible, str(MTG.statusOf), arrangement)))
        else:
            premises.append(search.absent(iri, TYPE, eligible))
        premises += [_outcome(search, unit, r, outcomes[r.version]) for r in hard]
        premises += [search.absent(iri, str(p), arrangement) for _, p in _AGAINST.values()]
    node = f"{iri}/verdict/{contract}"
    fact = (node, str(MTG.status), STATUS_IRIS[status])
    return search.add(fact, "derive/40-unit-status", list(dict.fromkeys(premises)))


_SATISFIED, _VIOLATED = ("Satisfied", MTG.satisfies), ("Violated", MTG.violates)
# An outcome: what is concluded of the requirement, and what is not.
_PREMISES: dict[str, tuple[Sequence[tuple[str, URIRef]], Sequence[URIRef]]] = {
    "satisfied": ((_SATISFIED,), (MTG.violates,)),
    "not-applicable": ((("NotApplicable", MTG.exemptFrom),), (MTG.violates,)),
    "violated": ((_VIOLATED,), (MTG.satisfies,)),
    "contradicted": ((_SATISFIED, _VIOLATED), ()),
    "undetermined": ((), (MTG.satisfies, MTG.violates)),
}


def _outcome(search: ProofSearch, unit: Unit, requirement: Requirement, outcome: str) -> str:
    """Prove the outcome of a requirement for a unit."""
    iri, version = str(unit.iri), str(requirement.version)

    def concluded(role: str, how: URIRef) -> str:
        cls = str(compiled(role, requirement.slug))
        premises = [
            search.need((iri, TYPE, cls)),
            search.need((cls, str(MTG.outcomeOf), version)),
            search.need((cls, str(MTG.outcome), str(MTG[role]))),
        ]
        return search.add((iri, str(how), version), "derive/10-conclusions", premises)

    met, not_met = _PREMISES[outcome]
    premises = [concluded(role, how) for role, how in met]
    premises += [search.absent(iri, str(how), version) for how in not_met]
    if not met:
        premises += _searched(search, unit, requirement)
    name = version.split("/requirement/", 1)[1]
    fact = (f"{iri}/check/{name}", str(MTG.outcome), OUTCOME_IRIS[outcome])
    return search.add(fact, "derive/20-outcomes", premises)


def _searched(search: ProofSearch, unit: Unit, requirement: Requirement) -> list[str]:
    """Return the steps that say which facts were searched for the missing criteria, and not found."""
    steps = []
    nodes = [str(unit.iri)]
    for prop in (MTG.ofLayerUse, MTG.inPerimeter, MTG.ofProject):
        nodes += search.by_subject.get((str(unit.iri), str(prop)), [])
    read = dict.fromkeys(clause.criterion for clause in requirement.clauses())
    sources = [name for slug in read for name in entailment.asked_for(slug, search.rules)]
    for name in dict.fromkeys([*read, *sources]):
        criterion = search.rules.criteria[name]
        if unit.answer(name).values:
            continue
        properties = [criterion.property]
        properties += [criterion.numeric_property] if criterion.numeric_property else []
        searched = [f"{node} {prop} *" for node in nodes for prop in properties]
        steps.append(
            search.absent(str(unit.iri), str(criterion.property), criterion=name, searched=searched)
        )
    return steps
