"""What an assessment refers to by slug, so that its legend explains that and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Annotated, Any, TypedDict

from montages.assessment.answer.row_json import attention_of, criteria_of
from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.entry_types import Name
from montages.assessment.forms.legend import (
    AttentionPointEntry,
    CriterionEntry,
    Legend,
    RequirementEntry,
    SourceEntry,
    legend_of,
    source_member,
)
from montages.assessment.json_pieces import Piece, compact, document
from montages.assessment.premises import Premises
from montages.json_schema import Iri, Slug
from montages.knowledge.law import Passage
from montages.knowledge.logic import DutyState
from montages.knowledge.management_matrix import cost_sources
from montages.knowledge.periods import Rules
from montages.names import ID


class LegendEntry(TypedDict):
    """What the slugs of an assessment stand for, in a language."""

    requirements: Annotated[dict[Slug, RequirementEntry], "What each requirement is, by its slug."]
    criteria: Annotated[dict[Slug, CriterionEntry], "What each criterion asks, by its slug."]
    attention_points: dict[Slug, AttentionPointEntry]
    base: Annotated[
        Iri, "What the IRI of a source begins with: then come its kind, a slash and its slug."
    ]
    documents: Annotated[dict[Name, str], "The title of each document, by its slug."]
    sources: Annotated[dict[Name, SourceEntry], "Where each source stands, by its slug."]


@dataclass(frozen=True, eq=False)
class References:
    """The slugs of requirements, criteria and points of attention; sources by slug."""

    legend: Legend
    requirements: set[str] = field(default_factory=set)
    criteria: set[str] = field(default_factory=set)
    attention: set[str] = field(default_factory=set)
    sources: dict[str, Passage] = field(default_factory=dict)

    def cite(self, passages: Iterable[Passage]) -> None:
        """Note sources."""
        for passage in passages:
            self.sources[passage.slug] = passage

    def check(self, result: ArrangementVerdict) -> None:
        """Note every requirement looked at for an arrangement."""
        self.requirements.update(check.requirement.slug for check in result.checks)

    def conclude(self, entry: Mapping[str, Any]) -> None:
        """Note what is concluded of an arrangement, or the part of it that differs for a unit."""
        for name in ("terms", "to_verify"):
            self.criteria.update(term["criterion"] for term in entry.get(name, ()))
        for reopening in entry.get("reopens_to", ()):
            self.criteria.update(change["criterion"] for change in reopening["changes"])
        self.criteria.update(entry.get("disputed", ()))
        self.attention.update(entry.get("attention", ()))
        for duties in entry.get("duties", {}).values():
            self.requirements.update(duties)
        if fold := entry.get("folded"):
            self.requirements.update(fold["because"])
            self.criteria.update(fold["presumed"])

    def answer(self, answer: ShortAnswer) -> None:
        """Note what the answer names."""
        self.criteria.update((*answer.common, *answer.next))
        self.criteria.update(question.criterion.slug for question in answer.deciding)
        for named in answer.rows:
            self.criteria.update(criteria_of(named))
            left = (duty for duty in named.duties if duty.state is not DutyState.DONE)
            self.requirements.update(duty.requirement.slug for duty in left)
            self.attention.update(point.slug for point in attention_of(named))
            if named.award.advice is not None:
                self.cite(named.award.advice.sources)
        for point in (*answer.cautions.avoid, *answer.cautions.general):
            self.cite(point.sources)
        if answer.nearest is not None:
            self.criteria.update(change.criterion for change in answer.nearest.changes)

    def premises(self, premises: Premises) -> None:
        """Note what the project answers, what is presumed of it, and what it may be asked."""
        self.criteria.update(fact["criterion"] for fact in premises.facts)
        for answer in premises.presumed:
            self.cite(answer.presumption.sources)
        for note in premises.notes:
            self.criteria.add(note.note.criterion)
            self.cite(note.note.sources)

    def members(self) -> dict[str, Piece]:
        """Return the legend: requirements, criteria, points of attention, and the sources of all.

        `base` is what the IRIs of sources begin with.
        """
        legend = self.legend
        for requirement in legend.rules.requirements:
            if requirement.slug in self.requirements:
                self.criteria.add(requirement.own.criterion)
                self.cite(requirement.sources)
        for point in legend.rules.attentions:
            if point.slug in self.attention:
                self.cite(point.sources)
        sources = [self.sources[slug] for slug in sorted(self.sources)]
        titles = {source.document_slug: legend.titles[source] for source in sources}
        return {
            "requirements": _among(legend.requirements, self.requirements),
            "criteria": _among(legend.criteria, self.criteria),
            "attention_points": _among(legend.attention_points, self.attention),
            "base": compact(str(ID)),
            "documents": dict(sorted(titles.items())),
            "sources": {source.slug: source_member(source) for source in sources},
        }


def whole_legend(rules: Rules, lang: str) -> bytes:
    """Return the legend of a period in a language: all that an assessment may refer to."""
    legend = legend_of(rules, lang)
    attention = {point.slug for point in rules.attentions}
    requirements = {requirement.slug for requirement in rules.requirements}
    whole = References(legend, requirements, set(rules.criteria), attention)
    for thing in (*rules.presumptions, *rules.book.question_notes):
        whole.cite(thing.sources)
    whole.cite(cost_sources())
    return document(whole.members())


def _among(entries: Mapping[str, bytes], slugs: Set[str]) -> dict[str, bytes]:
    return {slug: text for slug, text in entries.items() if slug in slugs}
