"""The legend of an assessment: what its slugs stand for, written once for all assessments of a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from montages.assessment.json_pieces import Piece, compact
from montages.assessment.wording import accepted_text
from montages.knowledge.law import Passage, Preference, Requirement
from montages.knowledge.periods import Rules
from montages.names import ID, kebab

KINDS = {"hard": "gate", "soft": "preference", "duty": "duty"}


def source_entry(passage: Passage) -> dict[str, Any]:
    """Return a source as JSON: document, place in it, its IRI without the base, certainty, an address."""
    out: dict[str, Any] = {
        "document": passage.document_slug,
        "locator": passage.locator,
        "id": str(passage.iri).removeprefix(ID),
    }
    if passage.certainty != "Verified":
        out["certainty"] = kebab(passage.certainty)
    if passage.url:
        out["url"] = passage.url
        if not passage.official:
            out["copy"] = True
    return out


@dataclass(frozen=True, eq=False)
class Legend:
    """The entries that do not depend on the project, in one language, by slug, in author order."""

    rules: Rules
    lang: str
    _sources: dict[str, bytes] = field(default_factory=dict, repr=False)

    @cached_property
    def by_requirement(self) -> Mapping[str, Requirement]:
        """Return the requirements in force."""
        return {requirement.slug: requirement for requirement in self.rules.requirements}

    @cached_property
    def requirements(self) -> Mapping[str, bytes]:
        """Return the entry of each requirement."""
        return {slug: compact(self._requirement(r)) for slug, r in self.by_requirement.items()}

    def _requirement(self, requirement: Requirement) -> dict[str, Any]:
        lang, own = self.lang, requirement.own
        accepted = self.rules.accepted(own) or frozenset()
        values = self.rules.criteria[own.criterion].values
        out: dict[str, Any] = {
            "kind": KINDS[requirement.strength],
            "basis": kebab(requirement.basis),
            "label": requirement.label[lang],
            "criterion": own.criterion,
            "accepted": [value.slug for value in values if value.slug in accepted],
            "version": requirement.span.first.isoformat(),
            "reading": requirement.reading[lang],
            "sources": [source.slug for source in requirement.sources],
        }
        if own.bounds:
            out["accepted_label"] = accepted_text(own, self.rules)[lang]
        if isinstance(requirement, Preference) and requirement.weight != 1:
            out["weight"] = requirement.weight
        if requirement.certainty != "Verified":
            out["certainty"] = kebab(requirement.certainty)
        return out

    @cached_property
    def criteria(self) -> Mapping[str, bytes]:
        """Return the entry of each criterion."""
        lang, out = self.lang, dict[str, bytes]()
        for slug, criterion in self.rules.criteria.items():
            entry: dict[str, Any] = {
                "label": criterion.label[lang],
                "question": criterion.question[lang],
                "kind": criterion.nature,
                "values": {value.slug: value.label[lang] for value in criterion.values},
            }
            if criterion.numeric_property:
                entry["unit"] = criterion.unit[lang]
            out[slug] = compact(entry)
        return out

    @cached_property
    def articles(self) -> Mapping[str, bytes]:
        """Return each requirement in short: its label, and the article or cell that says it first."""
        return {
            slug: compact({"label": r.label[self.lang], "article": r.sources[0].label[self.lang]})
            for slug, r in self.by_requirement.items()
        }

    @cached_property
    def questions(self) -> Mapping[str, bytes]:
        """Return the question of each criterion."""
        return {slug: compact(c.question[self.lang]) for slug, c in self.rules.criteria.items()}

    @cached_property
    def attention_points(self) -> Mapping[str, bytes]:
        """Return the entry of each point of attention."""
        return {
            point.slug: compact(
                {"text": point.text[self.lang], "sources": [s.slug for s in point.sources]}
            )
            for point in self.rules.attentions
        }

    @cached_property
    def attention_sources(self) -> Mapping[str, tuple[Passage, ...]]:
        """Return the sources of each point of attention."""
        return {point.slug: point.sources for point in self.rules.attentions}

    def source(self, passage: Passage) -> bytes:
        """Return the entry of a source."""
        if passage.slug not in self._sources:
            self._sources[passage.slug] = compact(source_entry(passage))
        return self._sources[passage.slug]


@cache
def legend_of(rules: Rules, lang: str) -> Legend:
    """Return the legend of a period in a language, one for all its assessments."""
    return Legend(rules, lang)


@dataclass(frozen=True, eq=False)
class References:
    """What an assessment refers to by slug, so that its legend explains that and nothing more."""

    legend: Legend
    requirements: set[str] = field(default_factory=set)
    criteria: set[str] = field(default_factory=set)
    attention: set[str] = field(default_factory=set)
    sources: dict[str, Passage] = field(default_factory=dict)

    def cite(self, passages: Iterable[Passage]) -> list[str]:
        """Note sources, and return their slugs."""
        for passage in passages:
            self.sources[passage.slug] = passage
        return [passage.slug for passage in passages]

    def members(self) -> dict[str, Piece]:
        """Return the legend: requirements, criteria, points of attention, and the sources of all.

        `base` is what the IRIs of sources begin with.
        """
        legend = self.legend
        for slug in self.requirements:
            requirement = legend.by_requirement[slug]
            self.criteria.add(requirement.own.criterion)
            self.cite(requirement.sources)
        for slug in self.attention:
            self.cite(legend.attention_sources[slug])
        documents = {s.document_slug: s.document[legend.lang] for s in self.sources.values()}
        return {
            "requirements": _among(legend.requirements, self.requirements),
            "criteria": _among(legend.criteria, self.criteria),
            "attention_points": _among(legend.attention_points, self.attention),
            "base": compact(str(ID)),
            "documents": {slug: compact(documents[slug]) for slug in sorted(documents)},
            "sources": {slug: legend.source(self.sources[slug]) for slug in sorted(self.sources)},
        }


def _among(entries: Mapping[str, bytes], slugs: set[str]) -> dict[str, bytes]:
    return {slug: text for slug, text in entries.items() if slug in slugs}
