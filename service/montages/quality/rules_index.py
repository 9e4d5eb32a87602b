"""The rules one by one: those of an arrangement, or one with all its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rdflib import URIRef

from montages.advice.thresholds.timeline_json import last_day, threshold_json
from montages.bilingual import message
from montages.errors import UnknownName
from montages.knowledge.did_you_mean import nearest_hint
from montages.knowledge.law import Clause, Passage, Preference, Requirement
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import rules_at
from montages.knowledge.rule_review import reviews_of
from montages.knowledge.rulebook import rulebook
from montages.names import kebab, slug
from montages.publish.text.source_reading import reviewed_text


@dataclass(frozen=True)
class Rule:
    """A requirement: what it is about, and its versions, latest last."""

    slug: str
    of: Arrangement
    versions: tuple[Requirement, ...]

    @property
    def latest(self) -> Requirement:
        """Return the version in force last."""
        return self.versions[-1]

    def on(self, day: date) -> Requirement | None:
        """Return the version in force on a day, None when there is none."""
        return next((v for v in self.versions if v.span.holds(day)), None)

    def thresholds(self) -> tuple[URIRef, ...]:
        """Return the thresholds that any of its versions reads, in order."""
        limits = {
            bound.limit
            for version in self.versions
            for clause in (*version.clauses(), *(c for of in version.closes_if for c in of.clauses))
            for bound in clause.bounds
        }
        return tuple(sorted(limit for limit in limits if isinstance(limit, URIRef)))

    def to_json(self, lang: str = "fr", as_of: date | None = None) -> dict[str, Any]:
        """Return the rule as JSON, every version in full, its thresholds as of a day and their history."""
        day = as_of or date.today()
        return {
            "as_of": day.isoformat(),
            "requirement": self.slug,
            "id": str(self.latest.iri),
            "label": self.latest.label[lang],
            "of": self.of.slug,
            "of_label": self.of.label[lang],
            "versions": [_version_json(version, lang, day) for version in self.versions],
            "thresholds": [threshold_json(iri, rules_at(day)) for iri in self.thresholds()],
        }


def _version_json(version: Requirement, lang: str, day: date) -> dict[str, Any]:
    """Return a version of a requirement as JSON."""
    out: dict[str, Any] = {
        "version": str(version.version),
        "valid_from": version.span.first.isoformat(),
        "valid_through": last_day(version.span),
        "in_force": version.span.holds(day),
        "strength": version.strength,
        "basis": version.basis,
        "certainty": version.certainty,
        **_clause_json(version.own),
        "when": [[_clause_json(clause) for clause in when.clauses] for when in version.when],
        "unless": [[_clause_json(clause) for clause in but.clauses] for but in version.unless],
        "reading": version.reading[lang],
        "sources": [_source_json(source, lang) for source in version.sources],
        "reviewed": reviewed_text(version, lang),
        "reviews": [review.to_json(lang) for review in reviews_of(version.version)],
    }
    return out | {"weight": version.weight} if isinstance(version, Preference) else out


def _source_json(source: Passage, lang: str) -> dict[str, Any]:
    """Return a source as JSON, with what was read of it and where."""
    return {
        "id": str(source.iri),
        "label": source.label[lang],
        "document": source.document[lang],
        "locator": source.locator,
        "url": source.url,
        "certainty": source.certainty,
        "official_addresses": list(source.official),
        "copies": list(source.copies),
        "read": kebab(source.extent),
        "read_on": source.read_on.isoformat() if source.read_on else None,
        "versions": [version.identifier for version in source.versions if version.identifier],
    }


def _clause_json(clause: Clause) -> dict[str, Any]:
    """Return a clause as JSON: its criterion, and the values or the bounds it accepts."""
    if not clause.bounds:
        return {"criterion": clause.criterion, "accepts": sorted(clause.accepts)}
    bounds = {
        bound.side: slug(bound.limit) if isinstance(bound.limit, URIRef) else str(bound.limit)
        for bound in clause.bounds
    }
    return {"criterion": clause.criterion, "bounds": bounds}


def rule(name: str) -> Rule:
    """Return the rule of a slug with all its versions; raises UnknownName with the nearest slug."""
    book = rulebook()
    versions = tuple(r for r in book.requirements if r.slug == name)
    if not versions:
        hint = nearest_hint(name, {r.slug for r in book.requirements})
        raise UnknownName(message("No requirement “{name}”.{hint}", name=name, hint=hint))
    return Rule(name, book.arrangements[versions[-1].arrangement], versions)
