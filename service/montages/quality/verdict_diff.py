"""What a change of the rules changes for projects: verdicts under the law of two days (R26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from montages.knowledge.model import Arrangement

_NOTHING = Text("—", "—")


@dataclass(frozen=True)
class Cause:
    """A hard requirement whose outcome differs: the answer, and what each day accepts of it."""

    requirement: str
    label: Text
    answer: Text
    before: Text
    after: Text
    source: Text

    def to_json(self, lang: str) -> dict[str, str]:
        """Return the cause as JSON."""
        return {
            "requirement": self.requirement,
            "label": self.label[lang],
            "given": self.answer[lang],
            "accepted_before": self.before[lang],
            "accepted_after": self.after[lang],
            "source": self.source[lang],
        }


@dataclass(frozen=True)
class VerdictChange:
    """One arrangement whose verdict differs for one project, and the requirements behind it."""

    project: str
    label: Text
    arrangement: Arrangement
    before: str
    after: str
    because: tuple[Cause, ...]

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the change as JSON."""
        return {
            "project": self.project,
            "label": self.label[lang],
            "arrangement": self.arrangement.slug,
            "arrangement_label": self.arrangement.label[lang],
            "before": self.before,
            "after": self.after,
            "because": [cause.to_json(lang) for cause in self.because],
        }


@dataclass(frozen=True)
class ProjectChange:
    """What one project is answered on two days, where that differs: in short, and what is to be done."""

    project: str
    label: Text
    before: Text
    after: Text
    begins: tuple[Duty, ...]
    ends: tuple[Duty, ...]

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the change as JSON."""
        return {
            "project": self.project,
            "label": self.label[lang],
            "before": self.before[lang],
            "after": self.after[lang],
            "duties_begin": [duty.slug for duty in self.begins],
            "duties_end": [duty.slug for duty in self.ends],
        }


@dataclass(frozen=True)
class VerdictDiff:
    """The verdicts that differ between two days, out of `projects` projects, and what they are answered."""

    first: date
    second: date
    projects: int
    changes: tuple[VerdictChange, ...]
    answers: tuple[ProjectChange, ...] = ()

    def to_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the differences as JSON."""
        return {
            "first": self.first.isoformat(),
            "second": self.second.isoformat(),
            "projects": self.projects,
            "changes": [change.to_json(lang) for change in self.changes],
            "answers": [change.to_json(lang) for change in self.answers],
        }


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
                    arrangement=verdict.arrangement,
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
                    answer=check.shown,
                    before=before[0].accepted if before else _NOTHING,
                    after=after[0].accepted if after else _NOTHING,
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
