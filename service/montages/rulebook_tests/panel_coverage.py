"""What assessments cover of the rulebook, and what the panel expects of each contract and procedure (R38)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from montages.assessment.assessment import Assessment
from montages.knowledge import logic
from montages.knowledge.logic import DutyState
from montages.knowledge.panel import DAY, PanelCase
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook

# Each contract type and each procedure is expected so many times at least.
EXPECTED_TIMES = 2
_USABLE = ("suffit", "permis")


@dataclass(frozen=True)
class PanelCoverage:
    """What was seen of each gate, duty and fold, and how often each contract and procedure is expected.

    Gates: "satisfied", "violated"; duties: "due", "not-due"; folds: "used".
    """

    gates: Mapping[str, frozenset[str]]
    duties: Mapping[str, frozenset[str]]
    folds: Mapping[str, frozenset[str]]
    expected: Mapping[str, int]

    @property
    def lacking(self) -> dict[str, dict[str, list[str]]]:
        """Return what was not seen, by kind and slug; empty where all was."""
        wanted = {
            "gates": (self.gates, ("satisfied", "violated")),
            "duties": (self.duties, ("due", "not-due")),
            "folds": (self.folds, ("used",)),
        }
        out: dict[str, dict[str, list[str]]] = {
            kind: {
                slug: [word for word in words if word not in seen]
                for slug, seen in sorted(found.items())
                if not set(words) <= seen
            }
            for kind, (found, words) in wanted.items()
        }
        out["expected"] = {
            slug: [str(times)]
            for slug, times in sorted(self.expected.items())
            if times < EXPECTED_TIMES
        }
        return {kind: slugs for kind, slugs in out.items() if slugs}

    def to_json(self) -> dict[str, Any]:
        """Return how many are covered out of how many, and what lacks what."""
        lacking = self.lacking
        parts: dict[str, Mapping[str, Any]] = {
            "gates": self.gates,
            "duties": self.duties,
            "folds": self.folds,
            "expected": self.expected,
        }
        return {
            kind: {
                "total": len(found),
                "covered": len(found) - len(lacking.get(kind, {})),
                "lacking": lacking.get(kind, {}),
            }
            for kind, found in parts.items()
        }


def panel_coverage(
    assessments: Iterable[Assessment], cases: Iterable[PanelCase] = ()
) -> PanelCoverage:
    """Return what assessments cover of all that was ever in force, and what cases expect."""
    book = rulebook()
    gates = {r.slug: set[str]() for r in book.requirements if r.hard}
    duties = {r.slug: set[str]() for r in book.requirements if r.duty}
    folds = {r.slug: set[str]() for r in book.requirements if r.folds}
    for assessment in assessments:
        for result in assessment.verdicts:
            for check in result.checks:
                if check.requirement.slug in gates:
                    gates[check.requirement.slug].add(check.outcome)
            if result.folded is not None:
                for requirement in result.folded.because:
                    folds[requirement.slug].add("used")
        for slug, states in _duty_states(assessment).items():
            duties[slug] |= states
    return PanelCoverage(
        gates={slug: frozenset(seen) for slug, seen in gates.items()},
        duties={slug: frozenset(seen) for slug, seen in duties.items()},
        folds={slug: frozenset(seen) for slug, seen in folds.items()},
        expected=_expected(cases),
    )


def _duty_states(assessment: Assessment) -> dict[str, set[str]]:
    rules = rules_at(assessment.as_of)
    out: dict[str, set[str]] = {}
    for requirement in (r for r in rules.requirements if r.duty):
        for each in assessment.units:
            state = logic.duty_state(requirement, each.unit.answers, rules)
            seen = out.setdefault(requirement.slug, set())
            if state is DutyState.DUE:
                seen.add("due")
            elif state is None or state is DutyState.DONE:
                seen.add("not-due")
    return out


def _expected(cases: Iterable[PanelCase]) -> dict[str, int]:
    """Return in how many cases each contract fits or comes first, each procedure may be used."""
    proposed = rules_at(DAY).proposed()
    times = {a.slug: 0 for a in proposed if a.kind in ("contract", "procedure")}
    for case in cases:
        named = {*case.expected.get("first", ()), *case.expected.get("fits", ())}
        verdicts = case.expected.get("procedure", {})
        named |= {name for name, (verdict,) in verdicts.items() if verdict in _USABLE}
        for name in named & set(times):
            times[name] += 1
    return times
