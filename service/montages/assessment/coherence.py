"""Whether a description is consistent: its retained set-ups checked on its facts, and all findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial

from rdflib import URIRef

from montages.assessment.conclusions import Conclusions
from montages.assessment.retained import Retained, against_facts, retained_set_ups
from montages.bilingual import Text, in_both, message
from montages.engine.units import Unit
from montages.knowledge.buckets import spaced
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules
from montages.names import SHAPE
from montages.one_line import OneLine
from montages.validation.findings import Finding, Report


@dataclass(frozen=True, eq=False)
class Coherence(OneLine):
    """A description's consistency: its retained set-ups against our conclusions, and the findings."""

    conclusions: Conclusions
    check: Callable[[], Report] = field(repr=False)

    @cached_property
    def retained(self) -> tuple[Retained, ...]:
        """Return the retained set-ups, judged."""
        facts = self.conclusions.premises.description.facts
        return retained_set_ups(facts, self.conclusions.parts)

    @property
    def retained_contracts(self) -> tuple[Retained, ...]:
        """Return the contracts retained, without procedures, channels and vehicles."""
        return tuple(retained for retained in self.retained if retained.kind == "contract")

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, each with its place in the assessed text, if there is one."""
        return self._placed(self._findings)

    @property
    def pressing(self) -> tuple[Finding, ...]:
        """Return the urgent findings, with their places."""
        return self._placed(tuple(finding for finding in self._findings if finding.pressing))

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        premises = self.conclusions.premises
        return (
            *against_facts(premises.project, self.retained),
            *_clash_findings(premises.project, premises.whole, premises.rules),
            *self.check().findings,
        )

    def _placed(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        description = self.conclusions.premises.description
        if not findings or description.source is None:
            return findings
        from montages.validation.finding_places import placed  # brings the YAML library

        return placed(findings, description)


_CLASH = str(SHAPE["Clash-one-counts"])


def _clash_findings(project: URIRef, whole: Unit, rules: Rules) -> Iterator[Finding]:
    """Yield a finding per criterion with two given answers, or one given and one derived.

    Two different amounts give a warning; any other clash gives an info.
    """
    for clash in whole.clashes:
        criterion = rules.criteria[clash.criterion]
        if clash.numbers:
            severity, value = "warning", f"{clash.numbers[1]:f}"
            text = _two_amounts(*clash.numbers, criterion.unit)
        else:
            severity, value = "info", str(criterion.value(clash.left[0]).iri)
            text = message(
                "{label}: you answered “{kept}”, your other answers give “{others}”. Your answer is kept.",
                label=criterion.label,
                kept=_values(clash.kept, criterion),
                others=_values(clash.left, criterion),
            )
        yield Finding(
            severity=severity,
            constraint=_CLASH,
            focus=str(project),
            path=str(criterion.answer_path),
            value=value,
            message=text,
        )


def _two_amounts(most: Decimal, other: Decimal, unit: Text) -> Text:
    return message(
        "Two amounts are given, {most} and {other} {unit}: the highest counts, as it is the "
        "one compared with the thresholds.",
        most=in_both(partial(spaced, most)),
        other=in_both(partial(spaced, other)),
        unit=unit,
    )


def _values(slugs: Sequence[str], criterion: Criterion) -> Text:
    return in_both(lambda lang: " / ".join(criterion.value(slug).label[lang] for slug in slugs))
