"""What is concluded of a project, as data: the answer, its arrangements, its units, what it rests on.

Each thing is worked out when it is asked for, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rdflib import Graph, URIRef

from montages.assessment.answer.short_answer import ShortAnswer, short_answer
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.explainer import Concluded, Explainer
from montages.assessment.management_matrix import costs
from montages.assessment.premises import (
    NoteToAsk,
    PresumedAnswer,
    StatedFact,
    contest_link,
    notes_to_ask,
    presumed_answers,
    stated_facts,
)
from montages.assessment.ranking import Row
from montages.assessment.retained import Retained, against_facts, retained_set_ups
from montages.bilingual import Text
from montages.description.dates import last_signing_day
from montages.description.description import Description
from montages.description.facts import label
from montages.description.readings import Reading
from montages.engine.one_truth import Clash
from montages.engine.protocol import Derivation
from montages.engine.units import Unit
from montages.errors import UnknownName
from montages.knowledge.buckets import spaced
from montages.knowledge.files import library
from montages.knowledge.law import Passage
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules
from montages.names import MTG, SHAPE
from montages.one_line import OneLine
from montages.validation.findings import Finding, Report

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


def assessment_iri(project: str, day: date, version: str) -> URIRef:
    """Return the IRI of an assessment: its project, the day of the law, the version of the rules."""
    return URIRef(f"{project}#assessment-{day.isoformat()}-{version}")


@dataclass(frozen=True, eq=False)
class UnitAssessment(OneLine):
    """One unit with its verdicts and who pays what for its layer and mode."""

    unit: Unit
    explainer: Explainer = field(repr=False)

    @cached_property
    def concluded(self) -> Concluded:
        """Return what is concluded of the unit."""
        return self.explainer.of((self.unit,))

    @property
    def verdicts(self) -> tuple[ArrangementResult, ...]:
        """Return the result of every arrangement, in author order: the project alone ranks them."""
        return self.concluded.unranked

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the contracts as the rows they are shown in, best first."""
        return self.concluded.rows

    @cached_property
    def costs(self) -> tuple[tuple[Text, Passage], ...]:
        """Return who pays what for its layer and mode."""
        return costs(self.unit.layer, self.unit.mode)


@dataclass(frozen=True, eq=False)
class Conclusions:
    """All that is concluded of one project at one date, under one version of the rulebook (R26)."""

    description: Description = field(repr=False)
    check: Callable[[], Report] = field(repr=False)
    derived: Derivation = field(repr=False)
    rules: Rules = field(repr=False)
    as_of: date
    lang: str

    scope = SCOPE
    disclaimer = DISCLAIMER

    @property
    def project(self) -> URIRef:
        """Return the IRI of the project."""
        return self.description.project

    @cached_property
    def rulebook_version(self) -> str:
        """Return the content hash of the knowledge."""
        return library.version()

    @cached_property
    def label(self) -> Text:
        """Return the name of the project."""
        return label(self.description.facts, str(self.project))

    @cached_property
    def explainer(self) -> Explainer:
        """Return what concludes on the project."""
        last_day = _last_possible(self.signed_on) if self.signed_on else None
        facts, derivation = self.description.facts, self.derived
        return Explainer(
            self.rules, facts, derivation.units, derivation.outcomes, derivation.statuses, last_day
        )

    @property
    def whole(self) -> Unit:
        """Return what the units of the project answer together."""
        return self.explainer.project.unit

    @property
    def verdicts(self) -> tuple[ArrangementResult, ...]:
        """Return the result of every arrangement for the whole project, best first."""
        return self.explainer.project.verdicts

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the contracts of the project as the rows they are shown in: those named, then the others."""
        named = tuple(answer_row.row for answer_row in self.answer.rows)
        slugs = {row.slug for row in named}
        return (*named, *(row for row in self.explainer.project.rows if row.slug not in slugs))

    @cached_property
    def units(self) -> tuple[UnitAssessment, ...]:
        """Return what is concluded of each unit."""
        return tuple(UnitAssessment(unit, self.explainer) for unit in self.derived.units)

    @cached_property
    def answer(self) -> ShortAnswer:
        """Return the answer in short."""
        return short_answer(self.explainer)

    @cached_property
    def facts(self) -> tuple[StatedFact, ...]:
        """Return every answer with its state."""
        return stated_facts(self.derived.units, self.rules)

    @cached_property
    def presumed(self) -> tuple[PresumedAnswer, ...]:
        """Return what is presumed."""
        return presumed_answers(self.whole, self.rules)

    @cached_property
    def notes(self) -> tuple[NoteToAsk, ...]:
        """Return the notes on the questions that nothing answers."""
        facts, units = self.description.facts, self.derived.units
        return notes_to_ask(facts, str(self.project), units, self.rules, self.as_of)

    @cached_property
    def retained(self) -> tuple[Retained, ...]:
        """Return what was really retained, judged."""
        return retained_set_ups(self.description.facts, self.explainer)

    @cached_property
    def signed_on(self) -> str | None:
        """Return the signing date as written, the earliest if there are several."""
        stated = self.description.facts.objects(str(self.project), str(MTG.signedOn))
        return min((v if isinstance(v, str) else v.value for v in stated), default=None)

    @cached_property
    def contest(self) -> str:
        """Return the link by which a reader contests the result."""
        return contest_link(self.project, self.as_of, self.facts)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Return the values of the description that were not written in their own form."""
        return self.description.readings

    @property
    def graphs(self) -> Mapping[str, Graph]:
        """Return what was derived as graphs, by name."""
        return self.derived.graphs

    @property
    def steps(self) -> Mapping[str, Graph]:
        """Return what each closing query wrote, by its name."""
        return self.derived.steps

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, each with its place in the text that was assessed, if it was a text."""
        own = (
            *against_facts(self.project, self.retained),
            *_clash_findings(self.project, self.whole, self.rules),
        )
        findings = (*own, *self.check().findings)
        if not findings or self.description.source is None:
            return findings
        from montages.validation.finding_places import placed  # brings the YAML library

        return placed(findings, self.description)

    def verdict(self, slug: str, unit: str | None = None) -> ArrangementResult:
        """Return the verdict on an arrangement, for the project or for one unit; KeyError if none."""
        if unit is None:
            return self.explainer.project.verdict(slug)
        return {u.unit.id: u for u in self.units}[unit].concluded.verdict(slug)

    def status(self, slug: str) -> str:
        """Return the status of an arrangement for the whole project; raises UnknownName for another slug."""
        known = {verdict.arrangement.slug: verdict.status for verdict in self.verdicts}
        if slug not in known:
            listed = ", ".join(known)
            raise UnknownName(
                f"Montage inconnu : {slug}. Connus : {listed}.",
                f"Unknown arrangement: {slug}. Known: {listed}.",
            )
        return known[slug]

    @property
    def retained_contracts(self) -> tuple[Retained, ...]:
        """Return the contracts retained, without procedures, channels and vehicles."""
        return tuple(retained for retained in self.retained if retained.kind == "contract")


def _last_possible(signed: str) -> date | None:
    """Return the last day a signing date can mean; None for no date, assessed all the same by --anyway."""
    try:
        return last_signing_day(signed)
    except ValueError:
        return None


_CLASH = str(SHAPE["Clash-one-counts"])


def _clash_findings(project: URIRef, whole: Unit, rules: Rules) -> Iterator[Finding]:
    """Yield a finding for each fact of which two answers were given, or one given and one derived.

    Of two amounts one is warned; an answer that is more exact than what follows from the layers is told.
    """
    for clash in whole.clashes:
        criterion = rules.criteria[clash.criterion]
        yield Finding(
            severity="warning" if clash.numbers else "info",
            constraint=_CLASH,
            focus=str(project),
            path=str(criterion.numeric_property or criterion.property),
            value=_clash_value(clash, criterion),
            message=_two_amounts(clash, criterion)
            if clash.numbers
            else _two_answers(clash, criterion),
        )


def _clash_value(clash: Clash, criterion: Criterion) -> str:
    if clash.numbers:
        return f"{clash.numbers[1]:f}"
    return str(criterion.value(clash.left[0]).iri)


def _two_amounts(clash: Clash, criterion: Criterion) -> Text:
    assert clash.numbers is not None
    most, other = clash.numbers
    unit = criterion.unit
    return Text(
        f"Deux montants sont donnés, {spaced(most, 'fr')} et {spaced(other, 'fr')} {unit.fr} : le plus haut "
        "compte, car c'est lui que l'on compare aux seuils.",
        f"Two amounts are given, {spaced(most, 'en')} and {spaced(other, 'en')} {unit.en}: the highest "
        "counts, as it is the one compared with the thresholds.",
    )


def _two_answers(clash: Clash, criterion: Criterion) -> Text:
    kept, left = (
        [criterion.value(slug).label for slug in slugs] for slugs in (clash.kept, clash.left)
    )
    fr, en = ([" / ".join(v[x] for v in values) for values in (kept, left)] for x in ("fr", "en"))
    return Text(
        f"{criterion.label.fr} : vous avez répondu « {fr[0]} », vos autres réponses donnent « {fr[1]} ». "
        "Nous gardons votre réponse.",
        f"{criterion.label.en}: you answered “{en[0]}”, your other answers give “{en[1]}”. "
        "Your answer is kept.",
    )
