"""The way through the house: description → check → close → reason → derive → explain → assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import UnitAssessment
from montages.assessment.costs import costs
from montages.assessment.explain import Explainer
from montages.assessment.presumed import notes_to_ask, presumed_answers
from montages.assessment.retained import against_facts, retained_set_ups
from montages.assessment.statement import contest_link, stated_facts
from montages.assessment.words.answer import short_answer
from montages.bilingual import Text
from montages.description.dates import last_signing_day
from montages.description.description import Description
from montages.description.facts import label
from montages.engine.protocol import Derivation, Engine
from montages.errors import Refused
from montages.knowledge.files import library
from montages.knowledge.periods import Rules, rules_at
from montages.names import MTG
from montages.validation.findings import Finding, Report, points_to_correct

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
    reports = [engine.check(description) for description in descriptions]
    for description, report in zip(descriptions, reports, strict=True):
        if not anyway and not report.conforms():
            raise refusal(description, report)
    return [
        assessment_of(description, report, derived, rules, as_of, lang)
        for description, report, derived in zip(
            descriptions, reports, engine.derive(descriptions, rules), strict=True
        )
    ]


def refusal(description: Description, report: Report) -> Refused:
    """Return the error for a description whose findings block, each with its place."""
    from montages.validation.finding_places import in_order, placed  # brings the YAML library

    findings = in_order(placed(report.findings, description))
    fr, en = _points(description.slug, findings)
    return Refused(
        f"{fr} (« montages check » les liste ; --anyway passe outre.)",
        f"{en} (“montages check” lists them; --anyway goes on.)",
        findings=findings,
    )


def unread(name: str, findings: Sequence[Finding]) -> Refused:
    """Return the error for a description with keys or values that cannot be read: it is final."""
    fr, en = _points(name, findings)
    return Refused(
        f"{fr} (« montages check » les liste.)",
        f"{en} (“montages check” lists them.)",
        findings=findings,
        final=True,
    )


def _points(name: str, findings: Sequence[Finding]) -> tuple[str, str]:
    """Return how many points block and the first of them, in French and in English."""
    blocking = [f for f in findings if f.severity == "violation"]
    points, first = points_to_correct(len(blocking)), blocking[0].message
    return (
        f"{name} : {points.fr}. Le premier : {first.fr}",
        f"{name}: {points.en}. The first: {first.en}",
    )


def assessment_of(
    description: Description,
    report: Report,
    derived: Derivation,
    rules: Rules,
    as_of: date,
    lang: str,
) -> Assessment:
    """Return the assessment of a description, of which the findings and what is derived are there already."""
    project, units = description.project, derived.units
    signed = signing_date(description)
    last_day = signed and last_possible(signed)
    explainer = Explainer(rules, units, derived.outcomes, derived.statuses, last_day or None)
    verdicts = explainer.project_verdicts()
    found_units = tuple(
        UnitAssessment(
            u, explainer.unit_verdicts(u), explainer.unit_rows(u), costs(u.layer, u.mode)
        )
        for u in units
    )
    shown = stated_facts(units, rules)
    retained = retained_set_ups(description.facts, explainer)
    rows = explainer.project_rows(verdicts)
    return Assessment(
        project=project,
        label=label(description.facts, str(project)),
        as_of=as_of,
        rulebook_version=library.version(),
        lang=lang,
        unplaced=(*against_facts(project, retained), *report.findings),
        verdicts=verdicts,
        units=found_units,
        facts=shown,
        retained=retained,
        signed_on=signed,
        answer=short_answer(verdicts, rows, units, rules),
        rows=rows,
        scope=SCOPE,
        disclaimer=DISCLAIMER,
        contest=contest_link(project, as_of, shown),
        presumed=presumed_answers(units, rules),
        notes=notes_to_ask(description.facts, str(project), units, rules, as_of),
        readings=description.readings,
        description=description,
        graphs=derived.graphs,
        steps=derived.steps,
    )


def signing_date(description: Description) -> str | None:
    """Return the signing date as written, the earliest if there are several."""
    stated = description.facts.objects(str(description.project), str(MTG.signedOn))
    return min((v if isinstance(v, str) else v.value for v in stated), default=None)


def last_possible(signed: str) -> date | None:
    """Return the last day a signing date can mean; None for no date, assessed all the same by --anyway."""
    try:
        return last_signing_day(signed)
    except ValueError:
        return None
