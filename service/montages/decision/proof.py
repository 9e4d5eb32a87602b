"""The full proof of a status: every step names its rule and its premises (R16).

OWL 2 RL reasoners keep no trace, so steps are found backwards: which rule, from which facts of the
closure, gives this fact? `decision.verify` checks the result and shares no code with this module.
A step's conclusion is written `subject predicate object`; anonymous classes are written out, as in
`hasValue(<property>,<value>)` and `allOf(class&class)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import OWL, PROV, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.decision.answers import Unit
from montages.decision.assessment import Assessment
from montages.decision.close import close_by_query
from montages.decision.reason import axioms
from montages.errors import UnknownName
from montages.knowledge import library
from montages.knowledge.compile import compile_rules
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.names import MTG, compiled

Fact = tuple[str, str, str]
Candidate = tuple[str, list[Fact]]

_TYPE, _SUB = str(RDF.type), str(RDFS.subClassOf)
_CHAIN, _SUBPROPERTY = str(OWL.propertyChainAxiom), str(RDFS.subPropertyOf)


def term(node: Node, graph: Graph) -> str:
    """Return a node as text: an IRI as it is, a literal as in Turtle, an anonymous class written out."""
    if isinstance(node, URIRef):
        return str(node)
    members = graph.value(node, OWL.intersectionOf)
    if members is not None:
        parts = [term(m, graph) for m in Collection(graph, members)]
        return f"allOf({'&'.join(sorted(parts))})"
    prop = graph.value(node, OWL.onProperty)
    if prop is not None:
        value = graph.value(node, OWL.hasValue)
        if value is not None:
            return f"hasValue(<{prop}>,<{value}>)"
        return f"someValuesFrom(<{prop}>,<{graph.value(node, OWL.someValuesFrom)}>)"
    if (node, RDF.first, None) in graph:
        return f"chain({','.join(f'<{m}>' for m in Collection(graph, node))})"
    return node.n3()


def _args(expression: str) -> list[str]:
    return expression[expression.index("(<") + 2 : -2].split(">,<")


class Prover:
    """Finds steps for the facts of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self.rules: Rules = rules_at(assessment.as_of)
        asserted, closure = assessment.graphs["asserted"], assessment.graphs["closure"]
        self.asserted = _facts(asserted)
        self.closing: dict[Fact, str] = {}
        self.origin: dict[Fact, list[Fact]] = {}
        for name, written in close_by_query(asserted, self.rules):
            self.closing |= {fact: f"close/{name}" for fact in _facts(written)}
            self._origins(written, asserted)
        self.published = _facts(axioms(self.rules))
        meaning = compile_rules(self.rules)
        for predicate in (MTG.outcomeOf, MTG.outcome, MTG.statusOf, MTG.status, MTG.requires):
            self.published |= _facts(_only(meaning, predicate))
        self.published |= _facts(_only(library.data(), MTG.strength))
        self.world = self.asserted | set(self.closing) | _facts(closure) | self.published
        self.steps: dict[Fact, dict[str, Any]] = {}
        self._narrower: dict[str, list[str]] = {}
        self._chains: dict[str, list[str]] = {}
        for s, p, o in sorted(self.published):
            if p == _SUB:
                self._narrower.setdefault(o, []).append(s)
            elif p == _CHAIN:
                self._chains.setdefault(s, []).append(o)
        self._by_subject: dict[tuple[str, str], list[str]] = {}
        for s, p, o in sorted(self.world):
            self._by_subject.setdefault((s, p), []).append(o)

    def _origins(self, written: Graph, asserted: Graph) -> None:
        """Note where each closing fact comes from: the statement on its project, perimeter or use."""
        known = asserted + written
        for node in written.subjects(RDF.type, MTG.ClosingFact):
            s, p, o = (written.value(node, x) for x in (RDF.subject, RDF.predicate, RDF.object))
            source, prop = written.value(node, PROV.wasDerivedFrom), written.value(node, MTG.fromProperty)
            if None in (s, p, o, source, prop):
                continue
            premises = [(str(source), str(prop), term(v, known)) for v in known.objects(source, prop)]  # type: ignore[arg-type]  # checked above
            if not premises:
                premises = [f for f in self.closing if f[0] == str(source) and f[1] == str(prop)]
            self.origin[(str(s), str(p), str(o))] = sorted(premises)

    def prove(self, fact: Fact, visiting: frozenset[Fact] = frozenset()) -> str | None:
        """Return the id of a step that concludes a fact, None when no rule gives it."""
        if fact in self.steps:
            return str(self.steps[fact]["id"])
        if fact in visiting:
            return None
        for rule, premises in self._candidates(fact):
            ids = []
            for premise in premises:
                found = self.prove(premise, visiting | {fact})
                if found is None:
                    break
                ids.append(found)
            else:
                return self.add(fact, rule, ids)
        return None

    def restart(self) -> Prover:
        """Forget the steps found so far and return the prover, ready for another proof."""
        self.steps = {}
        return self

    def need(self, fact: Fact) -> str:
        """Return the step of a fact that must have one."""
        found = self.prove(fact)
        assert found is not None, fact
        return found

    def add(self, fact: Fact, rule: str, premises: list[str], **more: Any) -> str:
        """Add a step and return its id."""
        if fact not in self.steps:
            step = {"id": f"n{len(self.steps) + 1}", "conclusion": " ".join(fact), "rule": rule}
            self.steps[fact] = step | {"premises": premises} | more
        return str(self.steps[fact]["id"])

    def absent(self, s: str, p: str, o: str = "*", **more: Any) -> str:
        """Add the step that says a fact is not there."""
        return self.add((f"not:{s}", p, o), "absent", [], **more)

    def _candidates(self, fact: Fact) -> Iterator[Candidate]:
        s, p, o = fact
        if fact in self.asserted:
            yield "asserted", []
        if fact in self.closing:
            yield self.closing[fact], self.origin.get(fact, [])
        if fact in self.published:
            yield "published", []
        if p == _TYPE:
            yield from self._of_type(s, o)
        else:
            yield from self._of_property(s, p, o)

    def _of_type(self, s: str, cls: str) -> Iterator[Candidate]:
        if cls.startswith("hasValue("):
            prop, value = _args(cls)
            if (s, prop, value) in self.world:
                yield "cls-hv2", [(s, prop, value)]
        elif cls.startswith("allOf("):
            members = cls[6:-1].split("&")
            named = [m for m in members if "(" not in m]
            if all((s, _TYPE, m) in self.world for m in named):
                yield "cls-int1", [(s, _TYPE, m) for m in members]
        elif cls.startswith("someValuesFrom("):
            prop, filler = _args(cls)
            for value in self._by_subject.get((s, prop), []):
                if (value, _TYPE, filler) in self.world:
                    yield "cls-svf1", [(s, prop, value), (value, _TYPE, filler)]
        for narrower in self._narrower.get(cls, []):
            if "(" in narrower or (s, _TYPE, narrower) in self.world:
                yield "cax-sco", [(s, _TYPE, narrower), (narrower, _SUB, cls)]

    def _of_property(self, s: str, p: str, o: str) -> Iterator[Candidate]:
        expression = f"hasValue(<{p}>,<{o}>)"
        if expression in self._narrower:
            yield "cls-hv1", [(s, _TYPE, expression)]
        for sub, predicate, wider in self.published:
            if predicate == _SUBPROPERTY and wider == p and (s, sub, o) in self.world:
                yield "prp-spo1", [(s, sub, o), (sub, _SUBPROPERTY, p)]
        for chain in self._chains.get(p, []):
            for path in self._paths(s, _args(chain), o):
                yield "prp-spo2", [(p, _CHAIN, chain), *path]

    def _paths(self, start: str, properties: list[str], end: str) -> Iterator[list[Fact]]:
        first, *rest = properties
        for value in self._by_subject.get((start, first), []):
            if rest:
                for path in self._paths(value, rest, end):
                    yield [(start, first, value), *path]
            elif value == end:
                yield [(start, first, value)]


def _facts(graph: Graph) -> set[Fact]:
    return {
        (term(s, graph), str(p), term(o, graph))
        for s, p, o in graph
        if p not in (RDF.first, RDF.rest, OWL.onProperty, OWL.hasValue, OWL.intersectionOf)
    }


def _only(graph: Graph, predicate: URIRef) -> Graph:
    out = Graph()
    for triple in graph.triples((None, predicate, None)):
        out.add(triple)
    return out


_OUTCOMES = {
    "satisfied": MTG.Satisfied,
    "violated": MTG.Violated,
    "not-applicable": MTG.NotApplicable,
    "contradicted": MTG.Contradicted,
    "undetermined": MTG.Undetermined,
}
_STATUSES = {
    "eligible": MTG.Eligible,
    "ineligible": MTG.Ineligible,
    "conflict": MTG.Conflict,
    "undetermined": MTG.UndeterminedStatus,
}


def prove(
    assessment: Assessment, contract: str, unit: str | None = None, *, prover: Prover | None = None
) -> dict[str, Any]:
    """Return the proof of the status of an arrangement, for the project or for one unit.

    The result is JSON: project, as_of, rulebook_version, contract, status, conclusion and steps.
    A `prover` made once serves several proofs of one assessment.
    Raises UnknownName for an arrangement or unit that the assessment does not hold.
    """
    try:
        verdict = assessment.verdict(contract, unit)
    except KeyError as error:
        raise UnknownName(
            f"{error.args[0]} : ni montage ni unité de cette évaluation.",
            f"{error.args[0]}: neither an arrangement nor a unit of this assessment.",
        ) from error
    head = {
        "project": str(assessment.project),
        "contract": contract,
        "unit": unit,
        "as_of": assessment.as_of.isoformat(),
        "rulebook_version": assessment.rulebook_version,
        "status": verdict.status,
    }
    prover = (prover or Prover(assessment)).restart()
    if verdict.status == "not-in-force":
        conclusion = prover.add((str(verdict.arrangement.iri), "in-force", "no"), "not-in-force", [])
    else:
        units = [u.unit for u in assessment.units if unit in (None, u.unit.id)]
        found = [_unit_status(prover, assessment, contract, u) for u in units]
        conclusion = found[0] if unit else _project_status(prover, assessment, contract, found)
    return head | {"conclusion": conclusion, "steps": list(prover.steps.values())}


def _project_status(prover: Prover, assessment: Assessment, contract: str, units: list[str]) -> str:
    verdict = assessment.verdict(contract)
    node = f"{assessment.project}#verdict-{contract}"
    return prover.add((node, str(MTG.status), str(_STATUSES[verdict.status])), "derive/50-project-status", units)


def _unit_status(prover: Prover, assessment: Assessment, contract: str, unit: Unit) -> str:
    """Prove the status of an arrangement for a unit, from the outcomes of its hard requirements."""
    status = assessment.verdict(contract, unit.id).status
    iri, arrangement = str(unit.iri), str(assessment.verdict(contract, unit.id).arrangement.iri)
    hard = [r for r in prover.rules.effective(contract) if r.hard]
    outcomes = {c.requirement.version: c.outcome for c in assessment.verdict(contract, unit.id).checks}
    eligible = str(compiled("Eligible", contract))
    premises: list[str] = []
    if status in ("ineligible", "conflict"):
        wanted, against = {
            "ineligible": ("violated", MTG.ruledOutFor),
            "conflict": ("contradicted", MTG.contradictedFor),
        }[status]
        for requirement in hard:
            if outcomes[requirement.version] == wanted:
                check = _outcome(prover, unit, requirement, wanted)
                version = str(requirement.version)
                about = [
                    prover.need((version, str(MTG.strength), str(MTG.Hard))),
                    prover.need((arrangement, str(MTG.requires), version)),
                ]
                fact = (iri, str(against), arrangement)
                premises.append(prover.add(fact, "derive/30-obstacles", [check, *about]))
        if status == "conflict":
            premises.append(prover.absent(iri, str(MTG.ruledOutFor), arrangement))
    elif status == "eligible":
        premises += [prover.need((iri, _TYPE, eligible)), prover.need((eligible, str(MTG.statusOf), arrangement))]
        premises += [_outcome(prover, unit, r, outcomes[r.version]) for r in hard]
    else:
        premises.append(prover.absent(iri, _TYPE, eligible))
        premises += [_outcome(prover, unit, r, outcomes[r.version]) for r in hard]
    if status in ("eligible", "undetermined"):
        premises += [
            prover.absent(iri, str(p), arrangement) for p in (MTG.ruledOutFor, MTG.contradictedFor)
        ]
    node = f"{iri}/verdict/{contract}"
    fact = (node, str(MTG.status), str(_STATUSES[status]))
    return prover.add(fact, "derive/40-unit-status", list(dict.fromkeys(premises)))


def _outcome(prover: Prover, unit: Unit, requirement: Requirement, outcome: str) -> str:
    """Prove the outcome of a requirement for a unit."""
    iri, version = str(unit.iri), str(requirement.version)

    def concluded(role: str, how: URIRef) -> str:
        cls = str(compiled(role, requirement.slug))
        premises = [
            prover.need((iri, _TYPE, cls)),
            prover.need((cls, str(MTG.outcomeOf), version)),
            prover.need((cls, str(MTG.outcome), str(MTG[role]))),
        ]
        return prover.add((iri, str(how), version), "derive/10-conclusions", premises)

    satisfied, violated = ("Satisfied", MTG.satisfies), ("Violated", MTG.violates)
    if outcome == "satisfied":
        premises = [concluded(*satisfied), prover.absent(iri, str(MTG.violates), version)]
    elif outcome == "not-applicable":
        premises = [
            concluded("NotApplicable", MTG.exemptFrom),
            prover.absent(iri, str(MTG.violates), version),
        ]
    elif outcome == "violated":
        premises = [concluded(*violated), prover.absent(iri, str(MTG.satisfies), version)]
    elif outcome == "contradicted":
        premises = [concluded(*satisfied), concluded(*violated)]
    else:
        premises = [prover.absent(iri, str(p), version) for p in (MTG.satisfies, MTG.violates)]
        premises += _searched(prover, unit, requirement)
    name = version.split("/requirement/", 1)[1]
    fact = (f"{iri}/check/{name}", str(MTG.outcome), str(_OUTCOMES[outcome]))
    return prover.add(fact, "derive/20-outcomes", premises)


def _searched(prover: Prover, unit: Unit, requirement: Requirement) -> list[str]:
    """Return the steps that say which facts were searched for the missing criteria, and not found."""
    steps = []
    nodes = [str(unit.iri)]
    for prop in (MTG.ofLayerUse, MTG.inPerimeter, MTG.ofProject):
        nodes += prover._by_subject.get((str(unit.iri), str(prop)), [])
    for name in dict.fromkeys(clause.criterion for clause in requirement.clauses()):
        criterion = prover.rules.criteria[name]
        if unit.answer(name).values:
            continue
        properties = [criterion.property]
        properties += [criterion.numeric_property] if criterion.numeric_property else []
        searched = [f"{node} {prop} *" for node in nodes for prop in properties]
        steps.append(
            prover.absent(str(unit.iri), str(criterion.property), criterion=name, searched=searched)
        )
    return steps


