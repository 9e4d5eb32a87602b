"""The brief of an assessment: statuses, and what they rest on by name; one line of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

import orjson

from montages.decision.assessment import SECTIONS, Assessment, Verdict


class Counted(NamedTuple):
    """What a contract counts for among many projects."""

    status: str
    violated: Sequence[str] = ()
    missing: Sequence[str] = ()


class Sections(Protocol):
    """The sections of a brief, named and ordered as those of an assessment."""

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries of each section. Do not modify."""
        ...

    def text(self) -> bytes:
        """Return the sections as members of a JSON object, without spaces and without its braces."""
        ...

    def contracts(self) -> Iterable[Counted]:
        """Return what each contract counts for."""
        ...


@dataclass(frozen=True)
class Brief:
    """What is told of a project: names and numbers only, in the sections and the order of an assessment.

    An arrangement gives `contract` (its slug), `status`, `soft` (least and most), `violated` (slugs
    of hard requirements) and `missing` (slugs of criteria); `contradicted` and `provisional` only
    where there is something to tell; `units` (by id, the same keys) only where a project has several.
    What is not in force has a status and nothing else.
    """

    project: str
    as_of: date
    rulebook_version: str
    sections: Sections

    def to_json(self) -> dict[str, Any]:
        """Return the brief as JSON: the project, the day of the law, the version of the rules, sections."""
        return {**self._head(), **self.sections.to_json()}

    def line(self) -> bytes:
        """Return the JSON of the brief on one line."""
        return b"%b,%b}\n" % (orjson.dumps(self._head())[:-1], self.sections.text())

    def contracts(self) -> Iterable[Counted]:
        """Return what each contract counts for."""
        return self.sections.contracts()

    def _head(self) -> dict[str, str]:
        return {
            "project": self.project,
            "as_of": self.as_of.isoformat(),
            "rulebook_version": self.rulebook_version,
        }


def brief(assessment: Assessment) -> Brief:
    """Return the brief of an assessment."""
    several = assessment.units if len(assessment.units) > 1 else ()
    by_unit = [(u.unit.id, {v.arrangement.slug: v for v in u.verdicts}) for u in several]
    sections: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS.values()}
    for verdict in assessment.verdicts:
        slug = verdict.arrangement.slug
        entry = {"contract": slug, **_told(verdict)}
        if by_unit and verdict.status != "not-in-force":
            entry["units"] = {unit: _told(verdicts[slug]) for unit, verdicts in by_unit}
        sections[SECTIONS[verdict.arrangement.kind]].append(entry)
    return Brief(
        str(assessment.project), assessment.as_of, assessment.rulebook_version, _Listed(sections)
    )


@dataclass(frozen=True)
class _Listed:
    """Sections whose entries are all written out."""

    entries: dict[str, list[dict[str, Any]]]

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries of each section."""
        return self.entries

    def text(self) -> bytes:
        """Return the sections as members of a JSON object."""
        return orjson.dumps(self.entries)[1:-1]

    def contracts(self) -> Iterable[Counted]:
        """Return what each contract counts for."""
        for entry in self.entries[SECTIONS["contract"]]:
            yield Counted(entry["status"], entry.get("violated", ()), entry.get("missing", ()))


def _told(verdict: Verdict) -> dict[str, Any]:
    if verdict.status == "not-in-force":
        return {"status": verdict.status}
    out: dict[str, Any] = {
        "status": verdict.status,
        "soft": list(verdict.soft),
        "violated": _hard(verdict, "violated"),
        "missing": [missing.criterion for missing in verdict.missing],
    }
    if contradicted := _hard(verdict, "contradicted"):
        out["contradicted"] = contradicted
    if verdict.provisional:
        out["provisional"] = True
    return out


def _hard(verdict: Verdict, outcome: str) -> Sequence[str]:
    """Return the hard requirements that have an outcome for some unit, in the order of the rules."""
    found = [c for c in verdict.checks if c.requirement.hard and c.outcome == outcome]
    return list(dict.fromkeys(check.requirement.slug for check in found))
