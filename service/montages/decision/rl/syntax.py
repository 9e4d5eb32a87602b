"""How OWL is written in RDF: lists, restrictions, properties and their inverses."""

from __future__ import annotations

from rdflib import BNode, Graph, Literal, URIRef

from montages.decision.rl.rules import Rules
from montages.decision.rl.vocabulary import (
    ANNOTATIONS,
    CONSTRUCTS,
    OWL,
    RDF,
    RDFS,
    TYPE,
    Unhonoured,
    built_in,
    datatype,
    shown,
)

NIL = RDF + "nil"
INVERSE = OWL + "inverseOf"
ON_PROPERTY = OWL + "onProperty"
RESTRICTIONS = {OWL + name for name in ("hasValue", "someValuesFrom", "allValuesFrom")}

Node = URIRef | BNode | Literal


class Syntax:
    """The triples of a graph by subject, and what is written on a node."""

    def __init__(self, graph: Graph, rules: Rules) -> None:
        self.rules = rules
        self.said: dict[Node, dict[str, list[Node]]] = {}
        for s, p, o in graph:
            self.said.setdefault(s, {}).setdefault(str(p), []).append(o)  # type: ignore[arg-type]

    def data_range(self, node: Node) -> bool:
        """Tell whether a node denotes literals."""
        kinds = self.said.get(node, {}).get(TYPE, ())
        return datatype(str(node)) or any(str(kind) == RDFS + "Datatype" for kind in kinds)

    def construct(self, node: Node) -> str:
        """Return the one word of OWL that says what an expression is; raise where it is malformed."""
        said = self.said.get(node, {})
        found = [(word, value) for word in sorted(CONSTRUCTS & said.keys()) for value in said[word]]
        if len(found) != 1:
            raise Unhonoured(f"malformed expression: {len(found)} constructs", node)
        word = found[0][0]
        if len(said.get(ON_PROPERTY, ())) != (word in RESTRICTIONS):
            raise Unhonoured(f"malformed expression: {shown(word)}, owl:onProperty", node)
        return word

    def property(self, node: Node) -> str:
        """Return the name of a property, or of the inverse of one."""
        if isinstance(node, Literal):
            raise Unhonoured("literal as a property", node)
        name = str(node)
        if isinstance(node, BNode):
            of = self.said.get(node, {}).get(INVERSE, ())
            if len(of) != 1 or not isinstance(of[0], URIRef):
                raise Unhonoured("malformed property expression", node)
            base = self.property(of[0])
            name = f"{{inverse {base}}}"
            self.rules.inverse.add((name, base))
        elif built_in(name) and name not in ANNOTATIONS:
            raise Unhonoured(f"{shown(name)} as a property", node)
        return name

    def items(self, node: Node) -> list[Node]:
        """Return the items of a list; raise Unhonoured where it is broken or empty."""
        found: list[Node] = []
        head, seen = node, {node}
        while str(head) != NIL:
            said = self.said.get(head, {})
            first, rest = said.get(RDF + "first", []), said.get(RDF + "rest", [])
            if len(first) != 1 or len(rest) != 1 or rest[0] in seen:
                raise Unhonoured("malformed list", node)
            found, head = [*found, first[0]], rest[0]
            seen.add(head)
        if not found:
            raise Unhonoured("malformed list: empty", node)
        return found
