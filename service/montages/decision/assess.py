"""The way through the house: description → check → close → reason → derive → explain → assessment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from rdflib import RDF, Graph, URIRef

from montages import settings
from montages.decision import answers, kleene
from montages.decision.against import against_facts
from montages.decision.assessment import Assessment, Retained, UnitAssessment, plain_number
from montages.decision.check import check
from montages.decision.costs import costs
from montages.decision.day import signing
from montages.decision.description import Description, part
from montages.decision.engine import Derived, Engine
from montages.decision.explain import Explainer
from montages.decision.findings import Report
from montages.errors import Refused
from montages.knowledge import library
from montages.knowledge.model import Arrangement, Text
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import label
from montages.names import MTG, kebab, slug

SCOPE = Text(
    "Montages contractuels des territoires connectés et durables en France : fiche InfraNum 2024, code de la "
    "commande publique et CGCT cités. Ne couvre ni les aides d'État, ni la fiscalité, ni les marchés de défense.",
    "Contractual set-ups of connected, sustainable territories in France: InfraNum 2024 sheet, the public "
    "procurement and local government codes as cited. State aid, tax and defence contracts are not covered.",
)
DISCLAIMER = Text(
    "Aide à la décision : ne vaut pas conseil juridique.", "A decision aid: this is not legal advice."
)


def assess_all(
    descriptions: Sequence[Description],
    engine: Engine,
    *,
    as_of: date,
    lang: str = "fr",
    anyway: bool = False,
) -> list[Assessment]:
    """Return the assessments of several descriptions, in their order, from one run of the engine.

    Raises Refused with the findings of the first description that does not conform, unless `anyway`.
    """
    rules = rules_at(as_of)
    reports = [check(description) for description in descriptions]
    for description, report in zip(descriptions, reports, strict=True):
        if not anyway and not report.conforms():
            raise refusal(description, report)
    asserted = [part(description) for description in descriptions]
    together = Graph()
    for graph in asserted:
        together += graph
    derived = engine.run(together, rules)
    return [
        _assessment(d, graph, report, derived, rules, as_of, lang)
        for d, graph, report in zip(descriptions, asserted, reports, strict=True)
    ]


def refusal(description: Description, report: Report) -> Refused:
    """Return the error for a description whose findings block."""
    n = sum(f.severity == "violation" for f in report.findings)
    first = next(f for f in report.findings if f.severity == "violation")
    return Refused(
        f"{description.slug} : {n} point(s) à corriger. Le premier : {first.message.fr} "
        "(« montages check » les liste ; --anyway passe outre.)",
        f"{description.slug}: {n} point(s) to correct. The first: {first.message.en} "
        "(“montages check” lists them; --anyway goes on.)",
        findings=report.findings,
    )


def _assessment(
    description: Description,
    asserted: Graph,
    report: Report,
    derived: Derived,
    rules: Rules,
    as_of: date,
    lang: str,
) -> Assessment:
    project = description.project
    facts = asserted + _about(derived.closing, project)
    units = answers.units(project, facts, derived.closure, rules)
    signed, signed_day = _signed(asserted, project)
    explainer = Explainer(
        rules, units, _outcomes(units, derived.outcome), _statuses(units, derived.outcome), signed_day
    )
    verdicts = explainer.project_verdicts()
    found_units = tuple(
        UnitAssessment(u, explainer.unit_verdicts(u), costs(u.layer, u.mode)) for u in units
    )
    shown = _facts(units, rules)
    retained = _retained(explainer)
    return Assessment(
        project=project,
        label=label(asserted, project),
        as_of=as_of,
        rulebook_version=library.version(),
        lang=lang,
        findings=(*against_facts(project, _judged(explainer, retained)), *report.findings),
        verdicts=verdicts,
        units=found_units,
        facts=shown,
        retained=retained,
        signed_on=signed,
        scope=SCOPE,
        disclaimer=DISCLAIMER,
        contest=_contest(project, as_of, shown),
        graphs={
            "asserted": asserted,
            "closing": _about(derived.closing, project),
            "closure": _of_project(derived.closure, asserted, units),
            "outcome": _outcome_of(derived.outcome, project, units),
        },
    )


def _about(closing: Graph, project: URIRef) -> Graph:
    """Return the closing triples of one project: its units and the facts about them."""
    units = set(closing.subjects(MTG.ofProject, project))
    facts = {f for unit in units for f in closing.subjects(RDF.subject, unit)}
    graph = Graph()
    for subject in units | facts:
        for triple in closing.triples((subject, None, None)):
            graph.add(triple)
    return graph


def _of_project(closure: Graph, asserted: Graph, units: Sequence[answers.Unit]) -> Graph:
    """Return what was concluded of the nodes of one description and of its units."""
    graph = Graph()
    for node in {*asserted.subjects(), *(unit.iri for unit in units)}:
        for triple in closure.triples((node, None, None)):
            graph.add(triple)
    return graph


def _outcome_of(outcome: Graph, project: URIRef, units: Sequence[answers.Unit]) -> Graph:
    nodes = set(outcome.subjects(MTG.ofProject, project))
    nodes |= {n for unit in units for n in outcome.subjects(MTG.judges, unit.iri)}
    graph = Graph()
    for node in nodes:
        for triple in outcome.triples((node, None, None)):
            graph.add(triple)
    return graph


def _word(iri: Any) -> str:
    name = slug(str(iri)).removesuffix("Status")
    return kebab(name[0].lower() + name[1:])


def _outcomes(units: Sequence[answers.Unit], outcome: Graph) -> dict[str, dict[str, str]]:
    """Return requirement slug → outcome for each unit, read off the derived checks."""
    found: dict[str, dict[str, str]] = {}
    for unit in units:
        found[unit.id] = {}
        for node in outcome.subjects(MTG.judges, unit.iri):
            version, result = outcome.value(node, MTG.version), outcome.value(node, MTG.outcome)
            if version is not None:
                name = str(version).rstrip("/").rsplit("/", 2)[-2]
                found[unit.id][name] = _word(result)
    return found


def _statuses(units: Sequence[answers.Unit], outcome: Graph) -> dict[str, dict[str, str]]:
    """Return arrangement slug → status for each unit, read off the derived verdicts."""
    found: dict[str, dict[str, str]] = {}
    for unit in units:
        found[unit.id] = {}
        for node in outcome.subjects(MTG.judges, unit.iri):
            arrangement = outcome.value(node, MTG.arrangement)
            if arrangement is not None:
                found[unit.id][slug(str(arrangement))] = _word(outcome.value(node, MTG.status))
    return found


def _facts(units: Sequence[answers.Unit], rules: Rules) -> tuple[dict[str, Any], ...]:
    """Return every answer with its state; `units` only where units differ."""
    out = []
    for name, criterion in rules.criteria.items():
        alike: dict[answers.Given, list[str]] = {}
        for unit in units:
            alike.setdefault(unit.answer(name), []).append(unit.id)
        for given, ids in alike.items():
            if given == answers.NOTHING:
                continue
            values = [v.slug for v in criterion.values if v.slug in given.values]
            fact: dict[str, Any] = {"criterion": name, "value": values[0] if len(values) == 1 else values or None}
            if given.number is not None:
                fact["number"] = plain_number(given.number)
            fact["state"] = given.state
            if len(alike) > 1:
                fact["units"] = ids
            out.append(fact)
    return tuple(out)


def _signed(graph: Graph, project: URIRef) -> tuple[str | None, date | None]:
    """Return the signing date as written, and its last possible day for comparing with rules."""
    value = graph.value(project, MTG.signedOn, any=True)
    if value is None:
        return None, None
    try:
        return str(value), signing(str(value))
    except ValueError:
        return str(value), None  # assessed all the same, by --anyway: no date to compare rules with


def _retained(explainer: Explainer) -> tuple[Retained, ...]:
    stated: dict[str, list[answers.Unit]] = {}
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
        out.append(Retained(contract, kleene.worst(found), tuple(u.id for u in units), tuple(missing)))
    return tuple(out)


def _judged(
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


def _contest(project: URIRef, as_of: date, facts: Sequence[dict[str, Any]]) -> str:
    """Return the link by which a reader contests a result: the project's state, the date, the version."""
    state = [(f["criterion"], f.get("number", f["value"])) for f in facts if f["state"] == "explicit"]
    query = [("project", slug(project)), ("as_of", as_of.isoformat()), ("rulebook", library.version())]
    return f"{settings.get('contest_url')}?{urlencode([*query, *state], doseq=True)}"


