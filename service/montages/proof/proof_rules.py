"""What the checker of proofs knows by itself: what each rule allows, and a small closure, to tell absences.

Facts are three texts. The names are those of the OWL 2 RL rules and of the published queries. The closure is
written apart from the engines and from the explainer.
"""

from __future__ import annotations

from collections.abc import Callable

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.periods import Rules
from montages.names import ID, MTG

Fact = tuple[str, ...]
D = str(MTG)
TYPE = str(RDF.type)
SUB = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
SUBPROPERTY = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf"
CHAIN = "http://www.w3.org/2002/07/owl#propertyChainAxiom"


def _arguments(expression: str, kind: str) -> list[str]:
    if not expression.startswith(f"{kind}(<"):
        return []
    return expression[len(kind) + 2 : -2].split(">,<")


def _subclass(fact: Fact, premises: list[Fact]) -> bool:
    x, p, wider = fact
    return p == TYPE and any(
        (x, TYPE, narrower) in premises for narrower, q, c in premises if q == SUB and c == wider
    )


def _from_value(fact: Fact, premises: list[Fact]) -> bool:
    arguments = _arguments(fact[2], "hasValue")
    return fact[1] == TYPE and len(arguments) == 2 and (fact[0], *arguments) in premises


def _to_value(fact: Fact, premises: list[Fact]) -> bool:
    return (fact[0], TYPE, f"hasValue(<{fact[1]}>,<{fact[2]}>)") in premises


def _intersection(fact: Fact, premises: list[Fact]) -> bool:
    members = fact[2][6:-1].split("&") if fact[2].startswith("allOf(") else []
    return (
        fact[1] == TYPE and bool(members) and all((fact[0], TYPE, m) in premises for m in members)
    )


def _some(fact: Fact, premises: list[Fact]) -> bool:
    arguments = _arguments(fact[2], "someValuesFrom")
    return len(arguments) == 2 and any(
        (fact[0], arguments[0], y) == f and (y, TYPE, arguments[1]) in premises
        for f in premises
        for y in (f[2],)
    )


def _subproperty(fact: Fact, premises: list[Fact]) -> bool:
    x, p, y = fact
    return any((x, q, y) in premises for q, r, wide in premises if r == SUBPROPERTY and wide == p)


def _chain(fact: Fact, premises: list[Fact]) -> bool:
    x, p, y = fact
    for s, q, expression in premises:
        if (s, q) == (p, CHAIN):
            reached = {x}
            for step in _arguments(expression, "chain"):
                reached = {o for a, b, o in premises if b == step and a in reached}
            if y in reached:
                return True
    return False


def _conclusion(fact: Fact, premises: list[Fact]) -> bool:
    unit, how, version = fact
    outcome = {"satisfies": "Satisfied", "violates": "Violated", "exemptFrom": "NotApplicable"}
    wanted = outcome.get(how.removeprefix(D))
    return any(
        (cls, f"{D}outcomeOf", version) in premises
        and (cls, f"{D}outcome", f"{D}{wanted}") in premises
        for s, p, cls in premises
        if (s, p) == (unit, TYPE)
    )


def _outcome(fact: Fact, premises: list[Fact]) -> bool:
    unit, _, name = fact[0].partition("/check/")
    version = "https://w3id.org/montages/requirement/" + name

    def is_in(how: str) -> bool:
        return (unit, D + how, version) in premises

    def is_out(how: str) -> bool:
        return (f"not:{unit}", D + how, version) in premises

    table = {
        "Satisfied": is_in("satisfies") and is_out("violates"),
        "NotApplicable": is_in("exemptFrom") and is_out("violates"),
        "Violated": is_in("violates") and is_out("satisfies"),
        "Contradicted": is_in("violates") and is_in("satisfies"),
        "Undetermined": is_out("violates") and is_out("satisfies"),
    }
    return fact[1] == f"{D}outcome" and table.get(fact[2].removeprefix(D), False)


def _obstacle(fact: Fact, premises: list[Fact]) -> bool:
    unit, against, arrangement = fact
    wanted = {"ruledOutFor": "Violated", "contradictedFor": "Contradicted"}.get(
        against.removeprefix(D)
    )
    for s, p, o in premises:
        node, _, name = s.partition("/check/")
        if (node, p, o) == (unit, f"{D}outcome", f"{D}{wanted}"):
            version = "https://w3id.org/montages/requirement/" + name
            hard = (version, f"{D}strength", f"{D}Hard") in premises
            if hard and (arrangement, f"{D}requires", version) in premises:
                return True
    return False


def _status(fact: Fact, premises: list[Fact]) -> bool:
    unit, _, slug = fact[0].partition("/verdict/")
    folders = ("contract", "procedure", "channel", "activity", "vehicle")
    names = [str(ID[f"{folder}/{slug}"]) for folder in folders]
    eligible = f"https://w3id.org/montages/compiled/Eligible-{slug}"

    def against(how: str, sign: str = "") -> bool:
        return any((f"{sign}{unit}", D + how, name) in premises for name in names)

    free = against("ruledOutFor", "not:") and against("contradictedFor", "not:")
    table = {
        "Ineligible": against("ruledOutFor"),
        "Conflict": against("contradictedFor") and against("ruledOutFor", "not:"),
        "Eligible": free and (unit, TYPE, eligible) in premises,
        "UndeterminedStatus": free and (f"not:{unit}", TYPE, eligible) in premises,
    }
    return fact[1] == f"{D}status" and table.get(fact[2].removeprefix(D), False)


RULES: dict[str, Callable[[Fact, list[Fact]], bool]] = {
    "cax-sco": _subclass,
    "cls-hv1": _to_value,
    "cls-hv2": _from_value,
    "cls-int1": _intersection,
    "cls-svf1": _some,
    "prp-spo1": _subproperty,
    "prp-spo2": _chain,
    "derive/10-conclusions": _conclusion,
    "derive/20-outcomes": _outcome,
    "derive/30-obstacles": _obstacle,
    "derive/40-unit-status": _status,
}


def _name(node: Node, graph: Graph) -> str:
    if isinstance(node, URIRef):
        return str(node)
    members = graph.value(node, OWL.intersectionOf)
    if members is not None:
        return f"allOf({'&'.join(sorted(_name(m, graph) for m in Collection(graph, members)))})"
    if (node, RDF.first, None) in graph:
        return f"chain({','.join(f'<{m}>' for m in Collection(graph, node))})"
    on = graph.value(node, OWL.onProperty)
    for predicate, kind in ((OWL.hasValue, "hasValue"), (OWL.someValuesFrom, "someValuesFrom")):
        value = graph.value(node, predicate)
        if on is not None and value is not None:
            return f"{kind}(<{on}>,<{value}>)"
    return node.n3()


def graph_facts(graph: Graph) -> set[Fact]:
    """Return the triples of a graph as text, anonymous classes written out."""
    return {(_name(s, graph), str(p), _name(o, graph)) for s, p, o in graph}


class IndependentClosure:
    """Facts, and all that follows from them by the published axioms."""

    def __init__(self, facts: Graph, rules: Rules) -> None:
        compiled = compile_rules(rules)
        self.published = graph_facts(library.ontology()) | graph_facts(compiled)
        self.published |= {
            (str(s), f"{D}strength", str(o))
            for s, o in library.data().subject_objects(MTG.strength)
        }
        self.published |= {
            (str(s), str(p), str(o))
            for s in library.data().subjects(MTG.presumes)
            for p, o in library.data().predicate_objects(s)
            if isinstance(o, URIRef)
        }
        self.facts = graph_facts(facts) | {
            f for f in self.published if f[1] in (f"{D}group", f"{D}investmentKindOfLayer")
        }
        self._wider: dict[str, set[str]] = {}
        self._chains: list[tuple[str, list[str]]] = []
        self._wider_property: dict[str, set[str]] = {}
        self._meets: list[tuple[str, list[str]]] = []
        self._domains: list[tuple[str, str, int]] = []
        for s, p, o in self.published:
            if p == str(RDFS.subClassOf):
                self._wider.setdefault(s, set()).add(o)
                if s.startswith("allOf("):
                    self._meets.append((s, s[6:-1].split("&")))
            elif p == str(RDFS.subPropertyOf):
                self._wider_property.setdefault(s, set()).add(o)
            elif p == str(OWL.propertyChainAxiom):
                self._chains.append((s, o[7:-2].split(">,<")))
            elif p in (str(RDFS.domain), str(RDFS.range)):
                self._domains.append((s, o, 0 if p == str(RDFS.domain) else 2))
        while self._grow():
            pass
        self._derive()

    def _grow(self) -> bool:
        """Apply every rule once; tell whether anything was new."""
        new: set[Fact] = set()
        types: dict[str, set[str]] = {}
        by_property: dict[str, set[tuple[str, str]]] = {}
        for s, p, o in self.facts:
            if p == TYPE:
                types.setdefault(s, set()).add(o)
            else:
                by_property.setdefault(p, set()).add((s, o))
                expression = f"hasValue(<{p}>,<{o}>)"
                if expression in self._wider:
                    new.add((s, TYPE, expression))
                new |= {(s, q, o) for q in self._wider_property.get(p, ())}
        for s, classes in types.items():
            for cls in classes:
                new |= {(s, TYPE, wider) for wider in self._wider.get(cls, ())}
                if cls.startswith("hasValue(<"):
                    prop, value = cls[10:-2].split(">,<")
                    new.add((s, prop, value))
            new |= {(s, TYPE, name) for name, members in self._meets if classes.issuperset(members)}
        for prop, cls, end in self._domains:
            new |= {(pair[0 if end == 0 else 1], TYPE, cls) for pair in by_property.get(prop, ())}
        for prop, steps in self._chains:
            pairs = by_property.get(steps[0], set())
            for step in steps[1:]:
                following = by_property.get(step, set())
                pairs = {(a, d) for a, b in pairs for c, d in following if b == c}
            new |= {(a, prop, b) for a, b in pairs}
        new -= self.facts
        self.facts |= new
        return bool(new)

    def _derive(self) -> None:
        """Add what outcomes and obstacles follow, so that their absence can be checked."""
        by_class: dict[str, tuple[str, str]] = {}
        outcomes = {s: o for s, p, o in self.published if p == f"{D}outcome"}
        for s, p, o in self.published:
            if p == f"{D}outcomeOf":
                by_class[s] = (outcomes[s].removeprefix(D), o)
        how = {"Satisfied": "satisfies", "Violated": "violates", "NotApplicable": "exemptFrom"}
        concluded = {
            (s, D + how[by_class[o][0]], by_class[o][1])
            for s, p, o in self.facts
            if p == TYPE and o in by_class
        }
        hard = {s for s, p, o in self.published if p == f"{D}strength" and o == f"{D}Hard"}
        requires = [(s, o) for s, p, o in self.published if p == f"{D}requires" and o in hard]
        for unit, p, version in set(concluded):
            if p == f"{D}violates":
                both = (unit, f"{D}satisfies", version) in concluded
                against = "contradictedFor" if both else "ruledOutFor"
                concluded |= {(unit, D + against, a) for a, v in requires if v == version}
        self.facts |= concluded

    def has(self, s: str, p: str, o: str = "*") -> bool:
        """Tell whether a fact holds; `*` stands for any object."""
        if o != "*":
            return (s, p, o) in self.facts
        return any(f[0] == s and f[1] == p for f in self.facts)
