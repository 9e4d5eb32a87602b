"""The way through the house: description → check → close → reason → derive → explain → assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rdflib import Graph, URIRef

from montages.decision import answers
from montages.decision.against import against_facts
from montages.decision.assessment import Assessment, UnitAssessment
from montages.decision.check import check
from montages.decision.costs import costs
from montages.decision.day import signing
from montages.decision.description import Description, part
from montages.decision.engine import Derived, Engine
from montages.decision.explain import Explainer
from montages.decision.findings import Report
from montages.decision.reading import closing_of, closure_of, outcome_of, outcomes, statuses
from montages.decision.retained import judged, retained_contracts
from montages.decision.statement import contest_link, facts_shown
from montages.errors import Refused
from montages.knowledge import library
from montages.knowledge.model import Text
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import label
from montages.names import MTG

SCOPE = Text(
    "Montages contractuels des territoires connectés et durables en France : fiche InfraNum 2024, code "
    "de la commande publique et CGCT cités. Ne couvre ni les aides d'État, ni la fiscalité, ni les "
    "marchés de défense.",
    "Contractual set-ups of connected, sustainable territories in France: InfraNum 2024 sheet, the public "
    "procurement and local government codes as cited. State aid, tax and defence contracts are not covered.",
)
DISCLAIMER = Text(
    "Aide à la décision : ne vaut pas conseil juridique.",
    "A decision aid: this is not legal advice.",
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
    facts = asserted + closing_of(derived.closing, project)
    units = answers.units(project, facts, derived.closure, rules)
    signed, signed_day = _signed(asserted, project)
    explainer = Explainer(
        rules, units, outcomes(units, derived.outcome), statuses(units, derived.outcome), signed_day
    )
    verdicts = explainer.project_verdicts()
    found_units = tuple(
        UnitAssessment(u, explainer.unit_verdicts(u), costs(u.layer, u.mode)) for u in units
    )
    shown = facts_shown(units, rules)
    retained = retained_contracts(explainer)
    return Assessment(
        project=project,
        label=label(asserted, project),
        as_of=as_of,
        rulebook_version=library.version(),
        lang=lang,
        findings=(*against_facts(project, judged(explainer, retained)), *report.findings),
        verdicts=verdicts,
        units=found_units,
        facts=shown,
        retained=retained,
        signed_on=signed,
        scope=SCOPE,
        disclaimer=DISCLAIMER,
        contest=contest_link(project, as_of, shown),
        graphs={
            "asserted": asserted,
            "closing": closing_of(derived.closing, project),
            "closure": closure_of(derived.closure, asserted, units),
            "outcome": outcome_of(derived.outcome, project, units),
        },
    )


def _signed(graph: Graph, project: URIRef) -> tuple[str | None, date | None]:
    """Return the signing date as written, and its last possible day for comparing with rules."""
    value = graph.value(project, MTG.signedOn, any=True)
    if value is None:
        return None, None
    try:
        return str(value), signing(str(value))
    except ValueError:
        return str(value), None  # assessed all the same, by --anyway: no date to compare rules with
