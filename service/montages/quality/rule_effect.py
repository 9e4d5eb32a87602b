"""What a rule decides by itself: the shortest descriptions and the cases of the panel that turn on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from montages.assessment.assess import assess_all
from montages.assessment.explainer import Part
from montages.assessment.verdict.arrangement_diagram import walked
from montages.description.panel_description import panel_description
from montages.engine.engines import engine_named
from montages.knowledge.compiled.verdict_compiler import VERDICTS, VerdictCompiler
from montages.knowledge.compiled.verdict_diagram import gate_diagrams
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.law import Requirement
from montages.knowledge.logic import DutyState
from montages.knowledge.panel import PanelCase, panel
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.verdict_gates import by_threshold, unknown_threshold
from montages.quality.checks.counted_verdicts import CountedVerdicts, Stated

_Cases = list[tuple[PanelCase, Part]]
# What a case turns from, beside a verdict.
FOLDED, DUE = "folded", "due"


@dataclass(frozen=True)
class PanelFlip:
    """A set-up in a case of the panel: what it is under a rule, and what it would be without.

    A verdict, `FOLDED` or `DUE`; a duty that is taken away leaves nothing.
    """

    case: str
    arrangement: str
    under: str
    without: str


@dataclass(frozen=True)
class RuleEffect:
    """What a version of a rule does: it closes a shortest description alone, it opens one where it is met.

    None where there is no such description; one that `waits` for an amount closes nothing yet.
    """

    closes: Stated | None
    opens: Stated | None
    waits: bool
    flips: tuple[PanelFlip, ...]

    @property
    def cases(self) -> dict[str, list[PanelFlip]]:
        """Return the cases that flip, each with its set-ups."""
        out: dict[str, list[PanelFlip]] = {}
        for flip in self.flips:
            out.setdefault(flip.case, []).append(flip)
        return out


def rule_effect(version: Requirement, rules: Rules) -> RuleEffect:
    """Return what a version of a rule does, under the shipped rules of a period in which it is in force."""
    closes, opens = _turning(rules.period.first).get(version.slug, (None, None))
    days = sorted({rules_at(case.as_of).period.first for case in panel()})
    by_period = [_flips(first, library.panel_hash()) for first in days]
    flips = tuple(flip for flips in by_period for flip in flips.get(str(version.version), ()))
    return RuleEffect(closes, opens, unknown_threshold(version, rules) is not None, flips)


@disk_cache
def _turning(first: date) -> dict[str, tuple[Stated | None, Stated | None]]:
    """Return the shortest descriptions that each gate of a period closes alone, and opens where it is met."""
    rules = rules_at(first)
    counted = CountedVerdicts(VerdictCompiler(gate_diagrams(rules)))
    return {
        gate.slug: (counted.closed_alone(gate), counted.opened_by(gate))
        for gate in rules.requirements
        if (gate.hard or gate.closes_if) and unknown_threshold(gate, rules) is None
    }


@disk_cache
def _flips(first: date, panel_hash: str) -> dict[str, tuple[PanelFlip, ...]]:
    """Return the flips of each version of a rule in the cases of a period, by the hash of the panel."""
    out: dict[str, list[PanelFlip]] = defaultdict(list)
    rules = rules_at(first)
    cases = list(_concluded(rules))
    for gate, flip in _closed(rules, cases):
        out[str(gate.version)].append(flip)
    for case, part in cases:
        for rule, flip in _advised(case, part):
            out[str(rule.version)].append(flip)
    return {name: tuple(dict.fromkeys(flips)) for name, flips in out.items()}


def _concluded(rules: Rules) -> Iterator[tuple[PanelCase, Part]]:
    """Yield the cases of the panel in a period, each with what is concluded of it."""
    cases = [case for case in panel() if rules_at(case.as_of) is rules]
    descriptions = [panel_description(case) for case in cases]
    day = rules.period.first
    assessments = assess_all(descriptions, engine_named(), as_of=day, anyway=True)
    for case, assessment in zip(cases, assessments, strict=True):
        yield case, assessment.conclusions.explainer.project


def _closed(rules: Rules, cases: _Cases) -> Iterator[tuple[Requirement, PanelFlip]]:
    """Yield the set-ups that are closed, and would be open without one of their gates.

    Where answers are at odds the verdict is no walk through the diagram: such a case is passed over.
    """
    compiler = VerdictCompiler(gate_diagrams(rules))
    for slug in (a.slug for a in rules.proposed() if a.slug in rules.arrangements):
        closed = [
            (case, part.by_slug[slug].verdict, part.outcomes.stated)
            for case, part in cases
            if not part.by_slug[slug].verdict.open and not part.unit.asserted
        ]
        gates = by_threshold(slug, rules)[0]
        for gate in gates:
            left = tuple(other for other in gates if other is not gate)
            openings = compiler.gates.openings(left)
            tree = compiler.diagram.tree(compiler.verdict(slug, openings))
            for case, verdict, stated in closed:
                without = VERDICTS[walked(tree, stated.states)]
                if without.open and not stated.odd:
                    yield gate, PanelFlip(case.slug, slug, verdict.value, without.value)


def _advised(case: PanelCase, part: Part) -> Iterator[tuple[Requirement, PanelFlip]]:
    """Yield the duties that a case expects and that are due, and the preferences that alone fold a set-up."""
    for slug, result in part.by_slug.items():
        for duty in result.duties if "duties" in case.expected else ():
            rule = duty.requirement
            if duty.state is DutyState.DUE and rule.slug in case.expected["duties"]:
                yield rule, PanelFlip(case.slug, rule.arrangement, DUE, "")
        if result.folded and len(result.folded.because) == 1 and not result.folded.presumed:
            flip = PanelFlip(case.slug, slug, FOLDED, result.verdict.value)
            yield result.folded.because[0], flip
