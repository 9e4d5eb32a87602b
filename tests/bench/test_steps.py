"""What each step costs, by each engine: read, check, close, reason, derive, explain, JSON."""

from __future__ import annotations

from statistics import median

from figures import Figures, duration
from montages import load
from montages.assessment.assessment import Assessment
from montages.assessment.premises import Premises
from montages.description.description import Description
from montages.description.parsing.parse import parse
from montages.engine.fast import fast_engine
from montages.engine.fast.fast_close import close_units
from montages.engine.fast.fast_derive import outcomes, statuses
from montages.engine.fast.fast_engine import rule_tables
from montages.engine.protocol import Derivation
from montages.engine.reference import close, derive, reason
from montages.engine.reference.derive import derivation_of
from montages.engine.reference.reference_engine import ReferenceEngine
from montages.engine.units import units_of
from montages.knowledge.periods import rules_at
from montages.reasoning import Closure
from montages.validation import shape_check
from montages.validation.fast_check import check_facts
from montages.validation.findings import Report
from test_one_description import DAY, other
from timing import Laps

PART = "steps"
RULES = rules_at(DAY)
ROUNDS, FAST = 3, 10


def by_reference(number: int) -> Laps:
    """Do the steps as the reference engine does."""
    lap = Laps()
    description = lap("read", ReferenceEngine().parse, other("dijon", number), "turtle")
    report = lap("check", shape_check.check, description)
    asserted = description.graph
    closing = lap("close", close.close, asserted, RULES)
    facts = reason.facts_to_reason_on(asserted, closing)
    closure = lap("reason", reason.reason, facts, RULES)

    def derived() -> Derivation:
        outcome = derive.derive(closure, RULES)
        return derivation_of(description.project, asserted, closing, closure, outcome, RULES)

    explained(lap, description, report, lap("derive", derived))
    return lap


def by_fast(number: int) -> Laps:
    """Do the steps as the fast engine does."""
    lap, known = Laps(), rule_tables(RULES)
    description = lap("read", parse, other("dijon", number), "turtle")
    facts, project = description.facts, str(description.project)
    report = lap("check", check_facts, facts, description.places)
    units = lap("close", close_units, facts, project, known)

    def reasoned() -> Closure:
        return Closure(known.axioms, fast_engine._to_reason_on(facts, units))

    closure = lap("reason", reasoned)

    def derived() -> Derivation:
        made = units_of(units, facts, closure.edges, RULES)
        classes = {unit.id: closure.classes(closed_unit.iri) for closed_unit, unit in made}
        return Derivation(
            units=tuple(unit for _, unit in made),
            outcomes={name: outcomes(some, known) for name, some in classes.items()},
            statuses={name: statuses(some, known) for name, some in classes.items()},
            graphs={},
            steps={},
        )

    explained(lap, description, report, lap("derive", derived))
    return lap


def explained(lap: Laps, description: Description, report: Report, derived: Derivation) -> None:
    made = Assessment(Premises(description, derived, RULES, DAY), lambda: report, "fr")
    lap("explain", lambda: (made.answer, [unit.rows for unit in made.conclusions.units]))
    lap("JSON", made.json_text)


def test_the_steps_of_each_engine(figures: Figures) -> None:
    for engine in ("reference", "fast"):
        load(engine).assess(load(engine).read(other("dijon", 0), "turtle"), as_of=DAY)
    slow, fast = [], []
    for n in range(ROUNDS):
        slow.append(by_reference(n + 1).seconds)
        fast += [by_fast(ROUNDS + n * FAST + k + 1).seconds for k in range(FAST)]
    for step in slow[0]:
        a, b = (median(laps[step] for laps in each) for each in (slow, fast))
        name = f"dijon, {step}, reference ÷ fast, medians"
        figures.add(PART, name, f"{duration(a)} ÷ {duration(b)}", ratio=a / b)
