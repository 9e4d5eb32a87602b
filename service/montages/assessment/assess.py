"""The way through the house: description → check → close → reason → derive → explain → assessment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from montages.assessment.assessment import Assessment
from montages.assessment.premises import Premises
from montages.bilingual import Text, message
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.errors import Refused
from montages.knowledge.periods import rules_at
from montages.validation.findings import Finding, Report, points_to_correct


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
    checks = [checked(description, engine, anyway) for description in descriptions]
    return [
        Assessment(Premises(description, derived, rules, as_of), check, lang)
        for description, check, derived in zip(
            descriptions, checks, engine.derive(descriptions, rules), strict=True
        )
    ]


def checked(description: Description, engine: Engine, anyway: bool) -> Callable[[], Report]:
    """Return what gives the report on a description, checked at once unless it is taken `anyway`.

    Raises Refused with the findings of one that does not conform.
    """
    if anyway:
        return lambda: engine.check(description)
    report = engine.check(description)
    if not report.conforms():
        raise refusal(description, report)
    return lambda: report


def refusal(description: Description, report: Report) -> Refused:
    """Return the error for a description whose findings block, each with its place."""
    from montages.validation.finding_places import in_order, placed  # brings the YAML library

    findings = in_order(placed(report.findings, description))
    points = _points(description.slug, findings)
    return Refused(
        message("{points} (“montages check” lists them; --anyway goes on.)", points=points),
        findings=findings,
    )


def unread(name: str, findings: Sequence[Finding]) -> Refused:
    """Return the error for a description with keys or values that cannot be read: it is final."""
    points = _points(name, findings)
    return Refused(
        message("{points} (“montages check” lists them.)", points=points),
        findings=findings,
        final=True,
    )


def _points(name: str, findings: Sequence[Finding]) -> Text:
    """Return how many points block and the first of them."""
    blocking = [f for f in findings if f.severity == "violation"]
    points, first = points_to_correct(len(blocking)), blocking[0].message
    return message("{name}: {points}. The first: {first}", name=name, points=points, first=first)


class Assessor(Protocol):
    """Assesses descriptions under the law of a day."""

    def assess_all(
        self, descriptions: Sequence[Description], *, as_of: date, anyway: bool
    ) -> list[Assessment]:
        """Return the assessments of descriptions, in their order; with `anyway`, of faulty ones too."""
        ...
