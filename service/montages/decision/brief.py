"""The brief of an assessment: statuses, and what they rest on by name; one line of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from montages.decision.assessment import SECTIONS, Assessment, Verdict

# The sections of an assessment, each a list of entries.
Sections = dict[str, list[dict[str, Any]]]


def brief(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as names and numbers only, in the sections and the order of its JSON.

    An arrangement gives `contract` (its slug), `status`, `soft` (least and most), `violated` (slugs
    of hard requirements) and `missing` (slugs of criteria); `contradicted` and `provisional` only
    where there is something to tell; `units` (by id, the same keys) only where a project has several.
    What is not in force has a status and nothing else.
    """
    several = assessment.units if len(assessment.units) > 1 else ()
    by_unit = [(u.unit.id, {v.arrangement.slug: v for v in u.verdicts}) for u in several]
    sections: Sections = {name: [] for name in SECTIONS.values()}
    for verdict in assessment.verdicts:
        slug = verdict.arrangement.slug
        entry = {"contract": slug, **_told(verdict)}
        if by_unit and verdict.status != "not-in-force":
            entry["units"] = {unit: _told(verdicts[slug]) for unit, verdicts in by_unit}
        sections[SECTIONS[verdict.arrangement.kind]].append(entry)
    return headed(assessment.project, assessment.as_of, assessment.rulebook_version, sections)


def headed(project: str, as_of: date, version: str, sections: Sections) -> dict[str, Any]:
    """Return a brief: the project, the day of the law and the version of the rules, then the sections."""
    head = {"project": str(project), "as_of": as_of.isoformat(), "rulebook_version": version}
    return {**head, **sections}


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
