"""What a change of the rules changes for projects: verdicts under the law of two days (R26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assess import Assessor
from montages.assessment.assessment import Assessment
from montages.assessment.check import Check
from montages.bilingual import Text
from montages.description.description import Description
from montages.knowledge.law import Duty
from montages.knowledge.logic import DutyState

_NOTHING = Text("—", "—")


@dataclass(frozen=True)
class Cause:
    """A hard requirement whose outcome differs: the answer, and what each day accepts of it."""

    requirement: str
    label: Text
    given: Text
    accepted_before: Text
    accepted_after: Text
    source: Text


@dataclass(frozen=True)
class VerdictChange:
    """One arrangement whose verdict differs for one project, and the requirements behind it."""

    project: str
    label: Text
    arrangement: str
    arrangement_label: Text
    before: str
    after: str
    because: tuple[Cause, ...]


@dataclass(frozen=True)
class ProjectChange:
    """What one project is answered on two days, where that differs: in short, and what is to be done."""

    project: str
    label: Text
    before: Text
    after: Text
    duties_begin: tuple[Duty, ...]
    duties_end: tuple[Duty, ...]


@dataclass(frozen=True)
class VerdictDiff:
    """The verdicts that differ between two days, out of `projects` projects, and what they are answered."""

    first: date
    second: date
    projects: int
    changes: tuple[VerdictChange, ...]
    answers: tuple[ProjectChange, ...]

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the differences as JSON: fields by their names, texts in a language, duties by slug."""
        written: dict[str, Any] = _json(self, lang)
        return written


def _json(thing: object, lang: str) -> Any:
    if isinstance(thing, Text):
        return thing[lang]
    if isinstance(thing, (Cause, VerdictChange, ProjectChange, VerdictDiff)):
        return {field.name: _json(getattr(thing, field.name), lang) for field in fields(thing)}
    if isinstance(thing, tuple):
        return [_json(one, lang) for one in thing]
    return thing.slug if isinstance(thing, Duty) else thing


def verdict_diff(
    assessor: Assessor, descriptions: Sequence[Description], first: date, second: date
) -> VerdictDiff:
    """Return the verdicts and the answers that differ between the law of two days, for each project.

    Descriptions that do not conform are assessed as they are.
    """
    before = assessor.assess_all(descriptions, as_of=first, anyway=True)
    after = assessor.assess_all(descriptions, as_of=second, anyway=True)
    both = list(zip(before, after, strict=True))
    changes = tuple(change for old, new in both for change in _changes(old, new))
    answers = tuple(change for old, new in both if (change := _answered(old, new)) is not None)
    return VerdictDiff(first, second, len(descriptions), changes, answers)


def _answered(old: Assessment, new: Assessment) -> ProjectChange | None:
    """Return what is answered otherwise, None where nothing is."""
    was, now = _due(old), _due(new)
    begins = tuple(duty for slug, duty in now.items() if slug not in was)
    ends = tuple(duty for slug, duty in was.items() if slug not in now)
    before, after = old.answer.opening, new.answer.opening
    if (before, begins, ends) == (after, (), ()):
        return None
    premises = new.premises
    return ProjectChange(str(premises.project), premises.label, before, after, begins, ends)


def _due(assessment: Assessment) -> dict[str, Duty]:
    """Return the duties that surely are due for what is named, in the order of doing."""
    duties = assessment.answer.duties
    return {d.requirement.slug: d.requirement for d in duties if d.state is DutyState.DUE}


def _changes(old: Assessment, new: Assessment) -> list[VerdictChange]:
    changes = []
    for verdict in new.conclusions.verdicts:
        was = old.conclusions.verdict(verdict.arrangement.slug)
        if was.verdict is not verdict.verdict:
            changes.append(
                VerdictChange(
                    project=str(new.premises.project),
                    label=new.premises.label,
                    arrangement=verdict.arrangement.slug,
                    arrangement_label=verdict.arrangement.label,
                    before=was.verdict.value,
                    after=verdict.verdict.value,
                    because=_because(was, verdict),
                )
            )
    return changes


def _because(was: ArrangementVerdict, now: ArrangementVerdict) -> tuple[Cause, ...]:
    """Return the hard requirements whose outcome differs, one missing on one side included."""
    old, new = _hard(was), _hard(now)
    causes = []
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, []), new.get(name, [])
        if {c.outcome for c in before} != {c.outcome for c in after}:
            check = [*after, *before][0]
            causes.append(
                Cause(
                    requirement=name,
                    label=check.requirement.label,
                    given=check.shown,
                    accepted_before=before[0].accepted if before else _NOTHING,
                    accepted_after=after[0].accepted if after else _NOTHING,
                    source=check.requirement.sources[0].label,
                )
            )
    return tuple(causes)


def _hard(verdict: ArrangementVerdict) -> dict[str, list[Check]]:
    checks: dict[str, list[Check]] = {}
    for check in verdict.checks:
        if check.requirement.hard:
            checks.setdefault(check.requirement.slug, []).append(check)
    return checks
