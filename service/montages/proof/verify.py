"""Check a proof step by step, trusting only the description's facts and published facts (R16).

This module shares no code with the explainer: it reads steps as text, knows each rule by its own
table, and computes for itself what counts as absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rdflib import Graph

from montages.bilingual import Text, message
from montages.description.description import Description
from montages.engine.reference.close import close_by_query
from montages.errors import UnreadableInput
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from montages.proof.proof_rules import RULES, D, Fact, IndependentClosure, graph_facts

# The name of each status in the graph, the heaviest last.
STATUS_NAMES = {
    "eligible": "Eligible",
    "undetermined": "UndeterminedStatus",
    "conflict": "Conflict",
    "ineligible": "Ineligible",
}
_HEAVIER = tuple(STATUS_NAMES.values())


@dataclass(frozen=True)
class Failure:
    """A step that does not hold, and why."""

    step: str
    rule: str
    text: Text

    def to_json(self, lang: str) -> dict[str, str]:
        """Return the failure as JSON."""
        return {"step": self.step, "rule": self.rule, "why": self.text[lang]}


class Checker:
    """Holds the reference data for steps: the description, the closing step, published facts."""

    def __init__(self, description: Description, as_of: date) -> None:
        rules = rules_at(as_of)
        asserted = description.graph
        self.asserted = graph_facts(asserted)
        self.closing: dict[str, set[Fact]] = {}
        together = Graph()
        for name, graph in close_by_query(asserted, rules):
            self.closing[f"close/{name}"] = graph_facts(graph)
            together += graph
        self.world = IndependentClosure(asserted + together, rules)
        self.rules = rules

    def holds(self, step: dict[str, Any], fact: Fact, premises: list[Fact]) -> bool:
        """Tell whether a step's rule really gives its conclusion from its premises."""
        rule = str(step.get("rule"))
        if rule == "asserted":
            return fact in self.asserted
        if rule == "published":
            return fact in self.world.published
        if rule.startswith("close/"):
            return fact in self.closing.get(rule, set())
        if rule == "absent":
            s, p, o = fact
            if not s.startswith("not:") or self.world.has(s.removeprefix("not:"), p, o):
                return False
            return not any(self.world.has(*_fact(pattern)) for pattern in step.get("searched", []))
        if rule == "not-in-force":
            _, mark, name = fact[0].rpartition("/")
            return bool(mark) and name not in self.rules.arrangements
        if rule == "derive/50-project-status":
            return self._project(fact, premises)
        check = RULES.get(rule)
        return check is not None and check(fact, premises)

    def _project(self, fact: Fact, premises: list[Fact]) -> bool:
        """Tell whether the project has the heaviest status of its units."""
        project, _, contract = fact[0].partition("#verdict-")
        units = {s for s, p, o in self.world.facts if p == f"{D}ofProject" and o == project}
        judged = {
            s.rpartition("/verdict/")[0]: o
            for s, p, o in premises
            if s.endswith(f"/verdict/{contract}")
        }
        if set(judged) != units or not {o.removeprefix(D) for o in judged.values()} <= {*_HEAVIER}:
            return False
        heaviest = max(judged.values(), key=lambda o: _HEAVIER.index(o.removeprefix(D)))
        return fact[1:] == (f"{D}status", heaviest)


def _fact(text: Any) -> Fact:
    """Split a written fact into three parts, padded with empty strings."""
    return tuple([*str(text).split(" ", 2), "", "", ""][:3])


def verify(
    description: Description, proof: dict[str, Any], *, checker: Checker | None = None
) -> list[Failure]:
    """Return the failures of a proof; an empty list means it is verified.

    A `checker` made once serves several proofs about one description at one date.

    Raises UnreadableInput when the JSON is not a proof at all.
    """
    try:
        steps = {str(step["id"]): step for step in proof["steps"]}
        day, version, last = (
            date.fromisoformat(proof["as_of"]),
            proof["rulebook_version"],
            proof["conclusion"],
        )
        facts = {name: _fact(step["conclusion"]) for name, step in steps.items()}
        claimed = (
            str(proof["project"]),
            str(proof["contract"]),
            proof.get("unit"),
            str(proof["status"]),
        )
        links = {name: [str(p) for p in step["premises"]] for name, step in steps.items()}
        _ = [list(step.get("searched", [])) for step in steps.values()]
        presuming = bool(proof.get("presumptions", True))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableInput(
            message(
                "This is not a Montages proof: {error}. “montages explain … --depth proof "
                "--format json” writes one.",
                error=error,
            )
        ) from error
    failures = []
    if version != (own_version := library.version()):
        text = message(
            "The proof is for rules {version}, those here are {own_version}.",
            version=version,
            own_version=own_version,
        )
        failures.append(Failure("-", "rulebook", text))
    described = description if presuming else description.without_presumptions()
    checker = checker or Checker(described, day)
    order: dict[str, int] = {name: n for n, name in enumerate(steps)}
    for name, step in steps.items():
        rule, ids = str(step.get("rule")), links[name]
        if any(order.get(p, len(order)) >= order[name] for p in ids):
            failures.append(_failure(name, rule, message("a premise is missing or comes later")))
        elif not checker.holds(step, facts[name], [facts[p] for p in ids]):
            text = message("does not give: {conclusion}", conclusion=step["conclusion"])
            failures.append(_failure(name, rule, text))
    failures += _conclusion_of(claimed, facts, last, description)
    return failures


def _failure(name: str, rule: str, text: Text) -> Failure:
    return Failure(
        name, rule, message("Step {name} ({rule}) {text}.", name=name, rule=rule, text=text)
    )


def _conclusion_of(
    claimed: tuple[str, str, Any, str], facts: dict[str, Fact], last: str, description: Description
) -> list[Failure]:
    """Check that the last step says what the proof claims about the described project."""
    project, contract, unit, status = claimed
    fact = facts.get(str(last), ("", "", ""))
    if status == "not-in-force":
        holds = fact[1:] == ("in-force", "no") and fact[0].endswith(f"/{contract}")
    else:
        holds = fact[1:] == (f"{D}status", D + STATUS_NAMES.get(status, "?"))
        of_unit = fact[0].startswith(f"{project}#") and fact[0].endswith(f"/verdict/{contract}")
        holds = holds and (of_unit if unit else fact[0] == f"{project}#verdict-{contract}")
    if holds and project == str(description.project):
        return []
    text = message("does not say what the proof claims")
    return [_failure(str(last), "conclusion", text)]
