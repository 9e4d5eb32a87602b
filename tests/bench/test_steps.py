"""What each step costs, by each engine: read, check, close, reason, derive, explain, JSON."""

from __future__ import annotations

from statistics import median

from figures import Figures, duration
from montages import load
from montages.decision import assess, check, close, derive, parse, reason
from montages.decision.answers import Unit
from montages.decision.derivation import Derivation
from montages.decision.description import Description, part
from montages.decision.fast import parse as fast_parse
from montages.decision.fast import run
from montages.decision.fast.check import check_facts
from montages.decision.fast.close import closed
from montages.decision.fast.derive import concluded
from montages.decision.fast.tables import tables
from montages.decision.fast.units import units_of
from montages.decision.findings import Report
from montages.decision.reading import derivation_of
from montages.decision.rl import Closure
from montages.knowledge.periods import rules_at
from montages.publish.dump import dump
from test_one_description import DAY, other
from timing import Laps

PART = "steps"
RULES = rules_at(DAY)
ROUNDS, FAST = 3, 10


def by_reference(number: int) -> Laps:
    """Do the steps as the reference engine does."""
    lap = Laps()
    description = lap("read", parse.parse, other("dijon", number), "turtle")
    report = lap("check", check.check, description)
    asserted = part(description)
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
    lap, known = Laps(), tables(RULES)
    description = lap("read", fast_parse.read, other("dijon", number), "turtle")
    facts, project = description.facts, str(description.project)
    report = lap("check", check_facts, facts, project, description.places)
    units = lap("close", closed, facts, project, known)

    def reasoned() -> Closure:
        return known.axioms.close(run._to_reason_on(facts, units))

    closure = lap("reason", reasoned)

    def derived() -> Derivation:
        made = units_of(units, facts, closure, RULES)
        found: list[tuple[Unit, dict[str, str], dict[str, str]]] = []
        for closed_unit, unit in made:
            done = concluded(closure.types[closed_unit.iri], known)
            found.append((unit, done.outcomes(known), done.statuses(known)))
        return Derivation(
            units=tuple(unit for unit, _, _ in found),
            outcomes={unit.id: outcomes for unit, outcomes, _ in found},
            statuses={unit.id: statuses for unit, _, statuses in found},
            graphs={},
            steps={},
        )

    explained(lap, description, report, lap("derive", derived))
    return lap


def explained(lap: Laps, description: Description, report: Report, derived: Derivation) -> None:
    made = lap("explain", assess._assessment, description, report, derived, RULES, DAY, "fr")
    tree = lap("data", made.to_json)
    lap("JSON text", dump, tree)


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
